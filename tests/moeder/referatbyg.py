"""A meeting that has just begun at Linde, with people of every kind: `kom_i_gang(v)`."""

from types import SimpleNamespace

from moeder import actions
from moeder.models import Deltager, Moede, Punkt
from moeder.states import Tilstand
from tests.moeder import byg
from tests.ressourcecenter.byg import forum


def kom_i_gang(v, **felter) -> SimpleNamespace:
    """`emne` for all, `andet` with Mette invited to it alone, `barn` about one child; Viggo writes."""
    rc = forum(v.skole)
    felter = {"begynder": byg.tid.nu() - byg.timedelta(minutes=30), "tilstand": Tilstand.INDKALDT, **felter}
    moede = byg.moede(rc, af=v.skoleleder, **felter)
    m = SimpleNamespace(v=v, rc=rc, moede=moede)
    m.emne = byg.punkt(moede, "Overgange til 4. klasse")
    m.andet = byg.punkt(moede, "Legepladsen")
    m.barn = byg.punkt(moede, niveau="enkeltbarn")
    m.kirsten = byg.inviter(moede, v.koordinator, v.skole, art=Deltager.Art.LEDELSE)
    m.pia = byg.inviter(moede, v.paedagogiskleder, v.kkfo)
    m.carl = byg.inviter(moede, v.centerleder, v.center)
    m.viggo = byg.inviter(moede, v.vejleder, v.skole, art=Deltager.Art.RESSOURCEPERSON)
    m.mette = byg.inviter(moede, v.medarbejder, v.kkfo, [m.andet])
    return m


def begyndt(v, **felter) -> SimpleNamespace:
    m = kom_i_gang(v, **felter)
    actions.hold_moede(moede=m.moede, af=v.koordinator)
    return frisk(m)


def frisk(m: SimpleNamespace) -> SimpleNamespace:
    m.moede = Moede.objects.get(pk=m.moede.pk)
    for navn in ("emne", "andet", "barn"):
        setattr(m, navn, Punkt.objects.get(pk=getattr(m, navn).pk))
    return m


def skriv(m, af=None, punkt=None, **felter):
    """`referat=("…", version seen)`; a bare text is on top of what is stored."""
    punkt = Punkt.objects.get(pk=(punkt or m.emne).pk)
    par = {f: t if isinstance(t, tuple) else (t, getattr(punkt, f"{f}_version")) for f, t in felter.items()}
    return actions.skriv_udfald(moede=m.moede, punkt=punkt.noegle, af=af or m.v.koordinator, felter=par)


def skrevet(v, **felter) -> SimpleNamespace:
    """Every item dealt with: ready to be sent."""
    m = begyndt(v, **felter)
    skriv(m, referat="Vi talte om overgange.", beslutning="Fælles besøg i uge 10.")
    skriv(m, punkt=m.andet, referat="Legepladsen er slidt.", beslutning="Vi søger en pulje.")
    actions.marker_behandlet(moede=m.moede, punkt=m.barn.noegle, behandlet=True, af=v.koordinator)
    return frisk(m)


def sendt(v, **felter) -> SimpleNamespace:
    m = skrevet(v, **felter)
    actions.send_referat(moede=m.moede, af=v.koordinator)
    return frisk(m)


def lukket(v, **felter) -> SimpleNamespace:
    m = sendt(v, **felter)
    actions.luk_referat(moede=m.moede, af=v.koordinator, alligevel=True)
    return frisk(m)
