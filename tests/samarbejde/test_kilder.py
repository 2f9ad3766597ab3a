"""Every citation shown anywhere stands word for word in the section it claims (decision 17, S18, S24).

The source is not in the repository; its fingerprint is (tests/data/aftryk.py).
"""

import re

import pytest

from samarbejde.kilder import KILDER
from samarbejde.permissions import MODEL, REGLER
from tests.arkitektur.filer import ROOT, project_files
from tests.data import aftryk
from tests.rettigheder.test_regler import AFSNIT

AFTRYK = aftryk.laes()
KALD = re.compile(r'{% include "komponenter/kilde\.html" with (.*?)%}')
FAST = re.compile(r'(afsnit|citat)="([^"]*)"')


def i_skabelonerne():
    """(file, section, citation) of every citation written in a template."""
    for navn in project_files(".html"):
        if navn.startswith("templates/"):
            for kald in KALD.findall((ROOT / navn).read_text(encoding="utf-8")):
                felter = dict(FAST.findall(kald))
                if "citat" in felter:
                    yield navn, felter["afsnit"], felter["citat"]


VISTE = [
    *((regel, citat.afsnit, citat.tekst) for regel, citat in KILDER.items()),
    *((h.value, regel.kilde.removeprefix(MODEL), regel.citat) for h, regel in REGLER.items() if regel.citat),
    *i_skabelonerne(),
]


def test_the_fingerprint_has_the_sections_of_the_source():
    assert set(aftryk.AFSNIT) == AFSNIT == set(AFTRYK)
    assert sum(map(len, AFTRYK.values())) > 1000


def test_citations_are_found_where_they_are_written():
    """So that the search below cannot come to look at nothing."""
    steder = {sted for sted, _, _ in VISTE}
    assert {"S7", "S24.5", "opret_aftale", "templates/aftaler/godkend.html"} <= steder


@pytest.mark.parametrize(("sted", "afsnit", "citat"), VISTE, ids=[sted for sted, _, _ in VISTE])
def test_every_citation_stands_in_the_section_it_claims(sted, afsnit, citat):
    assert aftryk.staar_i(citat, afsnit, AFTRYK), f"{sted}: «{citat}» i afsnittet {afsnit}"


@pytest.mark.parametrize("handling", REGLER)
def test_a_rule_of_the_model_carries_its_words_and_local_practice_has_none(handling):
    regel = REGLER[handling]
    assert bool(regel.citat) == regel.kilde.startswith(MODEL)


# --- the check sees what it should -----------------------------------------------------------------------------------
FALSKE = {
    "one word changed": ("Indledning", KILDER["S7"].tekst.replace("hvert år", "hvert andet år")),
    "one word left out": ("Indledning", KILDER["S7"].tekst.replace("lokalt ", "")),
    "two true pieces joined unsaid": ("Formål med samarbejdet", KILDER["S24.1"].tekst + KILDER["S24.5"].tekst[3:]),
    "right words, wrong section": ("Stærkt samarbejde", KILDER["S7"].tekst),
    "too short to prove": ("Indledning", "Skole og institutioner"),
    "one short piece beside a true one": ("Indledning", KILDER["S7"].tekst + " … skal altid gøre"),
    "nothing": ("Indledning", ""),
    "only what is left out": ("Indledning", " … "),
}


@pytest.mark.parametrize("hvad", FALSKE)
def test_a_forged_citation_is_seen(hvad):
    afsnit, citat = FALSKE[hvad]
    assert not aftryk.staar_i(citat, afsnit, AFTRYK)


def test_case_punctuation_and_line_breaks_do_not_matter():
    assert aftryk.staar_i("AT SKABE HELHED\n  og sammenhæng i barnet/den   unges liv", "Formål med samarbejdet", AFTRYK)


KILDE = """ En indledning på i alt seks ord.
Stærkt samarbejde

Målet er at mødes.1 Det gør vi

hver uge om alle børn.

1 Læs mere om det her: http://intra.example/st%C3%A6rkt-

samarbejde
Samarbejde mellem skole og fritidstilbud i Ressourcecenter og Pædagogisk

Læringscenter
Her er noget helt andet end
Stærkt samarbejde
Formål med samarbejdet
Deltagere, ansvar og rollefordeling i samarbejdet
Fritidsinstitutioners og fritidscentres deltagelse i klyngen/netværkets ressourceteam
Samarbejdsmodellen
"""


def test_the_fingerprint_is_made_from_text_as_a_pdf_gives_it(tmp_path):
    """Headings over two lines, a heading's words inside another section, notes at the foot of a page, addresses."""
    kilde, fil = tmp_path / "kilde.txt", tmp_path / "aftryk"
    kilde.write_text(KILDE, encoding="utf-8")
    aftryk.skriv(kilde, fil)
    lavet = aftryk.laes(fil)
    assert tuple(lavet) == aftryk.AFSNIT
    rc = "Samarbejde mellem skole og fritidstilbud i Ressourcecenter og Pædagogisk Læringscenter"
    for afsnit, citat in (
        ("Indledning", "En indledning på i alt seks ord."),
        ("Stærkt samarbejde", "Målet er at mødes. Det gør vi hver uge om alle børn."),
        ("Stærkt samarbejde", "Læs mere om det her"),
        (rc, "Her er noget helt andet end Stærkt samarbejde"),
    ):
        assert aftryk.staar_i(citat, afsnit, lavet), citat
    assert not aftryk.staar_i("hver uge om alle børn. Læs", "Stærkt samarbejde", lavet)
    assert lavet["Samarbejdsmodellen"] == set()
