"""Who said what in Indonesian news, and for which side."""

from __future__ import annotations

__version__ = "0.1.0"
