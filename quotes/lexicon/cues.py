"""Reporting words: forms, where their source stands, and what may be reported with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from importlib.resources.abc import Traversable

from quotes.lexicon.checks import read_toml
from quotes.lexicon.reports import Frame, Reports, load_reports

FILE = "cues.toml"


@dataclass(frozen=True, slots=True)
class CueEntry:
    """What one word form can do as a cue.

    Attributes:
        lemma: the form without its clitic.
        after: a bare verb that follows the quote, its subject behind it (kata Budi).
        active: the frames of a verb whose subject stands before it; empty if it is none.
        passive: a di- form.
        preposition: the source follows (menurut).
        noun: a noun of saying (pernyataan, spanduk).
        clitic: ends in -nya that stands for the source.
        quote_only: as ``after``, reports only beside a quoted span.
        agentless: as ``passive``, reports only with its agent told.
        report: how it reports without quotation marks as a verb; None if it does not.
    """

    lemma: str
    after: bool = False
    active: frozenset[str] = frozenset()
    passive: bool = False
    preposition: bool = False
    noun: bool = False
    clitic: bool = False
    quote_only: bool = False
    agentless: bool = False
    report: Frame | None = None


@dataclass(frozen=True, slots=True)
class Carriers:
    """Words about things that carry somebody's words; the sections of the file explain each."""

    beside: frozenset[str]
    described: frozenset[str]
    answered: frozenset[str]
    owner: frozenset[str]
    held: frozenset[str]


@dataclass(frozen=True, slots=True)
class Cues:
    """The reporting words of a language.

    Attributes:
        entries: form (lower-case) to what it can do.
        closing: forms that follow a quotation directly (kata, ujarnya).
        phrases: cues of several words, each as a tuple of words.
        titles: words after which a quoted span is a title, name or term.
        compounds: form to the words behind it that make another thing of the two (kata kunci).
        carriers: banners, chants and the like.
        reports: frames and guards of indirect speech.
    """

    entries: Mapping[str, CueEntry]
    closing: frozenset[str]
    phrases: tuple[tuple[str, ...], ...]
    titles: frozenset[str]
    compounds: Mapping[str, frozenset[str]]
    carriers: Carriers
    reports: Reports


def load_cues(folder: Traversable) -> Cues:
    """The cues of a language folder.

    Raises:
        LexiconError: a section is missing, unknown, empty or has doubles.
    """
    data = read_toml(
        folder, FILE, ("after", "active", "passive", "preposition", "noun", "other", "carriers", "compounds")
    )
    facts: dict[str, dict[str, object]] = {}

    def note(form: str, lemma: str, **what: object) -> None:
        fact = facts.setdefault(form, {"lemma": lemma})
        frames = what.pop("frame", None)
        if isinstance(frames, str):
            held = fact.get("active", frozenset())
            assert isinstance(held, frozenset)
            fact["active"] = held | {frames}
        fact.update(what)

    quote_only = set(data["after"]["quote_only"])
    for word in data["after"]["plain"]:
        note(word, word, after=True, quote_only=word in quote_only)
        note(word + "nya", word, after=True, clitic=True, quote_only=word in quote_only)
    for frame, words in data["active"].items():
        for word in words:
            note(word, word, frame=frame)
    agentless = set(data["passive"]["agentless"])
    for word in data["passive"]["plain"]:
        note(word, word, passive=True, agentless=word in agentless)
        note(word + "nya", word, passive=True, clitic=True)
    for word in data["preposition"]["plain"]:
        note(word, word, preposition=True)
        note(word + "nya", word, preposition=True, clitic=True)
    for word in data["noun"]["plain"]:
        note(word, word.removesuffix("nya"), noun=True)
    reports = load_reports(folder)
    for form, frame in reports.frames.items():
        note(form, form, report=frame)
    entries = {form: CueEntry(**fact) for form, fact in facts.items()}  # type: ignore[arg-type]
    closing = frozenset(form for form, entry in entries.items() if entry.after)
    phrases = tuple(tuple(phrase.split()) for phrase in data["preposition"]["phrase"])
    compounds = {form: frozenset(words) for form, words in data["compounds"].items()}
    carriers = Carriers(**{field.name: frozenset(data["carriers"][field.name]) for field in fields(Carriers)})
    return Cues(entries, closing, phrases, frozenset(data["other"]["before"]), compounds, carriers, reports)
