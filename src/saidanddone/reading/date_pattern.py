"""How dates are written in English: the words and the pattern that finds candidates."""

from __future__ import annotations

import calendar
import re

MONTHS = {
    name: number
    for number in range(1, 13)
    for name in (calendar.month_name[number].lower(), calendar.month_abbr[number].lower())
} | {"sept": 9}
DAYS = {calendar.day_name[number].lower(): number for number in range(7)}
SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
"""EDTF's own numbers of the seasons, where months stand."""
NUMBERS = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
} | {"a": 1, "an": 1, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60}

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
)
_WEEKDAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_SEASON = r"(?:spring|summer|autumn|fall|winter)"
_YEAR = r"(?:1[5-9]\d\d|20\d\d)"
_PART = r"(?:(?P<{}_part>[Ee]arly|[Ll]ate|[Mm]id|[Tt]he (?:beginning|middle|end) of)[ -])?"
_ORD = r"(?:st|nd|rd|th)?"
_UNIT = r"(?P<unit>day|week|month|year|decade)s?"

DATE = re.compile(
    "|".join(
        (
            r"\b(?P<iso>\d{4}-\d\d-\d\d)\b",
            rf"\b(?P<md>(?P<md_m>{_MONTH}) (?P<md_d>\d{{1,2}}){_ORD}\b(?!:)"
            rf"(?:,? (?P<md_y>{_YEAR})\b)?)",
            rf"\b(?P<dm>(?P<dm_d>\d{{1,2}}){_ORD} (?:of )?(?P<dm_m>{_MONTH})(?![a-z])"
            rf"(?:,? (?P<dm_y>{_YEAR})\b)?)",
            rf"\b(?P<my>{_PART.format('my')}(?P<my_m>{_MONTH}),?(?: of)? (?P<my_y>{_YEAR})\b)",
            rf"\b(?P<sy>{_PART.format('sy')}(?:the )?(?P<sy_s>{_SEASON})(?: of)? "
            rf"(?P<sy_y>{_YEAR})\b)",
            r"(?P<dec>\b(?:(?P<dec_part>[Ee]arly|[Ll]ate|[Mm]id)[ -])?"
            r"(?P<dec_y>(?:1[5-9]|20)\d0)['\u2019]?s\b)",
            rf"\b(?P<range>(?P<r_a>{_YEAR})[-\u2013/](?P<r_b>(?:{_YEAR}|\d\d))\b(?!-)"
            rf"|[Bb]etween (?P<r_c>{_YEAR}) and (?P<r_d>{_YEAR})\b)",
            rf"(?<![\w$\u20ac\u00a3.,/-])(?P<year>{_YEAR})(?![\w%]|[.,]\d|-[a-z])",
            rf"\b(?P<num>(?P<n_a>\d{{1,2}})(?P<n_sep>[./])(?P<n_b>\d{{1,2}})(?P=n_sep)"
            rf"(?P<n_y>{_YEAR}))\b",
            rf"\b(?P<rel>(?P<which>[Ll]ast|[Tt]his|[Nn]ext|[Pp]ast|[Ee]arlier this|[Ll]ater this|"
            rf"[Ee]arly this|[Ll]ate last|[Ee]arly last|[Ee]arlier in the|[Ll]ater in the) "
            rf"(?P<what>week|month|year|weekend|{_SEASON}|{_WEEKDAY}|{_MONTH}))\b",
            rf"\b(?P<ago>(?P<n>[A-Za-z]+|\d{{1,3}}) {_UNIT} ago)\b",
            r"\b(?P<near>[Yy]esterday|[Tt]oday|[Tt]onight|[Tt]omorrow"
            r"|[Tt]he day before yesterday)\b",
            rf"\b(?P<wd>{_WEEKDAY})\b",
            rf"\b(?P<mo>{_PART.format('mo')}(?P<mo_m>{_MONTH}))(?![\w])",
        )
    )
)

KINDS = ("iso", "md", "dm", "my", "sy", "dec", "range", "year", "num", "rel", "ago", "near",
         "wd", "mo")  # fmt: skip
"""The groups of DATE, one for each kind of date; the first that matched says which it is."""
