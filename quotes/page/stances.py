"""How a stance label looks: its name, its place in the palette and its sign.

The colours stand in ``assets/page.css`` as ``--s0`` … ``--s7`` (after the palette of Okabe and
Ito, *Color Universal Design*, 2008, which keeps apart under every common colour blindness; darkened
for contrast on white, lightened on black). The sign makes the label readable without colour.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import NamedTuple

from quotes.records import STANCES

_SIGNS = "■▲◆●✚★▼⬟"


class Look(NamedTuple):
    """One label as the page shows it; ``slot`` is the number of its colour, or ``u`` for unknown."""

    label: str
    title: str
    slot: str
    sign: str

    @property
    def colour(self) -> str:
        """The CSS colour."""
        return f"var(--s{self.slot})"


#: Quotes whose speaker's side is not known.
UNKNOWN = Look("", "Side not known", "u", "○")


def looks(labels: Sequence[str]) -> dict[str, Look]:
    """The look of each label, and of ``""``; the shipped labels always look the same."""
    shipped = {label: place for place, label in enumerate(STANCES)}
    taken = {shipped[label] for label in labels if label in shipped}
    free = itertools.cycle(place for place in range(len(_SIGNS)) if place not in taken)
    found = {}
    for label in labels:
        place = shipped[label] if label in shipped else next(free)
        found[label] = Look(label, title(label), str(place), _SIGNS[place])
    return found | {"": UNKNOWN}


def title(label: str) -> str:
    """A label in words: ``foreign_government`` is *Foreign government*."""
    words = label.replace("_", " ").strip()
    return words[:1].upper() + words[1:]
