"""Meetings for `demodata`: requests, a series, calls, answers and minutes, through the actions by those who would."""

from moeder.demo.bulk import lav_mange


def lav_demo(*, distrikter: int | None = None, aar: int | None = None) -> None:
    if distrikter or aar:
        lav_mange(aar or 1)
