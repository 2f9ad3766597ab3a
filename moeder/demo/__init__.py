"""Meetings for `demodata`: one of every kind to look at, and in bulk for measuring."""

from moeder.demo.bulk import lav_mange
from moeder.demo.historie import lav_historien


def lav_demo(*, distrikter: int | None = None, aar: int | None = None) -> None:
    if distrikter or aar:
        lav_mange(aar or 1)
    lav_historien()
