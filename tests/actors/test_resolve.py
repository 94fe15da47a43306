from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saidanddone.actors import actor, actors, resolve
from saidanddone.actors.names import key
from saidanddone.errors import AmbiguousActor, UnknownActor

# typed name, date (empty: none given), id
CASES = """
KOR||KOR
kor||KOR
prk||PRK
Rus|1970-01-01|RUS
sun||SUN
XKX||XKX
DPRK||PRK
the D.P.R.K.||PRK
D. P. R. K.||PRK
N. Korea||PRK
N Korea||PRK
north-korea||PRK
NORTH KOREA||PRK
North  Korea||PRK
north_korea||PRK
Korea, North||PRK
Democratic People's Republic of Korea||PRK
Democratic People’s Republic of Korea||PRK
Korea, Democratic People's Republic Of||PRK
Pyongyang||PRK
North Korean||PRK
North Koreans||PRK
North Korea's||PRK
the North Korean government||PRK
Government of North Korea||PRK
Corée du Nord||PRK
la Corée du Nord||PRK
Nordkorea||PRK
Corea del Norte||PRK
Северная Корея||PRK
КНДР||PRK
朝鲜||PRK
朝鮮||PRK
북한||PRK
北朝鮮||PRK
كوريا الشمالية||PRK
Republic of Korea||KOR
ROK||KOR
R.O.K.||KOR
S. Korea||KOR
Korea, Republic Of||KOR
Seoul||KOR
Blue House||KOR
한국||KOR
韓国||KOR
Südkorea||KOR
USA||USA
U.S.A.||USA
U.S.||USA
u.s||USA
the US||USA
us||USA
United States of America||USA
The United States||USA
America||USA
American||USA
Americans||USA
Washington||USA
Washington, D.C.||USA
the White House||USA
États-Unis||USA
les Etats-Unis||USA
США||USA
美国||USA
ＵＳＡ||USA
Britain||GBR
UK||GBR
the U.K.||GBR
Great Britain||GBR
England||GBR
10 Downing Street||GBR
Royaume-Uni||GBR
USSR||SUN
U.S.S.R.||SUN
the Soviet Union||SUN
Soviet Union|2010-05-05|SUN
Soviet|2005-01-01|SUN
СССР||SUN
URSS||SUN
苏联||SUN
Moscow||RUS
Moscow|1970-01-01|SUN
Moscow|1991-12-25|SUN
Moscow|1991-12-26|RUS
Moscow|2014-03-18|RUS
Russia||RUS
Russia|1970-06-01|SUN
Russian|1970-06-01|SUN
Russian Federation||RUS
the Kremlin||RUS
the Kremlin|1962-10-22|SUN
Кремль||RUS
Москва|1985-01-01|SUN
Россия||RUS
Russland||RUS
Rusia||RUS
Beijing||CHN
Peking||CHN
China||CHN
PRC||CHN
P.R. China||CHN
中国||CHN
中國||CHN
Zhongnanhai||CHN
Taiwan||TWN
Republic of China||TWN
Chinese Taipei||TWN
Hong Kong||HKG
Macau||MAC
Germany||DEU
Germany|1970-01-01|DEU
West Germany||DEU
FRG||DEU
Bonn||DEU
East Germany||DDR
GDR||DDR
German Democratic Republic||DDR
DDR||DDR
Ostdeutschland||DDR
Vietnam||VNM
Viet Nam||VNM
Hanoi||VNM
Hanoi|1968-01-31|VDR
Saigon|1968-01-31|RVN
Saigon||VNM
South Vietnam||RVN
North Vietnam||VDR
Yemen||YEM
Yemen|1980-01-01|YAR
Sanaa|1980-01-01|YAR
Sana'a||YEM
Aden|1980-01-01|YMD
South Yemen||YMD
Burma||MMR
Burma|1975-01-01|BUR
Myanmar||MMR
Rangoon|1975-01-01|BUR
Zaire||ZAR
Kinshasa||COD
Kinshasa|1985-01-01|ZAR
DRC||COD
Congo-Kinshasa||COD
Congo, The Democratic Republic Of||COD
Congo, Republic Of||COG
Congo-Brazzaville||COG
Congo|1985-01-01|COG
Prague||CZE
Prague|1968-08-21|CSK
Czech Republic||CZE
Czechoslovakia||CSK
Yugoslavia||YUG
Belgrade||SRB
Belgrade|1999-03-24|YUG
Belgrade|2004-03-24|SCG
Serbia & Montenegro||SCG
Macedonia||MKD
FYROM||MKD
East Timor||TLS
United Arab Republic||UAR
United Arab Republic|1960-01-01|UAR
United Arab Republic|1965-01-01|EGY
Ukraine|1960-01-01|UKR
Kiev||UKR
Kyiv||UKR
cote d'ivoire||CIV
Côte d’Ivoire||CIV
Cote D'ivoire||CIV
Ivory Coast||CIV
Guinea||GIN
Guinea-Bissau||GNB
Equatorial Guinea||GNQ
Papua New Guinea||PNG
Sudan||SDN
South Sudan||SSD
Niger||NER
Nigerian||NGA
Nigerien||NER
Georgia||GEO
Jordan||JOR
Ireland||IRL
Northern Ireland||GBR
Samoa||WSM
American Samoa||ASM
Dominica||DMA
Dominican Republic||DOM
NA||NAM
Namibia||NAM
CH||CHE
SU||SUN
St. Lucia||LCA
St Kitts & Nevis||KNA
Sao Tome and Principe||STP
São Tomé & Príncipe||STP
Bosnia And Herzegovina||BIH
Türkiye||TUR
TURKIYE||TUR
İran||IRN
Iran, Islamic Republic Of||IRN
Tehran||IRN
Persia||IRN
Holy See||VAT
Vatican||VAT
Palestinian Authority||PSE
Occupied Palestinian Territory||PSE
Jerusalem||ISR
Kosovo||XKX
Swaziland||SWZ
Cabo Verde||CPV
Holland||NLD
Dutch||NLD
Polska||POL
Lettland||LVA
भारत||IND
UN||UN
the United Nations||UN
U.N. Security Council||UNSC
ООН||UN
European Union||EU
EEC||EU
NATO||NATO
OTAN||NATO
Warsaw Pact||WARPAC
IAEA||IAEA
AU||AU
OAU||OAU
Arab League||LAS
ASEAN||ASEAN
G-8||G8
World Bank||WBK
"""


def table() -> list[tuple[str, date | None, str]]:
    rows = [line.split("|") for line in CASES.split("\n") if line]
    return [(name, date.fromisoformat(day) if day else None, id_) for name, day, id_ in rows if id_]


@pytest.mark.parametrize(("name", "on", "id_"), table())
def test_resolves(name: str, on: date | None, id_: str) -> None:
    assert resolve(name, on).id == id_


def test_table_is_long_enough_to_mean_something() -> None:
    assert len(table()) >= 120


@pytest.mark.parametrize(
    ("name", "on", "ids"),
    [
        ("Korea", None, {"PRK", "KOR"}),
        ("the Korea", date(2009, 1, 1), {"PRK", "KOR"}),
        ("Congo", None, {"COG", "COD"}),
        ("Congo", date(1965, 1, 1), {"COG", "ZAR"}),
        ("Congolese", None, {"COG", "COD"}),
        ("Dominican", None, {"DMA", "DOM"}),
        ("Virgin Islands", None, {"VGB", "VIR"}),
        ("Vietnam", date(1965, 1, 1), {"VDR", "RVN"}),
    ],
)
def test_ambiguous_names_all_candidates(name: str, on: date | None, ids: set[str]) -> None:
    with pytest.raises(AmbiguousActor) as refused:
        resolve(name, on)
    for id_ in ids:
        assert f"({id_})" in str(refused.value)


@pytest.mark.parametrize("name", ["", "  ", "...", "the", "Atlantis", "xqzw", "☃", "0", "\x00"])
def test_unknown(name: str) -> None:
    with pytest.raises(UnknownActor):
        resolve(name)


@pytest.mark.parametrize(
    ("typo", "id_"), [("Rusia Federation", "RUS"), ("Nroth Korea", "PRK"), ("Kazahkstan", "KAZ")]
)
def test_unknown_offers_the_nearest(typo: str, id_: str) -> None:
    with pytest.raises(UnknownActor) as refused:
        resolve(typo)
    assert f"({id_})" in refused.value.do


def test_existence_is_told_by_entry_and_exit() -> None:
    assert str(resolve("USSR").exit) == "1991-12-25"
    assert str(resolve("South Sudan", date(1990, 1, 1)).entry) == "2011-07-09"
    assert resolve("France").entry is None


def test_kinds() -> None:
    assert resolve("Greenland").kind == "state"
    assert resolve("USSR").kind == "historical"
    assert resolve("NATO").kind == "organization"


def test_actor_by_id_only() -> None:
    assert actor("kor").name == "South Korea"
    for wrong in ("South Korea", "", "KP"):
        with pytest.raises(UnknownActor):
            actor(wrong)


def test_actors_table() -> None:
    frame = actors()
    assert frame.columns == ["id", "name", "kind", "entry", "exit", "capital"]
    assert frame["id"].is_unique().all()
    assert frame.filter(id="CZE")["capital"].item() == "Prague"


@given(st.text())
def test_any_text_gives_an_actor_or_a_refusal(text: str) -> None:
    try:
        found = resolve(text)
    except (UnknownActor, AmbiguousActor) as refused:
        assert str(refused).endswith(".")
    else:
        assert actor(found.id) == found or found.office


@given(st.text())
def test_key_is_idempotent(text: str) -> None:
    assert key(key(text)) == key(text)


@given(st.text(alphabet="stheand. ,&'-of", max_size=30))
def test_key_is_idempotent_on_its_own_words(text: str) -> None:
    assert key(key(text)) == key(text)


@pytest.mark.parametrize("name", ["mars", "uses", "Mars"])
def test_a_code_has_no_plural(name: str) -> None:
    with pytest.raises(UnknownActor):
        resolve(name)
