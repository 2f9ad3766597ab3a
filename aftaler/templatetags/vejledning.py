"""What the two texts of an agreement are called now (decision 17)."""

from django import template

from aftaler.vejledninger import AFSNIT

register = template.Library()


@register.simple_tag
def overskrift_til(afsnit: str) -> str:
    return AFSNIT[afsnit]
