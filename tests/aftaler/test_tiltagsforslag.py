"""Whoever does not write proposes a tiltag under a delmål; a party's leader takes it in, or says why not (S9, S14)."""

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from aftaler import actions
from aftaler.indhold import som_data
from aftaler.models import Aktivitet
from aftaler.samskrivning import Forslag, Tiltagsforslag
from aftaler.tur import ventende_skridt
from samarbejde import tid
from samarbejde.actions import afslut_rolle
from samarbejde.models import Besked, Haendelse
from samarbejde.permissions import IkkeTilladtError
from samarbejde.tilstande import IkkeMuligtError
from tests.aftaler import byg
from tests.aftaler.sider import delmaal_i, logget_ind, rod, tekst, til_aktivitet
from tests.aftaler.test_sider_antal import antal, fyld
from tests.fabrik import Rolle, person, rolle, verden

pytestmark = pytest.mark.django_db
GRUND = "Vi har ikke voksne nok til det i år."


@pytest.fixture
def v():
    return verden()


@pytest.fixture
def aftale(v):
    return byg.kladde(v)


@pytest.fixture
def forslag(v, aftale):
    return byg.foreslaa_tiltag(aftale, v.medarbejder, beskrivelse="Store hjælper *små*.")


def sted(aftale, resten=""):
    return f"{rod(aftale)}forslag/{resten}"


def felter(aftale, **mere):
    delmaal = str(delmaal_i(aftale).noegle)
    return {"noegle": str(uuid4()), "delmaal": delmaal, "titel": "Legepatrulje", "beskrivelse": "Hver dag.", **mere}


def tag_med(forslag, af):
    return actions.tag_tiltag_med(forslag=forslag, af=af)


# --- who ---------------------------------------------------------------------------------------------------------
def test_staff_of_school_and_leisure_propose_for_their_own_unit(v, aftale):
    enheder = [
        byg.foreslaa_tiltag(aftale, hvem).enhed
        for hvem in (v.medarbejder, v.vejleder, v.teamkoordinator, v.koordinator)
    ]
    assert enheder == [v.kkfo, v.skole, v.center, v.skole]


def test_nobody_else_proposes(v, aftale):
    """Leaders write it themselves; those above the parties and outsiders have no part in it (decisions 11 and 13)."""
    for navn in ("klyngeleder", "netvaerkskoordinator", "omraadechef", "forvaltning", "naboskoleleder", "udenfor"):
        with pytest.raises(IkkeTilladtError):
            byg.foreslaa_tiltag(aftale, getattr(v, navn))
    for hvem, status in ((v.skoleleder, 403), (v.klyngeleder, 403), (v.forvaltning, 403), (v.nabokoordinator, 404)):
        assert logget_ind(hvem).post(sted(aftale, "nyt/"), felter(aftale)).status_code == status
    assert not Tiltagsforslag.objects.exists()


def test_only_a_partys_leader_answers_school_and_leisure_alike(v, aftale, forslag):
    for hvem, status in ((v.medarbejder, 403), (v.koordinator, 403), (v.klyngeleder, 403), (v.forvaltning, 404)):
        for verbum in ("tag-med/", "afvis/"):
            svar = logget_ind(hvem).post(sted(aftale, f"{forslag.noegle}/{verbum}"), {"grund": GRUND})
            assert svar.status_code == status
        with pytest.raises(IkkeTilladtError):
            tag_med(forslag, hvem)
    for leder in (v.skoleleder, v.paedagogiskleder, v.centerleder, v.dagtilbudsleder):
        tag_med(byg.foreslaa_tiltag(aftale, v.vejleder), leder)


# --- proposing ---------------------------------------------------------------------------------------------------
def test_s14_a_proposal_is_no_part_of_the_text_until_it_is_taken_in(v, aftale):
    foer = som_data(byg.frisk(aftale))
    mette = logget_ind(v.medarbejder)
    svar = mette.post(sted(aftale, "nyt/"), felter(aftale), follow=True)
    assert "Legepatrulje venter på svar Under delmålet «Fælles besøgsdage». Foreslået af Mette Bak" in tekst(svar)
    assert som_data(byg.frisk(aftale)) == foer
    assert "1 af dine forslag venter på svar" in tekst(mette.get(rod(aftale)))
    assert "1 forslag til et tiltag venter på jeres svar" in tekst(logget_ind(v.centerleder).get(rod(aftale)))


def test_the_same_form_twice_is_one_proposal_and_one_mail_to_the_units_own_leader(v, aftale):
    mette, sendt, foer = logget_ind(v.medarbejder), felter(aftale), Besked.objects.count()
    for _ in range(3):
        assert mette.post(sted(aftale, "nyt/"), sendt).status_code == 302
    assert (Tiltagsforslag.objects.count(), Besked.objects.count()) == (1, foer + 1)
    mail = Besked.objects.get(noegle__startswith="foreslaa_tiltag:")
    assert (mail.til, mail.emne) == (v.paedagogiskleder, f"Der er foreslået et tiltag: {aftale}")
    assert "Legepatrulje" not in mail.emne + mail.tekst


@pytest.mark.parametrize(
    ("fejl", "saetning"),
    [
        ({"titel": ""}, "Udfyld «Hvad foreslår du?»."),
        ({"beskrivelse": "Det er 010203-1234 igen."}, "Aftalen må ikke rumme personnumre"),
        ({"titel": "x" * 201}, "Teksten er på 201 tegn. Der er plads til 200."),
        ({"delmaal": ""}, "Vælg det delmål, som tiltaget hører til."),
        ({"delmaal": "x"}, "Delmålet er slettet, mens du skrev."),
    ],
)
def test_d7_d12_what_is_wrong_is_said_and_nothing_typed_is_lost(v, aftale, fejl, saetning):
    svar = logget_ind(v.medarbejder).post(sted(aftale, "nyt/"), felter(aftale, **fejl))
    assert svar.status_code == 200
    assert saetning in tekst(svar)
    assert fejl.get("beskrivelse", "Hver dag.") in tekst(svar)
    assert not Tiltagsforslag.objects.exists()


def test_a_delmaal_deleted_while_i_wrote_leaves_my_words(v, aftale):
    sendt = felter(aftale)
    delmaal_i(aftale).delete()
    mette = logget_ind(v.medarbejder)
    svar = mette.post(sted(aftale, "nyt/"), sendt)
    assert "Delmålet er slettet, mens du skrev." in tekst(svar)
    assert "Hver dag." in tekst(svar)
    with pytest.raises(ValidationError):
        byg.foreslaa_tiltag(aftale, v.medarbejder, delmaal=sendt["delmaal"])
    assert "Kladden har ingen delmål endnu" in tekst(mette.get(sted(aftale, "nyt/"), follow=True))


def test_s17_the_text_is_locked_for_proposals_too_and_the_words_come_back(v, aftale):
    mette = logget_ind(v.medarbejder)
    byg.send(aftale, v.skoleleder)
    svar = mette.post(sted(aftale, "nyt/"), felter(aftale))
    assert svar.status_code == 409
    assert "Teksten er låst" in tekst(svar)
    assert "Hver dag." in tekst(svar)
    assert "Foreslå et tiltag" not in tekst(mette.get(rod(aftale)))


def test_decision_3_while_the_post_is_vacant_whoever_acts_for_the_unit_is_told(v, aftale):
    for tildeling in v.dagtilbudsleder.rolletildelinger.all():
        afslut_rolle(tildeling=tildeling, gyldig_til=tid.i_dag(), af=None)
    ansat = person("Bo Barnevang")
    rolle(ansat, Rolle.MEDARBEJDER, v.boernehus)
    forslag = byg.foreslaa_tiltag(aftale, ansat)
    assert Besked.objects.get(noegle__startswith="foreslaa_tiltag:").til == v.klyngeleder
    assert tag_med(forslag, v.klyngeleder).noegle == forslag.noegle


# --- the answer --------------------------------------------------------------------------------------------------
def test_s14_taken_in_it_is_a_tiltag_under_the_delmaal_and_the_trail_names_who_proposed_it(v, aftale, forslag):
    pia = logget_ind(v.paedagogiskleder)
    svar = pia.post(sted(aftale, f"{forslag.noegle}/tag-med/"))
    assert svar.url == til_aktivitet(aftale, forslag.noegle)
    assert pia.get(svar.url).status_code == 200
    tiltag = Aktivitet.objects.get(noegle=forslag.noegle)
    assert (tiltag.art, tiltag.titel, tiltag.delmaal) == ("tiltag", "Fælles legepatrulje", delmaal_i(aftale))
    assert tiltag.beskrivelse_html == "<p>Store hjælper <em>små</em>.</p>"
    seneste = Haendelse.objects.order_by("-pk").first()
    assert (seneste.navn, seneste.af) == ("tag_tiltag_med", v.paedagogiskleder)
    assert "foreslået af Mette Bak, KKFO Lindely, er taget med" in seneste.saetning
    assert "Taget med af Pia Dahl" in tekst(logget_ind(v.medarbejder).get(sted(aftale)))


def test_s14_the_start_page_of_every_partys_leader_says_that_it_waits_until_it_is_answered(v, aftale, forslag):
    byg.foreslaa_tiltag(aftale, v.vejleder)
    ledere = (v.skoleleder, v.paedagogiskleder, v.centerleder)

    def venter(hvem):
        return [(et.hvad, et.adresse, et.er_min) for et in ventende_skridt(hvem) if "forslag" in et.hvad]

    assert [venter(hvem) for hvem in ledere] == [[("Svar på 2 forslag til tiltag", sted(aftale), True)]] * 3
    assert [venter(hvem) for hvem in (v.medarbejder, v.vejleder, v.koordinator, v.naboskoleleder)] == [[]] * 4
    tag_med(forslag, v.paedagogiskleder)
    assert venter(v.skoleleder) == [("Svar på 1 forslag til et tiltag", sted(aftale), True)]
    byg.send(aftale, v.skoleleder)
    assert [venter(hvem) for hvem in ledere] == [[]] * 3


def test_taken_in_twice_at_once_it_is_one_tiltag(v, aftale, forslag):
    assert tag_med(forslag, v.skoleleder) == tag_med(forslag, v.centerleder)
    assert Aktivitet.objects.filter(noegle=forslag.noegle).count() == 1
    assert Besked.objects.filter(noegle__startswith="svar_paa_tiltag:").count() == 1


def test_who_comes_second_is_told_who_took_it_in(v, aftale, forslag):
    vej = sted(aftale, f"{forslag.noegle}/tag-med/")
    pia = logget_ind(v.paedagogiskleder)
    for _ in range(2):
        assert "Tiltaget er taget med. Skriv nu" in tekst(pia.post(vej, follow=True)), "one's own press twice"
    side = tekst(logget_ind(v.centerleder).post(vej, follow=True))
    assert "Pia Dahl har allerede taget det med." in side
    assert "Tiltaget er taget med" not in side


def test_declined_the_proposer_reads_why_and_nobody_else_of_the_staff(v, aftale, forslag):
    sanne = logget_ind(v.skoleleder)
    vej = sted(aftale, f"{forslag.noegle}/afvis/")
    assert "Skriv en grund." in tekst(sanne.post(vej, {"grund": ""}))
    assert sanne.post(vej, {"grund": GRUND}).status_code == 302
    assert GRUND in tekst(logget_ind(v.medarbejder).get(sted(aftale)))
    assert GRUND in tekst(logget_ind(v.centerleder).get(sted(aftale)))
    assert "Fælles legepatrulje" not in tekst(logget_ind(v.vejleder).get(sted(aftale)))
    assert GRUND not in tekst(logget_ind(v.vejleder).get(rod(aftale) + "historik/"))
    mail = Besked.objects.get(til=v.medarbejder, noegle__startswith="svar_paa_tiltag:")
    assert GRUND not in mail.tekst
    assert not Aktivitet.objects.filter(noegle=forslag.noegle).exists()


def test_an_answer_is_given_once_and_a_reason_typed_too_late_comes_back(v, aftale, forslag):
    tag_med(forslag, v.centerleder)
    sanne = logget_ind(v.skoleleder)
    svar = sanne.post(sted(aftale, f"{forslag.noegle}/afvis/"), {"grund": GRUND})
    assert svar.status_code == 409
    assert "Forslaget er allerede besvaret." in tekst(svar)
    assert GRUND in tekst(svar)
    assert sanne.get(sted(aftale, f"{forslag.noegle}/afvis/")).status_code == 302
    andet = byg.foreslaa_tiltag(aftale, v.vejleder)
    actions.afvis_tiltag(forslag=andet, af=v.skoleleder, grund=GRUND)
    with pytest.raises(IkkeMuligtError, match="allerede besvaret"):
        tag_med(andet, v.skoleleder)
    assert Tiltagsforslag.objects.get(pk=andet.pk).tilstand == Forslag.AFVIST


def test_where_its_delmaal_is_deleted_it_can_only_be_declined(v, aftale, forslag):
    delmaal_i(aftale).delete()
    sanne = logget_ind(v.skoleleder)
    side = tekst(sanne.get(sted(aftale)))
    assert "Delmålet er slettet, så tiltaget kan ikke tages med dér." in side
    assert "Tag tiltaget med" not in side
    svar = sanne.post(sted(aftale, f"{forslag.noegle}/tag-med/"))
    assert svar.status_code == 409
    assert "Delmålet, som tiltaget hører til, er slettet." in tekst(svar)
    assert Tiltagsforslag.objects.get().tilstand == Forslag.FORESLAAET
    assert sanne.post(sted(aftale, f"{forslag.noegle}/afvis/"), {"grund": GRUND}).status_code == 302


def test_sent_to_approval_it_is_not_taken_in_but_can_be_declined(v, aftale, forslag):
    foer = som_data(byg.frisk(aftale))
    byg.send(aftale, v.skoleleder)
    svar = logget_ind(v.skoleleder).post(sted(aftale, f"{forslag.noegle}/tag-med/"))
    assert svar.status_code == 409
    assert "Teksten er låst" in tekst(svar)
    assert (som_data(byg.frisk(aftale)), Tiltagsforslag.objects.get().tilstand) == (foer, Forslag.FORESLAAET)
    assert actions.afvis_tiltag(forslag=forslag, af=v.skoleleder, grund=GRUND).tilstand == Forslag.AFVIST


def test_entered_it_is_answered_no_more(v):
    aftale = byg.kladde(v)
    forslag = byg.foreslaa_tiltag(aftale, v.medarbejder)
    byg.send(aftale, v.skoleleder)
    for part in byg.parter(v):
        byg.godkend(aftale, part, byg.leder(v, part))
    with pytest.raises(IkkeMuligtError, match="ikke længere under arbejde"):
        actions.afvis_tiltag(forslag=forslag, af=v.skoleleder, grund=GRUND)
    for hvem in (v.skoleleder, v.medarbejder):
        klient = logget_ind(hvem)
        assert "venter" not in tekst(klient.get(rod(aftale)))
        side = tekst(klient.get(sted(aftale)))
        assert "Fælles legepatrulje ikke besvaret" in side
        assert "Afvis forslaget" not in side


def test_s54_a_proposer_who_has_left_gets_no_mail_page_and_the_leader_can_still_take_it_in(v, aftale, forslag):
    for tildeling in v.medarbejder.rolletildelinger.all():
        afslut_rolle(tildeling=tildeling, gyldig_til=tid.i_dag(), af=None)
    assert logget_ind(v.medarbejder).get(sted(aftale)).status_code == 404
    assert tag_med(forslag, v.skoleleder).noegle == forslag.noegle


def test_a_get_answers_nothing(v, aftale, forslag):
    assert logget_ind(v.skoleleder).get(sted(aftale, f"{forslag.noegle}/tag-med/")).status_code == 405
    assert logget_ind(v.skoleleder).get(sted(aftale, f"{forslag.noegle}/afvis/")).status_code == 200
    assert Tiltagsforslag.objects.get().tilstand == Forslag.FORESLAAET


# --- speed -------------------------------------------------------------------------------------------------------
def test_the_pages_cost_the_same_with_one_proposal_and_with_forty(v, aftale, forslag):
    sanne, mette = logget_ind(v.skoleleder), logget_ind(v.medarbejder)

    def maalt():
        return antal(sanne, sted(aftale)), antal(mette, sted(aftale, "nyt/")), antal(sanne, rod(aftale))

    assert maalt() == (6, 5, 10)
    fyld(aftale, v)
    for _ in range(40):
        byg.foreslaa_tiltag(aftale, v.medarbejder)
    assert maalt() == (6, 5, 10)
