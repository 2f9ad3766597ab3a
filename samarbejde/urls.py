"""The site's addresses. Nouns for pages; an imperative verb last, named like its Handling, for what is posted."""

from django.urls import include, path, re_path

from samarbejde.views import drift, eksport, gemt, konto, mig, organisation, overdragelse, personale, post, soeg, start

handler400 = "samarbejde.views.fejl.ubrugelig"
handler403 = "samarbejde.views.fejl.ingen_adgang"
handler404 = "samarbejde.views.fejl.findes_ikke"
handler429 = "samarbejde.views.fejl.for_mange_forsoeg"
handler500 = "samarbejde.views.fejl.noget_gik_galt"

urlpatterns = [
    path("", start.start, name="start"),
    path("enheder/<slug:slug>/", organisation.enhed, name="enhed"),
    path("enheder/<slug:slug>/medarbejdere/", personale.medarbejdere, name="medarbejdere"),
    path("enheder/<slug:slug>/medarbejdere/registrer/", personale.registrer_medarbejder, name="registrer_medarbejder"),
    path("enheder/<slug:slug>/medarbejdere/<int:pk>/ret/", personale.ret_medarbejder, name="ret_medarbejder"),
    path("enheder/<slug:slug>/medarbejdere/<int:pk>/inviter/", personale.inviter, name="inviter"),
    path("enheder/<slug:slug>/leder/udpeg/", personale.udpeg_leder, name="udpeg_leder"),
    path("enheder/<slug:slug>/stedfortraeder/", personale.naevn_stedfortraeder, name="naevn_stedfortraeder"),
    path("mine-roller/", mig.mine_roller, name="mine_roller"),
    path("invitation/<str:token>/", mig.invitation, name="invitation"),
    path("distrikter/<slug:slug>/", organisation.distrikt, name="distrikt"),
    path("forvaltning/", organisation.forvaltning, name="forvaltning"),
    path("forvaltning/eksport/", eksport.eksport, name="eksport"),
    path("roller/<int:pk>/afslut/", overdragelse.afslut_rolle, name="afslut_rolle"),
    path("overdragelser/<int:pk>/", overdragelse.overdragelse, name="overdragelse"),
    path("overdragelser/<int:pk>/overdragelse.pdf", overdragelse.overdragelse_pdf, name="overdragelse_pdf"),
    path("soeg/", soeg.soeg, name="soeg"),
    path("haendelser/", start.haendelser, name="haendelser"),
    path("hjaelp/hvem-maa-hvad/", start.hvem_maa_hvad, name="hvem_maa_hvad"),
    path("samarbejdsmodellen/", organisation.samarbejdsmodellen, name="samarbejdsmodellen"),
    path("post/", post.min_post, name="post"),
    path("post/vaelg/", post.vaelg_post, name="vaelg_post"),
    path("post/alle/", post.al_post, name="al_post"),
    path("post/<int:pk>/gensend/", post.gensend, name="gensend_besked"),
    path("gemt/<str:noegle>/", gemt.vis_gemt, name="gemt"),
    # --- account: django-allauth's names -------------------------------------------------------------------------
    path("log-ind/", konto.log_ind, name="account_login"),
    path("log-ind/igen/", konto.log_ind_igen, name="account_reauthenticate"),
    path("log-ud/", konto.log_ud, name="account_logout"),
    path("adgangskode/glemt/", konto.glemt_kode, name="account_reset_password"),
    path("adgangskode/glemt/sendt/", konto.glemt_kode_sendt, name="account_reset_password_done"),
    path("adgangskode/ny/faerdig/", konto.ny_kode_faerdig, name="account_reset_password_from_key_done"),
    re_path(
        r"^adgangskode/ny/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        konto.ny_kode,
        name="account_reset_password_from_key",
    ),
    path("konto/adgangskode/", konto.skift_kode, name="account_change_password"),
    # --- public, without a word about anybody --------------------------------------------------------------------
    path("tilgaengelighed/", drift.tilgaengelighed, name="tilgaengelighed"),
    path("was", drift.was, name="was"),
    path(".well-known/security.txt", drift.security_txt, name="security_txt"),
    path("healthz", drift.healthz, name="healthz"),
    path("readyz", drift.readyz, name="readyz"),
]
urlpatterns += [
    path("", include("ressourcecenter.urls")),
    path("aftaler/", include("aftaler.urls")),
    path("verificer/", include("aftaler.verificerurls")),
    path("", include("moeder.urls")),
]
