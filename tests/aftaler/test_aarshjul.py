"""The dates of the agreement's year are data (D3, decision 14): default, forvaltning's own, the picture of them."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aftaler.aarsbillede import aarsbillede
from aftaler.aarshjul import DATOER, aabne_skoleaar, aarshjul, glem_aarshjul, standard
from aftaler.aarshjulsdatoer import Aarshjulsdatoer
from aftaler.actions import ret_aarshjul
from samarbejde import tid
from samarbejde.models import Haendelse
from samarbejde.permissions import IkkeTilladtError
from tests.aftaler import byg
from tests.aftaler.sider import logget_ind, tekst
from tests.fabrik import verden

pytestmark = pytest.mark.django_db
AAR = 2026


@pytest.fixture
def v():
    v = verden()
    yield v
    glem_aarshjul()


def ret(v, *, version=0, af=None, **datoer):
    return ret_aarshjul(skoleaar=AAR, version=version, af=af or v.forvaltning, **{**standard(AAR), **datoer})


def felter(version=0, **datoer):
    return {"version": version, **{navn: str(dag) for navn, dag in {**standard(AAR), **datoer}.items()}}


def test_the_default_holds_until_forvaltning_says_otherwise_and_only_for_that_year(v):
    assert aarshjul(AAR).frist == date(2026, 9, 15)
    ret(v, frist=date(2026, 10, 1))
    assert aarshjul(AAR).frist == aarshjul(AAR - 1).naeste_frist == date(2026, 10, 1)
    assert aarshjul(AAR + 1).frist == date(2027, 9, 15)
    with byg.i_aaret(AAR):
        sted = byg.kladde(v).get_absolute_url()
        assert "1. oktober 2026" in tekst(logget_ind(v.forvaltning).get(sted))


def test_the_next_year_opens_on_the_day_that_is_set(v):
    assert aabne_skoleaar(date(2026, 3, 1)) == [2025, 2026]
    ret(v, kladde_aabner=date(2026, 4, 1))
    assert aabne_skoleaar(date(2026, 3, 31)) == [2025]
    assert aabne_skoleaar(date(2026, 4, 1)) == [2025, 2026]


def test_nobody_but_forvaltning_sets_the_dates(v):
    for hvem in (v.skoleleder, v.klyngeleder, v.omraadechef, v.administrator, v.udenfor):
        with pytest.raises(IkkeTilladtError):
            ret(v, af=hvem, frist=date(2026, 10, 1))
        assert logget_ind(hvem).get(f"/aftaler/aarshjul/{AAR}/ret/").status_code == 403
        assert "Ret datoerne" not in tekst(logget_ind(hvem).get("/aftaler/aarshjul/"))
    assert not Aarshjulsdatoer.objects.exists()


@pytest.mark.parametrize(
    ("datoer", "felt"),
    [
        ({"frist": date(2026, 3, 1)}, "frist"),
        ({"midtvejs": date(2026, 9, 1)}, "midtvejs"),
        ({"evaluering": date(2027, 8, 1)}, "evaluering"),
        ({"kladde_aabner": date(2025, 7, 31)}, "kladde_aabner"),
        ({"frist": date(2026, 7, 31)}, "frist"),
    ],
)
def test_dates_out_of_order_or_out_of_the_year_are_refused_at_the_field(v, datoer, felt):
    with pytest.raises(ValidationError) as fejl:
        ret(v, **datoer)
    assert set(fejl.value.message_dict) == {felt}
    svar = logget_ind(v.forvaltning).post(f"/aftaler/aarshjul/{AAR}/ret/", felter(**datoer))
    assert fejl.value.message_dict[felt][0] in tekst(svar)
    assert not Aarshjulsdatoer.objects.exists()


def test_a_stale_form_is_refused_with_what_holds_and_the_same_form_twice_is_once(v):
    frida, sted = logget_ind(v.forvaltning), f"/aftaler/aarshjul/{AAR}/ret/"
    ny = felter(frist=date(2026, 10, 1))
    assert frida.post(sted, ny).status_code == frida.post(sted, ny).status_code == 302
    assert Haendelse.objects.filter(navn="ret_aarshjul").count() == 1
    svar = tekst(frida.post(sted, felter(frist=date(2026, 11, 1))))
    assert "En anden har rettet datoerne" in svar
    assert "1. oktober 2026" in svar
    assert frida.post(sted, felter(version=1, frist=date(2026, 11, 1))).status_code == 302
    assert aarshjul(AAR).frist == date(2026, 11, 1)
    assert "Datoerne i årshjulet for 2026/27 er rettet." in tekst(logget_ind(v.skoleleder).get("/haendelser/"))


def test_saving_the_default_unchanged_keeps_nothing(v):
    ret(v)
    assert not Aarshjulsdatoer.objects.exists()
    assert not Haendelse.objects.filter(navn="ret_aarshjul").exists()


def test_the_picture_says_where_we_are_and_asks_nothing(v):
    with tid.frys(datetime(2026, 11, 26, 10, tzinfo=UTC)), CaptureQueriesContext(connection) as spurgt:
        nu, naeste = aarsbillede(2026), aarsbillede(2027)
    assert len(spurgt) == 0
    assert "her er vi" in nu.tegning
    assert "her er vi" not in naeste.tegning
    assert [punkt.er_forbi for punkt in nu.punkter] == [True, True, False, False, False]
    assert [punkt.navn for punkt in nu.punkter if punkt.er_naeste] == ["Midtvejsstatus"]
    assert len(nu.punkter) == len(DATOER) + 1


def test_the_page_and_the_district_show_the_year_to_everybody_there(v):
    assert "her er vi" in tekst(logget_ind(v.medarbejder).get("/aftaler/aarshjul/"))
    assert "her er vi" in tekst(logget_ind(v.medarbejder).get(v.distrikt.get_absolute_url()))
    assert "Ret datoerne" in tekst(logget_ind(v.forvaltning).get("/aftaler/aarshjul/"))
