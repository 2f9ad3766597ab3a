"""The figure of the samarbejdsmodel: all of the model is in it, it tells the truth, and nobody is shamed by it
(S51, S52, S58; named case 34).
"""

import re
from cProfile import Profile
from pstats import Stats
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string

from samarbejde import figurtegning, stik, tid
from samarbejde.actions import afslut_rolle
from samarbejde.figur import AKTOERER, FORA, KAN_NOEGLER, KANTER, figur
from samarbejde.figurlayout import LAYOUTS
from samarbejde.kilder import KILDER
from samarbejde.models import Enhed, Skoledistrikt
from samarbejde.permissions import Rolle
from samarbejde.stik import Figurstatus
from tests.aftaler import byg
from tests.fabrik import distrikt, enhed, person, rolle, verden

pytestmark = pytest.mark.django_db
SKAL, KAN = "skal", "kan"
# The model, written again by hand: what meets in what, and for whom it is a duty.
NAVNE = {
    "skole": "Skole",
    "fritid": "Fritidsinstitutioner og -centre",
    "dagtilbud": "0-6 års daginstitutioner",
    "staerkt_samarbejde": "Stærkt samarbejde",
    "ressourcecenter": "Ressourcecenter/Pædagogisk Læringscenter",
    "ressourceteam": "Ressourceteam",
    "tematisk": "Ressourceteam/Ressourcecenter",
}
MODELLEN = {
    ("skole", "staerkt_samarbejde"): SKAL,
    ("fritid", "staerkt_samarbejde"): SKAL,
    ("dagtilbud", "staerkt_samarbejde"): SKAL,
    ("skole", "ressourcecenter"): SKAL,
    ("fritid", "ressourcecenter"): SKAL,
    ("dagtilbud", "ressourceteam"): SKAL,
    ("fritid", "ressourceteam"): KAN,
    ("skole", "tematisk"): KAN,
    ("fritid", "tematisk"): KAN,
    ("dagtilbud", "tematisk"): KAN,
}
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def v():
    return verden()


@pytest.fixture
def sagt(monkeypatch):
    """What one plug says, and no other: `sagt["ressourceteam"] = Figurstatus(…)`."""
    svar = {}
    monkeypatch.setattr(stik.figurstatus, "_plugs", {"proeve": lambda distrikt, person: svar})
    return svar


def svg(en_figur):
    """The drawings as XML, the wide one first: well-formed, or this fails."""
    return list(ElementTree.fromstring(f"<begge>{figurtegning.svg(en_figur)}</begge>"))


def hele(en_figur):
    """The figure and its table as a page has them."""
    return render_to_string("samarbejde/_figur.html", {"figur": en_figur, "tegning": figurtegning.svg(en_figur)})


def side(klient, hvem, adresse, status=200):
    klient.force_login(hvem)
    svar = klient.get(adresse)
    assert svar.status_code == status, f"{hvem} på {adresse}"
    return svar.content.decode()


def figuren(tekst):
    return re.search(r'<figure class="figur samarbejdsmodel">.*?</figure>', tekst, re.S)[0]


def tabellen(tekst):
    return re.search(r"Vis figuren som tabel</summary>.*?</details>", tekst, re.S)[0]


# --- all of the model ------------------------------------------------------------------------------------------------
def test_s51_the_data_are_the_model():
    assert {noegle: ting.navn for noegle, ting in (AKTOERER | FORA).items()} == NAVNE
    assert {(aktoer, forum): opgave for aktoer, forum, opgave in KANTER.values()} == MODELLEN
    assert {noegle: forum.opgave for noegle, forum in FORA.items()} == {
        "staerkt_samarbejde": SKAL, "ressourcecenter": SKAL, "ressourceteam": SKAL, "tematisk": KAN,
    }  # fmt: skip


@pytest.mark.parametrize("nummer", [0, 1], ids=["wide", "phone"])
def test_s51_every_node_is_drawn_with_its_name_and_duty_in_words(sagt, v, nummer):
    tegning = svg(figur(None, v.skoleleder))[nummer]
    tekst = " ".join(t.text for t in tegning.iter(f"{SVG}text"))
    for navn in NAVNE.values():
        ord_ = navn.replace("/", "/ ").replace("dag", "dag-? ?").replace("Fritids", "Fritids-? ?")
        assert re.search(ord_.replace("Ressource", "Ressource-? ?").replace(" ", " ?"), tekst), navn
    assert tekst.count("Skal-opgave") == 3 + 1  # three forums and the explanation of the lines
    assert tekst.count("Kan-opgave") == 1 + 1


@pytest.mark.parametrize("nummer", [0, 1], ids=["wide", "phone"])
def test_s51_every_edge_is_a_line_whole_or_broken_and_a_word(sagt, v, nummer):
    tegning, layout = svg(figur(None, v.skoleleder))[nummer], LAYOUTS[nummer]
    streger = {p.get("d"): p.get("stroke-dasharray") for p in tegning.iter(f"{SVG}path") if p.get("class") == "streg-1"}
    maerker = {
        g.get("transform"): (g.find(f"{SVG}text").text, g.find(f"{SVG}rect").get("stroke-dasharray"))
        for g in tegning.iter(f"{SVG}g")
        if g.get("transform")
    }
    assert len(maerker) == len(MODELLEN)
    for (aktoer, forum), opgave in MODELLEN.items():
        s = layout.streger[f"{aktoer}-{forum}"]
        ord_, prikker = maerker[f"translate({s.maerke_x} {s.maerke_y})"]
        assert ord_ == opgave.capitalize()
        assert bool(prikker) == bool(streger[f"M{s.x} {s.fra}V{s.til}"]) == (opgave == KAN)


@pytest.mark.parametrize("layout", LAYOUTS, ids=["wide", "phone"])
def test_an_edge_begins_at_its_actor_ends_at_its_forum_and_crosses_nothing(layout):
    assert set(layout.kasser) == set(NAVNE)
    assert set(layout.streger) == {f"{aktoer}-{forum}" for aktoer, forum in MODELLEN}
    for aktoer, forum in MODELLEN:
        streg = layout.streger[f"{aktoer}-{forum}"]
        oeverst, nederst = sorted((layout.kasser[aktoer], layout.kasser[forum]), key=lambda kasse: kasse.y)
        assert (streg.fra, streg.til) == (oeverst.y + oeverst.hoejde, nederst.y)
        for kasse in (oeverst, nederst):
            assert kasse.x < streg.x < kasse.x + kasse.bredde
        for noegle, kasse in layout.kasser.items():
            i_vejen = kasse.x < streg.x < kasse.x + kasse.bredde and streg.fra < kasse.y < streg.til
            assert not i_vejen, f"{aktoer}-{forum} går gennem {noegle}"


def test_s51_the_table_says_every_node_and_every_edge(sagt, v):
    tekst = render_to_string("samarbejde/_figurtabel.html", {"figur": figur(None, v.skoleleder)})
    for navn in NAVNE.values():
        assert f">{navn}<" in tekst.replace("<wbr>", "")
    for noegle, forum in FORA.items():
        raekke = re.search(rf'<th scope="row">{forum.navn}<.*?</tr>', tekst.replace("<wbr>", ""), re.S)[0]
        for aktoer, navn in list(NAVNE.items())[:3]:
            opgave = MODELLEN.get((aktoer, noegle))
            assert (f"<p>{navn}: {opgave}-opgave</p>" in raekke) == bool(opgave)


def test_s51_the_drawing_has_a_title_and_says_the_whole_model_in_words(sagt, v):
    for tegning in svg(figur(None, v.skoleleder)):
        titel, om = tegning.find(f"{SVG}title"), tegning.find(f"{SVG}desc")
        assert (tegning.get("aria-labelledby"), tegning.get("aria-describedby")) == (titel.get("id"), om.get("id"))
        assert titel.text == "Samarbejdsmodellen"
        for (aktoer, forum), opgave in MODELLEN.items():
            assert re.search(rf"{NAVNE[forum]} \([^.]*{NAVNE[aktoer]} \({opgave}-opgave\)", om.text)
    ids = [ting.get("id") for tegning in svg(figur(None, v.skoleleder)) for ting in tegning.iter() if ting.get("id")]
    assert len(ids) == len(set(ids))


def test_the_drawing_stands_alone_for_the_pdf(sagt, v):
    """No style, no script, nothing fetched; every shape and text says its own colour or inherits black."""
    sagt |= dict.fromkeys(NAVNE, Figurstatus("klar", "<b>&"))
    for tegning in svg(figur(v.distrikt, v.skoleleder, [v.skole])):
        for ting in tegning.iter():
            assert "style" not in ting.attrib
            assert not ting.tag.endswith(("style", "script", "image", "foreignObject"))
            assert all(not n.startswith("on") for n in ting.attrib)
            if ting.tag == f"{SVG}rect":
                assert ting.get("fill")
            if ting.tag == f"{SVG}use":
                assert ting.get("href").startswith("#")


# --- S52: what one may do is never missing ---------------------------------------------------------------------------
def test_s52_what_may_be_is_the_thematic_forum_and_four_edges():
    kanter = {f"{aktoer}-{forum}" for (aktoer, forum), opgave in MODELLEN.items() if opgave == KAN}
    assert {"tematisk", *kanter} == KAN_NOEGLER


@pytest.mark.parametrize("noegle", sorted(KAN_NOEGLER))
@pytest.mark.parametrize("tilstand", ["mangler", "kan", "overskredet"])
def test_s52_case_34_a_kan_is_never_missing_or_overdue_whatever_a_plug_says(sagt, v, noegle, tilstand):
    sagt[noegle] = Figurstatus(tilstand, "mangler siden august, fristen er overskredet", "/moeder/")
    tekst = hele(figur(v.distrikt, v.skoleleder))
    for ord_ in ("angler", "overskredet", "august", "-mangler"):
        assert ord_ not in re.sub(r"<defs>.*?</defs>", "", tekst, flags=re.S)
    assert "Aftales lokalt" in tekst
    assert 'href="/moeder/"' in tekst


@pytest.mark.parametrize("noegle", sorted(KAN_NOEGLER))
def test_s52_a_kan_that_is_done_or_planned_is_shown_so(sagt, v, noegle):
    sagt[noegle] = Figurstatus("klar", "temamøde om overgange er holdt")
    assert "Klar: temamøde om overgange er holdt" in str(hele(figur(v.distrikt, v.skoleleder))).replace(
        '<span class="badge badge-success">Klar</span> ', "Klar: "
    )


@pytest.mark.parametrize("noegle", sorted({*NAVNE, *KANTER} - KAN_NOEGLER))
def test_s52_a_skal_can_be_missing_and_says_so_in_words_and_with_a_sign(sagt, v, noegle):
    sagt[noegle] = Figurstatus("mangler", "ingen koordinator", "/forum/")
    begge = svg(figur(v.distrikt, v.skoleleder))
    for tegning in begge:
        assert [u.get("href")[-8:] for u in tegning.iter(f"{SVG}use")] == ["-mangler"]
    tabel = render_to_string("samarbejde/_figurtabel.html", {"figur": figur(v.distrikt, v.skoleleder)})
    assert re.search(r"Mangler(</span>|:)\s+ingen koordinator", tabel)
    assert 'href="/forum/"' in tabel


def test_every_state_has_its_own_sign_and_word(sagt, v):
    ord_ = {"klar": "Klar: det er gjort", "planlagt": "På vej: det er gjort", "mangler": "Mangler: det er gjort"}
    for tilstand, ventet in ord_.items():
        sagt["ressourcecenter"] = Figurstatus(tilstand, "det er gjort", "/rc/")
        bred, smal = svg(figur(v.distrikt, v.skoleleder))
        for tegning, navn in ((bred, "bred"), (smal, "smal")):
            links = [a.get("aria-label") for a in tegning.iter(f"{SVG}a") if a.get("aria-label")]
            assert any(etiket.endswith(ventet) for etiket in links)
            assert f"#figur-{navn}-{tilstand}" in [u.get("href") for u in tegning.iter(f"{SVG}use")]
        assert ventet in " ".join(t.text for t in bred.iter(f"{SVG}text"))


def test_without_plugs_the_figure_says_nothing_of_how_far_anybody_is(v, monkeypatch):
    monkeypatch.setattr(stik.figurstatus, "_plugs", {})
    en = figur(v.distrikt, v.skoleleder, [v.skole, v.kkfo])
    assert not [p for p in (*en.aktoerer, *en.fora) if p.status]
    assert not [u for tegning in svg(en) for u in tegning.iter(f"{SVG}use")]


def test_the_plugs_speak_of_what_is_in_the_figure(v):
    aftale = byg.kladde(v)
    for plug in stik.figurstatus:
        assert plug(aftale.distrikt, v.skoleleder).keys() <= {*NAVNE, *KANTER}
        assert plug(None, v.skoleleder).keys() <= {*NAVNE, *KANTER}


# --- the agreement in it ---------------------------------------------------------------------------------------------
def staerkt(v, hvem, hvor=None):
    """The first forum as a new page shows it."""
    return figur(Skoledistrikt.objects.get(pk=(hvor or v.distrikt).pk), hvem).fora[0]


def test_the_agreement_goes_from_missing_to_done(v):
    aar, rod = byg.dette_aar(), f"/aftaler/{v.distrikt.slug}/{byg.dette_aar()}/"
    foer = staerkt(v, v.skoleleder)
    assert (foer.statustekst, foer.adresse) == (f"Mangler: der er ingen aftale {aar}/27 endnu", f"{rod}opret/")
    assert staerkt(v, v.medarbejder).adresse == ""  # may not start one
    aftale = byg.kladde(v)
    assert (staerkt(v, v.skoleleder).statustekst, staerkt(v, v.medarbejder).adresse) == (
        f"På vej: aftalen {aar}/27 er en kladde",
        rod,
    )
    byg.send(aftale, v.skoleleder)
    assert staerkt(v, v.skoleleder).statustekst == f"På vej: aftalen {aar}/27 er til godkendelse"
    for enhed_ in byg.parter(v):
        byg.godkend(byg.frisk(aftale), enhed_, byg.leder(v, enhed_))
    assert staerkt(v, v.skoleleder).statustekst == f"Klar: aftalen {aar}/27 er indgået"


def test_an_annulled_agreement_or_last_years_does_not_count(v):
    with byg.i_aaret(2025):
        byg.indgaaet(v)
    byg.annulleret(v)
    assert staerkt(v, v.skoleleder).status.tilstand == "mangler"


def test_case_34_a_special_school_is_never_missing_an_agreement(v):
    special = distrikt("Specialskolen Bakken", er_uden_geografi=True)
    skole = enhed("Specialskolen Bakken", i=special)
    rolle(leder := person("Bo Bakke"), Rolle.SKOLELEDER, skole)
    punkt = staerkt(v, leder, special)
    assert (punkt.status.tilstand, punkt.statustekst) == ("kan", "En specialskole behøver ikke en aftale")


def test_nobody_is_told_of_an_agreement_whose_state_they_may_not_see(v, client):
    """The administrator may open the district, and hears neither that it has an agreement nor that it lacks one."""
    assert staerkt(v, v.administrator).status is None
    byg.kladde(v)
    assert staerkt(v, v.administrator).status is None
    assert "Mangler" not in figuren(side(client, v.administrator, v.distrikt.get_absolute_url()))


# --- whose objects ---------------------------------------------------------------------------------------------------
def test_one_unit_is_a_link_to_it_and_several_to_where_they_are_listed(v, client):
    tekst = side(client, v.skoleleder, v.distrikt.get_absolute_url())
    adresser = dict(re.findall(r'<a href="([^"]+)" aria-label="([^".]+)', figuren(tekst)))
    assert adresser == {
        v.skole.get_absolute_url(): "Skole",
        f"{v.distrikt.get_absolute_url()}#fritid": "Fritidsinstitutioner og -centre",
        f"{v.distrikt.get_absolute_url()}#dagtilbud": "0-6 års daginstitutioner",
        f"/aftaler/{v.distrikt.slug}/{byg.dette_aar()}/opret/": "Stærkt samarbejde",
        f"/ressourcecentre/{v.skole.slug}/": "Ressourcecenter/Pædagogisk Læringscenter",
    }
    for noegle in ("fritid", "dagtilbud"):
        assert tekst.count(f'id="{noegle}"') == 1
    for navn in ("Lindeskolen", "KKFO Lindely", "Fritidscenter Havnen", "Børnehuset Solsikken", "Børnehuset Månen"):
        assert navn in tabellen(tekst)


def test_s58_the_figure_spans_0_to_18(v, client):
    """S58: the same figure shows 0-6, school and leisure to each of them."""
    for hvem in (v.dagtilbudsleder, v.skoleleder, v.centerleder):
        tekst = figuren(side(client, hvem, v.distrikt.get_absolute_url()))
        for navn in ("0-6 års", "Skole", "Fritidsinstitutioner"):
            assert navn in tekst


def test_s53_every_link_in_the_figure_can_be_opened_by_who_sees_it(v, client):
    """S53: also for klyngeleder, netværkskoordinator, staff and the administrator, with an agreement and without."""
    for lav in (lambda v: None, byg.kladde):
        lav(v)
        for hvem in (
            v.skoleleder,
            v.medarbejder,
            v.centerleder,
            v.klyngeleder,
            v.netvaerkskoordinator,
            v.administrator,
        ):
            client.force_login(hvem)
            for adresse in ("/samarbejdsmodellen/", v.distrikt.get_absolute_url(), v.nabodistrikt.get_absolute_url()):
                svar = client.get(adresse)
                if svar.status_code == 200:
                    tekst = svar.content.decode()
                    for link in set(re.findall(r'href="(/[^"#]*)', figuren(tekst) + tabellen(tekst))):
                        assert client.get(link).status_code == 200, f"{hvem}: {link} på {adresse}"


def test_s53_an_outsider_sees_the_bare_model_and_no_unit(v, client):
    byg.kladde(v)
    for adresse in ("/samarbejdsmodellen/", f"/samarbejdsmodellen/?distrikt={v.distrikt.slug}"):
        tekst = side(client, v.udenfor, adresse)
        assert '<svg class="figur-bred" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 684 658" role="img"' in tekst
        for navn in Enhed.objects.values_list("navn", flat=True):
            assert navn not in tekst
        for ord_ in ("Linde", "Mangler", "På vej", "Klar"):
            assert ord_ not in figuren(tekst) + tabellen(tekst)
    side(client, v.udenfor, v.distrikt.get_absolute_url(), status=404)


# --- the page --------------------------------------------------------------------------------------------------------
def test_the_page_is_for_everybody_logged_in(client):
    assert client.get("/samarbejdsmodellen/")["Location"] == "/log-ind/?next=/samarbejdsmodellen/"


def test_one_chooses_among_ones_own_districts(v, client):
    adresse = "/samarbejdsmodellen/"
    tekst = side(client, v.centerleder, adresse)
    assert "<h2>Modellen i Ege Skoledistrikt</h2>" in tekst
    assert [navn for _, navn in re.findall(r'<option value="([^"]+)"[^>]*>([^<]+)', tekst)] == [
        "Ege Skoledistrikt", "Linde Skoledistrikt",
    ]  # fmt: skip
    valgt = side(client, v.centerleder, f"{adresse}?distrikt={v.distrikt.slug}")
    assert "<h2>Modellen i Linde Skoledistrikt</h2>" in valgt
    assert f'<option value="{v.distrikt.slug}" selected>' in valgt
    # Another's district, or none at all, is one's own first.
    for forkert in (v.nabodistrikt.slug, "findes-ikke", ""):
        assert "<h2>Modellen i Linde Skoledistrikt</h2>" in side(client, v.skoleleder, f"{adresse}?distrikt={forkert}")
    assert "<select" not in side(client, v.skoleleder, adresse)


def test_s54_a_role_that_has_ended_shows_nothing_of_the_district(v, client):
    afslut_rolle(tildeling=v.skoleleder.rolletildelinger.get(), gyldig_til=tid.i_dag(), af=v.forvaltning)
    tekst = side(client, v.skoleleder, "/samarbejdsmodellen/")
    assert "Linde" not in tekst


def test_s18_s24_s27_s57_the_page_quotes_vision_purposes_and_frame_with_their_source(v, client):
    tekst = side(client, v.udenfor, "/samarbejdsmodellen/")
    for regel in ("S7", "S18", "S19", "S24.1", "S24.2", "S24.3", "S24.4", "S24.5", "S27", "S27.2", "S45", "S57", "S58"):
        assert KILDER[regel].tekst in tekst
        assert f"Kilde: Samarbejdsmodellen, afsnit {KILDER[regel].afsnit}" in tekst
    assert 'href="/hjaelp/hvem-maa-hvad/"' in tekst
    assert tekst.count("<h1>") == 1


def test_the_page_is_linked_from_every_footer_and_from_the_district(v, client):
    assert '<li><a href="/samarbejdsmodellen/">' in side(client, v.medarbejder, "/")
    assert tekst_i_distrikt(v, client).count('href="/samarbejdsmodellen/"') == 2
    client.logout()
    assert "/samarbejdsmodellen/" not in client.get("/hjaelp/hvem-maa-hvad/").content.decode()


def tekst_i_distrikt(v, client):
    return side(client, v.skoleleder, v.distrikt.get_absolute_url())


# --- what it costs ---------------------------------------------------------------------------------------------------
def test_the_pages_cost_the_same_with_few_and_many_units(v, client, django_assert_num_queries):
    byg.kladde(v)
    client.force_login(v.skoleleder)
    ventet = {v.distrikt.get_absolute_url(): 12, "/samarbejdsmodellen/": 8}
    for omgang in range(2):
        for adresse, antal in ventet.items():
            with django_assert_num_queries(antal):
                client.get(adresse)
        for nummer in range(30 if omgang == 0 else 0):
            enhed(f"Børnehus {nummer}", Enhed.Art.DAGINSTITUTION, i=v.distrikt)


KALD = 3_000


def test_the_figure_itself_asks_nothing_and_is_quick(sagt, v, django_assert_num_queries):
    enheder = [v.skole, v.kkfo, v.center, v.boernehus, v.selvejende]
    sagt |= dict.fromkeys((*NAVNE, *KANTER), Figurstatus("klar", "aftalen 2026/27 er indgået", "/a/"))
    with django_assert_num_queries(0):
        hele(figur(v.distrikt, v.skoleleder, enheder))
    maaler = Profile()
    maaler.runcall(lambda: figurtegning.svg(figur(v.distrikt, v.skoleleder, enheder)))
    # Calls, not seconds: the machine is shared. A template engine took twenty times as many.
    assert Stats(maaler).total_calls < KALD


def test_long_names_are_cut_in_the_drawing_and_whole_in_the_table(sagt, v):
    lang = enhed("Sankt Annæ Gymnasiums Grundskole for sang og musik ved Søerne", i=v.distrikt)
    en = figur(v.distrikt, v.skoleleder, [lang])
    bred, smal = svg(en)
    assert max(len(t.text) for t in bred.iter(f"{SVG}text")) <= 80
    assert "…" in " ".join(t.text for t in bred.iter(f"{SVG}text"))
    assert "1 skole" in [t.text for t in smal.iter(f"{SVG}text")]
    assert lang.navn in render_to_string("samarbejde/_figurtabel.html", {"figur": en})


def test_the_text_of_every_box_stays_inside_it(sagt, v):
    """With the longest status there can be, on every node; how wide it is, a browser must say (test_sider_figur)."""
    sagt |= dict.fromkeys(NAVNE, Figurstatus("planlagt", "noget langt om et møde " * 20, "/a/"))
    for tegning in svg(figur(v.distrikt, v.skoleleder, [v.skole, v.kkfo, v.center])):
        bokse = [boks for boks in tegning.iter(f"{SVG}a") if boks.get("aria-label")]
        assert len(bokse) == len(NAVNE)
        for boks in bokse:
            ramme, tekster = boks.find(f"{SVG}rect"), boks.findall(f"{SVG}text")
            oeverst, nederst = int(ramme.get("y")), int(ramme.get("y")) + int(ramme.get("height"))
            assert "…" in tekster[-1].text
            for tekst in tekster:
                y, hoejde = int(tekst.get("y")), int(tekst.get("font-size"))
                assert oeverst <= y - hoejde, boks.get("aria-label")[:30]
                assert y + 4 <= nederst, boks.get("aria-label")[:30]
