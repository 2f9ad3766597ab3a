"""Files on a request: who lays them there, who fetches and who removes them (S39 attach, D20, S3, S53)."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from moeder import actions
from moeder.actions import anmodningsfiler
from moeder.models import Anmodning, Anmodningsfil
from moeder.queries.anmodninger import bag_punktet
from samarbejde import tid
from samarbejde.models import Besked, Fil, Haendelse
from samarbejde.permissions import IkkeTilladtError
from samarbejde.tilstande import IkkeMuligtError
from tests.fabrik import verden
from tests.moeder.byg import anmod, moede
from tests.moeder.forberedelse import billede, eget_lager, logget_ind, vedlagt
from tests.ressourcecenter.byg import Art, forum
from tests.samarbejde.filer import png, upload

pytestmark = pytest.mark.django_db
OM_BARNET = "Når det handler om et enkelt barn, kan du ikke vedlægge filer."


@pytest.fixture
def v(settings, tmp_path):
    settings.STORAGES = eget_lager(settings, tmp_path)
    v = verden()
    v.rc = forum(v.skole)
    return v


def formular(v, art="ressourcecenter"):
    return reverse("anmod_om_moede", args=[v.skole.slug, art])


def felter(*filer, **nye):
    return {"niveau": "boernegruppe", "hvad": "Uro i 5. klasse", "filer": list(filer), **nye}


def under(anmodning, hvad=""):
    return f"{anmodning.get_absolute_url()}{hvad}"


def filen(lagt, hvad=""):
    return under(lagt.anmodning, f"filer/{lagt.fil.noegle}/{hvad}")


def tekst(svar):
    return " ".join(svar.content.decode().split())


def kan_hente(hvem, lagt):
    svar = logget_ind(hvem).get(filen(lagt))
    return svar.status_code == 200 and b"".join(svar) == png()


def laeg(anmodning, af, navn="Bilag.png"):
    return actions.laeg_fil_paa_anmodning(anmodning=anmodning, upload=billede(navn), af=af)


# --- with the request ----------------------------------------------------------------------------------------------
def test_d20_the_form_carries_files_and_the_answerer_fetches_them(v):
    mette = logget_ind(v.medarbejder)
    assert 'enctype="multipart/form-data"' in tekst(mette.get(formular(v)))
    svar = mette.post(formular(v), felter(billede("Trivsel.png"), billede("Plan.png")), follow=True)
    assert "Trivsel.png (PNG-billede, 1 kB)</a>" in tekst(svar)
    anmodning = Anmodning.objects.get()
    assert [str(en) for en in anmodning.filer.all()] == ["Trivsel.png", "Plan.png"]
    (foerste, _) = anmodning.filer.select_related("anmodning", "fil")
    hentet = logget_ind(v.koordinator).get(filen(foerste))
    assert b"".join(hentet) == png()
    assert hentet["Content-Disposition"] == 'attachment; filename="Trivsel.png"'


def test_sent_twice_it_is_one_request_with_each_file_once(v):
    """A double click; and the same form sent once more from the back button with one file more."""
    mette = logget_ind(v.medarbejder)
    kode = mette.get(formular(v)).context["form"]["kode"].value()
    for filer in ([billede("En.png")], [billede("En.png")], [billede("En.png"), billede("To.png")]):
        assert mette.post(formular(v), felter(*filer, kode=kode)).status_code == 302
    assert [str(en) for en in Anmodning.objects.get().filer.all()] == ["En.png", "To.png"]


def test_an_error_elsewhere_says_which_files_to_choose_again_and_keeps_nothing(v):
    side = tekst(logget_ind(v.medarbejder).post(formular(v), felter(billede("Trivsel.png"), hvad="")))
    assert "Udfyld «Hvad handler det om?»." in side
    assert "Vælg «Trivsel.png» igen: filer bliver ikke husket" in side
    assert not Anmodning.objects.exists()
    assert not Fil.objects.exists()


def test_a_disguised_file_is_refused_and_the_words_are_kept(v):
    sendt = felter(upload("Plan.pdf", png()), hvad="Det, jeg har skrevet")
    side = tekst(logget_ind(v.medarbejder).post(formular(v), sendt))
    assert "Filens indhold er PNG-billede" in side
    assert "Det, jeg har skrevet" in side
    assert not Anmodning.objects.exists()


def test_s3_a_request_about_one_child_carries_no_file_and_the_form_says_so(v):
    mette = logget_ind(v.medarbejder)
    assert "Du kan ikke vedlægge filer, når det handler om et enkelt barn." in tekst(mette.get(formular(v)))
    assert "enkelt barn, kan" not in tekst(mette.get(formular(v, "laeringscenter")))
    afvist = tekst(mette.post(formular(v), felter(billede(), niveau="enkeltbarn", hvad="")))
    assert f"{OM_BARNET} Har du noget på skrift" in afvist
    assert "Vælg «Plan.png» igen" not in afvist
    assert not Anmodning.objects.exists()
    assert not Fil.objects.exists()
    with pytest.raises(ValidationError, match="enkelt barn"):
        actions.anmod_om_moede(forum=v.rc, af=v.medarbejder, niveau="enkeltbarn", filer=[billede()])


def test_s3_nor_is_one_laid_on_it_later_or_fetched(v):
    anmodning = anmod(v.rc, v.medarbejder, v.kkfo, niveau="enkeltbarn")
    with pytest.raises(IkkeMuligtError, match=OM_BARNET):
        laeg(anmodning, v.medarbejder)
    mette = logget_ind(v.medarbejder)
    assert mette.post(under(anmodning, "filer/"), {"filer": [billede()]}).status_code == 409
    side = tekst(mette.get(under(anmodning)))
    assert "Læg filer på" not in side
    assert "der kan ikke vedlægges filer" in side
    assert not Fil.objects.exists()
    assert mette.get(filen(vedlagt(anmodning, v.medarbejder))).status_code == 404


# --- who sees them -------------------------------------------------------------------------------------------------
def test_s53_whoever_does_not_see_the_request_sees_no_file(v):
    lagt = laeg(anmod(v.rc, v.medarbejder, v.kkfo), v.medarbejder)
    andens = vedlagt(anmod(v.rc, v.vejleder, v.skole), v.vejleder, "Andens.png")
    for hvem in (v.medarbejder, v.koordinator, v.skoleleder):
        assert kan_hente(hvem, lagt)
    for hvem in (v.vejleder, v.paedagogiskleder, v.centerleder, v.naboskoleleder, v.administrator, v.forvaltning):
        klient = logget_ind(hvem)
        assert klient.get(filen(lagt)).status_code == 404, hvem
        assert klient.post(filen(lagt, "fjern/")).status_code == 404, hvem
        assert "Bilag.png" not in tekst(klient.get("/haendelser/")), hvem
    assert logget_ind(v.medarbejder).get(under(lagt.anmodning, f"filer/{andens.fil.noegle}/")).status_code == 404


def test_the_asker_who_has_left_fetches_nothing(v):
    lagt = laeg(anmod(v.rc, v.medarbejder, v.kkfo), v.medarbejder)
    v.medarbejder.rolletildelinger.update(gyldig_til=tid.i_dag())
    assert logget_ind(v.medarbejder).get(filen(lagt)).status_code == 404


def test_no_mail_names_a_file(v):
    actions.anmod_om_moede(forum=v.rc, af=v.medarbejder, niveau="tema", hvad="Uro", filer=[billede("Trivsel.png")])
    laeg(Anmodning.objects.get(), v.medarbejder, "Mere.png")
    assert Besked.objects.count() == 1
    assert not any("png" in f"{en.emne}{en.tekst}" for en in Besked.objects.all())
    assert not any("png" in str(en.data) for en in Haendelse.objects.all())


# --- further files -------------------------------------------------------------------------------------------------
def test_s39_the_asker_lays_further_files_while_it_is_open_and_nobody_else(v):
    anmodning = anmod(v.rc, v.medarbejder, v.kkfo)
    mette = logget_ind(v.medarbejder)
    assert mette.get(under(anmodning, "filer/")).status_code == 200
    assert "Vælg en fil." in tekst(mette.post(under(anmodning, "filer/"), {}))
    svar = mette.post(under(anmodning, "filer/"), {"filer": [billede("En.png"), billede("To.png")]}, follow=True)
    assert "Filerne er lagt på anmodningen." in tekst(svar)
    assert tekst(svar).count("En fil er lagt på anmodningen.") == 2
    assert logget_ind(v.koordinator).post(under(anmodning, "filer/"), {"filer": [billede()]}).status_code == 403
    assert "Læg filer på anmodningen" not in tekst(logget_ind(v.koordinator).get(under(anmodning)))
    for hvem in (v.koordinator, v.vejleder, v.naboskoleleder):
        with pytest.raises(IkkeTilladtError):
            laeg(anmodning, hvem)
    assert anmodning.filer.count() == 2


@pytest.mark.parametrize(("tilstand", "aaben"), [("henvist", True), ("trukket", False), ("flettet", False)])
def test_open_is_until_it_is_answered_for_good(v, tilstand, aaben):
    anden = anmod(v.rc, v.vejleder, v.skole)
    anmodning = anmod(v.rc, v.medarbejder, v.kkfo, tilstand=tilstand, flettet_i=anden)
    svar = logget_ind(v.medarbejder).post(under(anmodning, "filer/"), {"filer": [billede()]})
    assert svar.status_code == (302 if aaben else 409)
    assert ("afsluttet" in tekst(svar)) is not aaben
    assert anmodning.filer.count() == aaben


def test_promised_a_meeting_it_is_still_open_and_treated_it_is_not(v):
    m = moede(v.rc, af=v.skoleleder)
    anmodning = anmod(v.rc, v.medarbejder, v.kkfo, tilstand="planlagt", moede=m)
    laeg(anmodning, v.medarbejder)
    Anmodning.objects.update(tilstand="behandlet")
    with pytest.raises(IkkeMuligtError, match="Bed om et nyt møde"):
        laeg(anmodning, v.medarbejder, "To.png")
    assert "Læg filer på" not in tekst(logget_ind(v.medarbejder).get(under(anmodning)))


def test_all_the_chosen_or_none_and_never_more_than_the_limit(v, monkeypatch):
    monkeypatch.setattr(anmodningsfiler, "FLEST_FILER", 2)
    anmodning = anmod(v.rc, v.medarbejder, v.kkfo)
    laeg(anmodning, v.medarbejder, "En.png")
    laeg(anmodning, v.medarbejder, "En.png")
    sendt = {"filer": [billede("To.png"), billede("Tre.png")]}
    side = tekst(logget_ind(v.medarbejder).post(under(anmodning, "filer/"), sendt))
    assert "Der er allerede 2 filer på anmodningen. Fjern en, og vælg «Tre.png» igen." in side
    assert [str(en) for en in anmodning.filer.all()] == ["En.png"]


# --- away ----------------------------------------------------------------------------------------------------------
def test_a_removed_file_is_fetched_by_nobody(v):
    lagt = laeg(anmod(v.rc, v.medarbejder, v.kkfo), v.medarbejder)
    mette = logget_ind(v.medarbejder)
    assert "Når du fjerner den" in tekst(mette.get(filen(lagt, "fjern/")))
    assert Anmodningsfil.objects.get().fjernet_den is None
    assert "Filen «Bilag.png» er fjernet." in tekst(mette.post(filen(lagt, "fjern/"), follow=True))
    assert mette.get(filen(lagt)).status_code == 404
    assert mette.post(filen(lagt, "fjern/")).status_code == 404
    actions.fjern_anmodningsfil(anmodningsfil=lagt, af=v.medarbejder)
    assert Haendelse.objects.filter(navn="fjern_anmodningsfil").count() == 1


def test_the_leaders_remove_any_and_the_asker_their_own_while_it_is_open(v):
    anmodning = anmod(v.rc, v.medarbejder, v.kkfo)
    andens = vedlagt(anmodning, v.vejleder, "Andens.png")
    egen = laeg(anmodning, v.medarbejder)
    assert logget_ind(v.medarbejder).post(filen(andens, "fjern/")).status_code == 409
    Anmodning.objects.update(tilstand="trukket")
    with pytest.raises(IkkeMuligtError, match="afsluttet"):
        actions.fjern_anmodningsfil(anmodningsfil=egen, af=v.medarbejder)
    with pytest.raises(IkkeTilladtError):
        actions.fjern_anmodningsfil(anmodningsfil=egen, af=v.naboskoleleder)
    assert logget_ind(v.koordinator).post(filen(egen, "fjern/")).status_code == 302


# --- on an agenda --------------------------------------------------------------------------------------------------
def test_on_an_agenda_the_files_stay_with_the_request_and_the_item_leads_to_it_for_those_who_see_it(v):
    anmodning = anmod(v.rc, v.medarbejder, v.kkfo)
    laeg(anmodning, v.medarbejder)
    m = moede(v.rc, af=v.skoleleder, tilstand="indkaldt")
    actions.saet_anmodning_paa(anmodning=anmodning, moede=m, af=v.koordinator)
    (punkt,) = m.punkter.all()
    side = f"/moeder/{m.kode}/punkter/{punkt.noegle}/"
    for hvem, ser in ((v.koordinator, True), (v.medarbejder, True), (v.centerleder, False)):
        html = tekst(logget_ind(hvem).get(side))
        assert (f'href="{under(anmodning)}"' in html) is ser, hvem
        assert "Bilag.png" not in html
        assert bool(bag_punktet(punkt, hvem)) is ser
    assert punkt.filer.count() == 0


def test_referred_it_takes_its_files_along_and_the_first_forum_of_another_school_keeps_none(v):
    plc = forum(v.naboskole, Art.PLC)
    anmodning = anmod(v.rc, v.centerleder, v.center)
    lagt = laeg(anmodning, v.centerleder)
    assert logget_ind(v.naboskoleleder).get(filen(lagt)).status_code == 404
    actions.henvis_anmodning(anmodning=anmodning, forum=plc, af=v.koordinator)
    assert kan_hente(v.naboskoleleder, lagt)
    assert logget_ind(v.koordinator).get(filen(lagt)).status_code == 404
    assert kan_hente(v.centerleder, lagt)
