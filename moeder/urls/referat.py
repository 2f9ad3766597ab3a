from django.urls import path

from moeder.views import afholdelse, opgaver, referat, udsendelse_referat

OPGAVER = [
    path("opgaver/", opgaver.opgaver, name="opgaver"),
    path("opgaver/<int:opgave>/", opgaver.opgave, name="opgave"),
    path("opgaver/<int:opgave>/foelg-op/", opgaver.foelg_op, name="foelg_op"),
]
REFERAT = [
    path("referat/", referat.skriv_referat, name="skriv_referat"),
    path("referat/begynd/", afholdelse.hold, name="hold_moede"),
    path("referat/blev-ikke-holdt/", afholdelse.blev_ikke_holdt, name="blev_ikke_holdt"),
    path("referat/fremmoede/", afholdelse.noter_fremmoede, name="noter_fremmoede"),
    path("referat/referent/", afholdelse.vaelg_referent, name="vaelg_referent"),
    path("referat/punkt/<uuid:punkt>/", referat.skriv_udfald, name="skriv_udfald"),
    path("referat/punkt/<uuid:punkt>/behandlet/", referat.marker_behandlet, name="marker_behandlet"),
    path("referat/punkt/<uuid:punkt>/hoert/", referat.marker_hoert, name="marker_hoert"),
    path("referat/punkt/<uuid:punkt>/opgave/", opgaver.opret_opgave, name="opret_opgave"),
    path("referat/punkt/<uuid:punkt>/bemaerk/", udsendelse_referat.bemaerk_referat, name="bemaerk_referat"),
    path("referat/laes/", referat.laes, name="laes_referat"),
    path("referat/skaerm/", referat.vis_paa_skaerm, name="vis_paa_skaerm"),
    path("referat/send/", udsendelse_referat.send, name="send_referat"),
    path("referat/skriv-videre/", udsendelse_referat.skriv_videre, name="skriv_videre"),
    path("referat/luk/", udsendelse_referat.luk, name="luk_referat"),
    path("referat/berigtig/", udsendelse_referat.berigtig, name="berigtig"),
    path("referat/uddrag/<slug:enhed>/", referat.uddrag, name="uddrag"),
]
