"""A document's code as it is printed."""

from django import template

from aftaler.kode import i_grupper

register = template.Library()
register.filter("kode_i_grupper", i_grupper)
