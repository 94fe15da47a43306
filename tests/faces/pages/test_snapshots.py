"""Two small pages as they are, so that a change of the frame is seen."""

from __future__ import annotations

from syrupy.assertion import SnapshotAssertion

from saidanddone.faces import pages


def unmarked(html: str) -> str:
    """Without the marks of the assets, which change with every letter of theirs."""
    head, _, rest = html.partition("</head>")
    return "".join(part[8:] if at else part for at, part in enumerate(head.split("?v="))) + rest


def test_an_error_of_a_server(snapshot: SnapshotAssertion) -> None:
    site = pages.Site(dataset="Acts of 2018", version="1.0", states=("Russia", "North Korea"))
    choices = [pages.Choice("North Korea", pages.addresses.state("PRK"))]
    html = pages.error(
        site, 404, "No such state", "'Korea' may mean two.", choices=choices, here="ask/",
        source="Korea",
    )  # fmt: skip
    assert unmarked(html) == snapshot


def test_the_contact_page_of_a_static_site(snapshot: SnapshotAssertion) -> None:
    site = pages.Site(contact="Write to us.", static=True, policy=True, api=False)
    assert unmarked(pages.contact(site)) == snapshot
