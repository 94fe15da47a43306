"""Mode folded into the code: what an operator makes of the act it governs (method.md, section 1).

A pledge of aid is 033, a threat to attack 138, a refusal to talk 125, aid that was stopped 162, an
embargo that was lifted 085.
"""

from __future__ import annotations

PLEDGE = {
    "02": "030",
    "03": "030",
    "04": "036",
    "05": "032",
    "06": "031",
    "07": "033",
    "08": "035",
    "01": "030",
    "09": "130",
    "10": "130",
    "11": "130",
    "12": "120",
    "13": "130",
    "14": "133",
    "15": "138",
    "16": "131",
    "17": "132",
    "18": "138",
    "19": "138",
    "20": "138",
}
"""What is intended: a friendly act is promised, a hostile one threatened."""

PLEDGE_OF_CODE = {
    "045": "039",
    "046": "036",
    "057": "037",
    "0871": "037",
    "073": "0333",
    "072": "0332",
    "071": "0331",
    "074": "0334",
    "064": "0314",
    "062": "0312",
    "061": "0311",
    "085": "0354",
    "0841": "0353",
    "163": "1312",
    "161": "1313",
    "160": "1313",
    "162": "1311",
    "164": "134",
    "165": "135",
    "166": "136",
    "191": "1381",
    "192": "1382",
    "125": "125",
    "051": "051",
}

REFUSE = {
    "01": "120",
    "02": "120",
    "03": "120",
    "04": "125",
    "05": "120",
    "06": "121",
    "07": "122",
    "08": "124",
    "09": "120",
    "10": "120",
    "11": "120",
    "12": "120",
    "13": "120",
    "14": "120",
    "15": "120",
    "16": "120",
    "17": "120",
    "18": "120",
    "19": "1246",
    "20": "120",
}

REFUSE_OF_CODE = {"045": "126", "057": "127", "036": "125", "039": "126", "037": "127"}
"""An offer of talks that is refused is a meeting refused."""

REQUEST = {
    "01": "020",
    "02": "020",
    "03": "020",
    "04": "026",
    "05": "022",
    "06": "021",
    "07": "023",
    "08": "025",
    "09": "113",
    "10": "020",
    "11": "020",
    "12": "022",
    "13": "130",
    "14": "133",
    "15": "021",
    "16": "113",
    "17": "113",
    "18": "138",
    "19": "138",
    "20": "138",
}
"""What is asked for: calling for sanctions rallies opposition, calling for an attack threatens."""

DEMAND = {
    "01": "100",
    "02": "100",
    "03": "100",
    "04": "106",
    "05": "102",
    "06": "101",
    "07": "103",
    "08": "105",
    "09": "113",
    "10": "100",
    "11": "100",
    "12": "100",
    "13": "130",
    "14": "133",
    "15": "101",
    "16": "113",
    "17": "113",
    "18": "138",
    "19": "138",
    "20": "138",
}

STOP = {
    "01": "",
    "02": "",
    "03": "160",
    "04": "164",
    "05": "160",
    "06": "160",
    "07": "162",
    "08": "160",
    "09": "080",
    "10": "080",
    "11": "080",
    "12": "080",
    "13": "080",
    "14": "082",
    "15": "087",
    "16": "085",
    "17": "081",
    "18": "087",
    "19": "087",
    "20": "087",
}

STOP_OF_CODE = {"045": "165", "163": "085", "191": "0872", "192": "0874", "154": "087"}


HOSTILE = frozenset({"11", "13", "14", "15", "16", "17", "18", "19", "20"})
"""Roots of acts that are done against somebody."""


def fold(operator: str, code: str) -> str:
    """The code of an operator over a code; the code itself where the operator changes nothing.

    >>> fold("pledge", "073"), fold("threaten", "190"), fold("stop", "070"), fold("ease", "163")
    ('0333', '138', '162', '085')
    """
    if code.startswith("V"):
        return code
    root = code[:2]
    if operator == "pledge":
        return PLEDGE_OF_CODE.get(code) or PLEDGE[root]
    if operator == "threaten":
        if root in ("03", "04", "05", "06", "07", "08", "01", "02"):
            return "131"
        return PLEDGE_OF_CODE.get(code) or PLEDGE[root]
    if operator == "refuse":
        return REFUSE_OF_CODE.get(code) or REFUSE[root]
    if operator == "request":
        return REQUEST[root]
    if operator == "demand":
        return DEMAND[root]
    if operator in ("stop", "ease"):
        return STOP_OF_CODE.get(code) or STOP[root] or code
    if operator == "back":
        # Who supports sanctions on a state rallies against it; who supports talks praises.
        return "113" if root in HOSTILE else "051"
    if operator == "deny":
        return "120" if root in ("02", "10", "11") else "016"
    return code
