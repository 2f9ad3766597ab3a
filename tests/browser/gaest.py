"""A person in a story, seen through what is on the screen."""

import re

from playwright.sync_api import expect

from tests.fabrik import ADGANGSKODE


class Gaest:
    """Somebody at a screen: goes somewhere, presses what is there, and reads what came."""

    def __init__(self, side, rod):
        self.side, self.rod = side, rod

    def til(self, sti, status=200):
        svar = self.side.goto(f"{self.rod}{sti}")
        assert svar.status == status, f"{sti}: {svar.status}"
        return self

    def fra(self, mail, sti):
        """Follows the one link of the mail that leads there."""
        [link] = re.findall(rf"^ *({self.rod}{sti})$", mail, re.M)
        return self.til(link.removeprefix(self.rod))

    def link(self, navn):
        with self.side.expect_navigation():
            self.side.locator("main").get_by_role("link", name=navn).first.click()
        return self

    def knap(self, navn, status=200, exact=True):
        with self.side.expect_navigation() as ventet:
            self.side.locator("main").get_by_role("button", name=navn, exact=exact).first.click()
        assert ventet.value.status == status, f"{navn}: {ventet.value.status} {self.side.inner_text('main')[:400]}"
        return self

    def bekraeft(self):
        """The password once more, before an approval is stored (S17)."""
        return self.skriv(password=ADGANGSKODE).knap("Bekræft")

    def skriv(self, **felter):
        for navn, tekst in felter.items():
            self.side.locator(f"main [name={navn}]").first.fill(tekst)
        return self

    def saet(self, navn):
        self.side.locator("main").get_by_label(navn, exact=True).first.check()
        return self

    def vaelg(self, felt, **hvad):
        self.side.locator(f"main select[name={felt}]").select_option(**hvad)
        return self

    def radio(self, felt, vaerdi):
        self.side.locator(f"main [name={felt}][value='{vaerdi}']").check()
        return self

    def ser(self, *tekster):
        for tekst in tekster:
            expect(self.side.locator("main")).to_contain_text(tekst)
        return self

    def ser_ikke(self, *tekster):
        for tekst in tekster:
            expect(self.side.locator("main")).not_to_contain_text(tekst)
        return self
