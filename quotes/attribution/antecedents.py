"""Whom a source stands for: a name or body of the article, or who a pronoun, *-nya* or *pria itu* points back to."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from quotes.attribution.evidence import Found, Ground
from quotes.attribution.linking import tail_link
from quotes.attribution.view import Link, View
from quotes.clauses import Source, name_behind, word_after
from quotes.discourse import Discourse, Event
from quotes.lexicon.words import BODY, CUE, DEMONSTRATIVE, RANK, ROLE
from quotes.phrases import Phrase, parse
from quotes.records import Span
from quotes.speakers import ANY_PERSON, GROUPS_ONLY, KIN, Registry

#: Sentences back in which a name may stand that is pointed to wherever it stands.
NEAR = 3
#: Sentences back in which whose statement it was may be told.
_STATED = 3
#: Sentences back over which a body that spoke last is still meant.
_FAR = 8
#: Verbs of somebody who goes on speaking.
_ADDING = frozenset(("tambah", "imbuh", "lanjut", "sambung", "pungkas", "tutup"))
#: What an office is called in other words, and the first words of such offices.
_STATIONS = {
    "kepala negara": frozenset(("presiden", "raja", "ratu", "sultan", "emir", "kaisar")),
    "kepala pemerintahan": frozenset(("perdana", "pm", "kanselir")),
    "kepala daerah": frozenset(("gubernur", "bupati", "wali", "walkot")),
}
#: Words that an office has at least where it is one of a body: Presiden konfederasi masyarakat adat.
_PLAIN_OFFICE = 4
#: Words that open a statement and are no cues.
_OPENS_STATEMENT = frozenset(("buka", "angkat", "suara", "bersuara"))


class Antecedents:
    """The speakers behind the sources of one article, as far as its discourse has come."""

    def __init__(self, view: View, registry: Registry, discourse: Discourse) -> None:
        self.view = view
        self.tagged = view.tagged
        self.lower = view.document.lower
        self.registry = registry
        self.discourse = discourse

    # --- what a link or a source stands for -----------------------------------------------------

    def of_link(self, number: int, index: int, link: Link, at: int) -> Found | None:
        """The speaker of a linked span; for banners, chants and statements without a source, who is behind them.

        Args:
            number: the sentence.
            index: the span.
            link: what ties it to its cue and source.
            at: offset of the cue, or of the span where it has none.
        """
        source = link.source
        if source is None or (source.phrase is not None and source.phrase.kind == "document"):
            if link.rule == "thus":
                return self._statement_of(number, at)
            if link.rule == "carrier" or source is not None:
                found = self.antecedent(number, at, plural=True, body=False)
                if found is not None or source is None:
                    return found
        if link.rule == "carrier" and source is not None and source.phrase is not None:
            phrase = source.phrase
            if phrase.kind == "pronoun":
                return self.antecedent(number, at, plural=phrase.plural, body=False)
        found = self.of_source(number, source, at)
        if found is None and source is not None and source.phrase is None:
            tail = tail_link(self.view, number, index)  # Apa yang disebutnya “…” belum ditangkap, kata X
            if tail is not None and tail.cue is not None and tail.source is not None:
                found = self.of_source(number, tail.source, tail.cue.start)
        return found

    def of_source(self, number: int, source: Source | None, at: int, *, aside: bool = False) -> Found | None:
        """The speaker a source stands for; ``aside``: its clause is set into the sentence."""
        if source is None:
            return self.antecedent(number, at, plural=False, body=True)
        phrase = source.phrase
        if phrase is None:
            return (
                self._adding(number, source, at)
                or self._body_going_on(number, at)
                or self.antecedent(number, at, plural=False, body=True, aside=aside)
            )
        if phrase.kind == "pronoun":
            body = self.lower[phrase.first] == "pihaknya"  # a body's side, or its spokesman's
            return self.antecedent(number, at, plural=phrase.plural, body=body, aside=aside)
        if phrase.kind == "document" and phrase.last - phrase.first > 1:
            whose = parse(self.tagged, phrase.first + 1, phrase.last)
            if whose is not None and whose.last == phrase.last and self.view.can_say(whose):
                return self.of_source(number, Source(Span(whose.start, whose.end), whose), at)
            if whose is not None and whose.kind == "body" and whose.last == phrase.last:
                return self._registered(whose)  # menurut data Badan Keamanan Laut
        pointed = self._pointed(number, phrase, at)
        if pointed is not None:
            return pointed
        named = name_behind(self.tagged, phrase, self.view.narrative_end(number, phrase))
        if named is not None and phrase.kind in ("phrase", "title") and not phrase.plural:
            return self._registered(named)  # seorang penambang, yang dipanggil Hasan Usta, mengatakan
        return self._registered(phrase)

    def _registered(self, phrase: Phrase) -> Found | None:
        entity = self.registry.of_phrase(phrase)
        return None if entity is None else Found(entity)

    # --- pronouns, -nya, unsaid subjects --------------------------------------------------------

    def antecedent(
        self, number: int, at: int, *, plural: bool, body: bool, aside: bool = False
    ) -> Found | None:
        """Who a pronoun, -nya or an unsaid subject stands for: the nearest speaker or subject before.

        Args:
            number: the sentence.
            at: offset of the cue.
            plural: whether several are meant; a group comes before a body then.
            body: whether a body may be meant where no person is near.
            aside: whether the clause is set into the sentence.
        """
        if plural:
            return self._many(number, at)
        registry = self.registry
        for entity, back in self.discourse.persons(number, at, aside=aside):
            if registry.entities[entity].named or registry.single(entity):
                return Found(entity, Ground("person", back))
        for entity, back in self.discourse.persons(number, at, aside=aside):
            return Found(entity, Ground("person", back))
        return (self._last(number, at, _FAR) if body else None) or self._only_person(number, at)

    def _many(self, number: int, at: int) -> Found | None:
        """The nearest group; a body where no group is near."""
        body: Found | None = None
        for entity, back in self.discourse.groups(number, at):
            if self.registry.entities[entity].type == "group":
                return Found(entity, Ground("many", back)) if body is None or back <= NEAR else body
            if body is None:
                body = Found(entity, Ground("many", back))
        return body

    def _last(self, number: int, at: int, reach: int = 6) -> Found | None:
        """Whoever spoke last."""
        event = self.discourse.last(number, at, reach)
        return None if event is None else Found(event.entity, Ground("last", number - event.sentence))

    def _statement_of(self, number: int, at: int) -> Found | None:
        """Whose statement *demikian bunyi pernyataan itu* was: the last body or person the text is about."""
        for back in range(number, max(-1, number - _STATED), -1):
            topic = self.discourse.topic(back)
            for entity, place in sorted((*topic.groups, *topic.persons), key=lambda held: held[1]):
                if place < at:
                    return Found(entity, Ground("topic", number - back))
        return self._last(number, at)

    def _names_near(self, number: int, at: int) -> Iterator[tuple[Phrase, int]]:
        """The names of the writer's own words in the sentences before ``at``, nearest first."""
        registry, starts = self.registry, self.view.document.starts
        for back in range(number, max(-1, number - NEAR), -1):
            for first, last in reversed(self.view.narrative(back)):
                low, high = bisect_left(registry.run_starts, first), bisect_left(registry.run_starts, last)
                for run in reversed(registry.runs[low:high]):
                    if starts[run.first] < at:
                        phrase = registry.phrase_around(run.first, run.last)
                        if phrase is not None:
                            yield phrase, number - back

    def _only_person(self, number: int, at: int) -> Found | None:
        """The one person named near, wherever in a sentence: KPK menahan Budi. “…,” kata dia."""
        found: dict[int, int] = {}
        for phrase, back in self._names_near(number, at):
            if self.registry.looks_personal(phrase):
                entity = self.registry.of_phrase(phrase)
                if entity is not None:
                    found.setdefault(entity, back)
        if len(found) != 1:
            return None
        ((entity, back),) = found.items()
        return Found(entity, Ground("person", max(back, 3)))

    def _adding(self, number: int, source: Source, at: int) -> Found | None:
        """The nearest person who has spoken, where the verb says that somebody goes on: tambahnya, lanjutnya."""
        word = word_after(self.tagged, source.span.end) - 1
        if self.lower[word].removesuffix("nya") not in _ADDING:
            return None
        for entity, back in self.discourse.persons(number, at):
            if back > NEAR + 1:
                break
            held = self.registry.entities[entity]
            if (held.named or self.registry.single(entity)) and self.discourse.has_spoken(entity):
                return Found(entity, Ground("last", back))
        return None

    def _body_going_on(self, number: int, at: int) -> Found | None:
        """The body that spoke in the sentence before, where no person is near: -nya may stand for it."""
        event = self.discourse.last(number, at, reach=1)
        if event is None or self.registry.entities[event.entity].type == "person":
            return None
        person = next(iter(self.discourse.persons(number, at)), None)
        if person is not None and person[1] <= 2:
            return None
        return Found(event.entity, Ground("last", number - event.sentence))

    # --- pria itu, politikus tersebut -----------------------------------------------------------

    def _pointed(self, number: int, phrase: Phrase, at: int) -> Found | None:
        """The person *pria itu* or *siswi kelas III itu* points back to; None if it does not point."""
        tagged, lower = self.tagged, self.lower
        last = phrase.last - 1
        pointing = tagged.flags[last] & DEMONSTRATIVE and not tagged.upper[last]
        first = phrase.first
        sang = lower[first] == "sang"
        if phrase.kind not in ("phrase", "title") or not (pointing or sang):
            return None
        first += sang
        head = lower[first]
        ranked = tagged.flags[first] & RANK and not tagged.upper[first]  # jenderal bintang dua itu
        somebody = tagged.flags[first] & ROLE and not tagged.flags[first] & BODY
        if not somebody and not ranked and head not in ANY_PERSON:
            return None
        if phrase.plural:
            return None
        if head in GROUPS_ONLY:
            newly = last - first > 1 and head not in lower[:first]  # petani tebu itu
            alone = self._only_name_near(number, at) if newly and pointing else None
            if alone is not None:
                self.registry.mention(alone.entity, phrase)
            return alone
        near, matched = self._nearest_told(number, at, first, last)
        if not matched:
            near = self._of_trade(number, at, head) or near
        if near is None and somebody and pointing:
            near = self._only_name_near(number, at)
        if near is None:
            return None
        meant = self.registry.entities[near.entity]
        if sang and not matched and (head in KIN or not (meant.named or self.registry.single(near.entity))):
            return None  # sang kakek: nobody met before is told to be one
        self.registry.mention(near.entity, phrase)
        if meant.role is None and meant.named and head not in ANY_PERSON and not tagged.upper[first]:
            told_by = next((word for word in range(first + 1, last) if lower[word] == "yang"), last)
            meant.role = tagged.text(first, told_by)  # siswi kelas III itu tells the role
        return near

    def _nearest_told(self, number: int, at: int, first: int, last: int) -> tuple[Found | None, bool]:
        """The nearest person told to be what words ``[first, last)`` say, else the nearest; and whether told."""
        tagged, lower = self.tagged, self.lower
        head = lower[first]
        # Politikus PSI itu: whoever was told to be of PSI.
        bodies = {lower[i] for i in range(first + 1, last) if tagged.upper[i]}
        station = _STATIONS.get(" ".join(lower[first : first + 2]), frozenset())
        near: Found | None = None
        for entity, back in self.discourse.persons(number, at):
            if back > NEAR + 1 and near is not None:
                break
            if near is None:
                near = Found(entity, Ground("pointed", back))
            held = self.registry.entities[entity]
            told = (held.role or held.name if not held.named else held.role or "").lower().split()
            stationed = bool(told) and told[0] in station and len(told) < _PLAIN_OFFICE
            if (head in told and head not in ANY_PERSON) or bodies & set(told) or stationed:
                return Found(entity, Ground("pointed", back)), True
        return near, False

    def _only_name_near(self, number: int, at: int) -> Found | None:
        """The one name of the sentences just before: Bashir Ahmed kehilangan kerbaunya. “…,” ujar petani itu."""
        found: set[int] = set()
        for phrase, back in self._names_near(number, at):
            if back > 2:
                break
            entity = self.registry.of_phrase(phrase)
            if entity is not None and self.registry.entities[entity].type == "person":
                found.add(entity)
        return Found(found.pop(), Ground("pointed", 3)) if len(found) == 1 else None

    def _of_trade(self, number: int, at: int, head: str) -> Found | None:
        """Whom the sentences before told to be what the noun says: bertemu aktivis Rangga ... aktivis itu."""
        if head in ANY_PERSON:
            return None
        for phrase, back in self._names_near(number, at):
            first, last = phrase.role
            if head in self.lower[first:last]:
                entity = self.registry.of_phrase(phrase)
                return None if entity is None else Found(entity, Ground("pointed", back))
        return None

    # --- spans without a cue --------------------------------------------------------------------

    def of_turn(self, number: int, at: int) -> tuple[Found, str] | None:
        """Who says a span without a cue, and by which rule: whoever has just spoken, or was just introduced."""
        previous = self.discourse.last(number, at)
        if previous is None:
            found = self.antecedent(number, at, plural=False, body=True)
            return None if found is None else (found, "lead-in")
        subject = self._introduced(number, previous)
        if subject is not None and subject != previous.entity:
            return Found(subject, Ground("person", 1)), "lead-in"
        back = number - previous.sentence
        return Found(previous.entity, Ground("last", back)), "continued" if back <= 1 else "turn"

    def _introduced(self, number: int, previous: Event) -> int | None:
        """A person, or a body that made a statement, who became the subject after the last speaker spoke."""
        for back in range(number - 1, previous.sentence, -1):
            topic = self.discourse.topic(back)
            if topic.persons:
                return topic.persons[0][0]
            if topic.groups and back == number - 1 and self._speaks(back):
                return topic.groups[0][0]
        return None

    def _speaks(self, number: int) -> bool:
        """Whether a sentence tells of speaking: a cue, or a word that opens a statement."""
        return any(
            self.tagged.flags[word] & CUE or self.lower[word] in _OPENS_STATEMENT
            for first, last in self.view.narrative(number)
            for word in range(first, last)
        )
