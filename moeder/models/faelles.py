"""What the models of meetings share: the short code of an address, and what one is at the forums of a row."""

import hashlib
import secrets
import uuid
from typing import Any

from django.db import models
from django.db.models import Q

from ressourcecenter.models import Forum
from samarbejde.models import Person
from samarbejde.permissions import FORUMLEDELSE, Relation, Rolle
from samarbejde.roller import Roller, mine_roller

# Without vowels (no words) and without what is read wrongly aloud.
TEGN = "bcdfghjkmnpqrstvwxz23456789"
KODELAENGDE = 8


def ny_kode() -> str:
    return "".join(secrets.choice(TEGN) for _ in range(KODELAENGDE))


def aftryk(noegle: str) -> str:
    """What is kept of the key in a secret address."""
    return hashlib.sha256(noegle.encode()).hexdigest()


def ny_uid() -> str:
    """An event's own name in every calendar, which says nothing and leads nowhere."""
    return f"{uuid.uuid4()}@samarbejde"


class Niveau(models.TextChoices):
    """What is discussed (S3). An item about one child carries no word of it in this app."""

    ENKELTBARN = "enkeltbarn", "et enkelt barn"
    BOERNEGRUPPE = "boernegruppe", "en gruppe børn"
    TEMA = "tema", "et tema"


ET_BARN = "Drøftelse om et barn"


def uden_ord(navn: str, *felter: str) -> models.CheckConstraint:
    """S3: a row of the level `enkeltbarn` has no text; matters about children live elsewhere."""
    tomme = Q(**dict.fromkeys(felter, ""))
    return models.CheckConstraint(condition=~Q(niveau="enkeltbarn") | tomme, name=navn)


class IForum(models.Model):
    """A row of one forum, or of the two forums of a school held jointly (S60)."""

    forum = models.ForeignKey(Forum, models.PROTECT, related_name="+")
    medforum = models.ForeignKey(Forum, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True

    @property
    def fora(self) -> list[Forum]:
        return [self.forum, self.medforum] if self.medforum else [self.forum]

    @property
    def enhed(self) -> Any:
        return self.forum.enhed

    @property
    def angaar_kun(self) -> int | None:
        """The one fritid unit that it concerns, when it does not concern the whole forum (D25)."""
        return None

    def roller_i_forum(self, person: Person) -> Roller:
        """Leading the forum, taking part in it for an attached unit, or in person."""
        if not self.forum.findes:
            return frozenset()
        mine = mine_roller(person)
        uden = frozenset({Relation.DELEGERET}) if self.angaar_kun not in {None, *mine.enheder} else frozenset()
        i_forummet = [mine.fora.get(pk, frozenset()) - uden for pk in (self.forum_id, self.medforum_id) if pk]
        return self._ledelse(person) | self._for_enheder(person) | frozenset().union(*i_forummet)

    def ledes_af(self, person: Person) -> bool:
        """Leading the forum, or both; asked without a query."""
        return self.forum.findes and bool(self._ledelse(person))

    def _ledelse(self, person: Person) -> Roller:
        roller = self.forum.roller_ved_enheden(person)
        if self.medforum_id:
            med = Forum(pk=self.medforum_id, enhed_id=self.forum.enhed_id, art=Forum.Art.PLC)
            roller &= med.roller_ved_enheden(person)
        return roller & FORUMLEDELSE

    def _for_enheder(self, person: Person) -> Roller:
        rolle = Rolle.DAGTILBUDSLEDER if self.forum.er_team else Rolle.FRITIDSLEDER
        enheder = mine_roller(person).enheder
        ledede = {pk for pk, roller in enheder.items() if rolle in roller}
        if not ledede or self.angaar_kun not in {None, *ledede}:
            return frozenset()
        er_med = any(enhed.pk in ledede for enhed in self.forum.tilknyttede)
        return frozenset({rolle}) if er_med else frozenset()
