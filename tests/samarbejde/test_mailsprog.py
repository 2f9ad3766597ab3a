"""The reader of every mail (tests.mailsprog) finds what it looks for, and nothing else."""

import pytest

from tests.mailsprog import fejl_i

EMNE, TEKST = "Afbud fra Pia Dahl: Møde i Ressourcecentret, Lindeskolen, 8. dec. 2026", "Grunden står på mødets side."
INDKALDELSE = """Sanne Lund inviterer dig til et møde.

Møde i Ressourcecentret, Lindeskolen
Tid: tirsdag den 8. december 2026 kl. 9.00–9.30, uge 50
Sted: Lokale 12

Svar på mødets side."""


@pytest.mark.parametrize("tekst", [TEKST, INDKALDELSE, "Vælg din adgangskode her:\nhttp://testserver/a_b/\n\nTak."])
def test_god_dansk_slipper_igennem(tekst):
    assert list(fejl_i(EMNE, tekst)) == []


@pytest.mark.parametrize(
    ("emne", "tekst"),
    [
        (EMNE, "Grunden står på mødets side"),
        (EMNE, "Grunden  står på mødets side."),
        (EMNE, "Grunden står på siden.."),
        (EMNE, "Grunden , som står på siden."),
        (EMNE, "Mødet er None."),
        (EMNE, "Mødet er ikke_afholdt."),
        (EMNE, "Pia Dahl har meldt afbud til Møde i Ressourcecentret, Lindeskolen."),
        ("nyt", TEKST),
        ("Nyt.", TEKST),
        ("", TEKST),
        (f"Nyt om {'x' * 110}", TEKST),
        ("Nyt om {sted}", TEKST),
    ],
)
def test_hver_slags_fejl_findes(emne, tekst):
    assert list(fejl_i(emne, tekst))
