"""Which side a speaker speaks for: focus country, country spoken for, classifier."""

from __future__ import annotations
