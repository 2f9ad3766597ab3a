"""Login, logout and passwords: django-allauth's views, only those in use, wrapped in our guard."""

import time

from allauth.account import views as allauth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from samarbejde.adgang import for_alle, for_alle_indloggede

# A known account costs a token and a row in the outbox. The answer waits until nobody can tell.
LAENGDE_AF_SVAR = 0.3

log_ind = for_alle(allauth.login)
log_ud = for_alle(allauth.logout)
glemt_kode_sendt = for_alle(allauth.password_reset_done)
ny_kode = for_alle(allauth.password_reset_from_key)
ny_kode_faerdig = for_alle(allauth.password_reset_from_key_done)


@for_alle
def glemt_kode(request: HttpRequest) -> HttpResponse:
    begyndt = time.monotonic()
    svar = allauth.password_reset(request)
    if request.method == "POST":
        time.sleep(max(0.0, LAENGDE_AF_SVAR - (time.monotonic() - begyndt)))
    return svar


@for_alle_indloggede
def skift_kode(request: HttpRequest) -> HttpResponse:
    if not request.user.has_usable_password():
        return redirect("account_reset_password")
    return allauth.password_change(request)


@for_alle_indloggede
def log_ind_igen(request: HttpRequest) -> HttpResponse:
    if not request.user.has_usable_password():
        return redirect("account_reset_password")
    return allauth.reauthenticate(request)
