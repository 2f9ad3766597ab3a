"""Comments beside the draft (matrix "comment on a draft", S9; decision 11, cases 22 and 43; D7, D12)."""

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from aftaler import actions
from aftaler.actions.kommentarer import LUKKET
from aftaler.historik import KLADDESPOR
from aftaler.indhold import som_data
from aftaler.models import StrategiskMaal
from aftaler.samskrivning import Kommentar
from aftaler.samtale import aabne_pr_sted, naevnelige
from aftaler.states import Svar
from samarbejde import tid
from samarbejde.actions import afslut_rolle
from samarbejde.models import Besked, Haendelse, Person
from samarbejde.permissions import Handling, IkkeTilladtError, maa
from samarbejde.tilstande import IkkeMuligtError
from tests.aftaler import byg
from tests.aftaler.sider import logget_ind, maal_i, rod, tekst, til_maal
from tests.aftaler.test_sider_antal import antal, fyld
from tests.fabrik import FRA, Art, Rolle, enhed, person, rolle, verden

pytestmark = pytest.mark.django_db
ORD = "Klubben mangler i teksten."


@pytest.fixture
def v():
    return verden()


@pytest.fixture
def aftale(v):
    return byg.kladde(v)


def felter(**mere):
    return {"noegle": str(uuid4()), "sted": "behov", "tekst": ORD, **mere}


def sted(aftale, resten=""):
    return f"{rod(aftale)}kommentarer/{resten}"


# --- who ---------------------------------------------------------------------------------------------------------
def test_the_matrix_says_who_comments_on_a_draft_school_and_leisure_alike(v, aftale):
    """Matrix row "comment on a draft": SL KO FL ME KL DL, each of a party; nobody else."""
    navne = ("skoleleder", "koordinator", "paedagogiskleder", "centerleder", "medarbejder", "vejleder", "klyngeleder")
    for navn in (*navne, "dagtilbudsleder", "teamkoordinator"):
        byg.kommenter(aftale, getattr(v, navn))
    assert Kommentar.objects.count() == 9
    for navn in ("netvaerkskoordinator", "omraadechef", "forvaltning", "administrator", "naboskoleleder", "udenfor"):
        with pytest.raises(IkkeTilladtError):
            byg.kommenter(aftale, getattr(v, navn))
    assert Kommentar.objects.count() == 9


def test_each_comment_says_for_which_unit_it_was_written(v, aftale):
    enheder = {
        hvem: byg.kommenter(aftale, hvem).enhed
        for hvem in (v.medarbejder, v.vejleder, v.centerleder, v.klyngeleder, v.koordinator)
    }
    assert list(enheder.values()) == [v.kkfo, v.skole, v.center, v.klynge, v.skole]


def test_case_43_no_word_of_it_reaches_those_who_may_not_read_the_draft(v, aftale):
    byg.kommenter(aftale, v.medarbejder, ORD)
    assert ORD in tekst(logget_ind(v.dagtilbudsleder).get(sted(aftale)))
    for hvem, status in ((v.forvaltning, 403), (v.omraadechef, 403), (v.naboskoleleder, 404), (v.udenfor, 404)):
        klient = logget_ind(hvem)
        assert klient.get(sted(aftale)).status_code == status
        assert klient.post(sted(aftale, "skriv/"), felter()).status_code == status
        assert ORD not in tekst(klient.get(rod(aftale)))
    assert "ommentarer" not in tekst(logget_ind(v.forvaltning).get(rod(aftale)))


def test_decision_11_they_stay_the_parties_own_when_the_agreement_opens_to_the_district(v):
    """A teacher of a børnehus in the district that is no party reads the agreement, and never what was said of it."""
    aftale = byg.kladde(v)
    byg.kommenter(aftale, v.medarbejder, ORD)
    byg.send(aftale, v.skoleleder)
    for part in byg.parter(v):
        byg.godkend(aftale, part, byg.leder(v, part))
    i_distriktet = person("Lis Lærer")
    rolle(i_distriktet, Rolle.MEDARBEJDER, enhed("Børnehuset Stjernen", Art.DAGINSTITUTION, i=v.distrikt))
    lis = logget_ind(i_distriktet)
    assert "Mange børn skifter" in (side := tekst(lis.get(rod(aftale))))
    assert "ommentarer" not in side
    assert lis.get(sted(aftale)).status_code == 403
    assert ORD not in tekst(lis.get(rod(aftale) + "historik/"))
    assert ORD in tekst(logget_ind(v.medarbejder).get(sted(aftale)))


# --- writing -----------------------------------------------------------------------------------------------------
def test_a_comment_stands_at_its_place_and_the_agreement_says_how_many_are_open_where(v, aftale):
    mette, maal = logget_ind(v.medarbejder), maal_i(aftale)
    svar = mette.post(sted(aftale, "skriv/"), felter(sted=str(maal.noegle)), follow=True)
    assert "Mål 1: Gode overgange Mette Bak, KKFO Lindely" in tekst(svar)
    assert ORD in tekst(svar)
    byg.kommenter(aftale, v.skoleleder)
    byg.kommenter(aftale, v.centerleder)
    side = tekst(logget_ind(v.paedagogiskleder).get(rod(aftale)))
    assert "Behov og udfordringer: 2 åbne kommentarer Mål 1: 1 åben kommentar" in side
    assert "Strategisk retning:" not in side
    skriver = logget_ind(v.paedagogiskleder)
    assert "Læs 2 åbne kommentarer til det, du skriver i" in tekst(skriver.get(rod(aftale) + "afsnit/behov/"))
    assert "Læs 1 åben kommentar til" in tekst(skriver.get(til_maal(aftale, maal.noegle)))
    for uden in ("afsnit/retning/", "maal/nyt/"):
        assert "til det, du skriver i" not in tekst(skriver.get(rod(aftale) + uden))


def test_the_same_form_twice_is_one_comment_and_one_mail(v, aftale):
    mette, sendt = logget_ind(v.medarbejder), felter(naevnte=[v.skoleleder.pk])
    foer = Besked.objects.count()
    for _ in range(3):
        assert mette.post(sted(aftale, "skriv/"), sendt).status_code == 302
    assert (Kommentar.objects.count(), Besked.objects.count()) == (1, foer + 1)


def test_a_key_somebody_else_used_is_no_way_to_their_comment(v, aftale):
    hendes = byg.kommenter(aftale, v.medarbejder, ORD)
    min_ = byg.kommenter(aftale, v.vejleder, "Min.", noegle=hendes.noegle)
    assert (min_.pk, min_.tekst) != (hendes.pk, ORD)
    hendes.refresh_from_db()
    assert hendes.tekst == ORD


@pytest.mark.parametrize("noegle", ["", "x", "1" * 5000, "0e9c"])
def test_a_key_that_cannot_be_read_is_a_new_one_and_never_a_fault(v, aftale, noegle):
    assert logget_ind(v.medarbejder).post(sted(aftale, "skriv/"), felter(noegle=noegle)).status_code == 302
    assert Kommentar.objects.count() == 1


@pytest.mark.parametrize(
    ("fejl", "saetning"),
    [
        ({"tekst": ""}, "Udfyld «Din kommentar»."),
        ({"tekst": "Det er 010203-1234 igen."}, "Aftalen må ikke rumme personnumre"),
        ({"tekst": "x" * 3001}, "Teksten er på 3.001 tegn. Der er plads til 3.000."),
        ({"sted": ""}, "Vælg, hvad kommentaren handler om."),
        ({"sted": "noget-andet"}, "Målet er slettet, mens du skrev."),
    ],
)
def test_d7_d12_what_is_wrong_is_said_and_nothing_typed_is_lost(v, aftale, fejl, saetning):
    svar = logget_ind(v.medarbejder).post(sted(aftale, "skriv/"), felter(**fejl))
    assert svar.status_code == 200
    assert saetning in tekst(svar)
    assert fejl.get("tekst", ORD) in tekst(svar)
    assert not Kommentar.objects.exists()


def test_a_goal_deleted_while_i_wrote_leaves_my_words_in_the_form(v, aftale):
    mette, maal = logget_ind(v.medarbejder), maal_i(aftale)
    sendt = felter(sted=str(maal.noegle))
    maal.delete()
    svar = mette.post(sted(aftale, "skriv/"), sendt)
    assert "Målet er slettet, mens du skrev." in tekst(svar)
    assert ORD in tekst(svar)
    with pytest.raises(ValidationError):
        byg.kommenter(aftale, v.medarbejder, sted=str(maal.noegle))


def test_what_was_said_about_a_goal_outlives_it_and_finds_it_again(v, aftale):
    """The place is the goal's key: a goal that is laid back has its comments back."""
    maal = maal_i(aftale)
    byg.kommenter(aftale, v.medarbejder, ORD, sted=str(maal.noegle))
    maal.delete()
    side = tekst(logget_ind(v.skoleleder).get(sted(aftale)))
    assert "Mål, der er slettet: Mål 1: Gode overgange" in side
    assert ORD in side
    assert "Mål, der er slettet: 1 åben kommentar" in tekst(logget_ind(v.skoleleder).get(rod(aftale)))
    StrategiskMaal.objects.create(aftale=aftale, noegle=maal.noegle, plads=1, titel="Gode overgange")
    assert "der er slettet" not in tekst(logget_ind(v.skoleleder).get(sted(aftale)))


# --- mention -----------------------------------------------------------------------------------------------------
def test_mention_gives_one_neutral_mail_without_a_word(v, aftale):
    """D37: nothing of the text, nor of the goal's title."""
    svar = logget_ind(v.medarbejder).post(
        sted(aftale, "skriv/"),
        felter(naevnte=[v.paedagogiskleder.pk, v.klyngeleder.pk], sted=str(maal_i(aftale).noegle)),
    )
    ny = Kommentar.objects.get()
    assert svar.url.endswith(f"#kommentar-{ny.noegle}")
    for hvem in (v.paedagogiskleder, v.klyngeleder):
        mail = Besked.objects.filter(til=hvem, noegle__startswith="kommenter:").get()
        assert mail.emne == f"Du er nævnt i en kommentar: {aftale}"
        assert mail.tekst == "Mette Bak har nævnt dig i en kommentar til kladden. Læs den, og svar dér."
        assert mail.adresse == ny.get_absolute_url()
    assert "Nævnt: Kaj Nordby, Pia Dahl" in tekst(logget_ind(v.skoleleder).get(sted(aftale))).replace(
        "Pia Dahl, Kaj Nordby", "Kaj Nordby, Pia Dahl"
    )


def test_case_43_one_who_may_not_read_the_draft_is_never_mentioned(v, aftale):
    for hvem in (v.forvaltning, v.omraadechef, v.naboskoleleder, v.udenfor, v.netvaerkskoordinator):
        svar = logget_ind(v.medarbejder).post(sted(aftale, "skriv/"), felter(naevnte=[hvem.pk]))
        assert "kan ikke læse kladden og kan derfor ikke nævnes" in tekst(svar)
        assert ORD in tekst(svar)
        assert hvem.navn not in tekst(svar), "En formular må ikke røbe, hvem der findes."
        with pytest.raises(ValidationError, match=f"{hvem.navn} kan ikke læse kladden"):
            byg.kommenter(aftale, v.medarbejder, naevnte=[hvem])
    assert not Kommentar.objects.exists()
    assert not Besked.objects.filter(noegle__startswith="kommenter:").exists()


def test_those_one_can_mention_are_exactly_those_who_may_read_it(v, aftale):
    """Also when a role has ended, a unit has closed or an account is shut."""
    for tildeling in v.teamkoordinator.rolletildelinger.all():
        afslut_rolle(tildeling=tildeling, gyldig_til=tid.i_dag(), af=None)
    Person.objects.filter(pk=v.vejleder.pk).update(lukket_den=tid.nu())
    rolle(person("Nye Nu"), Rolle.MEDARBEJDER, v.boernehus)
    rolle(person("Finn Forhen"), Rolle.MEDARBEJDER, v.kkfo, fra=FRA, til=tid.i_dag())
    rolle(v.medarbejder, Rolle.MEDARBEJDER, v.skole)
    kan = [pk for _, folk in naevnelige(byg.frisk(aftale), undtagen=v.skoleleder) for pk, _ in folk]
    laesere = {hvem.pk for hvem in Person.objects.all() if maa(hvem, Handling.LAES_KLADDE, byg.frisk(aftale))}
    assert len(kan) == len(set(kan)), "hver person står der én gang"
    assert set(kan) == laesere - {v.skoleleder.pk}


# --- resolving ---------------------------------------------------------------------------------------------------
def test_the_writer_or_a_leader_resolves_and_reopens_and_nobody_else(v, aftale):
    min_ = byg.kommenter(aftale, v.medarbejder, ORD)
    vej = sted(aftale, f"{min_.noegle}/")
    for hvem, status in ((v.vejleder, 403), (v.koordinator, 403), (v.forvaltning, 404), (v.naboskoleleder, 404)):
        assert logget_ind(hvem).post(vej + "loes/").status_code == status
    assert "Markér som løst" not in tekst(logget_ind(v.vejleder).get(sted(aftale)))
    for hvem in (v.medarbejder, v.skoleleder, v.centerleder, v.dagtilbudsleder):
        klient = logget_ind(hvem)
        assert klient.post(vej + "loes/").status_code == 302
        assert f"Løst af {hvem.navn}" in tekst(klient.get(sted(aftale)))
        assert ORD in tekst(klient.get(sted(aftale)))
        assert aabne_pr_sted(klient.get(rod(aftale)).context["aftale"]) == {}
        assert klient.post(vej + "genaabn/").status_code == 302
        assert aabne_pr_sted(klient.get(rod(aftale)).context["aftale"]) == {"behov": 1}


def test_resolving_twice_is_once(v, aftale):
    min_ = byg.kommenter(aftale, v.medarbejder)
    actions.loes_kommentar(kommentar=min_, af=v.skoleleder)
    foer = Haendelse.objects.count()
    igen = actions.loes_kommentar(kommentar=min_, af=v.centerleder)
    assert (igen.loest_af, Haendelse.objects.count()) == (v.skoleleder, foer)


def test_s54_a_writer_who_has_left_the_unit_is_no_writer_here_any_more(v, aftale):
    min_ = byg.kommenter(aftale, v.medarbejder)
    for tildeling in v.medarbejder.rolletildelinger.all():
        afslut_rolle(tildeling=tildeling, gyldig_til=tid.i_dag(), af=None)
    assert logget_ind(v.medarbejder).post(sted(aftale, f"{min_.noegle}/loes/")).status_code == 404
    with pytest.raises(IkkeTilladtError):
        actions.loes_kommentar(kommentar=min_, af=v.medarbejder)


def test_a_get_resolves_nothing(v, aftale):
    min_ = byg.kommenter(aftale, v.medarbejder)
    assert logget_ind(v.skoleleder).get(sted(aftale, f"{min_.noegle}/loes/")).status_code == 405
    assert Kommentar.objects.get().loest_den is None


# --- beside the text, never in it --------------------------------------------------------------------------------
def test_case_22_commenting_on_what_is_sent_lets_no_approval_fall_and_is_not_in_the_hash(v, aftale):
    foer = som_data(byg.frisk(aftale))
    byg.kommenter(aftale, v.medarbejder, ORD)
    assert som_data(byg.frisk(aftale)) == foer
    byg.send(aftale, v.skoleleder)
    byg.godkend(aftale, v.kkfo, v.paedagogiskleder)
    byg.kommenter(aftale, v.vejleder)
    actions.traek_tilbage(aftale=byg.frisk(aftale), af=v.skoleleder)
    byg.send(aftale, v.skoleleder)
    assert byg.part(aftale, v.kkfo).tilstand == Svar.GODKENDT
    assert ORD not in byg.frisk(aftale).indhold.json
    assert ORD in tekst(logget_ind(v.skoleleder).get(sted(aftale)))


def test_entered_they_are_closed_for_writing_and_still_read(v):
    aftale = byg.sendt(v)
    gammel = byg.kommenter(aftale, v.medarbejder, ORD)
    for part in byg.parter(v):
        byg.godkend(aftale, part, byg.leder(v, part))
    mette = logget_ind(v.medarbejder)
    assert ORD in (side := tekst(mette.get(sted(aftale))))
    assert "Markér som løst" not in side
    assert "Kommentarerne kan læses, men ikke besvares." in side
    assert "åben kommentar" not in tekst(mette.get(rod(aftale)))
    assert "Læs kommentarerne til kladden" in tekst(mette.get(rod(aftale)))
    svar = mette.post(sted(aftale, "skriv/"), felter(tekst="For sent skrevet."))
    assert svar.status_code == 409
    assert LUKKET in tekst(svar)
    assert "For sent skrevet." in tekst(svar)
    assert mette.get(sted(aftale, "skriv/")).status_code == 302
    for action in (actions.loes_kommentar, actions.genaabn_kommentar):
        with pytest.raises(IkkeMuligtError, match="ikke længere under arbejde"):
            action(kommentar=gammel, af=v.skoleleder)


def test_s54_the_words_come_back_when_the_right_ended_while_i_wrote(v, aftale):
    mette = logget_ind(v.medarbejder)
    mette.get(sted(aftale, "skriv/"))
    for tildeling in v.medarbejder.rolletildelinger.all():
        afslut_rolle(tildeling=tildeling, gyldig_til=tid.i_dag(), af=None)
    svar = mette.post(sted(aftale, "skriv/"), felter())
    assert svar.status_code == 404
    assert ORD in tekst(svar)


def test_d39_the_trail_says_that_it_was_said_and_never_what(v, aftale):
    min_ = byg.kommenter(aftale, v.medarbejder, ORD)
    actions.loes_kommentar(kommentar=min_, af=v.skoleleder)
    actions.genaabn_kommentar(kommentar=min_, af=v.medarbejder)
    spor = list(Haendelse.objects.order_by("-pk")[:3])
    assert [en.navn for en in spor] == ["genaabn_kommentar", "loes_kommentar", "kommenter"]
    assert {(en.rod_art, en.rod_id) for en in spor} == {(KLADDESPOR, aftale.pk)}
    assert all(ORD not in str(en.data) for en in spor)


def test_markup_in_a_comment_is_shown_as_text(v, aftale):
    byg.kommenter(aftale, v.medarbejder, "<script>x</script> *vigtigt*")
    side = logget_ind(v.skoleleder).get(sted(aftale)).content.decode()
    assert "&lt;script&gt;" in side
    assert "<em>vigtigt</em>" in side


# --- speed -------------------------------------------------------------------------------------------------------
def test_the_pages_cost_the_same_with_one_comment_and_with_sixty(v, aftale):
    byg.kommenter(aftale, v.medarbejder)
    sanne = logget_ind(v.skoleleder)
    ventet = {sted(aftale): 8, sted(aftale, "skriv/"): 7, rod(aftale): 10}
    assert {hvor: antal(sanne, hvor) for hvor in ventet} == ventet
    fyld(aftale, v)
    for nummer in range(60):
        byg.kommenter(aftale, v.medarbejder, naevnte=[v.skoleleder], sted="behov" if nummer % 2 else "retning")
    assert {hvor: antal(sanne, hvor) for hvor in ventet} == ventet
