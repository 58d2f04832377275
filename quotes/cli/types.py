"""Types of options that click does not have."""

from __future__ import annotations

import math
from typing import Any

import click


class Confidence(click.FloatRange):
    """A number from 0 to 1; ``nan`` is none, which compares with neither end of the range."""

    def __init__(self) -> None:
        super().__init__(0, 1)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The number."""
        number = float(super().convert(value, param, ctx))
        if math.isnan(number):
            self.fail(f"{value} is no number.", param, ctx)
        return number
