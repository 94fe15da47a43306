"""The static site: the pages of the web application as files for any web server."""

from saidanddone.faces.site.building import Published
from saidanddone.faces.site.publish import publish, say
from saidanddone.faces.site.settings import Settings, how_many, read_settings, two_names

__all__ = [
    "Published",
    "Settings",
    "base_url",
    "how_many",
    "publish",
    "read_settings",
    "say",
    "two_names",
]
