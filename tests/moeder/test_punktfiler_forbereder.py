"""Whoever prepares the meetings makes the documents ready too, and nothing more (decision 10, S3, S42)."""

from datetime import timedelta

import pytest

from moeder import actions
from moeder.actions import punktfiler
from moeder.models import Punktfil
from ressourcecenter.models import Forbereder
from samarbejde import tid
from samarbejde.models import Fil
from samarbejde.permissions import REGLER, Handling, IkkeTilladtError, Rolle
from samarbejde.tilstande import IkkeMuligtError
from tests.fabrik import FRA, person, rolle
from tests.moeder.byg import moede, punkt
from tests.moeder.forberedelse import billede, eget_lager, fil_paa, indkaldt, logget_ind, til
from tests.ressourcecenter.byg import Art, forum
from tests.samarbejde.filer import png, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def v(settings, tmp_path):
    settings.STORAGES = eget_lager(settings, tmp_path)
    v = indkaldt()
    v.signe = person("Signe Sekretær")
    rolle(v.signe, Rolle.MEDARBEJDER, v.skole)
    v.hverv = Forbereder.objects.create(skole=v.skole, person=v.signe, navngivet_af=v.skoleleder, gyldig_fra=FRA)
    return v


def under(hos, hvad=""):
    return f"/moeder/{hos.moede.kode}/punkter/{hos.noegle}/{hvad}"


def tekst(svar):
    return " ".join(svar.content.decode().split())


def laeg(hos, af, navn="Plan.png"):
    return actions.laeg_fil_paa(punkt=hos, upload=billede(navn), af=af)


def test_decision_10_she_lays_files_on_an_item_and_the_invited_fetch_them(v):
    signe = logget_ind(v.signe)
    assert f'href="{under(v.foerste, "filer/")}"' in tekst(signe.get(under(v.foerste)))
    assert "Læg filer på punktet" in tekst(signe.get(under(v.foerste, "filer/")))
    sendt = {f"filer_{v.foerste.pk}": [billede("En.png"), billede("To.png")]}
    svar = signe.post(under(v.foerste, "filer/"), sendt, follow=True)
    assert svar.redirect_chain == [(under(v.foerste), 302)]
    assert "Filerne er lagt på punktet." in tekst(svar)
    assert "En.png (PNG-billede, 1 kB)</a>" in tekst(svar)
    lagt = Punktfil.objects.first()
    hentet = logget_ind(v.paedagogiskleder).get(under(v.foerste, f"filer/{lagt.fil.noegle}/"))
    assert b"".join(hentet) == png()
    assert "lagt på af Signe Sekretær" in tekst(logget_ind(v.paedagogiskleder).get(til(v.moede)))


def test_decision_10_before_the_call_on_a_joint_meeting_and_in_the_learning_centre(v):
    plc = forum(v.skole, Art.PLC)
    for m in (moede(v.rc, af=v.skoleleder), moede(v.rc, med=plc, af=v.skoleleder), moede(plc, af=v.skoleleder)):
        assert laeg(punkt(m, "Overgange"), v.signe)


def test_decision_10_she_still_gives_no_contribution_and_calls_nobody(v):
    assert logget_ind(v.signe).get(til(v.moede)).status_code == 403
    with pytest.raises(IkkeTilladtError):
        actions.giv_bidrag(punkt=v.foerste, af=v.signe, art="ide", tekst="Mit", version=0)


def test_s3_never_on_an_item_about_one_child(v):
    with pytest.raises(IkkeMuligtError, match="Skriv ikke om barnet her"):
        laeg(v.barn, v.signe)
    signe = logget_ind(v.signe)
    assert signe.get(under(v.barn, "filer/")).status_code == 409
    assert signe.post(under(v.barn, "filer/"), {f"filer_{v.barn.pk}": billede()}).status_code == 409
    assert "Læg filer på" not in tekst(signe.get(under(v.barn)))
    assert not Fil.objects.exists()


def test_only_in_the_forums_of_her_school_and_only_while_she_prepares(v):
    nabos = punkt(moede(forum(v.naboskole), af=v.naboskoleleder), "Hos naboen")
    i_teamet = punkt(moede(forum(v.klynge), af=v.klyngeleder), "I teamet")
    for hos in (nabos, i_teamet):
        with pytest.raises(IkkeTilladtError):
            laeg(hos, v.signe)
        assert logget_ind(v.signe).get(under(hos, "filer/")).status_code == 404
    Forbereder.objects.update(gyldig_til=tid.i_dag())
    with pytest.raises(IkkeTilladtError):
        laeg(v.foerste, v.signe)
    assert logget_ind(v.signe).post(under(v.foerste, "filer/"), {}).status_code == 404


def test_who_only_sees_the_meeting_meets_the_rule_and_outsiders_nothing(v):
    """Carl leads an attached centre and is not invited; Mette is invited to the second item only."""
    carl = logget_ind(v.centerleder)
    svar = carl.post(under(v.foerste, "filer/"), {f"filer_{v.foerste.pk}": billede()})
    assert svar.status_code == 403
    assert REGLER[Handling.LAEG_FIL_PAA].saetning in tekst(svar)
    assert "Læg filer på" not in tekst(carl.get(under(v.foerste)))
    for hvem in (v.medarbejder, v.udenfor, v.naboskoleleder, v.administrator):
        assert logget_ind(hvem).get(under(v.foerste, "filer/")).status_code == 404, hvem
    assert logget_ind(v.medarbejder).get(under(v.andet, "filer/")).status_code == 200
    assert not Fil.objects.exists()


def test_she_removes_her_own_until_the_meeting_begins_and_never_those_of_others(v):
    signe, hendes, sannes = logget_ind(v.signe), laeg(v.foerste, v.signe), fil_paa(v.foerste, v.skoleleder, "Andet.png")
    assert tekst(signe.get(under(v.foerste))).count(">Fjern<") == 1
    assert signe.post(under(v.foerste, f"filer/{sannes.fil.noegle}/fjern/")).status_code == 409
    assert f'href="{under(v.foerste)}">Behold filen' in tekst(
        signe.get(under(v.foerste, f"filer/{hendes.fil.noegle}/fjern/"))
    )
    svar = signe.post(under(v.foerste, f"filer/{hendes.fil.noegle}/fjern/"), follow=True)
    assert svar.redirect_chain == [(under(v.foerste), 302)]
    assert Punktfil.objects.filter(fjernet_den=None).get() == sannes
    ny = laeg(v.foerste, v.signe, "Ny.png")
    v.moede.begynder = tid.nu() - timedelta(minutes=5)
    v.moede.save()
    assert ">Fjern<" not in tekst(signe.get(under(v.foerste)))
    with pytest.raises(IkkeMuligtError, match="kun mødelederen"):
        actions.fjern_punktfil(punktfil=ny, af=v.signe)


@pytest.mark.parametrize("tilstand", ["referat_lukket", "ikke_afholdt"])
def test_nothing_is_laid_on_when_the_meeting_is_closed(v, tilstand):
    v.moede.tilstand = tilstand
    v.moede.save()
    with pytest.raises(IkkeMuligtError):
        laeg(v.foerste, v.signe)
    assert logget_ind(v.signe).get(under(v.foerste, "filer/")).status_code == 409
    assert "Læg filer på" not in tekst(logget_ind(v.signe).get(under(v.foerste)))


def test_none_chosen_a_disguised_one_and_one_too_many_are_said_at_the_field(v, monkeypatch):
    monkeypatch.setattr(punktfiler, "FLEST_FILER", 1)
    signe, felt = logget_ind(v.signe), f"filer_{v.foerste.pk}"
    assert "Vælg en fil." in tekst(signe.post(under(v.foerste, "filer/"), {}))
    assert "Filens indhold er" in tekst(signe.post(under(v.foerste, "filer/"), {felt: upload("Plan.pdf", png())}))
    to = [billede("En.png"), billede("To.png")]
    assert "Fjern en, og vælg «To.png» igen." in tekst(signe.post(under(v.foerste, "filer/"), {felt: to}))
    assert not Punktfil.objects.exists()
    for _ in range(2):  # the same post twice
        assert signe.post(under(v.foerste, "filer/"), {felt: billede("En.png")}).status_code == 302
    assert Punktfil.objects.count() == 1
