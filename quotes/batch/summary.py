"""What a run found, in numbers: for the screen, for run.json, for the exit status."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from quotes.batch.part import Unit
from quotes.records import SPEECH_KINDS

#: Speakers on the screen.
TOP = 10


class TopSpeaker(NamedTuple):
    """One of the most quoted speakers."""

    speaker_id: str
    name: str
    role: str | None
    stance: str | None
    quotes: int


@dataclass(slots=True)
class Summary:
    """A run in numbers.

    Attributes:
        out: where the tables are.
        labels: the stance labels, in the order of the tables.
        articles: articles read.
        missed: articles that could not be read.
        unchanged: articles whose rows were taken over from an earlier run.
        kinds: quotes by kind; ``other`` is no speech.
        stances: quotes of the speech kinds by stance; "" where none is known.
        problems: rows of problems.csv by code.
        speakers: how many there are.
        top: the most quoted of them.
        misfits: rows of corrections that did not fit, one line each.
        seconds: how long the run took.
    """

    out: str
    labels: tuple[str, ...]
    articles: int = 0
    missed: int = 0
    unchanged: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    stances: Counter[str] = field(default_factory=Counter)
    problems: Counter[str] = field(default_factory=Counter)
    speakers: int = 0
    top: list[TopSpeaker] = field(default_factory=list)
    misfits: tuple[str, ...] = ()
    seconds: float = 0.0

    @property
    def quotes(self) -> int:
        """Quotes of the speech kinds."""
        return sum(self.kinds[kind] for kind in SPEECH_KINDS)

    @property
    def exit_status(self) -> int:
        """0 where every article was read, 1 where some could not be."""
        return 1 if self.missed else 0

    def add(self, units: Sequence[Unit]) -> None:
        """Count units in."""
        for unit in units:
            self.missed += unit.missed
            self.problems.update(unit.codes)
            for piece in unit.pieces:
                self.articles += 1
                self.kinds["other"] += piece.not_speech
                for _, stance, kind, quotes, _, _ in piece.spoken.said:
                    self.kinds[SPEECH_KINDS[kind]] += quotes
                    self.stances[self.labels[stance] if stance >= 0 else ""] += quotes

    def counts(self) -> dict[str, object]:
        """The counts of run.json."""
        return {
            "articles": self.articles,
            "not_read": self.missed,
            "unchanged": self.unchanged,
            "quotes": self.quotes,
            **{kind: self.kinds[kind] for kind in (*SPEECH_KINDS, "other")},
            "stances": {label or "unknown": count for label, count in self.by_stance()},
            "speakers": self.speakers,
            "problems": dict(sorted(self.problems.items())),
            "corrections_not_applied": list(self.misfits),
        }

    def by_stance(self) -> Iterator[tuple[str, int]]:
        """Quotes by stance in the order of the tables, unknown ("") last and only where there are any."""
        for label in self.labels:
            yield label, self.stances[label]
        if self.stances[""]:
            yield "", self.stances[""]


def counted(number: int, noun: str) -> str:
    """``1 article``, ``2,000 articles``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
