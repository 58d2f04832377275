"""Who is being talked about: the speakers and subjects a pronoun, *-nya* or *pria itu* may stand for.

Candidates are offered from the nearest sentence backwards. In one sentence, whoever spoke
there comes before its subject; a person met in another place counts only where the sentence
introduces them (a first mention, *bagi X*, *ditanggapi X*). A sentence whose subject is a
pronoun, or a noun with *-nya*, goes on about the same person and adds nobody.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from quotes.clauses import leading_phrases
from quotes.lexicon.words import (
    BEHIND_SUBJECT,
    BODY,
    DEMONSTRATIVE,
    DOCUMENT,
    PLURAL_DETERMINER,
    ROLE,
    ROLE_OR_BODY_OR_PREPOSITION,
    SINGULAR_DETERMINER,
    SINGULAR_DETERMINER_OR_ROLE_OR_BODY,
)
from quotes.phrases import Phrase, Tagged, parse
from quotes.records import Span
from quotes.speakers import ANY_PERSON, GROUP_HEADS, GROUPS_ONLY, KIN, Registry

_NUMBERS = frozenset(
    (
        "puluhan",
        "belasan",
        "ratusan",
        "ribuan",
        "sejumlah",
        "beberapa",
        "sekitar",
        "sekelompok",
        "para",
        "pihak",
        "kalangan",
        "kaum",
        "banyak",
        "sebagian",
    )
)
_INTRODUCING = frozenset(
    (
        "bagi",
        "oleh",
        "menurut",
        "membuat",
        "disampaikan",
        "berdiri",
        "duduk",
        "hadir",
        "muncul",
        "tampak",
        "bernama",
        "bermarga",
        "satunya",
        "sebagai",
        "memuaskan",
        "meyakinkan",
        "menenangkan",
        "menyinggung",
        "mengejutkan",
    )
)

_NAMING = frozenset(("bernama", "bermarga"))

#: How many sentences back a pronoun may reach.
REACH = 9


@dataclass(slots=True)
class Event:
    """Somebody spoke: where, in which sentence, who, and whether a phrase named them there."""

    at: int
    sentence: int
    entity: int
    named: bool


@dataclass(frozen=True, slots=True)
class Topic:
    """Who a sentence is about: entities, best first, and word offsets where they stand."""

    persons: tuple[tuple[int, int], ...]
    groups: tuple[tuple[int, int], ...]


class Discourse:
    """The speakers and topics of an article, as far as it has been read."""

    def __init__(
        self,
        tagged: Tagged,
        registry: Registry,
        sentences: list[Span],
        narrative: Callable[[int], list[tuple[int, int]]],
    ) -> None:
        self.tagged = tagged
        self.registry = registry
        self.sentences = sentences
        self.narrative = narrative
        self.events: list[Event] = []
        self._by_sentence: dict[int, list[Event]] = {}
        self._spoken: dict[str, set[int]] = {}  # name words to the entities that have spoken
        self._speakers: set[int] = set()
        self._topics: dict[int, Topic] = {}

    def record(self, at: int, sentence: int, entity: int, *, named: bool) -> None:
        """Note that ``entity`` spoke at offset ``at``."""
        event = Event(at, sentence, entity, named)
        self.events.append(event)
        self._speakers.add(entity)
        self._by_sentence.setdefault(sentence, []).append(event)
        for word in self.registry.entities[entity].words:
            self._spoken.setdefault(word, set()).add(entity)

    def has_spoken(self, entity: int) -> bool:
        """Whether ``entity`` has spoken so far."""
        return entity in self._speakers

    def last(self, number: int, at: int, reach: int = 6) -> Event | None:
        """The last speech before ``at`` within ``reach`` sentences."""
        for event in reversed(self.events):
            if number - event.sentence > reach:
                return None
            if event.at < at:
                return event
        return None

    # --- candidates ---------------------------------------------------------------------------

    def persons(self, number: int, at: int, *, aside: bool = False) -> Iterator[tuple[int, int]]:
        """Persons before ``at``, nearest first, with the number of sentences they lie back.

        ``aside``: the pronoun stands in a clause set into the sentence (*Pelaku, kata dia, ...*);
        the sentence's own subject is then whom the speaker speaks of.
        """
        registry = self.registry
        for back in range(number, max(-1, number - REACH), -1):
            seen: set[int] = set()
            for entity in self._spoke(back, at):
                if registry.entities[entity].type == "person" and entity not in seen:
                    seen.add(entity)
                    yield entity, number - back
            if aside and back == number:
                continue
            for entity, place in self.topic(back).persons:
                if place < at and entity not in seen:
                    seen.add(entity)
                    yield entity, number - back

    def groups(self, number: int, at: int) -> Iterator[tuple[int, int]]:
        """Groups and bodies before ``at``, nearest first, with the number of sentences they lie back."""
        registry = self.registry
        for back in range(number, max(-1, number - REACH), -1):
            seen: set[int] = set()
            for entity, place in self.topic(back).groups:
                if place < at and entity not in seen:
                    seen.add(entity)
                    yield entity, number - back
            for entity in self._spoke(back, at):
                if registry.entities[entity].type != "person" and entity not in seen:
                    seen.add(entity)
                    yield entity, number - back

    def _spoke(self, sentence: int, at: int) -> list[int]:
        return [event.entity for event in reversed(self._by_sentence.get(sentence, ())) if event.at < at]

    # --- topics -------------------------------------------------------------------------------

    def topic(self, number: int) -> Topic:
        """Who sentence ``number`` is about."""
        found = self._topics.get(number)
        if found is None:
            found = self._topics[number] = self._find_topic(number)
        return found

    def _find_topic(self, number: int) -> Topic:
        persons: list[tuple[int, int]] = []
        groups: list[tuple[int, int]] = []
        stretches = self.narrative(number)
        if stretches and self.tagged.headlines and self.tagged.in_headline(stretches[0][0]):
            return Topic((), ())  # Buruh Gelar Aksi Tolak Aturan Baru: no Gelar Aksi
        starts = self.tagged.document.starts
        leading = leading_phrases(self.tagged, *stretches[0]) if stretches else []
        continues = False
        owner: Phrase | None = None
        if leading:
            phrase = leading[0]
            if len(leading) > 1 and self._told_as_one(leading[1]):
                phrase = leading[1]
            if phrase.kind == "pronoun" or self._possessed(phrase) or self._points(phrase):
                continues = True
            elif self._owns(phrase):
                owner = phrase
            elif phrase.kind != "name" or self._is_person(phrase) or self._named_here(leading):
                entity = self.registry.of_phrase(phrase)
                if entity is not None:
                    self._place(entity, starts[phrase.first], persons, groups)
        for first, last in stretches:
            for phrase in self._others(first, last, continues or bool(persons)):
                entity = self.registry.of_phrase(phrase)
                if entity is not None and all(entity != held for held, _ in (*persons, *groups)):
                    self._place(entity, starts[phrase.first], persons, groups)
        if owner is not None and not persons and self._is_person(owner):
            entity = self.registry.of_phrase(owner)
            if entity is not None:
                self._place(entity, starts[owner.first], persons, groups)
        return Topic(tuple(persons), tuple(groups))

    def _place(
        self, entity: int, at: int, persons: list[tuple[int, int]], groups: list[tuple[int, int]]
    ) -> None:
        held = self.registry.entities[entity]
        if held.type == "person":
            if held.named or self.registry.single(entity):
                persons.append((entity, at))
        else:
            words = held.name.lower().split()
            head = next((word for word in words if word not in _NUMBERS and not word[0].isdigit()), "")
            flags = self.registry.tagged.lexicon_flags(head)
            counted = head != "orang" or words[0][0].isdigit()  # 150.000 orang menyalakan lilin
            if held.type == "organisation" or (counted and (head in GROUP_HEADS or flags & ROLE)):
                groups.append((entity, at))

    def _points(self, phrase: Phrase) -> bool:
        """Whether a phrase points back to a person met before: pria itu, politikus tersebut, sang menteri."""
        tagged = self.tagged
        last = phrase.last - 1
        if phrase.kind not in ("phrase", "title"):
            return False
        if tagged.document.lower[phrase.first] == "sang":
            return True
        head = tagged.document.lower[phrase.first]
        return (
            bool(tagged.flags[last] & DEMONSTRATIVE)
            and not phrase.plural
            and bool(
                (tagged.flags[phrase.first] & ROLE and not tagged.flags[phrase.first] & BODY)
                or head in ANY_PERSON
            )
            and head not in GROUPS_ONLY
        )

    def _named_here(self, leading: list[Phrase]) -> bool:
        """Whether the first phrase is the name of whom the second describes: Anak nelayan itu bernama Suharni."""
        lower = self.tagged.document.lower
        if len(leading) < 2 or leading[1].last > leading[0].first:
            return False
        if lower[leading[1].last] != "yang" and lower[leading[0].first - 1] not in _NAMING:
            return False
        whose = leading[1].first
        while whose < leading[1].last - 1 and self.tagged.flags[whose] & SINGULAR_DETERMINER:
            whose += 1
        return bool(self.tagged.flags[whose] & ROLE) or lower[whose] in ANY_PERSON or lower[whose] in KIN

    def _told_as_one(self, phrase: Phrase) -> bool:
        """Whether an apposition tells that one person is meant: tamu lain, seorang pengusaha, ..."""
        flags = self.tagged.flags
        if phrase.kind != "phrase" or not flags[phrase.first] & SINGULAR_DETERMINER:
            return False
        return self.tagged.marks[phrase.first] == ","

    def _owns(self, phrase: Phrase) -> bool:
        """Whether a name only tells whose a thing is: Pernyataan Rai."""
        head = phrase.first
        return phrase.kind == "name" and phrase.name[0] > head and bool(self.tagged.flags[head] & DOCUMENT)

    def _possessed(self, phrase: Phrase) -> bool:
        """Whether a phrase belongs to somebody met before: bukunya, kliennya."""
        tagged = self.tagged
        word = tagged.document.lower[phrase.last - 1]
        return phrase.kind != "name" and word.endswith("nya") and len(word) > 5

    def _others(self, first: int, last: int, has_person: bool) -> Iterator[Phrase]:
        """Persons a stretch introduces besides its subject, and its groups."""
        tagged = self.tagged
        runs = self.registry.runs
        starts = self.registry.run_starts
        if not has_person:
            for run in runs[bisect_left(starts, first) : bisect_right(starts, last - 1)]:
                phrase = self.registry.phrase_around(run.first, run.last)
                if phrase is not None and self._introduces(phrase, run.keys) and self._is_person(phrase):
                    yield phrase
        lower = tagged.document.lower
        if not has_person:
            yield from self._agents(first, last)
        for index in [index for index in range(first + 1, last) if lower[index] in GROUP_HEADS]:
            start = index
            while start > first and tagged.flags[start - 1] & PLURAL_DETERMINER:
                start -= 1
            if start > first and tagged.flags[start - 1] & (SINGULAR_DETERMINER_OR_ROLE_OR_BODY):
                continue
            counted = lower[index] == "orang" and tagged.document.words[index - 1][0].isdigit()
            phrase = parse(tagged, start - counted, last)
            if counted and (phrase is None or phrase.last >= last or not self._acts(phrase.last)):
                continue
            if phrase is not None and phrase.kind == "phrase":
                yield phrase

    def _agents(self, first: int, last: int) -> Iterator[Phrase]:
        """Somebody without a name who does what the sentence tells: dibacakan oleh seorang ibu."""
        lower, flags = self.tagged.document.lower, self.tagged.flags
        if "oleh" not in lower[first:last]:
            return
        for index in range(first, last - 1):
            if lower[index] == "oleh" and flags[index + 1] & SINGULAR_DETERMINER:
                phrase = parse(self.tagged, index + 1, last)
                if phrase is not None and phrase.kind == "phrase":
                    yield phrase

    def _is_person(self, phrase: Phrase) -> bool:
        """Whether a phrase with a name names a person: by its form, or because the person has spoken."""
        if self.registry.looks_personal(phrase):
            return True
        words = frozenset(self.tagged.document.lower[phrase.name[0] : phrase.name[1]])
        following = phrase.last
        lower = self.tagged.document.lower
        behind = following < len(lower) and self.tagged.flags[following] & BEHIND_SUBJECT
        if behind or (following < len(lower) and self._acts(following)):
            full = max((len(run.words) for run in self.registry.runs_with(words)), default=0)
            if full >= 2 and not self.tagged.flags[following] & DEMONSTRATIVE:
                return True
        if len(words) >= 2 and following < len(lower) and self._acts(following):
            return True
        spoken = self._spoken.get(next(iter(words), ""), ())
        return any(words <= self.registry.entities[entity].words for entity in spoken)

    def _acts(self, index: int) -> bool:
        """Whether a word is an active verb in a clause of its own: Mary Achieng menunggu."""
        tagged = self.tagged
        low = tagged.document.lower[index]
        return (
            tagged.gaps[index] == " "
            and not tagged.upper[index]
            and low.startswith(("me", "ber"))
            and len(low) > 5
        )

    def _introduces(self, phrase: Phrase, words: frozenset[str]) -> bool:
        """Whether a name stands as the one concerned: bagi X, ditanggapi X, berdiri X, or new and described."""
        tagged = self.tagged
        first = phrase.first
        before = tagged.document.lower[first - 1] if first else ""
        if self.registry.apposition(phrase) is not None and not any(
            self.registry.met_before(word, first) for word in words
        ):
            return True
        if before in _INTRODUCING:
            return True
        if first > 1 and not tagged.flags[first - 1] and not tagged.upper[first - 1]:
            manner = tagged.document.lower[first - 2]  # ditanggapi dingin Ellyta
            if (
                manner.startswith("di")
                and len(manner) > 6
                and tagged.gaps[first - 1] == tagged.gaps[first] == " "
            ):
                return not tagged.flags[first - 2] & ROLE_OR_BODY_OR_PREPOSITION
        return (
            before.startswith("di")
            and len(before) > 6
            and not tagged.flags[first - 1] & (ROLE_OR_BODY_OR_PREPOSITION)
        )
