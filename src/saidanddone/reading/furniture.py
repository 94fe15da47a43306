"""Furniture: the lines of a page that are not its article, told by their form alone."""

from __future__ import annotations

import re

_IMAGE_FILE = re.compile(r"[\w%-]+\.(?:gif|jpe?g|png|svg|webp|bmp|tiff?)\b", re.I)
_SEPARATED = re.compile(r"\s[|•·»›¦/]\s|\s*\|\s*")
_NAVIGATION = re.compile(
    r"home|news|world|politics|business|sport|sports|opinion|search|contact|about|"
    r"login|log|sign|in|register|subscribe|donate|archive|archives|menu|help|faq|"
    r"sitemap|books|cds|dvds|store|shop|cart|videos|video|photos|blog|forum|links|"
    r"rss|newsletter|newsletters|updates|topics|topic|index|main|next|previous|prev|"
    r"back|top|skip|content|site|print|email|share|privacy|careers|jobs|advertise|"
    r"editions|account|us|hot|press|gallery|media|events|resources"
)
_ANYWHERE = re.compile(
    r"©|\(c\) ?(?:19|20)\d\d|\bcopyright\b.*\d{4}|all rights reserved|\bp\.? ?o\.? box\b"
    r"|\b(?:accept|use[s]?|our) cookies\b|privacy policy"
    r"|terms (?:of|and) (?:use|service|conditions)"
    r"|may not be (?:published|reproduced|redistributed)|sign up (?:for|to) (?:our|the)\b"
    r"|subscribe (?:to|now)\b|\bnewsletter\b.*\binbox\b|enable javascript|javascript is disabled",
    re.I,
)
_LONGEST_LINE = 2000
"""Characters: beyond it patterns would cost time, and no line of a menu or notice is as long."""
_LONGEST_NOTICE = 60
"""Words: legal and subscription notices are short; an article about cookies is not one."""

_STARTS = re.compile(
    r"(?:related|recommended|most (?:read|popular|viewed|shared)|popular|trending|latest|more)"
    r"(?: (?:topics?|articles?|stories|story|news|links?|posts?|works?|reading|content|coverage"
    r"|on|from|in|for you|headlines|videos?)\b.*)?:?"
    r"|(?:see|read) (?:also|more|next)\b.*|you (?:may|might) (?:also )?(?:like|be interested).*"
    r"|(?:follow|like|join|find|contact|e-?mail|call|visit|support) (?:us|me|him|her)\b.*"
    r"|contact [A-Z].*|(?:share|print|e-?mail|tweet|save|bookmark)(?: (?:this|on|via|to)\b.*)?"
    r"|advertise?ments?|sponsored.*|tags?:.*|filed under.*|categor(?:y|ies):.*|back to top"
    r"|(?:tel|phone|fax|e-?mail|telephone)[:.].*|(?:https?://|www\.)\S+|\S+@\S+\.\w+"
    r"|(?:click|tap) (?:here|to)\b.*|skip to .*|continue reading.*|leave a (?:reply|comment).*"
    r"|(?:photo|image) gallery.*|\d+ (?:comments?|shares?|responses?|views?)|page \d+(?: of \d+)?"
    r"|\d+ min(?:ute)?s? read|listen to this article.*|toggle .*",
    re.I,
)
_SIGNS_OFF = re.compile(
    r"(?:follow|join|find|contact|e-?mail|call|support)\b|tags?:|filed under|categor(?:y|ies):"
    r"|(?:tel|phone|fax|telephone)[:.]|back to top|\S+@\S+",
    re.I,
)
_LONGEST_LABEL = 12
"""Words: headings of link lists, buttons and addresses are shorter."""

_END = re.compile(
    r"(?:\d+ )?(?:comments?|responses?|replies)(?: \(?\d+\)?)?:?|leave a (?:reply|comment)\b.*"
    r"|post a comment.*|about the authors?:?|.*all rights reserved.*",
    re.I,
)


def is_furniture(line: str) -> bool:
    """Whether a line is navigation, an image's file name, a link list, a notice or an address.

    >>> is_furniture("Home | World | Contact Us"), is_furniture("dot.gif - 43 Bytes")
    (True, True)
    >>> is_furniture("The minister went home.")
    False
    """
    if len(line) > _LONGEST_LINE:
        return False
    words = line.split()
    if not re.search(r"\w", line):
        return True
    if len(words) <= _LONGEST_NOTICE and _ANYWHERE.search(line):
        return True
    if len(words) <= 25 and _IMAGE_FILE.search(line):
        return True
    return is_navigation(line) or (len(words) <= _LONGEST_LABEL and bool(_STARTS.fullmatch(line)))


def is_navigation(line: str) -> bool:
    """Whether a line is a row of links: separated short labels, or mostly words of menus.

    >>> is_navigation("donate Books HOME updates search contact")
    True
    """
    labels = _SEPARATED.split(line)
    if len(labels) >= 3 and all(len(label.split()) <= 5 for label in labels):
        return True
    words = re.findall(r"[a-z]+", line.lower())
    known = sum(bool(_NAVIGATION.fullmatch(word)) for word in words)
    return 0 < len(words) <= 25 and known >= 0.6 * len(words) and not line.endswith(".")


def signs_off(line: str) -> bool:
    """Whether a line of furniture stands after articles: a notice, an address, filing words.

    >>> signs_off("Contact Us"), signs_off("Advertisement")
    (True, False)
    """
    return bool(_ANYWHERE.search(line) or _SIGNS_OFF.match(line))


def ends_article(line: str) -> bool:
    """Whether nothing after a line can belong to the article: comments, the legal line."""
    return len(line) <= _LONGEST_LINE and bool(_END.fullmatch(line))
