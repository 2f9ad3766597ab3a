"""The agreement on one page for skolebestyrelse and staff; read with the same right as the text (decision 11)."""

import pytest

from tests.aftaler import byg
from tests.aftaler.sider import logget_ind, rod, tekst
from tests.aftaler.test_sider_antal import antal, fyld
from tests.fabrik import verden

pytestmark = pytest.mark.django_db


@pytest.fixture
def v():
    return verden()


def test_what_is_agreed_is_on_one_page_without_answers_and_duties(v):
    aftale = byg.indgaaet(v)
    sted = f"{rod(aftale)}paa-en-side/"
    for hvem in (v.medarbejder, v.skoleleder, v.forvaltning):
        side = tekst(logget_ind(hvem).get(sted))
        for noget in ("Gode overgange", "3. Overgange", "Fælles besøgsdage", "Besøg i maj", "børnefællesskaberne"):
            assert noget in side, noget
        assert f"{v.skole.navn}, skole (tovholder)" in side
        assert "Indgået" in side
        assert "ikke indgået" not in side
        assert v.skoleleder.navn not in side or hvem == v.skoleleder, "hvem der godkendte, står på aftalen"
    assert 'paa-en-side/"' in logget_ind(v.medarbejder).get(rod(aftale)).content.decode()


def test_a_draft_is_shown_to_its_parties_alone_and_says_that_it_is_one(v):
    aftale = byg.kladde(v)
    sted = f"{rod(aftale)}paa-en-side/"
    assert "Aftalen er ikke indgået" in tekst(logget_ind(v.medarbejder).get(sted))
    assert logget_ind(v.forvaltning).get(sted).status_code == 403
    assert logget_ind(v.naboskoleleder).get(sted).status_code == 404
    assert "paa-en-side" not in logget_ind(v.forvaltning).get(rod(aftale)).content.decode()


def test_it_is_there_while_nothing_is_written(v):
    side = tekst(logget_ind(v.skoleleder).get(f"{rod(byg.tom(v))}paa-en-side/"))
    assert "Her er ingen mål endnu." in side
    assert side.count("Ikke skrevet endnu.") == 2


def test_it_costs_the_same_small_and_large(v):
    aftale, sanne = byg.kladde(v), logget_ind(v.skoleleder)
    sted = f"{rod(aftale)}paa-en-side/"
    assert antal(sanne, sted) == 10
    fyld(aftale, v)
    assert antal(sanne, sted) == 10
