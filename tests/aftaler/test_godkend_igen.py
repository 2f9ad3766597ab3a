"""Approving again and regretting (S17, decision 12): the difference since my approval, the password, one button."""

import pytest

from aftaler import actions
from aftaler.models import Aftalepart, Godkendelse
from aftaler.states import Svar, Tilstand
from samarbejde import tid
from samarbejde.models import Besked, Haendelse
from samarbejde.permissions import IkkeTilladtError, Rolle
from samarbejde.tilstande import IkkeMuligtError
from tests.aftaler import byg
from tests.aftaler.sider import logget_ind, rod, skjulte, tekst
from tests.fabrik import ADGANGSKODE, person, rolle, verden

pytestmark = pytest.mark.django_db


@pytest.fixture
def v():
    return verden()


def sted(aftale, enhed, verbum="godkend"):
    return f"{rod(aftale)}parter/{enhed.slug}/{verbum}/"


def ret_og_send(aftale, v, retning):
    actions.traek_tilbage(aftale=byg.frisk(aftale), af=v.skoleleder)
    byg.skriv_afsnit(aftale, v.skoleleder, "retning", retning)
    return byg.send(aftale, v.skoleleder)


@pytest.fixture
def igen(v):
    """Pia has approved, and then the text was changed."""
    aftale = byg.sendt(v)
    byg.godkend(aftale, v.kkfo, v.paedagogiskleder)
    return ret_og_send(aftale, v, "Vi vil mødes om klubbens børnefællesskaber.")


# --- the difference ------------------------------------------------------------------------------------------------
def test_case_22_whoever_approved_before_meets_the_difference_and_one_button(igen, v):
    side = logget_ind(v.paedagogiskleder).get(sted(igen, v.kkfo))
    assert "Teksten er ændret, siden du godkendte den" in tekst(side)
    assert "Strategisk retning Vi vil mødes om [tilføjet: klubbens ] børnefællesskaberne." not in tekst(side)
    assert "[fjernet: børnefællesskaberne. ] [tilføjet: klubbens børnefællesskaber. ]" in tekst(side)
    assert side.content.decode().count('class="button button-primary"') == 1
    assert "Mange børn skifter" in tekst(side), "and the whole text is there too"


def test_who_never_approved_meets_the_text_alone(igen, v):
    side = tekst(logget_ind(v.centerleder).get(sted(igen, v.center)))
    assert "Teksten er ændret" not in side
    assert "Du godkender teksten nedenfor" in side


def test_case_41_a_new_leader_meets_the_difference_since_the_party_approved(igen, v):
    v.paedagogiskleder.rolletildelinger.update(gyldig_til=tid.i_dag())
    ny = person("Ny Leder")
    rolle(ny, Rolle.FRITIDSLEDER, v.kkfo)
    assert "Teksten er ændret, siden Pia Dahl godkendte" in tekst(logget_ind(ny).get(sted(igen, v.kkfo)))


def test_the_difference_is_since_my_own_approval(igen, v):
    """Somebody else approved a text between mine and this one: I am shown what I have not seen."""
    anden = person("Anden Leder")
    rolle(anden, Rolle.FRITIDSLEDER, v.kkfo)
    byg.godkend(igen, v.kkfo, anden)
    aftale = ret_og_send(igen, v, "Noget tredje.")
    assert "[fjernet: Vi vil mødes om børnefællesskaberne. ]" in tekst(
        logget_ind(v.paedagogiskleder).get(sted(aftale, v.kkfo))
    )
    assert "[fjernet: Vi vil mødes om klubbens børnefællesskaber. ]" in tekst(
        logget_ind(anden).get(sted(aftale, v.kkfo))
    )


def test_the_mail_and_the_next_step_say_that_it_is_again(igen, v):
    breve = Besked.objects.filter(noegle__startswith="bed_om_svar:", til=v.paedagogiskleder).order_by("-pk")
    assert "Teksten er ændret, siden I godkendte." in breve[0].tekst
    assert "klubbens" not in breve[0].tekst, "D37"
    assert "Godkend den ændrede aftale for KKFO Lindely" in tekst(logget_ind(v.paedagogiskleder).get("/"))


# --- the password --------------------------------------------------------------------------------------------------
def test_s17_the_password_is_asked_for_and_then_the_approval_is_stored(v):
    aftale = byg.sendt(v)
    pia = logget_ind(v.paedagogiskleder, bekraeftet=False)
    assert pia.get(sted(aftale, v.kkfo)).status_code == 200
    svar = pia.post(sted(aftale, v.kkfo), {"aftryk": aftale.indhold_id})
    assert svar.url.startswith("/log-ind/igen/?next=")
    assert byg.part(aftale, v.kkfo).tilstand == Svar.AFVENTER
    side = pia.get(svar.url)
    felter = {navn: vaerdier[0] for navn, vaerdier in skjulte(side).items()}
    assert "Bekræft, at det er dig" in tekst(side)
    pia.post(svar.url, {**felter, "password": "forkert"})
    assert byg.part(aftale, v.kkfo).tilstand == Svar.AFVENTER
    assert pia.post(svar.url, {**felter, "password": ADGANGSKODE}).url == rod(aftale)
    assert byg.part(aftale, v.kkfo).tilstand == Svar.GODKENDT


def test_s17_a_password_typed_a_moment_ago_holds_for_the_next_party_too(v):
    """Case 27: two parties are two answers, and one password within the same minutes."""
    rolle(v.paedagogiskleder, Rolle.FRITIDSLEDER, v.center)
    aftale = byg.sendt(v)
    pia = logget_ind(v.paedagogiskleder)
    for enhed in (v.kkfo, v.center):
        assert pia.post(sted(aftale, enhed), {"aftryk": aftale.indhold_id}).url == rod(aftale)
    assert Godkendelse.objects.count() == 2


def test_s54_the_right_is_asked_for_before_the_password(v):
    aftale = byg.sendt(v)
    assert logget_ind(v.medarbejder, bekraeftet=False).post(sted(aftale, v.kkfo)).status_code == 403
    assert logget_ind(v.udenfor, bekraeftet=False).post(sted(aftale, v.kkfo)).status_code == 404


# --- regret --------------------------------------------------------------------------------------------------------
def test_s17_a_leader_takes_the_approval_back_before_entry_and_gives_it_again(v):
    aftale = byg.sendt(v)
    byg.godkend(aftale, v.kkfo, v.paedagogiskleder)
    pia = logget_ind(v.paedagogiskleder)
    assert "Træk godkendelsen for KKFO Lindely tilbage" in tekst(pia.get(rod(aftale)))
    assert "De andres godkendelser står ved magt" in tekst(pia.get(sted(aftale, v.kkfo, "fortryd-godkendelse")))
    assert pia.post(sted(aftale, v.kkfo, "fortryd-godkendelse")).url == rod(aftale)
    assert byg.part(aftale, v.kkfo).tilstand == Svar.TRUKKET
    assert "har trukket sin godkendelse tilbage" in tekst(logget_ind(v.skoleleder).get(rod(aftale)))
    assert Haendelse.objects.filter(navn="fortryd_godkendelse", rod_id=aftale.pk).count() == 1
    assert Besked.objects.get(noegle__startswith="fortryd:").til == v.skoleleder
    assert "Teksten er ændret" not in tekst(pia.get(sted(aftale, v.kkfo))), "the text is the one she approved"
    byg.godkend(aftale, v.kkfo, v.paedagogiskleder)
    assert byg.part(aftale, v.kkfo).tilstand == Svar.GODKENDT
    assert Godkendelse.objects.count() == 2, "what was said is not unsaid"


def test_s17_a_regretted_approval_holds_the_agreement_back(v):
    aftale = byg.sendt(v)
    byg.godkend(aftale, v.kkfo, v.paedagogiskleder)
    actions.fortryd_godkendelse(part=byg.part(aftale, v.kkfo), af=v.paedagogiskleder)
    for enhed in (v.skole, v.center, v.boernehus):
        byg.godkend(aftale, enhed, byg.leder(v, enhed))
    assert byg.frisk(aftale).tilstand == Tilstand.TIL_GODKENDELSE


def test_s17_nothing_is_taken_back_when_the_agreement_is_entered_or_when_nothing_was_given(v):
    aftale = byg.sendt(v)
    with pytest.raises(IkkeMuligtError, match="ikke godkendt"):
        actions.fortryd_godkendelse(part=byg.part(aftale, v.kkfo), af=v.paedagogiskleder)
    for enhed in byg.parter(v):
        byg.godkend(aftale, enhed, byg.leder(v, enhed))
    with pytest.raises(IkkeMuligtError, match="ikke længere"):
        actions.fortryd_godkendelse(part=byg.part(aftale, v.kkfo), af=v.paedagogiskleder)
    pia = logget_ind(v.paedagogiskleder)
    assert pia.get(sted(aftale, v.kkfo, "fortryd-godkendelse")).url == rod(aftale)
    assert "Træk godkendelsen" not in tekst(pia.get(rod(aftale)))
    assert set(Aftalepart.objects.values_list("tilstand", flat=True)) == {Svar.GODKENDT}


@pytest.mark.parametrize(
    "hvem", ["skoleleder", "medarbejder", "koordinator", "forvaltning", "administrator", "udenfor"]
)
def test_case_23_nobody_takes_back_what_another_unit_gave(v, hvem):
    aftale = byg.sendt(v)
    byg.godkend(aftale, v.kkfo, v.paedagogiskleder)
    with pytest.raises(IkkeTilladtError):
        actions.fortryd_godkendelse(part=byg.part(aftale, v.kkfo), af=getattr(v, hvem))
    assert byg.part(aftale, v.kkfo).tilstand == Svar.GODKENDT
