"""Names: Danish words in ASCII, and one name for the same act wherever it is met (architecture 5 and 8)."""

import ast
import inspect
import re
import unicodedata

import pytest
from django.apps import apps

import aftaler.actions
import moeder.actions
import ressourcecenter.actions
import samarbejde.actions
import samarbejde.actions_overdragelse
import samarbejde.actions_post
import samarbejde.organisation
import samarbejde.personale
from samarbejde.permissions import TILLADT, Handling, Relation, Rolle
from tests.arkitektur.filer import PACKAGES, own_python, parsed, project_files
from tests.rettigheder.adresser import alle_adresser

ACTIONMODULER = (
    aftaler.actions,
    moeder.actions,
    ressourcecenter.actions,
    samarbejde.actions,
    samarbejde.actions_overdragelse,
    samarbejde.actions_post,
    samarbejde.organisation,
    samarbejde.personale,
)
# Acts that are a right to see, or one right for several actions.
UDEN_ACTION = {
    "se_distrikt", "se_enhed", "se_forvaltning", "se_al_post", "se_tilstand", "laes_kladde", "laes",
    "skriv_aftale",  # skriv_afsnit, skriv_maal, skriv_delmaal, skriv_aktivitet, slet_led, flyt_led, genskab_udgave …
    "se_forum", "se_mangler",
    "eksporter",  # a zip of what the forvaltning may read
    "ret_rammer",
    "se_moede", "se_opgave", "se_anmodning",
    "egen_anmodning",  # traek_anmodning, forelaeg_anmodning, laeg_fil_paa_anmodning
    "besvar_anmodning", "besvar_forelagt",  # planlaeg, saet paa, henvis, afvis, flet
    "skriv_referat",
}  # fmt: skip
ASCII_NAVN = re.compile(r"_{0,2}[A-Za-z][A-Za-z0-9_]*|_+")


def actions():
    """{name: function} of everything that changes domain data."""
    return {
        navn: ting
        for modul in ACTIONMODULER
        for navn, ting in vars(modul).items()
        if inspect.isfunction(ting)
        and not navn.startswith("_")
        and f"{ting.__module__}.".startswith(f"{modul.__name__}.")
    }


def navne_i(knude):
    """Every name that a node gives to something."""
    match knude:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            yield knude.name
        case ast.Name(ctx=ast.Store()):
            yield knude.id
        case ast.Attribute(ctx=ast.Store()):
            yield knude.attr
        case ast.arg() | ast.keyword():
            yield knude.arg or "kwargs"
        case ast.alias():
            yield knude.asname or "alias"


def test_identifiers_are_ascii():
    """æ→ae, ø→oe, å→aa, also in tests: an identifier that two keyboards write differently is two identifiers."""
    assert [
        f"{navn}:{knude.lineno} {fundet}"
        for navn in own_python()
        for knude in ast.walk(parsed(navn))
        for fundet in navne_i(knude)
        if not fundet.isascii()
    ] == []


@pytest.mark.parametrize("slags", [".py", ".html", ".js", ".css", ".scss"])
def test_file_names_are_ascii(slags):
    assert [navn for navn in project_files(slags) if not navn.isascii()] == []


def test_values_that_are_stored_or_shown_in_addresses_are_ascii():
    vaerdier = {*Rolle.values, *Relation.values, *(handling.value for handling in Handling)}
    for model in apps.get_models():
        if model.__module__.startswith(PACKAGES):
            vaerdier |= {felt.name for felt in model._meta.get_fields()} | {model.__name__}
            vaerdier |= {vaerdi for felt in model._meta.fields for vaerdi, _ in felt.flatchoices}
    assert {vaerdi for vaerdi in vaerdier if not ASCII_NAVN.fullmatch(str(vaerdi))} == set()


def test_what_people_read_is_true_danish():
    """The reverse mistake: aarshjul in a label."""
    tekster = {etiket for valg in (Rolle, Relation) for etiket in valg.labels}
    tekster |= {
        str(navn)
        for model in apps.get_models()
        if model.__module__.startswith(PACKAGES)
        for navn in (model._meta.verbose_name, *(felt.verbose_name for felt in model._meta.fields))
        if str(navn).replace(" ", "_") not in {model.__name__.lower(), *(felt.name for felt in model._meta.fields)}
    }
    assert {tekst for tekst in tekster if re.search(r"aftaelle|omraade|maal|netvaerk|paedagog|laerer", tekst)} == set()
    assert all(unicodedata.is_normalized("NFC", tekst) for tekst in tekster)


# --- one name for the same act -----------------------------------------------------------------------------------
def test_a_handling_is_named_like_itself():
    assert [handling.name for handling in Handling] == [handling.value.upper() for handling in Handling]
    assert all(isinstance(handling, Handling) for handling in TILLADT)


def test_an_act_is_an_action_of_the_same_name_or_is_listed_as_none():
    uden = {handling.value for handling in Handling} - set(actions())
    assert uden == UDEN_ACTION


def test_an_act_with_an_action_has_an_address_of_the_same_name():
    """Handling = action = URL name; the view is called so too, or by the verb alone."""
    visninger = {moenster.name: moenster.callback for moenster in alle_adresser()}
    for handling in Handling:
        if handling.value in actions():
            assert handling.value in visninger
            assert visninger[handling.value].handling == handling
            assert handling.value.startswith(visninger[handling.value].__name__)


def test_an_action_takes_keywords_only_and_says_who_signs():
    """`godkend(part, person)` the wrong way round would be a signature by somebody else."""
    uden = {"slug_for", "rettighed", "bestil_dokument", "haengende", "kraev_ret_til_rolle", "handling_til_rolle"}
    uden |= {"sikr_fora"}
    for navn, action in actions().items():
        if navn in uden:
            continue
        parametre = inspect.signature(action).parameters
        assert all(p.kind in {p.KEYWORD_ONLY, p.VAR_KEYWORD} for p in parametre.values()), navn
        assert "af" in parametre, navn


def test_the_event_of_an_action_has_its_name():
    """`noter(navn=…)` in an action is the name of the action, so that the trail can be searched by the act."""
    med_actions = re.compile(r"/actions(_\w+)?\.py$|/actions/|/(organisation|personale)\.py$")
    for fil in filter(med_actions.search, own_python()):
        for funktion in ast.walk(parsed(fil)):
            if not isinstance(funktion, ast.FunctionDef) or funktion.name.startswith("_"):
                continue
            for kald in ast.walk(funktion):
                if isinstance(kald, ast.Call) and getattr(kald.func, "id", "") == "noter":
                    navn = next(k.value for k in kald.keywords if k.arg == "navn")
                    if isinstance(navn, ast.Constant):
                        ental = {funktion.name.removesuffix(endelse) for endelse in ("", "r", "er")}
                        assert navn.value in ental, f"{fil}: {navn.value}"
