"""The product as it is in production, plus the middleware that answers how many queries a page took."""

from samarbejde.settings import *  # noqa: F403
from samarbejde.settings import MIDDLEWARE

MIDDLEWARE = ["bench_timing.BenchTiming", *MIDDLEWARE]
