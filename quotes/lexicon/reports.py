"""Indirect speech: which verbs report without quotation marks, and what they may report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from importlib.resources.abc import Traversable
from typing import Any

from quotes.errors import LexiconError
from quotes.lexicon.checks import read_toml

FILE = "reports.toml"
_KEYS = ("frames", "active", "objects", "things", "kinds", "denial", "passive", "guards")
_COMPLEMENTS = frozenset(("that", "ask", "clause", "act", "number", "as", "about", "thing", "bare"))
_ANY = "*"


@dataclass(frozen=True, slots=True)
class Frame:
    """How one verb form reports without quotation marks.

    Attributes:
        takes: the complements that make a report of it.
        objects: nouns right behind it that do so too; ``light`` takes them into the cue.
        things: words right behind it that make it no report.
        light: the verb says nothing without one of its nouns (mengeluarkan peringatan).
        weak: reports only as the verb of its sentence, not inside another report.
        relative: reports a clause without bahwa in a relative clause too (surat yang menyatakan ia sakit).
        negated: may stand behind a negation (tidak membantah).
        denial: must stand behind a negation (tidak menutup kemungkinan).
        filled: its object is told by -nya or -ku (memintanya).
        passive: a di- form; its agent is the source.
        judged: as a passive, may stand in a relative clause (tuduhan yang dibantah polisi).
        oleh: as a passive, its agent needs *oleh* before it or is -nya.
    """

    takes: frozenset[str] = frozenset()
    objects: frozenset[str] = frozenset()
    things: frozenset[str] = frozenset()
    light: bool = False
    weak: bool = False
    relative: bool = False
    negated: bool = False
    denial: bool = False
    filled: bool = False
    passive: bool = False
    judged: bool = False
    oleh: bool = False


@dataclass(frozen=True, slots=True)
class Guards:
    """Words around a verb that decide whether it reports; sections of the file explain each."""

    negation: frozenset[str]
    modal: frozenset[str]
    purpose: frozenset[str]
    manner: frozenset[str]
    joining: frozenset[str]
    adverbial: frozenset[str]
    local: frozenset[str]
    contrast: frozenset[str]
    concession: frozenset[str]
    condition: frozenset[str]
    relative: frozenset[str]
    holding: frozenset[str]
    preposition: frozenset[str]
    that: frozenset[str]
    question: frozenset[str]
    ask: frozenset[str]
    about: frozenset[str]
    skipped: frozenset[str]
    addressed: frozenset[str]
    predicate: frozenset[str]
    state: frozenset[str]
    noun: frozenset[str]
    no_source: frozenset[str]
    carrier: frozenset[str]
    speechless: frozenset[str]
    quantity: frozenset[str]
    number: frozenset[str]
    object_tail: frozenset[str]
    nonfinite: frozenset[str]
    agent_glue: frozenset[str]
    naming: frozenset[str]
    aside: frozenset[str]


@dataclass(frozen=True, slots=True)
class Reports:
    """Frames by verb form, and the guards."""

    frames: Mapping[str, Frame]
    guards: Guards


def load_reports(folder: Traversable) -> Reports:
    """The frames of indirect speech of a language folder.

    Raises:
        LexiconError: a section is missing, unknown, empty or has doubles; a frame names a
            complement there is none of; a verb has two frames or none.
    """
    data = read_toml(folder, FILE, _KEYS)
    where = str(folder / FILE)
    frames: dict[str, Frame] = {}
    for form, frame in (*_active(data, where), *_denial(data), *_passive(data, where)):
        if form in frames:
            raise LexiconError(f"lexicon file {where} gives {form!r} two frames")
        frames[form] = frame
    named = (("objects", data["objects"]), ("things", data["things"]), ("kinds.weak", data["kinds"]["weak"]))
    for section, words in named:
        for word in words:
            if word not in frames:
                raise LexiconError(f"lexicon file {where} [{section}] names {word!r}, which has no frame")
    return Reports(frames, _guards(data["guards"], where))


def _active(data: Mapping[str, Any], where: str) -> Iterator[tuple[str, Frame]]:
    kinds = {name: frozenset(verbs) for name, verbs in data["kinds"].items()}
    for name, verbs in data["active"].items():
        takes = frozenset(data["frames"].get(name, ()))
        if not takes or takes - _COMPLEMENTS:
            raise LexiconError(f"lexicon file {where} [frames] does not tell what {name!r} takes")
        for verb in verbs:
            objects = frozenset(data["objects"].get(verb, ()))
            what = {kind: verb in words for kind, words in kinds.items()} | {"light": name == "light"}
            yield verb, Frame(takes, objects, frozenset(data["things"].get(verb, ())), **what)
            if verb.startswith("me") and name != "light":
                for ending in ("nya", "ku"):
                    yield verb + ending, Frame(takes, filled=True, **what)


def _denial(data: Mapping[str, Any]) -> Iterator[tuple[str, Frame]]:
    for verb, nouns in data["denial"].items():
        objects = frozenset(nouns) - {_ANY}
        takes = frozenset() if objects else _COMPLEMENTS - {"bare"}
        yield verb, Frame(takes, objects, light=bool(objects), negated=True, denial=True)


def _passive(data: Mapping[str, Any], where: str) -> Iterator[tuple[str, Frame]]:
    passive = data["passive"]
    oleh = frozenset(passive["needs_oleh"])
    unknown = oleh - {*passive["said"], *passive["judged"]}
    if unknown:
        raise LexiconError(
            f"lexicon file {where} [passive.needs_oleh] names {min(unknown)!r}, which has no frame"
        )
    for kind in ("said", "judged"):
        for verb in passive[kind]:
            yield verb, Frame(passive=True, judged=kind == "judged", oleh=verb in oleh)
            yield verb + "nya", Frame(passive=True, judged=kind == "judged")


def _guards(data: Mapping[str, list[str]], where: str) -> Guards:
    names = [field.name for field in fields(Guards)]
    for name in sorted({*names} ^ data.keys()):
        word = "lacks" if name in names else "has the unknown"
        raise LexiconError(f"lexicon file {where} {word} section [guards.{name}]")
    return Guards(**{name: frozenset(data[name]) for name in names})
