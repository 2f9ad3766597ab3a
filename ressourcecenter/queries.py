"""What the pages of the forums show; the number of queries never follows the rows."""

from typing import Any

from ressourcecenter.models import Forum
from samarbejde.models import Enhed, Person
from samarbejde.permissions import Handling


def mine_fora(person: Person) -> list[tuple[str, list[Enhed]]]:
    """The units whose forums the person may see, schools first."""
    fora = Forum.objects.synlige_for(person, Handling.SE_FORUM).filter(raekkefoelge=0).select_related("enhed")
    skoler = [forum.enhed for forum in fora if not forum.er_team]
    teams = [forum.enhed for forum in fora if forum.er_team]
    return [(navn, enheder) for navn, enheder in (("Skoler", skoler), ("Ressourceteam", teams)) if enheder]


def forumside(forum: Forum, person: Person) -> dict[str, Any]:
    return {"fora": list(forum.enhed.fora.all())}
