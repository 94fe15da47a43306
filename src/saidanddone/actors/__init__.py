"""States and organisations through time: what people type, resolved to one actor."""

from saidanddone.actors.bulk import find, roles_government, sectors_government
from saidanddone.actors.regions import region
from saidanddone.actors.resolve import actor, actors, resolve
from saidanddone.actors.roles import Role, role
from saidanddone.actors.succession import Succession, predecessors, successions, successors

__all__ = [
    "Role",
    "Succession",
    "actor",
    "actors",
    "find",
    "predecessors",
    "region",
    "resolve",
    "role",
    "roles_government",
    "sectors_government",
    "successions",
    "successors",
]
