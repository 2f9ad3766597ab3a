"""The permission matrix again, asked about known people and real objects: roles reach where they should, no further.

Linde's agreement has five parties, one of them without a leader. Egeskolen next door shares only the fritidscenter
with it (cases 8, 23, 43).
"""

import pytest

from samarbejde.adgang import HELE_KOMMUNEN
from samarbejde.permissions import Handling, maa
from tests.aftaler import byg
from tests.fabrik import verden
from tests.rettigheder.test_tabellen import laes_tabel

pytestmark = pytest.mark.django_db

FOLK = {
    "SL": "skoleleder",
    "KO": "koordinator",
    "FL": "paedagogiskleder",  # Linde's KKFO
    "CL": "centerleder",  # a centre in Linde and in Ege
    "DL": "dagtilbudsleder",
    "MK": "medarbejder",  # in the KKFO
    "MS": "vejleder",  # at the school
    "KL": "klyngeleder",  # of the centre and the børnehus
    "NK": "netvaerkskoordinator",  # of the selvejende børnehus
    "OC": "omraadechef",
    "FO": "forvaltning",
    "AD": "administrator",
    "nS": "naboskoleleder",
    "nK": "nabokoordinator",
    "ud": "udenfor",
}

TABEL = """
                                 SL KO FL CL DL MK MS KL NK OC FO AD | nS nK ud
distrikt:se_distrikt             ●  ●  ●  ●  ●  ●  ●  ●  ●  ●  ●  ●  | –  –  –
distrikt:opret_aftale            ●  –  ●  ●  ●  –  –  –  –  –  –  –  | –  –  –
nabodistrikt:se_distrikt         –  –  –  ●  –  –  –  ●  –  ●  ●  ●  | ●  ●  –
nabodistrikt:opret_aftale        –  –  –  ●  –  –  –  –  –  –  –  –  | ●  –  –
skole:se_enhed                   ●  ●  ●  ●  ●  ●  ●  ●  ●  ●  ●  ●  | –  –  –
center:se_enhed                  ●  ●  ●  ●  ●  ●  ●  ●  ●  ●  ●  ●  | ●  ●  –
klynge:se_enhed                  –  –  –  –  –  –  –  ●  –  –  ●  ●  | –  –  –
skole:udpeg_leder                –  –  –  –  –  –  –  –  –  –  ●  ●  | –  –  –
kladde:se_tilstand               ●  ●  ●  ●  ●  ●  ●  ●  ●  ●  ●  –  | –  –  –
kladde:laes                      ●  ●  ●  ●  ●  ●  ●  ●  –  –  –  –  | –  –  –
kladde:skriv_aftale              ●  –  ●  ●  ●  –  –  –  –  –  –  –  | –  –  –
kladde:vaelg_parter              ●  –  –  –  –  –  –  –  –  –  –  –  | –  –  –
kladde:send_til_godkendelse      ●  –  –  –  –  –  –  –  –  –  –  –  | –  –  –
sendt:laes                       ●  ●  ●  ●  ●  ●  ●  ●  –  –  –  –  | –  –  –
sendt:traek_tilbage              ●  –  –  –  –  –  –  –  –  –  –  –  | –  –  –
sendt:annuller_aftale            ●  –  –  –  –  –  –  –  –  –  –  –  | –  –  –
indgaaet:se_tilstand             ●  ●  ●  ●  ●  ●  ●  ●  ●  ●  ●  –  | –  –  –
indgaaet:laes                    ●  ●  ●  ●  ●  ●  ●  ●  ●  ●  ●  –  | –  –  –
annulleret:laes                  ●  ●  ●  ●  ●  ●  ●  ●  –  –  –  –  | –  –  –
part_skole:godkend               ●  –  –  –  –  –  –  –  –  –  –  –  | –  –  –
part_kkfo:godkend                –  –  ●  –  –  –  –  –  –  –  –  –  | –  –  –
part_center:godkend              –  –  –  ●  –  –  –  –  –  –  –  –  | –  –  –
part_boernehus:godkend           –  –  –  –  ●  –  –  –  –  –  –  –  | –  –  –
part_selvejende:godkend          –  –  –  –  –  –  –  –  –  –  –  –  | –  –  –
part_skole:kan_ikke_godkende     ●  –  –  –  –  –  –  –  –  –  –  –  | –  –  –
part_kkfo:kan_ikke_godkende      –  –  ●  –  –  –  –  –  –  –  –  –  | –  –  –
part_skole:laes                  ●  ●  ●  ●  ●  ●  ●  ●  –  –  –  –  | –  –  –
kommunen:se_forvaltning          –  –  –  –  –  –  –  –  –  –  ●  ●  | –  –  –
kommunen:se_al_post              –  –  –  –  –  –  –  –  –  –  –  ●  | –  –  –
kommunen:gensend_besked          –  –  –  –  –  –  –  –  –  –  –  ●  | –  –  –
"""


@pytest.fixture
def v():
    return verden()


@pytest.fixture
def ting(v):
    """The objects of the table by name; the entered agreement was approved by an acting leader of Månen too."""
    enheder = [*byg.parter(v), v.selvejende]
    ting = vars(v) | {"kommunen": HELE_KOMMUNEN}
    with byg.i_aaret(2023):
        ting["annulleret"] = byg.annulleret(v, enheder=enheder)
        ting["sendt"] = byg.sendt(v, enheder=enheder)
    with byg.i_aaret(2024):
        ting["indgaaet"] = byg.indgaaet(v)
    with byg.i_aaret(2025):
        ting["kladde"] = byg.kladde(v, enheder=enheder)
    for navn in ("skole", "kkfo", "center", "boernehus", "selvejende"):
        ting[f"part_{navn}"] = byg.part(ting["sendt"], getattr(v, navn))
    return ting


def test_the_matrix_holds_for_people(v, ting):
    forskelle = []
    for (raekke, kolonne), ventet in laes_tabel(TABEL).items():
        objekt, handling = raekke.split(":")
        if maa(getattr(v, FOLK[kolonne]), Handling(handling), ting[objekt]) != ventet:
            forskelle.append(f"{FOLK[kolonne]} {'kan ikke' if ventet else 'kan'} {raekke}")
    assert forskelle == []
