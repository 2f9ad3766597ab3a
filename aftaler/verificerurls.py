"""/verificer/: public, and printed on paper as a QR, so these addresses never change."""

from django.urls import path

from aftaler.views import verificer

urlpatterns = [
    path("", verificer.verificer, name="verificer"),
    path("<str:kode>/", verificer.verificer_kode, name="verificer_kode"),
]
