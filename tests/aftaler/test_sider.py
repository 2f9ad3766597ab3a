"""The pages of the agreement, as people meet them: the whole path, and what each may see and do."""

from datetime import timedelta

import pytest

from aftaler import actions
from aftaler.historik import KLADDESPOR
from aftaler.models import Aftale, Aftalepart, Dokument, Indhold
from aftaler.states import Svar, Tilstand
from aftaler.tasks import vaek_dokumenter
from samarbejde.database import aabent_spor
from samarbejde.models import Haendelse
from samarbejde.permissions import REGLER, Handling, Rolle
from tests.aftaler import byg
from tests.aftaler.sider import (
    aktivitetsfelter,
    delmaalfelter,
    handling_i,
    logget_ind,
    maalfelter,
    rod,
    skjulte,
    tekst,
)
from tests.fabrik import enhed, person, rolle, verden

pytestmark = pytest.mark.django_db


@pytest.fixture
def v():
    return verden()


def test_the_whole_path_from_nothing_to_an_entered_agreement(v):
    """S7, S10, S11, S13, S14, S17: created by the tovholder, written by school and leisure, approved by everyone."""
    sanne, pia = logget_ind(v.skoleleder), logget_ind(v.paedagogiskleder)
    aar = byg.dette_aar()
    opret = f"/aftaler/{v.distrikt.slug}/{aar}/opret/"
    assert opret in sanne.get("/aftaler/").content.decode()
    forslag = sanne.get(opret).context["form"]
    assert set(forslag.initial["parter"]) == {e.pk for e in (v.skole, v.kkfo, v.center, v.boernehus, v.selvejende)}
    assert forslag.initial["tovholder"] == v.skole.pk
    svar = sanne.post(opret, {"tovholder": v.skole.pk, "parter": [e.pk for e in byg.parter(v)]}, follow=True)
    aftale = Aftale.objects.get()
    assert svar.redirect_chain == [(rod(aftale), 302)]
    assert "Aftalen er oprettet som kladde" in tekst(svar)

    svar = pia.post(rod(aftale) + "afsnit/behov/", {"tekst": "Mange børn skifter.", "version": "0"})
    assert svar.url == rod(aftale) + "afsnit/retning/"
    assert sanne.post(svar.url, {"tekst": "Vi vil *mødes*.", "version": "0"}).url == rod(aftale)
    svar = pia.post(handling_i(pia.get(rod(aftale) + "maal/nyt/")), maalfelter(), follow=True)
    assert "Målet er gemt. Skriv nu det første delmål." in tekst(svar)
    svar = pia.post(handling_i(svar), delmaalfelter(), follow=True)
    assert "Delmålet er gemt. Skriv nu den første aktivitet." in tekst(svar)
    felter = aktivitetsfelter(ansvarlige=[v.skole.pk, v.kkfo.pk], fra=f"{aar + 1}-05-03", til_og_med=f"{aar + 1}-05-07")
    svar = pia.post(handling_i(svar), felter, follow=True)
    assert "Aktiviteten er gemt." in tekst(svar)

    gennemse = sanne.get(rod(aftale) + "send-til-godkendelse/")
    assert f"KKFO Lindely, Lindeskolen · 3. maj {aar + 1} – 7. maj {aar + 1}" in tekst(gennemse)
    assert "<em>mødes</em>" in gennemse.content.decode()
    svar = sanne.post(rod(aftale) + "send-til-godkendelse/", follow=True)
    assert "Aftalen er sendt til godkendelse. Parternes ledere får besked." in tekst(svar)
    for part in byg.parter(v):
        leder = logget_ind(byg.leder(v, part))
        sted = f"{rod(aftale)}parter/{part.slug}/godkend/"
        assert sted in leder.get("/").content.decode()
        assert sted in leder.get(rod(aftale)).content.decode()
        side = leder.get(sted)
        assert "Trygge overgange" in tekst(side)
        svar = leder.post(sted, {"aftryk": skjulte(side)["aftryk"]}, follow=True)
    assert "Alle parter har godkendt. Aftalen er indgået." in tekst(svar)
    assert byg.frisk(aftale).tilstand == Tilstand.INDGAAET
    assert "Pia Dahl, pædagogisk leder" in tekst(svar)


# --- who sees what -----------------------------------------------------------------------------------------------


def test_s17_ingen_sender_en_tekst_de_ikke_har_set(v):
    """Another leader saves while the tovholder looks the text through: the new one is shown, and nothing is sent."""
    aftale = byg.kladde(v)
    sanne, sted = logget_ind(v.skoleleder), rod(aftale) + "send-til-godkendelse/"
    set_ = sanne.get(sted).context["rettet"]
    byg.skriv_afsnit(aftale, v.paedagogiskleder, "behov", "Noget andet, mens hun læste.")
    svar = sanne.post(sted, {"rettet": set_})
    assert svar.status_code == 409
    assert "Teksten er rettet, siden du åbnede siden" in tekst(svar)
    assert "Noget andet, mens hun læste." in tekst(svar)
    actions.navngiv_udgave(aftale=byg.frisk(aftale), af=v.paedagogiskleder, navn="Før vi sender")
    assert byg.frisk(aftale).tilstand == Tilstand.KLADDE
    assert sanne.post(sted, {"rettet": svar.context["rettet"]}).status_code == 302
    assert byg.frisk(aftale).tilstand == Tilstand.TIL_GODKENDELSE


def test_s53_a_draft_shows_its_state_to_the_district_and_its_text_to_the_parties(v):
    """Decision 11: parties write in confidence; others see state and dates with an explanation."""
    aftale = byg.kladde(v)
    svar = logget_ind(v.omraadechef).get(rod(aftale))
    assert svar.status_code == 200
    assert "Parterne skriver fortroligt sammen, indtil aftalen er indgået." in tekst(svar)
    for hemmeligt in ("Gode overgange", "Mange børn", "Vi vil mødes", "Besøg i maj"):
        assert hemmeligt not in tekst(svar)
    assert "Gode overgange" in tekst(logget_ind(v.medarbejder).get(rod(aftale)))
    assert logget_ind(v.naboskoleleder).get(rod(aftale)).status_code == 404
    assert logget_ind(v.udenfor).get(rod(aftale)).status_code == 404


def test_s53_a_reason_for_not_approving_is_read_by_those_who_read_the_draft(v):
    aftale = byg.sendt(v)
    logget_ind(v.paedagogiskleder).post(
        f"{rod(aftale)}parter/{v.kkfo.slug}/kan-ikke-godkende/",
        {"aftryk": aftale.indhold_id, "grund": "Klubben mangler."},
    )
    assert "Klubben mangler." in tekst(logget_ind(v.skoleleder).get(rod(aftale)))
    svar = tekst(logget_ind(v.forvaltning).get(rod(aftale)))
    assert "Klubben mangler." not in svar
    assert "kan ikke godkende" not in svar


def test_s1_school_and_leisure_leaders_meet_the_same_forms(v):
    """S1: every address that takes text answers both sides alike."""
    aftale = byg.kladde(v)
    maal = aftale.maal.get()
    delmaal = maal.delmaal.get()
    under = f"maal/{maal.noegle}/delmaal/{delmaal.noegle}/aktivitet/{delmaal.aktiviteter.get().noegle}/"
    felter = {}
    for hvem in (v.skoleleder, v.paedagogiskleder, v.centerleder, v.dagtilbudsleder):
        klient = logget_ind(hvem)
        steder = ["afsnit/behov/", "afsnit/retning/", "maal/nyt/", f"maal/{maal.noegle}/", under]
        svar = [klient.get(rod(aftale) + sted) for sted in steder]
        assert [et.status_code for et in svar] == [200] * 5
        felter[hvem] = [[(navn, felt.disabled) for navn, felt in et.context["form"].fields.items()] for et in svar]
    assert len({str(et) for et in felter.values()}) == 1


@pytest.mark.parametrize("login", ["koordinator", "medarbejder", "klyngeleder", "omraadechef", "forvaltning"])
def test_s9_who_is_no_party_leader_reads_the_rule_when_they_try_to_write(v, login):
    """Refuse: 403 with the rule in one sentence, and nothing is stored."""
    aftale = byg.kladde(v)
    svar = logget_ind(getattr(v, login)).post(rod(aftale) + "afsnit/behov/", {"tekst": "Mit", "version": "1"})
    assert svar.status_code == 403
    assert REGLER[Handling.SKRIV_AFTALE].saetning in tekst(svar)
    assert byg.frisk(aftale).behov == aftale.behov


def test_s17_only_the_tovholder_sends_withdraws_and_annuls(v):
    aftale = byg.kladde(v)
    pia = logget_ind(v.paedagogiskleder)
    for sted, handling in (
        ("send-til-godkendelse/", Handling.SEND_TIL_GODKENDELSE),
        ("traek-tilbage/", Handling.TRAEK_TILBAGE),
        ("annuller/", Handling.ANNULLER_AFTALE),
        ("parter/", Handling.VAELG_PARTER),
    ):
        svar = pia.post(rod(aftale) + sted, {"grund": "Fordi"})
        assert svar.status_code == 403
        assert REGLER[handling].saetning in tekst(svar)
    assert byg.frisk(aftale).tilstand == Tilstand.KLADDE


def test_s17_case_23_nobody_approves_for_a_unit_they_do_not_lead(v):
    aftale = byg.sendt(v)
    for hvem in (v.skoleleder, v.medarbejder, v.centerleder, v.klyngeleder):
        for verbum in ("godkend", "kan-ikke-godkende"):
            sted = f"{rod(aftale)}parter/{v.kkfo.slug}/{verbum}/"
            svar = logget_ind(hvem).post(sted, {"aftryk": aftale.indhold_id, "grund": "Nej"})
            assert svar.status_code == 403
    assert byg.part(aftale, v.kkfo).tilstand == Svar.AFVENTER


# --- the states ----------------------------------------------------------------------------------------------------


def test_s17_approving_twice_is_once_and_an_answer_to_another_text_is_refused(v):
    aftale = byg.sendt(v)
    pia, sted = logget_ind(v.paedagogiskleder), f"{rod(aftale)}parter/{v.kkfo.slug}/godkend/"
    svar = pia.post(sted, {"aftryk": "en-anden-tekst"})
    assert svar.status_code == 409
    assert "Teksten er ændret, siden du åbnede siden. Læs den nye tekst, før du svarer." in tekst(svar)
    for _ in range(3):
        assert pia.post(sted, {"aftryk": aftale.indhold_id}).url == rod(aftale)
    assert byg.part(aftale, v.kkfo).godkendelser.count() == 1
    assert "har godkendt" in tekst(pia.get(sted, follow=True))


def test_a_decline_is_no_dead_end(v):
    """Decision 12: a reason is required, the ball goes to the tovholder, and the same leader can approve later."""
    aftale = byg.sendt(v)
    pia, sted = logget_ind(v.paedagogiskleder), f"{rod(aftale)}parter/{v.kkfo.slug}/kan-ikke-godkende/"
    svar = pia.post(sted, {"aftryk": aftale.indhold_id, "grund": "  "})
    assert svar.status_code == 200
    assert "Skriv en grund." in tekst(svar)
    assert byg.part(aftale, v.kkfo).tilstand == Svar.AFVENTER
    svar = pia.post(sted, {"aftryk": aftale.indhold_id, "grund": "Klubben mangler."}, follow=True)
    assert "Svaret for KKFO Lindely er gemt. Grunden står på aftalens side." in tekst(svar)
    side = logget_ind(v.skoleleder).get(rod(aftale))
    assert "Tag stilling til svaret fra KKFO Lindely: kan ikke godkende endnu" in tekst(side)
    pia.post(f"{rod(aftale)}parter/{v.kkfo.slug}/godkend/", {"aftryk": aftale.indhold_id})
    assert byg.part(aftale, v.kkfo).tilstand == Svar.GODKENDT


def test_s13_s14_case_21_what_is_missing_is_listed_with_the_place_to_write_it(v):
    aftale = byg.tom(v)
    sanne = logget_ind(v.skoleleder)
    side = sanne.get(rod(aftale) + "send-til-godkendelse/")
    assert "Beskriv distriktets behov og udfordringer." in tekst(side)
    assert "Send til godkendelse" not in tekst(side)
    svar = sanne.post(rod(aftale) + "send-til-godkendelse/")
    assert svar.status_code == 409
    for mangel in svar.context["mangler"]:
        assert sanne.get(mangel.adresse).status_code == 200
    assert byg.frisk(aftale).tilstand == Tilstand.KLADDE


def test_s17_what_is_sent_or_entered_cannot_be_opened_for_writing(v):
    aftale = byg.sendt(v)
    svar = logget_ind(v.paedagogiskleder).get(rod(aftale) + "afsnit/behov/", follow=True)
    assert svar.redirect_chain == [(rod(aftale), 302)]
    assert "Teksten er låst" in tekst(svar)
    assert "maal/nyt/" not in svar.content.decode()


def test_s7_an_annulled_agreement_says_why_and_makes_room_for_another(v):
    aftale = byg.kladde(v)
    sanne = logget_ind(v.skoleleder)
    svar = sanne.post(rod(aftale) + "annuller/", {"grund": "Forkerte parter."}, follow=True)
    assert "Aftalen er annulleret." in tekst(svar)
    assert "Dit svar" not in tekst(svar)
    assert "Forkerte parter." in tekst(sanne.get(rod(aftale)))
    opret = f"/aftaler/{v.distrikt.slug}/{aftale.skoleaar}/opret/"
    sanne.post(opret, {"tovholder": v.skole.pk, "parter": [v.skole.pk, v.kkfo.pk]})
    assert Aftale.objects.get(tilstand=Tilstand.KLADDE).nummer == 2
    assert tekst(sanne.get(rod(aftale))).count("Forkerte parter.") == 0


def test_s7_creating_what_exists_leads_to_it(v):
    aftale = byg.kladde(v)
    svar = logget_ind(v.centerleder).get(rod(aftale) + "opret/", follow=True)
    assert svar.redirect_chain == [(rod(aftale), 302)]
    assert f"Der findes allerede en aftale for {aftale}. Her er den." in tekst(svar)
    felter = {"tovholder": v.skole.pk, "parter": [v.skole.pk, v.kkfo.pk]}
    assert logget_ind(v.centerleder).post(rod(aftale) + "opret/", felter).url == rod(aftale)
    assert Aftale.objects.count() == 1


# --- parties -------------------------------------------------------------------------------------------------------


def test_s8_a_unit_from_outside_needs_a_reason(v):
    """S8: soft, allowed with a reason; schools of other districts are not even offered."""
    udefra = enhed("Børnehuset Åen", "daginstitution", i=v.nabodistrikt)
    sanne, opret = logget_ind(v.skoleleder), f"/aftaler/{v.distrikt.slug}/{byg.dette_aar()}/opret/"
    valg = {pk for pk, _ in sanne.get(opret).context["form"].fields["udenfor"].choices if pk}
    assert valg == {udefra.pk}
    felter = {"tovholder": v.skole.pk, "parter": [v.skole.pk, v.kkfo.pk], "udenfor": udefra.pk}
    svar = sanne.post(opret, felter)
    assert "Skriv, hvorfor enheden er part uden at høre til distriktet." in tekst(svar)
    assert not Aftale.objects.exists()
    sanne.post(opret, {**felter, "begrundelse": "Mange af børnene kommer derfra."})
    assert Aftalepart.objects.get(enhed=udefra).begrundelse == "Mange af børnene kommer derfra."


def test_d1_the_tovholder_is_one_of_the_districts_own_folkeskoler(v):
    privat = enhed("Lindens Friskole", i=v.distrikt, ejerform="privat")
    sanne, opret = logget_ind(v.skoleleder), f"/aftaler/{v.distrikt.slug}/{byg.dette_aar()}/opret/"
    for forkert in (privat, v.naboskole, v.kkfo):
        svar = sanne.post(opret, {"tovholder": forkert.pk, "parter": [v.skole.pk, v.kkfo.pk]})
        assert "Tovholderen skal være en af distriktets egne folkeskoler. Vælg igen." in tekst(svar)
    assert not Aftale.objects.exists()


def test_s8_parties_are_changed_by_the_tovholder_while_it_is_a_draft(v):
    aftale = byg.kladde(v)
    sanne, sted = logget_ind(v.skoleleder), rod(aftale) + "parter/"
    felter = {"tovholder": v.skole.pk, "parter": [v.skole.pk, v.kkfo.pk, v.selvejende.pk]}
    assert sanne.post(sted, felter).url == rod(aftale)
    assert set(aftale.parter.values_list("enhed", flat=True)) == {v.skole.pk, v.kkfo.pk, v.selvejende.pk}
    aktivitet = aftale.maal.get().delmaal.get().aktiviteter.get()
    aktivitet.ansvarlige.set([v.kkfo])
    svar = sanne.post(sted, {**felter, "parter": [v.skole.pk]})
    assert "er ansvarlig for aktiviteten «Besøg i maj». Vælg en anden ansvarlig, før parten tages ud." in tekst(svar)


def test_s17_a_party_that_once_approved_stays_and_the_refusal_says_the_way_out(v):
    aftale = byg.sendt(v)
    byg.godkend(aftale, v.boernehus, v.dagtilbudsleder)
    sanne = logget_ind(v.skoleleder)
    sanne.post(rod(aftale) + "traek-tilbage/")
    felter = {"tovholder": v.skole.pk, "parter": [v.skole.pk, v.kkfo.pk]}
    svar = tekst(sanne.post(rod(aftale) + "parter/", felter))
    assert "Børnehuset Solsikken har godkendt en tidligere tekst" in svar
    assert "Ellers må aftalen annulleres og oprettes igen." in svar
    assert aftale.parter.count() == 4


# --- the document, the history, the addresses --------------------------------------------------------------------


def test_the_pdf_says_where_it_is_and_is_served_as_stored(v):
    aftale = byg.sendt(v)
    sanne = logget_ind(v.skoleleder)
    assert "PDF’en laves, når alle parter har godkendt" in tekst(sanne.get(rod(aftale) + "aftale.pdf"))
    for part in byg.parter(v):
        byg.godkend(aftale, part, byg.leder(v, part))
    svar = sanne.get(rod(aftale) + "aftale.pdf")
    assert (svar.status_code, svar["Refresh"]) == (202, "5")
    assert "PDF’en laves nu." in tekst(sanne.get(rod(aftale)))
    faerdig = {"tilstand": "klar", "pdf": b"%PDF-1.7 proeve", "sha256": "ab" * 32, "lavet_den": aftale.tilstand_siden}
    Dokument.objects.update(**faerdig)
    assert "Hent aftalen som PDF" in tekst(sanne.get(rod(aftale)))
    svar = sanne.get(rod(aftale) + "aftale.pdf")
    assert (svar.content, svar["Content-Type"]) == (b"%PDF-1.7 proeve", "application/pdf")
    navn = f"samarbejdsaftale-{v.distrikt.slug}-{aftale.skoleaar}.pdf"
    assert svar["Content-Disposition"] == f'inline; filename="{navn}"'
    igen = sanne.get(rod(aftale) + "aftale.pdf", headers={"if-none-match": svar["ETag"]})
    assert (igen.status_code, igen.content) == (304, b"")
    assert logget_ind(v.naboskoleleder).get(rod(aftale) + "aftale.pdf").status_code == 404
    with aabent_spor():  # one that is made stays as it is
        Dokument.objects.update(tilstand="fejlet")
    assert "PDF’en kunne ikke laves" in tekst(sanne.get(rod(aftale)))
    svar = sanne.get(rod(aftale) + "aftale.pdf")
    assert (svar.status_code, "Refresh" in svar) == (404, False)


def test_s55_the_history_is_for_those_who_read_the_text_and_has_pages(v):
    aftale = byg.kladde(v)
    for nummer in range(60):
        byg.skriv_afsnit(aftale, v.skoleleder, "behov", f"Tekst {nummer}")
    sanne = logget_ind(v.skoleleder)
    side = sanne.get(rod(aftale) + "historik/")
    assert len(side.context["haendelser"]) == 50
    aeldre = sanne.get(f"{rod(aftale)}historik/?foer={side.context['videre_fra']}")
    i_alt = Haendelse.objects.filter(rod_art__in=["aftale", KLADDESPOR], rod_id=aftale.pk).count()
    assert len(aeldre.context["haendelser"]) == i_alt - 50
    assert sanne.get(rod(aftale) + "historik/?foer=x%27").status_code == 200
    assert logget_ind(v.forvaltning).get(rod(aftale) + "historik/").status_code == 403


@pytest.mark.parametrize("aar", ["1", "0001", "99999", "2011", "2201", "９９９９"])
def test_a_year_that_is_none_is_an_address_that_does_not_exist(v, aar):
    for sted in ("", "opret/", "aftale.pdf", "maal/nyt/"):
        assert logget_ind(v.skoleleder).get(f"/aftaler/{v.distrikt.slug}/{aar}/{sted}").status_code == 404


def test_a_year_that_is_not_open_says_which_are(v):
    svar = logget_ind(v.skoleleder).get(f"/aftaler/{v.distrikt.slug}/2199/opret/")
    assert "Det skoleår er ikke åbent" in tekst(svar)
    felter = {"tovholder": v.skole.pk, "parter": [v.skole.pk, v.kkfo.pk]}
    svar = logget_ind(v.skoleleder).post(f"/aftaler/{v.distrikt.slug}/2199/opret/", felter)
    assert svar.status_code == 200
    assert not Aftale.objects.exists()


def test_foreign_keys_in_an_address_are_404(v):
    """S53: a goal of another agreement is not there, whoever asks."""
    aftale = byg.kladde(v)
    anden = byg.kladde(
        v, distrikt=v.nabodistrikt, tovholder=v.naboskole, enheder=[v.naboskole, v.center], af=v.naboskoleleder
    )
    fremmed = anden.maal.get()
    sanne = logget_ind(v.skoleleder)
    for sted in ("", "slet/", "delmaal/nyt/", f"delmaal/{fremmed.delmaal.get().noegle}/"):
        assert sanne.get(f"{rod(aftale)}maal/{fremmed.noegle}/{sted}").status_code == 404
    assert sanne.post(f"{rod(aftale)}maal/{fremmed.noegle}/slet/", {"version": "1"}).url == rod(aftale)
    assert anden.maal.count() == 1
    assert sanne.get(f"{rod(aftale)}parter/{v.naboskole.slug}/godkend/").status_code == 404


def test_two_leaders_of_one_unit_and_a_leader_of_two_units(v):
    """S17: one signs once for each party, named case 27."""
    rolle(v.paedagogiskleder, Rolle.DAGTILBUDSLEDER, v.selvejende)
    aftale = byg.sendt(v, enheder=[v.skole, v.kkfo, v.selvejende])
    side = tekst(logget_ind(v.paedagogiskleder).get(rod(aftale)))
    assert "Godkend for KKFO Lindely" in side
    assert "Godkend for Børnehuset Månen" in side
    pia = logget_ind(v.paedagogiskleder)
    pia.post(f"{rod(aftale)}parter/{v.kkfo.slug}/godkend/", {"aftryk": aftale.indhold_id})
    assert byg.part(aftale, v.selvejende).tilstand == Svar.AFVENTER
    assert Indhold.objects.count() == 1


def test_s54_a_person_whose_role_has_ended_is_a_stranger(v):
    tidligere = person("Tina Tidligere")
    rolle(tidligere, Rolle.FRITIDSLEDER, v.kkfo, til=byg.tid.i_dag())
    aftale = byg.kladde(v)
    assert logget_ind(tidligere).get(rod(aftale)).status_code == 404
    assert "Aftaler" not in tekst(logget_ind(tidligere).get("/"))


# --- what other pages show of agreements ---------------------------------------------------------------------------


def test_the_menu_the_district_and_the_overview_lead_to_the_agreement(v):
    adresse = f"/aftaler/{v.distrikt.slug}/{byg.dette_aar()}/"
    distriktsside = f"/distrikter/{v.distrikt.slug}/"
    assert adresse + "opret/" in logget_ind(v.paedagogiskleder).get(distriktsside).content.decode()
    assert adresse + "opret/" not in logget_ind(v.omraadechef).get(distriktsside).content.decode()
    aftale = byg.sendt(v)
    side = logget_ind(v.omraadechef).get(distriktsside)
    assert f'href="{rod(aftale)}"' in side.content.decode()
    assert "til godkendelse" in tekst(side)
    assert f'href="{rod(aftale)}"' in logget_ind(v.forvaltning).get("/forvaltning/").content.decode()
    for hvem, ses in ((v.medarbejder, True), (v.klyngeleder, True), (v.administrator, False), (v.udenfor, False)):
        assert ('href="/aftaler/"' in logget_ind(hvem).get("/").content.decode()) is ses


def test_an_ordered_document_is_woken_until_it_is_made(v):
    byg.indgaaet(v)
    nu = byg.tid.nu()
    assert vaek_dokumenter(nu) == 1
    Dokument.objects.update(naeste_forsoeg_den=nu + timedelta(minutes=2))
    assert vaek_dokumenter(nu) == 0
    assert vaek_dokumenter(nu + timedelta(minutes=3)) == 1
    Dokument.objects.update(tilstand="fejlet")
    assert vaek_dokumenter(nu + timedelta(minutes=3)) == 0


def test_decision_11_the_words_on_the_way_stay_the_parties_own_when_it_is_entered(v):
    """The text opens to the district; what was written, struck out and declined before it does not."""
    aftale = byg.sendt(v)
    grund = "Vi mangler et mål om klubben."
    hvad = {"part": byg.part(aftale, v.kkfo), "aftryk": byg.frisk(aftale).indhold_id, "grund": grund}
    actions.kan_ikke_godkende(af=v.paedagogiskleder, **hvad)
    actions.traek_tilbage(aftale=byg.frisk(aftale), af=v.skoleleder)
    byg.skriv_afsnit(aftale, v.skoleleder, "behov", "En anden begyndelse.")
    byg.send(aftale, v.skoleleder)
    for part in byg.parter(v):
        byg.godkend(aftale, part, byg.leder(v, part))
    for sted in (rod(aftale) + "historik/", "/haendelser/"):
        udefra, indefra = (tekst(logget_ind(hvem).get(sted)) for hvem in (v.forvaltning, v.medarbejder))
        assert "Aftalen er indgået" in udefra
        assert "Mange børn skifter" not in udefra
        assert grund not in udefra
        assert "Mange børn skifter" in indefra
        assert grund in indefra
