"""How Hypothesis runs: the same examples in CI, fresh and fewer ones elsewhere (--hypothesis-profile=long: many)."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

settings.register_profile("here", deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("here"), max_examples=50, derandomize=True, print_blob=True)
settings.register_profile("long", settings.get_profile("here"), max_examples=3000)
settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name bytes after their argument: what was packed holds the second in which it was, and workers would differ."""
    return argname if isinstance(val, bytes) else None
