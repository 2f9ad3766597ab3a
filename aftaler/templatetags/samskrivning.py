"""Who else writes in the agreement just now, and what is said of it, on each of the pages where one writes."""

from typing import Any

from django import template

from aftaler.samtale import aabne_pr_sted, andre_her

register = template.Library()


@register.inclusion_tag("aftaler/_her_nu.html", takes_context=True)
def her_nu(context: dict[str, Any]) -> dict[str, Any]:
    """Without script the line says who was here when the page was opened; with it, it follows along."""
    maal = context.get("maal")
    sted = context.get("afsnit") or (str(maal.noegle) if maal else "")
    aftale, rod = context["aftale"], context["aftale"].get_absolute_url()
    return {
        "andre": andre_her(aftale, context["request"].user),
        "adresse": f"{rod}meld-tilstede/",
        "sted": sted,
        "aabne": aabne_pr_sted(aftale)[sted],
        "kommentarer": f"{rod}kommentarer/#sted-{sted}",
    }
