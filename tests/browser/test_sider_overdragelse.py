"""Ending a role and the hand-over as people meet them: empty, full, refused, changed meanwhile, at both widths."""

import pytest
from playwright.sync_api import expect

from samarbejde import overdragelsespdf, tid
from samarbejde.actions import afslut_rolle, ret_rolle
from samarbejde.models import Overdragelse
from samarbejde.permissions import Rolle
from tests.aftaler import byg
from tests.browser.test_sider import _uden_at_hente_igen
from tests.fabrik import person, rolle
from tests.ressourcecenter.byg import forum, ressourceperson, stedfortraeder

pytestmark = pytest.mark.django_db(transaction=True)
NOTE = (
    "Mødeplanen for Ressourcecentret ligger i mappen «RC 2026».\n\n- Aftal overlevering med KKFO\n- Ring til "
    "fritidscenteret om klubstart\n\nSkriv endelig, hvis noget mangler. " + "Tak for samarbejdet. " * 6
)


def til(tildeling):
    return f"/roller/{tildeling.pk}/afslut/"


def fyldt(v):
    """A teacher who also coordinates and is resource person in three forums."""
    rolle(person("Karla Kollega"), Rolle.MEDARBEJDER, v.skole)
    rolle(v.vejleder, Rolle.KOORDINATOR, v.skole)
    for hvor in (v.skole, v.naboskole, v.klynge):
        ressourceperson(forum(hvor), v.vejleder, v.skole)
    return v.vejleder.rolletildelinger.get(permission__codename="medarbejder")


def test_afslut_en_medarbejder_fra_start_til_overdragelse(besoeg, v):
    job = fyldt(v)
    sanne = besoeg(v.skoleleder)
    sanne.til(til(job), "afslut-medarbejder")
    sanne.skriv(sidste_dag="2019-01-01", note="Ring til 010190-1234.")
    sanne.tryk("Afslut rollen", "afslut-medarbejder-fejl")
    expect(sanne.side.locator(".fejlopsummering")).to_be_focused()
    sanne.skriv(sidste_dag=tid.i_dag().isoformat(), note=NOTE)
    sanne.side.locator("[name=overtager]").select_option(label="Karla Kollega")
    sanne.tryk("Afslut rollen", "overdragelse-medarbejder")
    fundet = Overdragelse.objects.get()
    besoeg(v.vejleder).til(fundet.get_absolute_url(), "overdragelse-den-der-gik")
    besoeg(v.naboskoleleder).til(fundet.get_absolute_url(), "overdragelse-404", status=404)
    sanne.side.route("**/overdragelse.pdf", _uden_at_hente_igen)
    sanne.til(f"{fundet.get_absolute_url()}overdragelse.pdf", "overdragelse-pdf-vent", status=202)
    overdragelsespdf.lav_overdragelse(fundet.pk)
    svar = sanne.side.request.get(f"{sanne.rod}{fundet.get_absolute_url()}overdragelse.pdf")
    assert (svar.status, svar.headers["content-type"]) == (200, "application/pdf")


def test_den_sidste_leder_med_og_uden_efterfoelger(besoeg, v):
    byg.sendt(v)
    stedfortraeder(v.vejleder, v.skole)
    job = v.skoleleder.rolletildelinger.get()
    frida = besoeg(v.forvaltning)
    frida.til(til(job), "afslut-leder")
    frida.tryk("Afslut rollen", "afslut-leder-sidste")
    expect(frida.side.locator(".fejlopsummering")).to_contain_text("er den sidste leder af Lindeskolen")
    frida.side.locator("[name=staar_tom]").check()
    frida.skriv(efterfoelger="naboskoleleder@demo.example")
    frida.tryk("Afslut rollen", "afslut-leder-begge-dele")
    frida.side.locator("[name=staar_tom]").uncheck()
    frida.tryk("Afslut rollen", "overdragelse-leder")
    besoeg(v.naboskoleleder).til(Overdragelse.objects.get().get_absolute_url(), "overdragelse-efterfoelger")


def test_afslut_uden_noget_der_haenger_og_en_post_der_staar_tom(besoeg, v):
    frida = besoeg(v.forvaltning)
    frida.til(til(v.netvaerkskoordinator.rolletildelinger.get()), "afslut-tom")
    frida.side.locator("[name=staar_tom]").check()
    frida.tryk("Afslut rollen", "overdragelse-tom-post")
    frida.til(til(rolle(person("Freja Fremtid"), Rolle.MEDARBEJDER, v.klynge, fra=tid.fra_til_og_med(tid.i_dag()))),
              "afslut-ikke-begyndt")  # fmt: skip
    frida.tryk("Afslut rollen", "overdragelse-annulleret")
    frida.til(til(v.koordinator.rolletildelinger.get()), "afslut-403", status=403)


def test_rollen_aendres_og_slutter_imens(besoeg, v):
    job = fyldt(v)
    sanne = besoeg(v.skoleleder)
    sanne.aabn(til(job))
    ret_rolle(tildeling=job, af=None, gyldig_til=tid.fra_til_og_med(tid.fra_til_og_med(tid.i_dag())))
    sanne.skriv(note=NOTE)
    sanne.tryk("Afslut rollen", "afslut-aendret-imens", status=409)
    expect(sanne.side.locator("[name=note]")).to_have_value(NOTE.strip())
    afslut_rolle(tildeling=job, gyldig_til=tid.i_dag(), af=None)
    sanne.tryk("Afslut rollen", "afslut-slut-imens", status=409)
    expect(sanne.side.locator("main")).to_contain_text("Mødeplanen for Ressourcecentret")
