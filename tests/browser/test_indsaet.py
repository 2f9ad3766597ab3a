"""Text pasted from Word keeps its lists (decision 16): a real paste of what Word lays on the clipboard."""

import pytest
from playwright.sync_api import expect

from tests.aftaler import byg
from tests.aftaler.sider import rod

pytestmark = pytest.mark.django_db(transaction=True)
# As Word on the desktop writes it: paragraphs, with the mark of each in a part that other readers skip.
PUNKT = (
    "<p class=MsoListParagraph style='margin-left:{}pt;mso-list:l0 level{} lfo1'><![if !supportLists]>"
    "<span style='mso-list:Ignore'>{}<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span></span>"
    "<![endif]>{}<o:p></o:p></p>"
)
WORD = (
    "<html><head><style>p {color:red}</style></head><body><!--StartFragment-->"
    "<p class=MsoNormal>Vi ser\n tre <b>behov</b>:<o:p></o:p></p>"
    + PUNKT.format(36, 1, "·", "Børn, der venter")
    + PUNKT.format(72, 2, "o", "om morgenen")
    + PUNKT.format(36, 1, "1.", "Voksne, der skifter")
    + "<p class=MsoNormal>Derfor mødes vi.<br>Hver måned.<o:p></o:p></p><!--EndFragment--></body></html>"
)
SOM_TEKST = (
    "Vi ser tre behov:\n\n- Børn, der venter\n   - om morgenen\n1. Voksne, der skifter\n\nDerfor mødes vi.\nHver måned."
)
# As Word in the browser, and most others, write it.
ONLINE = (
    "<p>Først</p><ul><li><p>Et punkt</p><ol><li>Første under</li><li>Anden under</li></ol></li><li>Et til</li></ul>"
)
ONLINE_TEKST = "Først\n\n- Et punkt\n   1. Første under\n   2. Anden under\n- Et til"
KOPIER = """([html, tekst]) => document.addEventListener("copy", (h) => {
  h.clipboardData.setData("text/html", html);
  h.clipboardData.setData("text/plain", tekst);
  h.preventDefault();
}, { once: true })"""


def indsaet(side, html, tekst="som ren tekst"):
    """Lay it on the clipboard as another program does, and press Ctrl+V in the field."""
    felt = side.locator("textarea[name=tekst]")
    felt.fill("")
    felt.focus()
    side.evaluate(KOPIER, [html, tekst])
    side.keyboard.press("Control+C")
    side.keyboard.press("Control+V")
    return felt


@pytest.fixture
def side(besoeg, v):
    pia = besoeg(v.paedagogiskleder)
    pia.aabn(f"{rod(byg.tom(v))}afsnit/behov/")
    return pia


@pytest.mark.parametrize(("html", "ventet"), [(WORD, SOM_TEKST), (ONLINE, ONLINE_TEKST)])
def test_lister_fra_word_bliver_til_punkter(side, html, ventet):
    expect(indsaet(side.side, html)).to_have_value(ventet)


def test_det_indsatte_gemmes_som_lister_og_kan_fortrydes(side):
    felt = indsaet(side.side, ONLINE)
    side.side.keyboard.press("Control+Z")
    expect(felt).to_have_value("")
    indsaet(side.side, ONLINE)
    side.tryk("Gem")
    side.til(side.side.url.partition("/afsnit/")[0].replace(side.rod, "") + "/afsnit/behov/", "afsnit-fra-word")
    side.side.goto(side.side.url.partition("afsnit/")[0])
    expect(side.side.locator(".prosa > ul > li")).to_have_count(2)
    expect(side.side.locator(".prosa > ul > li > ol > li")).to_have_count(2)


@pytest.mark.parametrize(
    "html",
    ["<p>Ingen liste</p>", "", "<ul><li>Et punkt</li></ul>og løse ord uden for det hele", "<script>x</script>"],
)
def test_det_der_ikke_er_en_liste_eller_ikke_forstaas_indsaettes_som_ren_tekst(side, html):
    """Not a word is lost: the browser pastes what it always did."""
    expect(indsaet(side.side, html)).to_have_value("som ren tekst")
