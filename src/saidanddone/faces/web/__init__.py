"""The web application: dossiers, search and an API over an archive, read-only.

>>> type(application(Settings())).__name__
'Front'
"""

from saidanddone.faces.web.application import application
from saidanddone.faces.web.settings import Settings

__all__ = ["Settings", "application"]
