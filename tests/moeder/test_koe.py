"""The backlog: propose, accept, take on, close, pass on (S3, S44, D21, D37; cases 11, 12, 19), and putting off."""

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from moeder import actions
from moeder.actions import udsendelse
from moeder.models import Deltager, Punkt
from moeder.queries import punkter as queries
from ressourcecenter.models import Forbereder
from samarbejde import tid
from samarbejde.actions import afslut_rolle
from samarbejde.models import Besked
from samarbejde.permissions import Handling, IkkeTilladtError, Rolle, maa
from samarbejde.roller import glem_roller
from samarbejde.tilstande import IkkeMuligtError
from tests.fabrik import FRA, person, rolle, verden
from tests.moeder.byg import anmod, inviter, moede, punkt
from tests.ressourcecenter.byg import Art, forum, ressourceperson
from tests.samtidigt import fordel, samtidig

pytestmark = pytest.mark.django_db
TEMA = {"niveau": "tema", "titel": "Fælles sprog om uro"}


@pytest.fixture
def v():
    return verden()


@pytest.fixture
def rc(v):
    return forum(v.skole)


@pytest.fixture
def sendt(monkeypatch):
    """What the calendars of participants are told: {what: [(meeting, who)]}."""
    kaldt = {"indkaldelse": [], "aflysning": [], "opdatering": []}
    for hvad, navn in (("indkaldelse", "send_indkaldelser"), ("aflysning", "send_aflysning")):
        liste = kaldt[hvad]
        monkeypatch.setattr(
            udsendelse, navn, lambda m, folk, liste=liste: liste.append((m.pk, [d.person for d in folk]))
        )
    monkeypatch.setattr(udsendelse, "send_opdatering", lambda m: kaldt["opdatering"].append(m.pk))
    return kaldt


def foreslaa(rc, af, **felter):
    return actions.foreslaa_punkt(forum=rc, af=af, **{**TEMA, **felter})


def ser(hvem, p):
    glem_roller()
    p = Punkt.objects.get(pk=p.pk)
    i_listen = Punkt.objects.synlige_for(hvem, Handling.SE_MOEDE).filter(pk=p.pk).exists()
    assert i_listen == maa(hvem, Handling.SE_MOEDE, p)
    return i_listen


# --- propose -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("hvem", "for_enhed"),
    [
        ("medarbejder", "kkfo"),
        ("paedagogiskleder", "kkfo"),
        ("centerleder", "center"),
        ("vejleder", "skole"),
        ("koordinator", "skole"),
    ],
)
def test_case_12_everybody_attached_proposes_for_their_unit_and_follows_it(v, rc, hvem, for_enhed):
    af = getattr(v, hvem)
    p = foreslaa(rc, af)
    assert (p.tilstand, p.moede, p.foreslaaet_for) == ("foreslaaet", None, getattr(v, for_enhed))
    assert ser(af, p)
    assert not ser(v.udenfor, p)
    assert list(queries.mine_forslag(rc, af)) == [p]


def test_a_resource_person_from_outside_proposes_for_no_unit_and_follows_it(v, rc):
    ressourceperson(rc, v.sundhedsplejerske)
    p = foreslaa(rc, v.sundhedsplejerske)
    assert p.foreslaaet_for is None
    assert ser(v.sundhedsplejerske, p)
    rc.ressourcepersoner.update(gyldig_til=tid.i_dag())
    assert not ser(v.sundhedsplejerske, p), "S54: it ends with the attachment"


def test_s54_a_proposal_is_theirs_only_while_they_work_there(v, rc):
    p = foreslaa(rc, v.medarbejder)
    assert not ser(v.teamkoordinator, p), "another employee, who did not write it"
    afslut_rolle(tildeling=v.medarbejder.rolletildelinger.get(), gyldig_til=tid.i_dag(), af=None)
    assert not ser(v.medarbejder, p)


def test_an_outsider_proposes_nothing_and_nobody_for_a_foreign_unit(v, rc):
    for hvem in (v.udenfor, v.naboskoleleder, v.forvaltning):
        with pytest.raises(IkkeTilladtError):
            foreslaa(rc, hvem)
    with pytest.raises(ValidationError, match="Vælg den enhed"):
        foreslaa(rc, v.medarbejder, enhed=v.skole)


def test_the_same_proposal_twice_is_one_and_case_19_and_32_hold(v, rc):
    noegle = uuid4()
    assert foreslaa(rc, v.medarbejder, noegle=noegle) == foreslaa(rc, v.medarbejder, noegle=noegle)
    with pytest.raises(ValidationError, match="personnumre"):
        foreslaa(rc, v.medarbejder, titel="010115-1234")
    with pytest.raises(ValidationError, match="Skriv ikke om barnet"):
        foreslaa(rc, v.medarbejder, niveau="enkeltbarn")
    with pytest.raises(ValidationError, match="hører til i Ressourcecentret"):
        foreslaa(forum(v.skole, Art.PLC), v.medarbejder, niveau="enkeltbarn", titel="")
    assert foreslaa(rc, v.medarbejder, niveau="enkeltbarn", titel="").vist_titel == "Drøftelse om et barn"


def test_d37_the_coordinator_gets_one_neutral_mail_however_many_proposals(v, rc):
    for titel in ("Uro", "Overgange", "Skolehave"):
        foreslaa(rc, v.medarbejder, titel=titel)
    besked = Besked.objects.get(til=v.koordinator)
    assert (besked.levering, Besked.objects.filter(til=v.skoleleder).count()) == ("lejlighed", 0)
    assert not {"Uro", "Overgange", "Skolehave"} & set(f"{besked.emne} {besked.tekst}".split())


# --- answer ------------------------------------------------------------------------------------------------------
def test_leadership_accepts_and_the_proposer_hears_it_without_a_word_of_it(v, rc):
    p = foreslaa(rc, v.medarbejder)
    for hvem in (v.medarbejder, v.paedagogiskleder, v.udenfor):
        with pytest.raises(IkkeTilladtError):
            actions.gem_til_senere(punkt=p, af=hvem)
    for _ in range(2):
        assert actions.gem_til_senere(punkt=p, af=v.koordinator).tilstand == "venter"
    besked = Besked.objects.get(til=v.medarbejder)
    assert "taget imod" in besked.tekst
    assert "sprog" not in f"{besked.emne} {besked.tekst}"
    assert str(p.noegle) in besked.adresse


def test_an_item_is_taken_on_a_coming_meeting_once(v, rc):
    m = moede(rc, af=v.skoleleder)
    p = foreslaa(rc, v.medarbejder)
    for _ in range(2):
        paa = actions.tag_paa(punkt=p, moede=m, af=v.koordinator)
    assert (paa.moede, paa.tilstand, m.punkter.count()) == (m, "paa_dagsorden", 1)
    assert ser(v.medarbejder, p), "the proposer follows it"
    with pytest.raises(IkkeTilladtError):
        actions.tag_paa(punkt=foreslaa(rc, v.vejleder), moede=m, af=v.vejleder)


def test_a_meeting_that_began_of_another_forum_or_that_may_not_hold_it_is_refused(v, rc):
    plc = forum(v.skole, Art.PLC)
    barn = foreslaa(rc, v.medarbejder, niveau="enkeltbarn", titel="")
    for m, af, p in (
        (moede(rc, af=v.skoleleder, dage=-1), v.skoleleder, foreslaa(rc, v.medarbejder)),
        (moede(plc, af=v.skoleleder, dage=5), v.skoleleder, foreslaa(rc, v.medarbejder)),
        (moede(rc, af=v.skoleleder, dage=6, er_tematisk=True), v.skoleleder, barn),
    ):
        with pytest.raises(ValidationError) as fejl:
            actions.tag_paa(punkt=p, moede=m, af=af)
        assert list(fejl.value.message_dict) == ["moede"]
        assert m not in queries.moeder_at_vaelge(p, af)
    with pytest.raises(IkkeTilladtError):
        actions.tag_paa(punkt=barn, moede=moede(forum(v.naboskole), af=v.naboskoleleder), af=v.skoleleder)


def test_s60_a_plc_proposal_is_taken_on_a_joint_meeting(v, rc):
    plc = forum(v.skole, Art.PLC)
    faelles = moede(rc, med=plc, af=v.skoleleder)
    p = actions.tag_paa(punkt=foreslaa(plc, v.medarbejder), moede=faelles, af=v.skoleleder)
    assert (p.forum, p.medforum) == (rc, plc)


def test_closing_takes_a_reason_that_the_proposer_sees(v, rc):
    p = foreslaa(rc, v.medarbejder)
    with pytest.raises(ValidationError, match="Skriv en grund"):
        actions.luk_punkt(punkt=p, af=v.koordinator, grund=" ")
    with pytest.raises(ValidationError, match="personnumre"):
        actions.luk_punkt(punkt=p, af=v.koordinator, grund="010115-1234")
    lukket = actions.luk_punkt(punkt=p, af=v.koordinator, grund="Drøftet i personalegruppen")
    assert (lukket.tilstand, lukket.grund, ser(v.medarbejder, p)) == ("lukket", "Drøftet i personalegruppen", True)
    assert "personalegruppen" not in Besked.objects.get(til=v.medarbejder).tekst
    with pytest.raises(IkkeMuligtError, match="allerede behandlet, udsat eller lukket"):
        actions.luk_punkt(punkt=p, af=v.koordinator, grund="Igen")


def test_s3_nothing_is_written_when_an_item_about_a_child_is_closed(v, rc):
    barn = foreslaa(rc, v.medarbejder, niveau="enkeltbarn", titel="")
    with pytest.raises(ValidationError, match="Skriv ikke om barnet"):
        actions.luk_punkt(punkt=barn, af=v.koordinator, grund="Karl er flyttet")
    assert actions.luk_punkt(punkt=barn, af=v.koordinator).grund == ""


def test_passing_on_makes_a_proposal_there_by_the_same_proposer(v, rc):
    plc = forum(v.skole, Art.PLC)
    p = foreslaa(rc, v.medarbejder)
    nyt = actions.giv_punkt_videre(punkt=p, forum=plc, af=v.skoleleder, grund="Det er læringscentrets")
    p.refresh_from_db()
    assert (p.tilstand, nyt.tilstand, nyt.forum, nyt.titel) == ("givet_videre", "foreslaaet", plc, p.titel)
    assert (nyt.foreslaaet_af, ser(v.medarbejder, nyt)) == (v.medarbejder, True)
    with pytest.raises(IkkeMuligtError):
        actions.giv_punkt_videre(punkt=p, forum=plc, af=v.skoleleder, grund="Igen")


def test_passing_on_only_to_where_one_could_propose_it_and_where_it_belongs(v, rc):
    barn = foreslaa(rc, v.medarbejder, niveau="enkeltbarn", titel="")
    for hvorhen in (forum(v.naboskole), forum(v.klynge), rc, forum(v.skole, Art.PLC)):
        with pytest.raises(ValidationError) as fejl:
            actions.giv_punkt_videre(punkt=barn, forum=hvorhen, af=v.skoleleder)
        assert list(fejl.value.message_dict) == ["forum"]


def test_decision_10_a_forbereder_prepares_the_agenda_and_neither_answers_nor_sends(v, rc, sendt):
    signe = person("Signe Sekretær")
    rolle(signe, Rolle.MEDARBEJDER, v.skole)
    Forbereder.objects.create(skole=v.skole, person=signe, navngivet_af=v.skoleleder, gyldig_fra=FRA)
    m = moede(rc, af=v.skoleleder, tilstand="indkaldt")
    p = foreslaa(rc, v.medarbejder)
    for act, felter in ((actions.gem_til_senere, {}), (actions.luk_punkt, {"grund": "Nej"})):
        with pytest.raises(IkkeTilladtError):
            act(punkt=p, af=signe, **felter)
    paa = actions.tag_paa(punkt=p, moede=m, af=signe)
    sidst = punkt(m, "Sidst")
    inviter(m, v.medarbejder, v.kkfo, [sidst])
    for kald in (
        lambda: actions.ret_punkt(punkt=paa, af=signe, version=1, minutter=40),
        lambda: actions.flyt_punkt(punkt=sidst, til=1, af=signe),
        lambda: actions.udsaet_punkt(punkt=sidst, til_moede=None, af=signe),
    ):
        with pytest.raises(IkkeTilladtError):
            kald()
    assert sendt == {"indkaldelse": [], "aflysning": [], "opdatering": []}
    assert actions.ret_punkt(punkt=paa, af=signe, version=1, titel="Andre ord").version == 2, "nobody's time moved"


# --- putting off (D21, case 11) ----------------------------------------------------------------------------------
def test_d21_the_old_row_stays_in_its_meeting_and_the_counter_goes_up(v, rc):
    m, naeste = moede(rc, af=v.skoleleder), moede(rc, af=v.skoleleder, dage=28)
    p = punkt(m, "Overgange", udsat_antal=2)
    p.bidrag.create(tekst="Se bilaget", tekst_html="<p>Se bilaget</p>", af=v.medarbejder)
    for _ in range(2):
        nyt = actions.udsaet_punkt(punkt=p, til_moede=naeste, af=v.koordinator)
    p.refresh_from_db()
    assert (p.tilstand, p.moede, nyt.moede, nyt.udsat_fra, nyt.udsat_antal) == ("udsat", m, naeste, p, 3)
    assert [b.tekst for b in nyt.bidrag.all()] == ["Se bilaget"]
    assert queries.dagsorden(naeste, v.skoleleder).linjer[0].for_mange_gange
    assert naeste.punkter.count() == 1


def test_case_11_the_invitation_follows_a_moved_item_and_the_old_one_lapses(v, rc, sendt):
    m = moede(rc, af=v.skoleleder, tilstand="indkaldt")
    naeste = moede(rc, af=v.skoleleder, dage=28, tilstand="indkaldt")
    p, andet = punkt(m, "Flyttes"), punkt(m, "Et andet")
    mette = inviter(m, v.medarbejder, v.kkfo, [p], grund="arbejder med klassen", tilstand="accepteret")
    nyt = actions.udsaet_punkt(punkt=p, til_moede=naeste, af=v.skoleleder)
    mette.refresh_from_db()
    ny = Deltager.objects.get(moede=naeste, person=v.medarbejder)
    assert mette.tilstand == "bortfaldet"
    assert (ny.tilstand, ny.grund, ny.kun_punkter, list(ny.punkter.all())) == (
        "inviteret",
        "arbejder med klassen",
        True,
        [nyt],
    )
    assert sendt["indkaldelse"] == [(naeste.pk, [v.medarbejder])]
    assert sendt["aflysning"] == [(m.pk, [v.medarbejder])]
    assert (ser(v.medarbejder, nyt), ser(v.medarbejder, p), ser(v.medarbejder, andet)) == (True, False, False)


def test_case_11_whoever_has_another_item_stays_and_fixed_participants_are_not_touched(v, rc, sendt):
    m = moede(rc, af=v.skoleleder, tilstand="indkaldt")
    p, andet = punkt(m, "Flyttes"), punkt(m, "Et andet")
    mette = inviter(m, v.medarbejder, v.kkfo, [p, andet])
    pia = inviter(m, v.paedagogiskleder, v.kkfo)
    actions.udsaet_punkt(punkt=p, til_moede=None, af=v.skoleleder)
    for en in (mette, pia):
        en.refresh_from_db()
        assert en.tilstand == "inviteret"
    assert sendt["aflysning"] == []
    assert sendt["opdatering"] == [m.pk], "her time is shorter now"


def test_case_11_through_the_backlog_and_off_a_cancelled_meeting_the_invitation_follows_too(v, rc, sendt):
    m = moede(rc, af=v.skoleleder, tilstand="indkaldt")
    naeste = moede(rc, af=v.skoleleder, dage=28)
    p, aflyst = punkt(m, "Udsættes"), punkt(m, "Mødet aflyses")
    inviter(m, v.medarbejder, v.kkfo, [p])
    inviter(m, v.teamkoordinator, v.center, [aflyst])
    nyt = actions.udsaet_punkt(punkt=p, til_moede=None, af=v.skoleleder)
    assert (nyt.moede, nyt.tilstand) == (None, "venter")
    actions.aflys_moede(moede=m, grund="Sygdom", af=v.skoleleder)
    for et in (nyt, Punkt.objects.get(pk=aflyst.pk)):
        actions.tag_paa(punkt=et, moede=naeste, af=v.skoleleder)
    fulgt = {d.person: list(d.punkter.all()) for d in naeste.deltagere.all()}
    assert fulgt == {v.medarbejder: [nyt], v.teamkoordinator: [aflyst]}
    assert m.deltagere.get(person=v.teamkoordinator).punkter.count() == 0, "not seen through the cancelled meeting"
    assert sendt["indkaldelse"] == [], "the next meeting is not called yet"


def test_s54_who_no_longer_works_there_does_not_follow(v, rc):
    m, naeste = moede(rc, af=v.skoleleder), moede(rc, af=v.skoleleder, dage=28)
    p = punkt(m)
    inviter(m, v.medarbejder, v.kkfo, [p])
    afslut_rolle(tildeling=v.medarbejder.rolletildelinger.get(), gyldig_til=tid.i_dag(), af=None)
    actions.udsaet_punkt(punkt=p, til_moede=naeste, af=v.skoleleder)
    assert not naeste.deltagere.exists()


def test_case_11_a_closed_item_lets_the_invitation_lapse_with_notice(v, rc, sendt):
    m = moede(rc, af=v.skoleleder, tilstand="indkaldt")
    p = punkt(m)
    mette = inviter(m, v.medarbejder, v.kkfo, [p])
    actions.luk_punkt(punkt=p, af=v.skoleleder, grund="Løst")
    mette.refresh_from_db()
    assert (mette.tilstand, sendt["aflysning"]) == ("bortfaldet", [(m.pk, [v.medarbejder])])
    assert not ser(v.medarbejder, p)


def test_put_off_during_or_after_the_meeting_until_the_minutes_are_sent(v, rc):
    naeste = moede(rc, af=v.skoleleder, dage=28)
    i_gang = moede(rc, af=v.skoleleder, dage=-1, tilstand="referat_udkast")
    p = punkt(i_gang)
    mette = inviter(i_gang, v.medarbejder, v.kkfo, [p], tilstand="deltog")
    assert actions.udsaet_punkt(punkt=p, til_moede=naeste, af=v.skoleleder).moede == naeste
    mette.refresh_from_db()
    assert mette.tilstand == "deltog", "what has been is not undone"
    assert naeste.deltagere.get().person == v.medarbejder
    sendt = moede(rc, af=v.skoleleder, dage=-3, tilstand="referat_i_hoering")
    with pytest.raises(IkkeMuligtError, match="Dagsordenen kan ikke ændres"):
        actions.udsaet_punkt(punkt=punkt(sendt), til_moede=naeste, af=v.skoleleder)


def test_a_request_follows_its_item_and_is_answered_anew_without_one(v, rc):
    m, naeste = moede(rc, af=v.skoleleder), moede(rc, af=v.skoleleder, dage=28)
    p = punkt(m)
    a = anmod(rc, v.medarbejder, v.kkfo, tilstand="paa_dagsorden", moede=m, punkt=p)
    nyt = actions.udsaet_punkt(punkt=p, til_moede=naeste, af=v.skoleleder)
    a.refresh_from_db()
    assert (a.punkt, a.moede, a.tilstand) == (nyt, naeste, "paa_dagsorden")
    foer = a.modtaget_den
    actions.luk_punkt(punkt=nyt, af=v.skoleleder, grund="Løst")
    a.refresh_from_db()
    assert (a.punkt, a.moede, a.tilstand) == (None, None, "modtaget")
    assert a.modtaget_den > foer, "the clock begins anew"
    assert Besked.objects.filter(til=v.medarbejder, noegle__startswith=f"anmodning:{a.pk}:nyt").count() == 2


def test_who_was_taken_off_the_list_on_purpose_does_not_follow(v, rc):
    m, naeste = moede(rc, af=v.skoleleder), moede(rc, af=v.skoleleder, dage=28)
    p = punkt(m)
    mette = inviter(m, v.medarbejder, v.kkfo, [p])
    actions.fjern_deltager(deltager=mette, af=v.skoleleder)
    nyt = actions.udsaet_punkt(punkt=p, til_moede=None, af=v.skoleleder)
    actions.tag_paa(punkt=nyt, moede=naeste, af=v.skoleleder)
    assert not naeste.deltagere.exists()


def test_only_leadership_puts_off_and_only_to_a_coming_meeting_of_the_forum(v, rc):
    p = punkt(moede(rc, af=v.skoleleder))
    for hvem in (v.paedagogiskleder, v.medarbejder, v.udenfor):
        with pytest.raises(IkkeTilladtError):
            actions.udsaet_punkt(punkt=p, til_moede=None, af=hvem)
    for hvorhen in (p.moede, moede(rc, af=v.skoleleder, dage=-2), moede(forum(v.skole, Art.PLC), af=v.skoleleder)):
        with pytest.raises(ValidationError) as fejl:
            actions.udsaet_punkt(punkt=p, til_moede=hvorhen, af=v.skoleleder)
        assert list(fejl.value.message_dict) == ["moede"]


@pytest.mark.django_db(transaction=True)
def test_two_put_the_same_item_off_at_once():
    v = verden()
    rc = forum(v.skole)
    p = punkt(moede(rc, af=v.skoleleder))
    moeder = [moede(rc, af=v.skoleleder, dage=dage) for dage in (28, 35)]
    kald = [lambda m=m: actions.udsaet_punkt(punkt=p, til_moede=m, af=v.skoleleder) for m in moeder]
    lykkedes, afvist = fordel(samtidig(*kald), IkkeMuligtError)
    assert (len(lykkedes), len(afvist), Punkt.objects.filter(udsat_fra=p).count()) == (1, 1, 1)
