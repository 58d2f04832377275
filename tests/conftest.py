"""What all tests share: properties are not timed, because other work on the machine may slow one example."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("quotes", deadline=None)
settings.load_profile("quotes")
