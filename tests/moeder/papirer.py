"""Meetings worth printing: `fuldt(v)` with items, contributions, files, tasks and corrections; `stort(v)` is the size
that the speed is measured on."""

import io
from types import SimpleNamespace

from pypdf import PdfReader

from moeder.models import Berigtigelse, Bidrag, Moede, Moededokument, Opfoelgning, Punktfil
from moeder.states import Deltagelse, Punkttilstand, Tilstand
from samarbejde import tid
from samarbejde.models import Faglighed, Fil, Person
from samarbejde.prosa import til_html
from tests.fabrik import person
from tests.moeder.byg import forum, inviter, moede, opgave, punkt

TEKST = (
    "Flere børn fortæller, at de er i tvivl om, hvem de kan gå til efter skoletid. Skolen og fritidscentret vil "
    "derfor afprøve en fælles modtagelse og samle erfaringerne op inden vinterferien. "
)


def tekst(pdf: bytes) -> str:
    return " ".join(" ".join(side.extract_text().split()) for side in PdfReader(io.BytesIO(pdf)).pages)


def bidrag(hos, af: Person, fra=None, ord_: str = "Klubben ser det samme.", **felter) -> Bidrag:
    return Bidrag.objects.create(punkt=hos, af=af, enhed=fra, tekst=ord_, tekst_html=til_html(ord_), **felter)


def fil(hos, af: Person, navn: str = "Trivselsmåling.pdf") -> Punktfil:
    ny = Fil.objects.create(navn=navn, art="pdf", stoerrelse=48_000, sha256="0" * 64, lagt_op_af=af)
    return Punktfil.objects.create(punkt=hos, fil=ny)


def skriv(hos, referat: str = "", beslutning: str = "", tilstand: str = Punkttilstand.BEHANDLET) -> None:
    hos.referat, hos.referat_html = referat, til_html(referat)
    hos.beslutning, hos.beslutning_html = beslutning, til_html(beslutning)
    type(hos).objects.filter(pk=hos.pk).update(
        **{navn: getattr(hos, navn) for navn in ("referat", "referat_html", "beslutning", "beslutning_html")},
        tilstand=tilstand,
    )


def fuldt(v: SimpleNamespace, tilstand: str = Tilstand.INDKALDT) -> SimpleNamespace:
    """A meeting in Linde's Ressourcecenter: two items, one about a child, and Mette invited to the second alone."""
    dage = 14 if tilstand == Tilstand.INDKALDT else -7
    m = moede(forum(v.skole), af=v.skoleleder, dage=dage, tilstand=tilstand, sted="Lokale 12")
    foerste = punkt(m, "Overgange til 4. klasse", beskrivelse="Vi ser på *vinteren*.", spoergsmaal="Hvem gør hvad?")
    andet = punkt(m, "Uro efter frikvarteret", niveau="boernegruppe", ansvarlig=v.koordinator)
    barn = punkt(m, niveau="enkeltbarn")
    inviter(m, v.koordinator, v.skole, art="ledelse", tilstand=Deltagelse.ACCEPTERET)
    inviter(m, v.paedagogiskleder, v.kkfo)
    inviter(m, v.centerleder, v.center, tilstand=Deltagelse.AFBUD)
    inviter(m, v.medarbejder, v.kkfo, [andet])
    bidrag(foerste, v.paedagogiskleder, v.kkfo, faglighed=Faglighed.objects.order_by("pk").first())
    fil(foerste, v.paedagogiskleder)
    return SimpleNamespace(moede=m, foerste=foerste, andet=andet, barn=barn)


def med_referat(v: SimpleNamespace, tilstand: str = Tilstand.REFERAT_I_HOERING) -> SimpleNamespace:
    """The same meeting held, with minutes, two tasks and a follow-up."""
    s = fuldt(v, tilstand)
    skriv(s.foerste, "Alle fortalte om vinteren.", "Vi prøver en fælles modtagelse.")
    skriv(s.andet, "Gruppen blev drøftet.", "Klubben åbner gården.")
    s.moede.deltagere.filter(person=v.paedagogiskleder).update(tilstand=Deltagelse.DELTOG)
    s.kkfos = opgave(s.foerste, v.paedagogiskleder, v.kkfo, "Lav en plan for gården")
    s.skolens = opgave(s.andet, v.vejleder, v.skole, "Spørg elevrådet")
    Opfoelgning.objects.create(opgave=s.skolens, moede=s.moede, udfald="fortsaetter", note="Ses an", af=v.koordinator)
    return s


def berigtiget(s: SimpleNamespace, af: Person) -> None:
    Berigtigelse.objects.create(moede=s.moede, tekst="Mødet begyndte kl. 9.", af=af)
    Berigtigelse.objects.create(moede=s.moede, punkt=s.foerste, tekst="Modtagelsen er i uge 8.", af=af)


def stort(v: SimpleNamespace, tilstand: str = Tilstand.INDKALDT) -> Moede:
    """20 items with two contributions and a file each, and 25 people."""
    m = moede(forum(v.skole), af=v.skoleleder, dage=14, minutter=300, tilstand=tilstand, sted="Lokale 12")
    folk = [person(f"Deltager {nummer:02d} Sørensen-Åkjær") for nummer in range(25)]
    for en in folk:
        inviter(m, en, v.kkfo)
    for nummer in range(20):
        nyt = punkt(m, f"Et emne til drøftelse nummer {nummer}", beskrivelse=f"{TEKST}\n\n- Den ene\n- Den anden")
        bidrag(nyt, folk[nummer], v.kkfo, TEKST * 2)
        bidrag(nyt, folk[nummer + 1], v.kkfo, TEKST, art="ide")
        fil(nyt, folk[nummer])
        skriv(nyt, TEKST * 2, TEKST, tilstand=Punkttilstand.PAA_DAGSORDEN)
        opgave(nyt, folk[nummer], v.kkfo)
    return m


def bestilt(m: Moede, art: str = "pakke", enhed=None) -> Moededokument:
    return Moededokument.objects.create(moede=m, art=art, enhed=enhed, bestilt_af=m.oprettet_af, lavet_den=tid.nu())
