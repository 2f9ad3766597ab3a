"""A known person goes from page to page, and every page is judged the same way at 1280 and 320 px.

def test_start(besoeg, v):
    sanne = besoeg(v.skoleleder)
    sanne.til("/", "start")                       # opens it, judges it, takes the screenshots
    sanne.tryk("Gem", "form-med-fejl", status=409)  # presses a button, and judges what comes
"""

from dataclasses import dataclass, field
from typing import Any

BREDDER = ({"width": 320, "height": 640}, {"width": 1280, "height": 900})
# What scrolls sideways, and by which element: empty when nothing does.
FOR_BRED = """() => {
  const bredde = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= bredde) return [];
  const ude = [...document.body.querySelectorAll("*")].filter((e) => e.getBoundingClientRect().right > bredde + 1);
  return ude.slice(0, 5).map((e) => `${e.tagName} ${e.className} ${e.textContent.trim().slice(0, 40)}`);
}"""
# What the Nu HTML checker has refused before; it needs Java, so it is run by hand.
UGYLDIGT = """() => [...document.querySelectorAll("time[datetime], [type=email][autocomplete]")]
  .filter((e) => /\\.\\d{4}/.test(e.dateTime) || e.autocomplete == "username").map((e) => e.outerHTML)"""
# What the Content-Security-Policy forbids must not be in the page to begin with.
INDLEJRET = """() => [...document.querySelectorAll("*")].filter((e) =>
  e.matches("style, script:not([src]), [style], [src^='data:'], [href^='javascript:'], [href^='data:']")
  || e.getAttributeNames().some((navn) => navn.startsWith("on"))).map((e) => e.outerHTML.slice(0, 120))"""


@dataclass
class Besoeg:
    side: Any
    rod: str
    axe: Any
    skaermbillede: Any
    titler: dict[str, str] = field(default_factory=dict)

    def til(self, adresse: str, navn: str, status: int = 200) -> None:
        self.aabn(adresse, status)
        self.doem(navn)

    def aabn(self, adresse: str, status: int = 200) -> None:
        svar = self.side.goto(f"{self.rod}{adresse}")
        assert svar.status == status, f"{adresse}: {svar.status}"

    def tryk(self, knap: str, navn: str = "", status: int = 200) -> None:
        """Presses a button that posts; `status` is that of the page one lands on."""
        with self.side.expect_navigation() as ventet:
            self.side.locator("main").get_by_role("button", name=knap, exact=True).click()
        assert ventet.value.status == status, f"{knap}: {ventet.value.status}"
        if navn:
            self.doem(navn)

    def foelg(self, led: str, navn: str) -> None:
        """Follows a link, and waits for where it leads: a click alone can be judged on the page before."""
        with self.side.expect_navigation():
            self.side.locator("main").get_by_role("link", name=led).click()
        self.doem(navn)

    def skriv(self, **felter: str) -> None:
        for felt, tekst in felter.items():
            self.side.locator(f"main [name={felt}]").fill(tekst)

    def doem(self, navn: str) -> None:
        self._egen_titel()
        assert self.side.evaluate(INDLEJRET) == [], navn
        assert self.side.evaluate(UGYLDIGT) == [], navn
        assert self.side.locator("h1").count() == 1, f"{navn}: {self.side.locator('h1').all_inner_texts()}"
        for bredde in BREDDER:
            self.side.set_viewport_size(bredde)
            self.axe(self.side)
            assert (for_bred := self.side.evaluate(FOR_BRED)) == [], f"{navn}: {for_bred}"
            self.skaermbillede(self.side, navn)

    def _egen_titel(self) -> None:
        """Two pages are never called the same; the same page with another notice on it may be."""
        titel, sti = self.side.title(), self.side.evaluate("location.pathname")
        assert titel.endswith(" – Stærkt samarbejde"), titel
        assert len(titel) > len(" – Stærkt samarbejde") + 3, titel
        assert self.titler.setdefault(titel, sti) == sti, f"{titel}: {sti} og {self.titler[titel]}"
