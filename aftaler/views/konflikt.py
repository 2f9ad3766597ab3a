"""The page of a save that could not be stored: stale, deleted or locked. All that was typed is on it (S9)."""

from typing import Any
from uuid import uuid4

from django.forms import Textarea
from django.http import HttpResponse

from aftaler import tur, udgaver
from aftaler.actions import AFSNIT, KonfliktError
from aftaler.actions.genskabelse import naeste_version
from aftaler.actions.led import som_json
from aftaler.models import Aftale, Udgave
from aftaler.states import Tilstand
from aftaler.views.side import adresse, under, vis
from aftaler.views.skriveside import Skriveside
from samarbejde.fletning import UKENDT, flet, flet_valg
from samarbejde.formater import dato, klokken
from samarbejde.formfelter import TekstFelt

Raekke = tuple[str, str, str]
LED = {"maal": "målet", "delmaal": "delmålet", "aktivitet": "aktiviteten"}


# --- stale ---------------------------------------------------------------------------------------------------------
def vis_konflikt(side: Skriveside, konflikt: KonfliktError) -> HttpResponse:
    """Both texts side by side, and the two made into one; each is stored with one press against the version shown."""
    if konflikt.nu is None:
        return _vis_slettet(side, konflikt.saetning)
    noegle, imens = side.noegler[0], _imens(side)
    raekker = [(felt.label, mit, side.form.som_tekst(navn, konflikt.nu[navn])) for navn, felt, mit in _mine(side)]
    flettet, begge = _flet(side, som_json(konflikt.nu), _som_felter(noegle, imens.grund))
    return _side(
        side,
        hvorfor(side, konflikt),
        raekker=[(navn, mit, deres) for navn, mit, deres in raekker if mit != deres],
        ens=[navn for navn, mit, deres in raekker if mit == deres],
        begge=begge,
        er_konflikt=True,
        form=side.form.med({**flettet, "version": konflikt.version}),
        gem_adresse=side.gem_adresse,
        skjulte=_skjulte(side, konflikt.version),
        behold=side.gem_adresse,
    )


def _imens(side: Skriveside) -> udgaver.Imens:
    return udgaver.imens(side.aftale, side.noegler[0], side.form.cleaned_data["version"])


def hvorfor(side: Skriveside, konflikt: KonfliktError) -> str:
    """Who saved, and when; the plain sentence when nobody knows."""
    seneste = _imens(side).seneste if konflikt.nu is not None else None
    if seneste is None:
        return konflikt.saetning
    hvornaar = f"{dato(seneste.gemt_den)} kl. {klokken(seneste.gemt_den)}"
    if seneste.af == side.request.user:
        return f"Du har selv rettet i teksten et andet sted {hvornaar}, siden du åbnede denne side."
    return f"{seneste.af} har rettet i teksten {hvornaar}, mens du skrev."


def _som_felter(noegle: str, grund: dict[str, Any] | None) -> dict[str, Any]:
    """A form calls either of the two texts `tekst`."""
    return {"tekst" if felt in AFSNIT else felt: vaerdi for felt, vaerdi in (grund or {}).items()}


def _flet(side: Skriveside, nu: dict[str, Any], grund: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """The form's values with the changes of both, and the labels of the fields where both changed the same."""
    mine = som_json({felt: _i_orden(side.form.cleaned_data[felt]) for felt in nu})
    vaerdier, begge = {}, []
    for felt, mit in mine.items():
        foer = grund.get(felt, UKENDT if not grund else nu[felt])
        vaerdier[felt], er_begges = _flet_felt(side.form.fields[felt], foer, mit, nu[felt])
        if er_begges:
            begge.append(side.form.fields[felt].label)
    return vaerdier, begge


def _flet_felt(felt: Any, grund: Any, mit: Any, deres: Any) -> tuple[Any, bool]:
    """A title is one line: where both changed the same words it is mine."""
    if mit == deres or not isinstance(felt, TekstFelt):
        return flet_valg(grund, mit, deres)
    flettet = flet(None if grund is UKENDT else grund, mit, deres)
    if not isinstance(felt.widget, Textarea) and (flettet.begge or "\n" in flettet.tekst):
        return mit, True
    return flettet.tekst, flettet.begge


def _i_orden(vaerdi: Any) -> Any:
    return sorted(vaerdi) if isinstance(vaerdi, list) else vaerdi


# --- deleted -------------------------------------------------------------------------------------------------------
def _vis_slettet(side: Skriveside, saetning: str) -> HttpResponse:
    """Put back as it was with my text in it; else, when nobody knows what it was, made again or there to copy."""
    slettet = udgaver.sletning(side.aftale, side.noegler)
    if slettet is not None:
        return _kan_laegges_tilbage(side, slettet)
    gem_adresse = "" if _foraelder_er_slettet(side) else _ny_adresse(side)
    skjulte = _skjulte(side, 0)
    return _side(side, saetning, raekker=_kun_mine(side), gem_adresse=gem_adresse, skjulte=skjulte, er_slettet=True)


def _kan_laegges_tilbage(side: Skriveside, slettet: Udgave) -> HttpResponse:
    led = slettet.rettelser[0]["led"]
    hele = [led, *udgaver.alle(led)]
    mit = next((et for et in hele if et["noegle"] == side.noegler[0]), None)
    version = naeste_version(udgaver.hoejeste_versioner(side.aftale), mit) if mit else 0
    sti = adresse(side.request)
    hvad = next(navn for felt, navn in LED.items() if str(sti.get(felt)) == slettet.noegle)
    hvornaar = f"{dato(slettet.gemt_den)} kl. {klokken(slettet.gemt_den)}"
    return _side(
        side,
        f"{hvad.capitalize()} «{led['titel']}» er slettet af {slettet.af} {hvornaar}, mens du skrev.",
        raekker=[raekke for raekke in _mine_og_slettede(side, mit) if raekke[1] or raekke[2]],
        gem_adresse=side.gem_adresse,
        skjulte=[*_skjulte(side, version), ("laeg_tilbage", str(slettet.pk))],
        tilbage=hvad,
        med_tilbage=[et["titel"] for et in hele if et is not mit],
        er_slettet=True,
    )


def _mine_og_slettede(side: Skriveside, slettet: dict[str, Any] | None) -> list[Raekke]:
    return [(felt.label, tekst, _slettet_tekst(felt, slettet, navn, tekst)) for navn, felt, tekst in _mine(side)]


def _slettet_tekst(felt: Any, slettet: dict[str, Any] | None, navn: str, min_: str) -> str:
    """What stood there when it was deleted, where it is another text than mine."""
    tekst = str(slettet.get(navn, "")) if slettet and isinstance(felt, TekstFelt) else ""
    return "" if tekst == min_ else tekst


def _foraelder_er_slettet(side: Skriveside) -> bool:
    foraelder = {"delmaal": "maal", "aktivitet": "delmaal"}.get(side.skabelon)
    return foraelder is not None and side.mere[foraelder] is None


def _ny_adresse(side: Skriveside) -> str:
    noegler = [vaerdi for navn, vaerdi in adresse(side.request).items() if navn in LED]
    return under(side.aftale, f"skriv_{side.skabelon}", *noegler[:-1], uuid4())


# --- locked --------------------------------------------------------------------------------------------------------
def vis_laast(side: Skriveside, saetning: str) -> HttpResponse:
    """Not a draft any more: the text stays readable, one sees whose turn it is, and may try again once withdrawn."""
    nu = Aftale.objects.til_visning().get(pk=side.aftale.pk)
    kan_traekkes = nu.tilstand == Tilstand.TIL_GODKENDELSE
    return _side(
        side,
        saetning,
        raekker=_kun_mine(side),
        er_laast=True,
        gem_adresse=side.gem_adresse if kan_traekkes else "",
        skjulte=_skjulte(side, side.form.cleaned_data["version"]),
        skridt=tur.naeste_skridt(nu, side.request.user),
    )


# --- what they share -----------------------------------------------------------------------------------------------
def _side(side: Skriveside, saetning: str, **indhold: Any) -> HttpResponse:
    overskrift, krummer = side.overskrift, side.krummer
    indhold["saetning"] = saetning
    return vis(side.request, "konflikt", side.aftale, overskrift, krummer=krummer, status=409, **indhold)


def _mine(side: Skriveside) -> list[tuple[str, Any, str]]:
    """Each field that was typed in: its name, the field, and the value as one reads it."""
    form = side.form
    return [(navn, form.fields[navn], form.som_tekst(navn, form.cleaned_data[navn])) for navn in form.felter()]


def _kun_mine(side: Skriveside) -> list[Raekke]:
    return [(felt.label, mit, "") for _, felt, mit in _mine(side) if mit]


def _skjulte(side: Skriveside, version: int) -> list[tuple[str, str]]:
    """The fields to post again as they came, with the version that is shown now."""
    data = side.request.POST
    felter = [(felt, vaerdi) for felt in side.form.felter() for vaerdi in data.getlist(felt)]
    return [*felter, ("version", str(version))]
