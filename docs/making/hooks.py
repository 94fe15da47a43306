"""What the manual's build adds to the pages: generated ones, marks on examples, screenshots."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

import lessons  # noqa: E402
import reference  # noqa: E402

ROOT = HERE.parents[1]
BROUGHT = {"contributing.md": "CONTRIBUTING.md", "changes.md": "CHANGELOG.md"}
"""Pages that stand at the root of the repository, where a stranger looks for them."""

SCREENSHOT = re.compile(r'<!-- screenshot (?P<name>[a-z0-9-]+) "(?P<alt>[^"]+)" -->')
NAMED = re.compile(r"\[(?:[\w-]+\.(?:md|ipynb))\]\(([\w-]+\.md)(#[\w-]+)?\)")
"""Links that say a page's file name, for readers of the repository; the manual says its title."""

FENCE = re.compile(r"^(?P<indent> *)(?P<fence>```+)(?P<language>[\w-]+) (?P<words>.+)$", re.M)


def on_files(files: Any, config: Any) -> Any:
    """Add the pages that nobody writes twice."""
    made = {name: (ROOT / path).read_text("utf-8") for name, path in BROUGHT.items()}
    made |= reference.pages()
    made["tutorial.md"] = lessons.page(ROOT / "docs" / "tutorial.ipynb")
    for name, text in made.items():
        files.append(File.generated(config, name, content=text))
    shots = Path(os.environ.get("SCREENSHOTS", ROOT / "artefacts" / "manual"))
    for path in sorted(shots.glob("*.png")) if shots.is_dir() else ():
        files.append(File.generated(config, f"images/{path.name}", abs_src_path=str(path)))
    return files


def on_page_markdown(markdown: str, page: Any, config: Any, files: Any) -> str:
    """Turn links, fences and places of screenshots into what the built manual has."""
    for name, path in BROUGHT.items():
        markdown = markdown.replace(f"](../{path})", f"]({name})").replace(
            f"]({path})", f"]({name})"
        )
    markdown = markdown.replace("](tutorial.ipynb)", "](tutorial.md)")
    if page.file.src_uri in BROUGHT:
        markdown = markdown.replace("](docs/", "](")
    markdown = FENCE.sub(_marked, markdown)
    titles = {item["file"]: item["title"] for item in _pages(config.nav)}

    def titled(link: re.Match[str]) -> str:
        return f"[{titles.get(link[1], link[1])}]({link[1]}{link[2] or ''})"

    markdown = NAMED.sub(titled, markdown)

    def shown(found: re.Match[str]) -> str:
        path = f"images/{found['name']}.png"
        return f"![{found['alt']}]({path})" if files.get_file_from_path(path) else ""

    return SCREENSHOT.sub(shown, markdown)


def on_page_content(html: str, page: Any, config: Any, files: Any) -> str:
    """Let the keyboard reach what may be wider than the page: examples and tables."""
    html = html.replace("<pre>", '<pre tabindex="0">')
    opened = '<div class="wide" role="group" aria-label="Table" tabindex="0"><table>'
    return html.replace("<table>", opened).replace("</table>\n", "</table></div>\n")


def _pages(nav: list[Any]) -> Iterator[dict[str, str]]:
    """The pages of the manual with their titles, as mkdocs.yml lists them."""
    for entry in nav:
        for title, inside in entry.items():
            if isinstance(inside, str):
                yield {"title": title, "file": inside}
            else:
                yield from _pages(inside)


def _marked(found: re.Match[str]) -> str:
    """A fence with its mark above it, where the example is not run everywhere."""
    words = found["words"].split()
    fence = f"{found['indent']}{found['fence']}{found['language']}"
    if words[0] == "no-run":
        mark = f"Not run by the tests: {' '.join(words[1:])}."
    elif words[-1].startswith(("icews-", "un-")):
        mark = "Run where the genuine data are at hand."
    elif "." in words[0]:
        mark = f"The file `{words[0]}`:"
    else:
        return fence
    return f"{found['indent']}*{mark}*\n\n{fence}"
