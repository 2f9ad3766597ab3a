"""One's own start page and list in each role, and one's own password: judged like every other page."""

import pytest
from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from playwright.sync_api import expect

from tests.aftaler import byg
from tests.fabrik import ADGANGSKODE

pytestmark = pytest.mark.django_db(transaction=True)
NY_KODE = "blomster i vindueskarmen"


@pytest.mark.parametrize(
    "login", ["koordinator", "netvaerkskoordinator", "omraadechef", "forvaltning", "administrator"]
)
def test_forsiden_og_listen_for_dem_der_foelger_med(besoeg, v, login):
    byg.sendt(v)
    sider = besoeg(getattr(v, login))
    sider.til("/", f"start-{login}")
    sider.til("/aftaler/", f"aftaler-{login}")


def test_en_ny_adgangskode_fra_linket_i_mailen(besoeg, v):
    noegle = PasswordResetTokenGenerator().make_token(v.skoleleder)
    ingen = besoeg(None)
    ingen.aabn(f"/adgangskode/ny/{user_pk_to_url_str(v.skoleleder)}-{noegle}/")
    ingen.doem("ny-kode")
    ingen.skriv(password1="kort", password2="kort")
    ingen.tryk("Gem adgangskoden", "ny-kode-for-kort")
    expect(ingen.side.locator(".fejlopsummering")).to_be_focused()
    ingen.skriv(password1=NY_KODE, password2=NY_KODE)
    ingen.tryk("Gem adgangskoden", "ny-kode-gemt")
    expect(ingen.side.get_by_role("heading", level=1)).to_have_text("Adgangskoden er gemt")
    v.skoleleder.refresh_from_db()
    assert v.skoleleder.check_password(NY_KODE)


def test_skift_af_adgangskode_siger_hvad_der_er_galt(besoeg, v):
    sanne = besoeg(v.skoleleder)
    sanne.aabn("/konto/adgangskode/")
    sanne.skriv(oldpassword="forkert", password1=NY_KODE, password2="noget helt andet")
    sanne.tryk("Gem adgangskoden", "skift-kode-fejl")
    expect(sanne.side.locator(".fejlopsummering li")).to_have_count(2)
    sanne.skriv(oldpassword=ADGANGSKODE, password1=NY_KODE, password2=NY_KODE)
    sanne.tryk("Gem adgangskoden", "skift-kode-gemt")
    v.skoleleder.refresh_from_db()
    assert v.skoleleder.check_password(NY_KODE)
