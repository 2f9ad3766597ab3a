"""Writing over HTTP: whatever is sent, a Danish sentence at the field and nothing typed is lost (S9, D7, D12)."""

import random
from uuid import uuid4

import pytest

from aftaler.models import Aktivitet, Delmaal, StrategiskMaal
from samarbejde.actions import afslut_rolle
from samarbejde.models import Haendelse, Rolletildeling
from tests.aftaler import byg
from tests.aftaler.sider import (
    aktivitet_i,
    aktivitetsfelter,
    delmaal_i,
    delmaalfelter,
    logget_ind,
    maal_i,
    maalfelter,
    rod,
    skjulte,
    tekst,
    til_aktivitet,
    til_delmaal,
    til_maal,
)
from tests.fabrik import verden

pytestmark = pytest.mark.django_db
CPR = "Aftalen må ikke rumme personnumre"
MIT = "Min egen lange tekst om <b>overgange</b> & klub."


@pytest.fixture
def v():
    return verden()


@pytest.fixture
def aftale(v):
    return byg.kladde(v)


@pytest.fixture
def pia(v):
    return logget_ind(v.paedagogiskleder)


# --- what was typed is never lost ----------------------------------------------------------------------------------


def test_s9_a_stale_text_is_a_page_with_both_and_mine_is_kept_with_one_press(v, aftale, pia):
    sted = rod(aftale) + "afsnit/behov/"
    byg.skriv_afsnit(aftale, v.skoleleder, "behov", "Sannes tekst.")
    svar = pia.post(sted, {"tekst": MIT, "version": "1"})
    assert svar.status_code == 409
    assert all(
        ord in tekst(svar) for ord in ("Din tekst", MIT, "Den gemte tekst", "Sannes tekst.", "Gem kun min tekst")
    )
    assert "<b>overgange" not in svar.content.decode()
    assert byg.frisk(aftale).behov == "Sannes tekst."
    assert pia.post(sted, skjulte(svar)).status_code == 302
    assert byg.frisk(aftale).behov == MIT


def test_s9_the_press_is_stale_too_when_a_third_person_has_saved(v, aftale, pia):
    sted = rod(aftale) + "afsnit/behov/"
    byg.skriv_afsnit(aftale, v.skoleleder, "behov", "Sannes tekst.")
    svar = pia.post(sted, {"tekst": MIT, "version": "1"})
    byg.skriv_afsnit(aftale, v.centerleder, "behov", "Carls tekst.")
    svar = pia.post(sted, skjulte(svar))
    assert svar.status_code == 409
    assert "Carls tekst." in tekst(svar)


def test_s9_a_stale_goal_shows_the_fields_that_differ_as_one_reads_them(v, aftale, pia):
    maal = maal_i(aftale)
    byg.skriv_maal(aftale, v.skoleleder, noegle=maal.noegle, version=1, omraader=(1, 2), beskrivelse="Sannes")
    felter = maalfelter(version="1", titel=maal.titel, omraader=["3", "4"], beskrivelse="Pias")
    svar = pia.post(til_maal(aftale, maal.noegle), felter)
    assert svar.status_code == 409
    assert [navn for navn, _, _ in svar.context["raekker"]] == ["Målområder", "Beskrivelse"]
    assert "3. Overgange og 4. Fælles fokus og fælles sprog" in tekst(svar)
    assert pia.post(til_maal(aftale, maal.noegle), skjulte(svar)).status_code == 302
    assert sorted(maal.omraader.values_list("pk", flat=True)) == [3, 4]


def test_s9_a_stale_activity_shows_dates_and_units_in_words(v, aftale, pia):
    aktivitet, aar = aktivitet_i(aftale), aftale.skoleaar
    aktivitet.ansvarlige.set([v.skole])
    Aktivitet.objects.update(version=5)
    felter = aktivitetsfelter(version="1", ansvarlige=[v.kkfo.pk], fra=f"{aar}-10-01")
    svar = pia.post(til_aktivitet(aftale, aktivitet.noegle), felter)
    assert svar.status_code == 409
    raekker = {navn: (mit, gemt) for navn, mit, gemt in svar.context["raekker"]}
    assert raekker == {"Ansvarlige": ("KKFO Lindely", "Lindeskolen"), "Fra": (f"1. oktober {aar}", "")}


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 5000, "1.0", "\x00", "٢"])
def test_s9_a_version_nobody_was_shown_is_stale_and_never_a_fault(aftale, pia, version):
    svar = pia.post(rod(aftale) + "afsnit/behov/", {"tekst": MIT, "version": version})
    assert svar.status_code == 409
    assert MIT in tekst(svar)


def test_s14_a_goal_that_is_gone_and_nobody_knows_how_can_be_made_again_with_my_text(aftale, pia):
    maal = maal_i(aftale)
    noegle = maal.noegle
    maal.delete()
    svar = pia.post(til_maal(aftale, noegle), maalfelter(version="1", beskrivelse=MIT))
    assert svar.status_code == 409
    assert "slettet af en anden" in tekst(svar)
    assert MIT in tekst(svar)
    ny = svar.context["gem_adresse"]
    assert str(noegle) not in ny
    assert pia.post(ny, skjulte(svar)).status_code == 302
    assert maal_i(aftale).beskrivelse == MIT


def test_s14_when_what_it_belonged_to_is_deleted_the_text_is_there_to_copy(v, aftale, pia):
    under_maal, under_delmaal = til_delmaal(aftale), til_aktivitet(aftale)
    maal_i(aftale).delete()
    for sted, felter in ((under_maal, delmaalfelter), (under_delmaal, aktivitetsfelter)):
        svar = pia.post(sted, felter(beskrivelse=MIT))
        assert svar.status_code == 409
        assert MIT in tekst(svar)
        assert "Opret det igen" not in tekst(svar)
        assert pia.get(sted).status_code == 404
    assert (Delmaal.objects.count(), Aktivitet.objects.count()) == (0, 0)


def test_s17_sent_while_i_wrote_the_text_is_readable_and_one_sees_whose_turn_it_is(v, aftale, pia):
    byg.send(aftale, v.skoleleder)
    for sted, felter in (
        (rod(aftale) + "afsnit/behov/", {"tekst": MIT, "version": "1"}),
        (til_maal(aftale), maalfelter(beskrivelse=MIT)),
        (til_delmaal(aftale), delmaalfelter(beskrivelse=MIT)),
        (til_aktivitet(aftale), aktivitetsfelter(beskrivelse=MIT)),
    ):
        svar = pia.post(sted, felter)
        assert svar.status_code == 409
        assert "Teksten er låst: aftalen er ikke længere en kladde." in tekst(svar)
        assert MIT in tekst(svar)
        assert "Godkend aftalen for KKFO Lindely" in tekst(svar)
        assert "Gem min tekst" not in tekst(svar)
    assert StrategiskMaal.objects.count() == 1


def test_s54_a_role_that_ends_while_the_form_is_open_ends_the_right_but_not_the_text(v, aftale, pia):
    pia.get(rod(aftale) + "afsnit/behov/")
    for tildeling in Rolletildeling.objects.filter(user=v.paedagogiskleder):
        afslut_rolle(tildeling=tildeling, gyldig_til=byg.tid.i_dag(), af=v.administrator)
    svar = pia.post(rod(aftale) + "afsnit/behov/", {"tekst": MIT, "version": "1"})
    assert svar.status_code == 404
    assert MIT in tekst(svar)
    assert aftale.behov not in tekst(svar)
    assert pia.get(rod(aftale)).status_code == 404
    assert byg.frisk(aftale).behov == aftale.behov


def test_s54_who_may_no_longer_write_but_still_see_reads_the_rule_and_the_text(v, aftale):
    svar = logget_ind(v.medarbejder).post(til_maal(aftale), maalfelter(beskrivelse=MIT))
    assert svar.status_code == 403
    assert "Aftalen skrives af parternes ledere i fællesskab" in tekst(svar)
    assert MIT in tekst(svar)


def test_a_reason_typed_too_late_comes_back(v, aftale):
    sendt = byg.frisk(byg.send(aftale, v.skoleleder))
    sted = f"{rod(aftale)}parter/{v.kkfo.slug}/kan-ikke-godkende/"
    byg.godkend(sendt, v.kkfo, v.paedagogiskleder)
    svar = logget_ind(v.paedagogiskleder).post(sted, {"aftryk": sendt.indhold_id, "grund": MIT})
    assert svar.status_code == 409
    assert "Parten har allerede godkendt aftalen." in tekst(svar)
    assert MIT in tekst(svar)


# --- the same thing twice ------------------------------------------------------------------------------------------


def test_s14_the_same_new_form_eight_times_is_one(aftale, pia):
    for sted, felter, model in (
        (til_maal(aftale), maalfelter(), StrategiskMaal),
        (til_delmaal(aftale), delmaalfelter(), Delmaal),
        (til_aktivitet(aftale), aktivitetsfelter(), Aktivitet),
    ):
        assert {pia.post(sted, felter).status_code for _ in range(8)} == {302}
        assert model.objects.count() == 2
        model.objects.filter(noegle=sted.rstrip("/").rsplit("/", 1)[1]).delete()


def test_d39_saving_what_is_stored_changes_nothing(v, aftale, pia):
    antal = Haendelse.objects.count()
    assert pia.post(rod(aftale) + "afsnit/behov/", {"tekst": aftale.behov, "version": "0"}).status_code == 302
    assert Haendelse.objects.count() == antal


def test_s14_deleting_asks_first_shows_what_goes_and_is_once(v, aftale, pia):
    sted = til_maal(aftale, maal_i(aftale).noegle) + "slet/"
    assert "Fælles besøgsdage Besøg i maj" in tekst(pia.get(sted))
    assert StrategiskMaal.objects.count() == 1
    set_ = skjulte(pia.get(sted))["aftryk"]
    byg.skriv_maal(aftale, v.skoleleder, noegle=maal_i(aftale).noegle, version=1, titel="Sannes nye titel")
    svar = pia.post(sted, {"aftryk": set_})
    assert svar.status_code == 409
    assert "Sannes nye titel" in tekst(svar)
    assert "En anden har rettet i teksten, siden du åbnede siden." in tekst(svar), "nothing was written here"
    set_ = skjulte(svar)["aftryk"]
    for _ in range(8):
        assert pia.post(sted, {"aftryk": set_}).url == rod(aftale)
    assert StrategiskMaal.objects.count() == 0
    assert Haendelse.objects.filter(navn="slet_strategiskmaal").count() == 1


def test_s14_a_tiltag_is_called_a_tiltag_where_it_is_changed_saved_and_deleted(aftale, pia):
    aktivitet = aktivitet_i(aftale)
    sted = til_aktivitet(aftale, aktivitet.noegle)
    assert "Ret aktiviteten" in tekst(pia.get(sted))
    svar = pia.post(sted, aktivitetsfelter(version="1", art="tiltag"), follow=True)
    assert "Tiltaget er gemt." in tekst(svar)
    side = tekst(pia.get(sted))
    assert "Ret tiltaget" in side
    assert "Slet tiltaget" in side
    assert "aktiviteten" not in side
    side = pia.get(sted + "slet/")
    assert "Slet tiltaget?" in tekst(side)
    svar = pia.post(sted + "slet/", {"aftryk": skjulte(side)["aftryk"]}, follow=True)
    assert "Tiltaget er slettet." in tekst(svar)


# --- bad input -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("felt", ["titel", "beskrivelse", "realisering"])
def test_d7_d12_case_32_a_cpr_number_is_refused_where_it_stands(aftale, pia, felt):
    svar = pia.post(til_maal(aftale), maalfelter(**{felt: "Barnet 010112-1234 skal følges"}))
    assert svar.status_code == 200
    assert [CPR in fejl for fejl in svar.context["form"].errors[felt]] == [True]
    assert "Barnet 010112-1234 skal følges" in svar.content.decode()
    assert StrategiskMaal.objects.count() == 1


def test_d7_no_text_of_the_agreement_takes_a_cpr_number(v, aftale, pia):
    cpr = "0101121234"
    sanne = logget_ind(v.skoleleder)
    udefra = {"tovholder": v.skole.pk, "parter": [v.skole.pk, v.kkfo.pk], "begrundelse": cpr}
    svar = [
        pia.post(rod(aftale) + "afsnit/retning/", {"tekst": cpr, "version": "1"}),
        pia.post(til_delmaal(aftale), delmaalfelter(beskrivelse=cpr)),
        pia.post(til_aktivitet(aftale), aktivitetsfelter(tegn=cpr)),
        sanne.post(rod(aftale) + "annuller/", {"grund": cpr}),
        sanne.post(rod(aftale) + "parter/", udefra),
    ]
    assert [et.status_code for et in svar] == [200] * 5
    assert all(CPR in tekst(et) for et in svar)


def test_a_text_over_the_limit_says_how_long_it_is_and_comes_back(aftale, pia):
    svar = pia.post(rod(aftale) + "afsnit/behov/", {"tekst": "x" * 12_345, "version": "1"})
    assert svar.context["form"].errors["tekst"] == ["Teksten er på 12.345 tegn. Der er plads til 10.000."]
    assert "x" * 12_345 in svar.content.decode()
    svar = pia.post(til_maal(aftale), maalfelter(titel="t" * 201))
    assert svar.context["form"].errors["titel"] == ["Teksten er på 201 tegn. Der er plads til 200."]
    svar = pia.post(til_maal(aftale), maalfelter(beskrivelse="å " * 500_000, realisering="y" * 1_000_000))
    assert svar.context["form"].errors["beskrivelse"] == ["Teksten er på 999.999 tegn. Der er plads til 10.000."]
    assert pia.post(rod(aftale) + "afsnit/behov/", {"tekst": "x" * 10_000, "version": "1"}).status_code == 302


def test_control_characters_are_cleaned_away_and_word_lists_kept(aftale, pia):
    pia.post(rod(aftale) + "afsnit/behov/", {"tekst": "En\x00 te\u202ekst\r\n•\tEt punkt\x07", "version": "1"})
    gemt = byg.frisk(aftale)
    assert gemt.behov == "En tekst\n- Et punkt"
    assert "<li>Et punkt</li>" in gemt.behov_html
    pia.post(til_maal(aftale), maalfelter(titel="  Et\x00 mål\n\npå linje "))
    assert StrategiskMaal.objects.filter(titel="Et mål på linje").exists()


@pytest.mark.parametrize(
    ("felter", "felt", "besked"),
    [
        ({"fra": "{foer}-07-31"}, "fra", "Datoen ligger uden for aftalens skoleår."),
        ({"til_og_med": "{efter}-08-01"}, "til_og_med", "Datoen ligger uden for aftalens skoleår."),
        ({"fra": "{foer}-10-02", "til_og_med": "{foer}-10-01"}, "til_og_med", "Slutdatoen ligger før startdatoen."),
        ({"fra": "{efter}-02-31"}, "fra", "Skriv en dato, der findes"),
        ({"fra": "0001-01-01"}, "fra", "Datoen ligger uden for"),
        ({"fra": "9999-12-31"}, "fra", "Datoen ligger uden for"),
        ({"fra": "i morgen\x00"}, "fra", "Skriv en dato, der findes"),
        ({"art": "fest"}, "art", "Vælg, om det er en aktivitet eller et tiltag."),
        ({"ansvarlige": ["0"]}, "ansvarlige", "Et af valgene findes ikke længere."),
        ({"ansvarlige": ["-1", "x\x00"]}, "ansvarlige", "Et af valgene findes ikke længere."),
        ({"titel": " \x00 "}, "titel", "Udfyld «Hvad gør I?»."),
    ],
)
def test_s14_an_activity_out_of_shape_is_refused_at_the_field(aftale, pia, felter, felt, besked):
    aar = {"foer": aftale.skoleaar, "efter": aftale.skoleaar + 1}
    felter = {navn: v.format(**aar) if isinstance(v, str) else v for navn, v in felter.items()}
    svar = pia.post(til_aktivitet(aftale), aktivitetsfelter(**felter))
    assert svar.status_code == 200
    assert svar.context["form"].errors[felt][0].startswith(besked)
    assert Aktivitet.objects.count() == 1


def test_dates_as_danes_write_them_are_understood(aftale, pia):
    for dag in ("{aar}-10-15", "15-10-{aar}", "15.10.{aar}", "15/10/{aar}"):
        noegle = uuid4()
        felter = aktivitetsfelter(fra=dag.format(aar=aftale.skoleaar))
        assert pia.post(til_aktivitet(aftale, noegle), felter).status_code == 302
        assert Aktivitet.objects.get(noegle=noegle).fra.isoformat() == f"{aftale.skoleaar}-10-15"


def test_s15_only_parties_answer_for_an_activity(v, aftale, pia):
    svar = pia.post(til_aktivitet(aftale), aktivitetsfelter(ansvarlige=[v.naboskole.pk]))
    assert svar.context["form"].errors["ansvarlige"]
    sted, felter = til_aktivitet(aftale), aktivitetsfelter(ansvarlige=[v.skole.pk, v.kkfo.pk])
    assert pia.post(sted, felter).status_code == 302
    assert "KKFO Lindely, Lindeskolen" in tekst(pia.get(rod(aftale)))


def test_s11_s12_an_area_that_is_none_of_the_six_is_refused_and_none_is_a_draft(v, aftale, pia):
    for omraader in (["7"], ["0"], ["x"], ["1", "99999999999999999999"]):
        svar = pia.post(til_maal(aftale), maalfelter(omraader=omraader))
        assert svar.context["form"].errors["omraader"]
    assert pia.post(til_maal(aftale), maalfelter(omraader=[])).status_code == 302
    sanne = logget_ind(v.skoleleder)
    assert "Vælg mindst ét af de seks målområder" in tekst(sanne.get(rod(aftale) + "send-til-godkendelse/"))


def test_what_people_write_never_becomes_markup(aftale, pia):
    ondt = '"><script>alert(1)</script><img src=x onerror=y> {{ settings.SECRET_KEY }} [x](javascript:alert(1))'
    pia.post(rod(aftale) + "afsnit/behov/", {"tekst": ondt, "version": "1"})
    maal = uuid4()
    pia.post(til_maal(aftale, maal), maalfelter(titel=ondt, beskrivelse=ondt, realisering=ondt))
    pia.post(f"{til_maal(aftale, maal)}delmaal/{uuid4()}/", delmaalfelter(titel=ondt, beskrivelse=ondt))
    for sted in ("", f"maal/{maal}/", f"maal/{maal}/slet/", "historik/", f"maal/{maal}/delmaal/nyt/"):
        side = pia.get(rod(aftale) + sted).content.decode()
        assert "<script>alert" not in side
        assert "<img src=x" not in side
        assert 'href="javascript' not in side


def test_posts_of_every_shape_never_break_anything(v, aftale):
    """Refused or stored, never a fault: values drawn from what breaks forms."""
    vaerdier = ["", "x", "\x00", "-1", "2" * 400, "🙂" * 50, "\u202eabc", "2027-02-31", "9999999999999999999", "[]"]
    tilfaeldig = random.Random(20)
    sanne = logget_ind(v.skoleleder)
    steder = ["parter/", "afsnit/behov/", "send-til-godkendelse/", "traek-tilbage/", "annuller/", "opret/"]
    steder += [f"parter/{v.skole.slug}/godkend/", f"parter/{v.skole.slug}/kan-ikke-godkende/"]
    felter = ["tekst", "version", "titel", "omraader", "art", "ansvarlige", "fra", "til_og_med", "tegn", "parter"]
    felter += ["tovholder", "udenfor", "begrundelse", "aftryk", "endnu", "beskrivelse", "realisering"]
    for nummer in range(150):
        sted = rod(aftale) + tilfaeldig.choice(steder)
        if nummer % 2:
            sted = tilfaeldig.choice([til_maal(aftale), til_delmaal(aftale), til_aktivitet(aftale)])
            sted += tilfaeldig.choice(["", "", "slet/"])
        data = {felt: tilfaeldig.choices(vaerdier, k=tilfaeldig.randint(0, 3)) for felt in felter}
        assert sanne.post(sted, data).status_code < 500
    assert delmaal_i(byg.frisk(aftale)) is not None
