"""What the tests of the preparation share: the world at a called meeting, the fields of the form, files on items."""

from types import SimpleNamespace
from zlib import crc32

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from moeder.models import Anmodningsfil, Bidrag, Deltager, Punktfil
from moeder.states import Tilstand
from samarbejde.actions_filer import gem_fil
from samarbejde.models import Faglighed
from tests.fabrik import verden
from tests.moeder.byg import inviter, moede, punkt
from tests.ressourcecenter.byg import forum, ressourceperson
from tests.samarbejde.filer import png, upload


def eget_lager(settings, tmp_path) -> dict:
    """The settings of a file storage of the test's own."""
    standard = {**settings.STORAGES["default"]}
    standard["OPTIONS"] = {**standard["OPTIONS"], "location": tmp_path / "filer"}
    return {**settings.STORAGES, "default": standard}


def billede(navn: str = "Plan.png") -> SimpleUploadedFile:
    return upload(navn, png())


def fil_paa(hos, af, navn: str = "Plan.png") -> Punktfil:
    """The one file of that name on the item."""
    findes = Punktfil.objects.filter(punkt=hos, fil__navn=navn, fjernet_den=None).first()
    return findes or Punktfil.objects.create(punkt=hos, fil=gem_fil(upload=billede(navn), af=af))


def vedlagt(hos, af, navn: str = "Bilag.png") -> Anmodningsfil:
    """The one file of that name on the request."""
    findes = Anmodningsfil.objects.filter(anmodning=hos, fil__navn=navn, fjernet_den=None).first()
    return findes or Anmodningsfil.objects.create(anmodning=hos, fil=gem_fil(upload=billede(navn), af=af))


def indkaldt() -> SimpleNamespace:
    """Linde has called a meeting in two weeks: Pia (KKFO) to all of it, Mette (KKFO) to the second item, Susan, who is
    a resource person, to all of it; Carl leads the centre, which belongs to the forum, and is not invited.
    """
    return indkald_i(verden())


def indkald_i(v: SimpleNamespace) -> SimpleNamespace:
    v.rc = forum(v.skole)
    faglighed = Faglighed.objects.get(navn="sundhedsplejerske")
    v.resurse = ressourceperson(v.rc, v.sundhedsplejerske, faglighed=faglighed)
    v.moede = moede(v.rc, af=v.skoleleder, tilstand=Tilstand.INDKALDT, sted="Lokale 7")
    v.foerste = punkt(v.moede, "Overgange til 4. klasse", beskrivelse="Vi skal *aftale* besøg.")
    v.andet = punkt(v.moede, "Uro i frikvarteret")
    v.barn = punkt(v.moede, niveau="enkeltbarn")
    v.pia = inviter(v.moede, v.paedagogiskleder, v.kkfo)
    v.mette = inviter(v.moede, v.medarbejder, v.kkfo, [v.andet])
    v.susan = inviter(v.moede, v.sundhedsplejerske, None, art=Deltager.Art.RESSOURCEPERSON)
    return v


def logget_ind(hvem) -> Client:
    klient = Client()
    klient.force_login(hvem)
    return klient


def til(hvor) -> str:
    return f"/moeder/{hvor.kode}/forbered/"


def nyt(hos, tekst: str, art: str = "perspektiv") -> dict[str, str]:
    return {f"_art_{hos.pk}": art, f"bidrag_{hos.pk}_ny": tekst}


def rettet(bidrag: Bidrag, tekst: str, **mere: str) -> dict[str, str]:
    """A field as the page showed it when `bidrag` was read, with another text in it."""
    felt = f"bidrag_{bidrag.punkt_id}_{bidrag.art}"
    skjult = {f"{felt}_version": str(bidrag.version), f"{felt}_aftryk": f"{crc32(bidrag.tekst.encode()):08x}"}
    return {felt: tekst, **skjult, **{f"{felt}_{navn}": vaerdi for navn, vaerdi in mere.items()}}
