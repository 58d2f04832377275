"""Indirect statements: clauses that report what somebody said, without quotation marks.

A sentence is read as a whole, cue by cue in text order. A verb reports if its frame in the
lexicon (``reports.toml``) takes what follows it, if nothing before it makes it a plan, a
purpose or its opposite, and if its source is somebody, or something, that can speak.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from quotes.clauses import Cue, Source, clitic, leading_phrases, source_after, source_before, word_after
from quotes.lexicon import Lexicon
from quotes.lexicon.reports import Frame, Guards
from quotes.lexicon.words import W
from quotes.phrases import Phrase, Tagged, parse
from quotes.records import Span

#: An utterance ends right before: a quotation mark no span was made of.
_UTTERED = re.compile(r"[,.!?…]\s*[”\"“»'’]\s*,?\s*$")
_MARKED = re.compile(r"[,.!?…]\s*[”\"»]")
_VERBAL = re.compile(r"(?:me[mnlrwy]|ber|be[lr]|di|ter|menge)[a-z]{4,}$")
_ABSTRACT = re.compile(r"(?:ke|pe[mnlrwy]?|per)[a-z]{3,}an$|[a-z]{3,}(?:asi|itas|isme|nya)$")
_EDGE = " \t\r\n\u00a0,;:.!?…–—-"
#: How many words behind a verb its complement is looked for.
_REACH = 22

_CLAUSE_ENDS = frozenset((";", ".", "!", "?", ":", "—", "–"))


class Report(NamedTuple):
    """A reporting clause: its cue, its source, and the offsets of the reported clause.

    ``row`` is false where quoted spans already stand for it: somebody spoke there, but the
    quoted row is enough.
    """

    cue: Span
    source: Source | None
    clause: Span
    row: bool


class _Found(NamedTuple):
    """A report with the word ranges that decide where the one before it ends."""

    cue: Span
    source: Source | None
    first: int  # word range of the reported clause
    last: int
    begin: int  # first word of the reporting clause
    inside: bool  # stands inside another report
    row: bool = True  # no quoted span stands for it


class _Left(NamedTuple):
    """What stands before a verb: its link to the sentence, and where the link stands."""

    link: str
    word: int
    negated: bool


class _Right(NamedTuple):
    """What follows a verb: the complement, and the first word of what is reported."""

    kind: str
    first: int
    noun: int  # the noun a light verb takes along, or -1


def reports_in(
    tagged: Tagged,
    lexicon: Lexicon,
    sentence: Span,
    cues: Sequence[Cue],
    linked: Mapping[int, Source | None],
    holes: Sequence[Span],
) -> dict[int, Report]:
    """The indirect statements of a sentence, by the word index of their cue.

    Args:
        tagged: the article's words.
        lexicon: the language data.
        sentence: offsets of the sentence.
        cues: all cues of the sentence outside quoted spans, in text order.
        linked: those that a quoted span uses, with their sources.
        holes: offsets of the quoted spans of the sentence, marks included.
    """
    if len(linked) == len(cues):
        return {}
    reading = _Sentence(tagged, lexicon, sentence, cues, linked, holes)
    return reading.run()


class _Sentence:
    """One sentence under reading."""

    def __init__(
        self,
        tagged: Tagged,
        lexicon: Lexicon,
        sentence: Span,
        cues: Sequence[Cue],
        linked: Mapping[int, Source | None],
        holes: Sequence[Span],
    ) -> None:
        self.tagged = tagged
        self.document = tagged.document
        self.lower = tagged.document.lower
        self.guards: Guards = lexicon.cues.reports.guards
        self.classes = lexicon.words.flags
        self.sentence = sentence
        self.cues = cues
        self.linked = linked
        self.first = word_after(tagged, sentence.start)
        self.last = word_after(tagged, sentence.end)
        self.holes = [(word_after(tagged, hole.start), word_after(tagged, hole.end)) for hole in holes]
        self.hole_offsets = holes
        self.held: Source | None = None
        self.held_cue: Cue | None = None
        self.last_word = -1

    def run(self) -> dict[int, Report]:
        found: dict[int, _Found] = {}
        for cue in self.cues:
            if cue.word in self.linked:
                self.held, self.held_cue = self.linked[cue.word] or self.held, cue
                self.last_word = cue.word
                continue
            report = self._read(cue)
            if report is not None:
                found[cue.word] = report._replace(row=report.row and not self._absorbed(cue, report))
                self.last_word = cue.word
                if not report.inside:
                    self.held, self.held_cue = report.source, cue
        return self._cut(found)

    def _absorbed(self, cue: Cue, report: _Found) -> bool:
        """Whether a quoted span inside the reported clause has no other speaker: the quoted row is enough."""
        if report.first <= cue.word:
            return False
        for start, _ in self.holes:
            if not report.first <= start < self.last:
                continue
            inner = [other for other in self.cues if cue.word < other.word < start and other.word in self.linked]
            if not inner:
                continue
            if inner[-1].entry.report is None:
                return True
        return False

    # --- which cue reports --------------------------------------------------------------------

    def _read(self, cue: Cue) -> _Found | None:
        frame = cue.entry.report
        left = max((end for _, end in self.holes if end <= cue.word), default=self.first)
        right = min((start for start, _ in self.holes if start > cue.word), default=self.last)
        if frame is not None:
            return self._passive(cue, frame, left, right) if frame.passive else self._active(cue, frame, left, right)
        if cue.entry.preposition:
            return self._according(cue, left, right)
        if cue.entry.after:
            return self._aside(cue, left, right)
        return None

    def _active(self, cue: Cue, frame: Frame, left: int, right: int) -> _Found | None:
        if self.tagged.upper[cue.word] and not self.tagged.starts[cue.word] and self._plain(cue.word):
            return None
        before = self._before(cue, frame, left)
        if before is None or before.negated and not frame.negated or frame.denial and not before.negated:
            return None
        behind = self._behind(cue, frame, right)
        if cue.word + 1 < right and self._nothing(cue.word + 1, frame):
            return None
        closing = before.link == "subject" and behind.kind in ("bare", "adjunct") and self._closes(cue, behind)
        if not closing and not self._takes(frame, behind):
            return None
        source = self._subject(cue, frame, before, behind, left)
        if source is None:
            return None
        row = not self._uttered(cue, source, before, behind)
        if before.link == "relative" and behind.kind == "thing" and not self.tagged.marks[before.word]:
            return None  # a restrictive clause tells who, not what was said: mereka yang menganjurkan mosi
        phrase = source.phrase
        governor = self._governor(cue, before, phrase)
        if governor is not None and not self._embeds(governor, frame, behind, phrase):
            return None
        if phrase is not None and phrase.first > left and self.lower[phrase.first - 1] in self.guards.negation:
            return None  # tidak semua calon memaparkan ...
        strict = frame.weak or before.link == "relative"
        if not self._speaks(phrase, frame, behind, strict=strict):
            source = self._behind_heading(phrase) if phrase is not None and phrase.first == self.first else None
            if source is None or not self._speaks(source.phrase, frame, behind, strict=strict):
                return None
            phrase = source.phrase
        begin = phrase.first if phrase is not None and before.link == "subject" else before.word
        if closing and phrase is not None and not self._opens(phrase.first):
            comma = "," in self.tagged.gaps[phrase.first]
            if not comma or not self._clause(self.first, phrase.first):
                if "bare" not in frame.takes:
                    return None
                return _Found(self._span(cue, behind), source, cue.word, cue.word + 1, begin, governor is not None, row)
            row = row and not any(start < phrase.first for start, _ in self.holes)
            return _Found(self._span(cue, behind), source, self.first, phrase.first, phrase.first, False, row)
        if closing and "bare" not in frame.takes:
            return None
        return _Found(self._span(cue, behind), source, behind.first, right, begin, governor is not None, row)

    def _plain(self, word: int) -> bool:
        """Whether the words around are no headline, so that a verb with a capital is part of a name."""
        around = range(max(self.first, word - 4), min(self.last, word + 5))
        return any(not self.tagged.upper[i] and len(self.lower[i]) > 4 for i in around)

    def _nothing(self, index: int, frame: Frame) -> bool:
        """Whether what follows a verb makes it no report: meminta izin, mengatakan hal itu."""
        if self.lower[index] not in frame.things:
            return False
        if self.lower[index] != "hal":
            return True
        return index + 1 < self.last and bool(self.tagged.flags[index + 1] & W.DEMONSTRATIVE)

    def _span(self, cue: Cue, behind: _Right) -> Span:
        """The cue, with the noun a light verb says it by: mengeluarkan peringatan."""
        light = cue.entry.report is not None and cue.entry.report.light
        return Span(cue.start, self.document.ends[behind.noun] if light and behind.noun >= 0 else cue.end)

    def _opens(self, word: int) -> bool:
        """Whether nothing but opening words stands before ``word`` in its sentence."""
        return all(self.tagged.flags[i] & (W.OPENER | W.CONJUNCTION) for i in range(self.first, word))

    # --- what stands before a verb ------------------------------------------------------------

    def _before(self, cue: Cue, frame: Frame, left: int) -> _Left | None:
        """How a verb hangs in its sentence; None where it tells no speech."""
        tagged, lower, guards = self.tagged, self.lower, self.guards
        index = cue.word
        negated = False
        while index > left and not tagged.marks[index]:
            word = lower[index - 1]
            if word in guards.negation:
                negated = True
            elif word in guards.modal:
                return None
            elif not tagged.flags[index - 1] & W.ADVERB or tagged.flags[index - 1] & (W.ROLE | W.CUE):
                break
            elif word in guards.manner or word in guards.joining:
                break
            index -= 1
        if index <= left:
            link = "start" if index == self.first else "behind"
            return _Left(link, index, negated) if link == "behind" else None
        if tagged.marks[index]:
            return _Left("comma", index, negated)
        word = lower[index - 1]
        link = self._link(word)
        if link == "subject" and self._verb(index - 1) and not self._in_relative(index - 1, left):
            link = "governed"
        if link == "joined" and self._blocked(index - 1, left):
            return None
        return _Left(link, index - 1 if link != "subject" else index, negated)

    def _link(self, word: str) -> str:
        guards = self.guards
        if word in guards.purpose:
            return "purpose"
        if word == "yang":
            return "relative"
        if word in guards.manner:
            return "manner"
        if word in guards.joining:
            return "joined"
        return "adverbial" if word in guards.adverbial else "subject"

    def _verb(self, index: int) -> bool:
        return not self.tagged.upper[index] and self._predicate(index)

    def _in_relative(self, index: int, left: int) -> bool:
        """Whether the word belongs to a relative clause: warga yang datang [menyatakan]."""
        for word in range(index - 1, max(left, index - 10) - 1, -1):
            if self.tagged.marks[word + 1]:
                return False
            if self.lower[word] == "yang":
                return True
        return False

    def _blocked(self, joint: int, left: int) -> bool:
        """Whether the verb that this one is joined to is wished, planned or denied: untuk A dan B."""
        guards = self.guards
        for word in range(joint - 1, max(left, joint - 12) - 1, -1):
            if self.tagged.marks[word + 1]:
                return False
            if self.lower[word] in guards.purpose or self.lower[word] in guards.modal:
                return self.last_word < word
        return False

    # --- what follows a verb ------------------------------------------------------------------

    def _behind(self, cue: Cue, frame: Frame, right: int) -> _Right:
        """The complement of a verb."""
        tagged, lower, guards = self.tagged, self.lower, self.guards
        index = cue.word + 1
        noun = -1
        if index < right and not tagged.marks[index] and lower[index] in frame.objects:
            noun = index
            if frame.light:
                index += 1
        stop = min(right, index + _REACH)
        first = index
        if index >= right:
            return _Right("bare", index, noun if frame.light else -1)
        adjunct = False
        while index < stop:
            gap = tagged.marks[index]
            if gap:
                return self._after_mark(index, gap, noun, adjunct, right, frame)
            word = lower[index]
            if word in guards.skipped or tagged.flags[index] & W.TIME and not tagged.flags[index] & W.COMMON:
                index += 1
            elif word in guards.addressed and (adjunct or index <= first + 2):
                adjunct = True
                index = self._over(index + 1, stop)
            else:
                break
        if index >= stop:
            return _Right("adjunct", first, noun)
        found = self._complement(index, stop, noun, frame, adjunct)
        if adjunct and lower[first] != "kepada" and found.kind in ("thing", "number", "clause"):
            return _Right("adjunct", first, noun)
        return found

    def _after_mark(self, index: int, gap: str, noun: int, adjunct: bool, right: int, frame: Frame) -> _Right:
        """The complement behind a comma or another mark."""
        if gap.startswith((",", ":")) or gap.startswith("(") and adjunct:
            word = self.lower[index]
            adverbial = adjunct and (word in self.guards.manner or word in self.guards.adverbial or word in self.guards.purpose)
            if not adverbial and word not in self.guards.joining and word not in ("sementara", "sedangkan", "yang", "melainkan"):
                if not adjunct or self._clause(index, right):
                    found = self._complement(index, min(right, index + _REACH), noun, frame, adjunct)
                    return _Right("that", found.first if found.kind == "that" else index, noun)
        return _Right("bare", index, noun)

    def _complement(self, index: int, stop: int, noun: int, frame: Frame, adjunct: bool) -> _Right:
        lower, guards, tagged = self.lower, self.guards, self.tagged
        word = lower[index]
        for place in range(index, stop):
            if place > index:
                gap = tagged.marks[place]
                if gap and gap[0] in _CLAUSE_ENDS or tagged.flags[place] & W.CUE and self._cue_clause(place):
                    break
            if lower[place] == "bahwa" or place == index and lower[place] in guards.that:
                return _Right("that", min(place + 1, self.last - 1), noun)
        if word in guards.question and not tagged.marks[index]:
            return _Right("that", index, noun)
        if word in guards.ask:
            return _Right("ask", index + 1, noun)
        if word == "untuk":
            return _Right("ask", index, noun)
        if frame.filled:
            kind = "clause" if self._predicate(index) else "as" if word == "sebagai" else "thing"
            return _Right(kind, index, noun)
        if word in guards.about:
            return _Right("about", index, noun)
        if self._predicate(index):
            return _Right("act", index, noun)
        return _Right(self._object(index, stop), index, noun)

    def _cue_clause(self, place: int) -> bool:
        """Whether the cue at ``place`` has a conjunction of its own behind it."""
        return any(cue.word == place and cue.entry.report is not None for cue in self.cues)

    def _object(self, index: int, stop: int) -> str:
        """What a noun phrase behind a verb grows into: a clause, a request, a naming, or a thing."""
        lower, guards, tagged = self.lower, self.guards, self.tagged
        number = self.document.words[index][0].isdigit() or lower[index] in guards.number
        relative = False
        for place in range(index + 1, stop):
            gap = tagged.marks[place]
            listed = gap == "," and tagged.upper[place] and tagged.upper[place - 1]
            if gap and not gap.startswith("(") and not listed:
                break
            word = lower[place]
            if word == "yang":
                relative = True
                continue
            if word in guards.ask:
                return "ask"
            if word == "untuk":
                return "ask"
            if word == "sebagai":
                return "as"
            if word in guards.adverbial and word not in ("di", "pada", "dalam", "oleh", "hingga", "sampai"):
                break
            if word in guards.joining and place + 1 < stop and self._verb(place + 1):
                break
            if tagged.flags[place - 1] & W.DEMONSTRATIVE and not tagged.upper[place] and not relative:
                if not tagged.flags[place] & (W.PREPOSITION | W.CONJUNCTION | W.TIME | W.DEMONSTRATIVE):
                    return "clause"
            if not tagged.upper[place] and self._predicate(place):
                if relative:
                    relative = False
                    continue
                if lower[place - 1] in ("dengan", "untuk", "dalam", "tanpa", "cara"):
                    continue
                return "clause"
        return "number" if number else "thing"

    def _predicate(self, index: int) -> bool:
        """Whether the word is a verb, or another word that makes a clause."""
        word = self.lower[index]
        guards = self.guards
        if self.tagged.upper[index]:
            return False
        if word in guards.predicate:
            return True
        if word in guards.noun or self.tagged.flags[index] & (
            W.ROLE | W.BODY | W.DOCUMENT | W.PLACE | W.TITLE | W.PRONOUN | W.PREPOSITION | W.DETERMINER
        ):
            return False
        return _VERBAL.match(word) is not None

    def _clause(self, first: int, last: int) -> bool:
        return any(self._predicate(index) for index in range(first, last))

    def _over(self, index: int, stop: int) -> int:
        """Behind the noun phrase of an adjunct: kepada wartawan, pada hari Jumat."""
        phrase = parse(self.tagged, index, stop) if index < stop else None
        if phrase is not None:
            return phrase.last
        while index < stop and not self.tagged.marks[index] and self.tagged.flags[index] & (W.TIME | W.DEMONSTRATIVE):
            index += 1
        return max(index, min(index + 1, stop)) if phrase is None and index < stop and self.tagged.flags[index] & W.TIME else index

    def _takes(self, frame: Frame, behind: _Right) -> bool:
        if behind.noun >= 0 and (behind.kind != "bare" or frame.light or "," in self.tagged.gaps[behind.noun + 1] if behind.noun + 1 < self.last else True):
            return True
        if frame.light:
            return False
        if behind.kind == "thing" and frame.filled:
            return False
        return behind.kind in frame.takes

    def _closes(self, cue: Cue, behind: _Right) -> bool:
        """Whether nothing but adjuncts stands between a verb and the end of its sentence."""
        return behind.kind == "adjunct" or behind.first >= self.last or bool(self.tagged.marks[behind.first])

    # --- who speaks ---------------------------------------------------------------------------

    def _subject(self, cue: Cue, frame: Frame, before: _Left, behind: _Right, left: int) -> Source | None:
        link = before.link
        if (link == "purpose" and behind.kind != "that") or (link == "governed" and behind.kind not in ("that", "ask")):
            return None
        if link == "relative":
            if frame.weak or frame.filled:
                return None
            return self._antecedent(before.word, left)
        if link in ("subject", "governed"):
            return self._own_subject(cue, before.word, left, behind)
        if frame.weak and link in ("joined", "adverbial"):
            if self.held_cue is None or link == "adverbial" or self._told(self.held_cue.word, before.word):
                return None
        if link == "comma" and self._inserted(before.word):
            return None
        if link == "comma" and self.held_cue is not None:
            own = self._set_off(cue, before.word, left)
            if own is not None:
                return own
        if link != "purpose" and self._goes_on(cue, before):
            if link == "adverbial":
                return self._object_of_held() or self.held
            return self.held
        if link == "comma" and not self._told(left, before.word):
            return source_before(self.tagged, cue, left) or self._over_holes(cue, left)
        start = self._clause_start(before.word)
        if link == "purpose":
            while start < before.word and self.lower[start] in self.guards.adverbial:
                start += 1
        phrases = leading_phrases(self.tagged, start, before.word) if start < before.word else []
        if phrases:
            return Source(Span(phrases[0].start, phrases[0].end), phrases[0])
        for place in range(start, before.word):
            # Pada Rabu, sekitar 400 penduduk berkumpul, ...
            opens = place == start or self.tagged.marks[place].startswith(",")
            if opens and (self.lower[place] in self.guards.quantity or self.document.words[place][0].isdigit()):
                while self.lower[place] in self.guards.quantity or self.document.words[place][0].isdigit():
                    place += 1
                phrase = parse(self.tagged, place, before.word) if place < before.word else None
                if phrase is not None and self.tagged.flags[phrase.first] & W.ROLE:
                    return Source(Span(phrase.start, phrase.end), phrase)
        return source_before(self.tagged, cue, left) or self._over_holes(cue, left)

    def _inserted(self, end: int) -> bool:
        """Whether word ``end`` stands inside brackets."""
        text = self.document.text[self.sentence.start : self.document.starts[end]]
        return text.count("(") > text.count(")")

    def _set_off(self, cue: Cue, end: int, left: int) -> Source | None:
        """A subject of the verb's own between commas, behind the report before: ..., kata A; B, ketua C, menilai."""
        source = source_before(self.tagged, cue, left)
        if source is None or source.phrase is None or self.held_cue is None:
            return None
        first = source.phrase.first
        if first <= self.held_cue.word + 1 or not self.tagged.marks[first] and not self._may_begin(first):
            return None
        return None if self._told(first, end) else source

    def _over_holes(self, cue: Cue, left: int) -> Source | None:
        """The subject of a verb whose clause began before an earlier quoted span."""
        return source_before(self.tagged, cue, self.first) if left > self.first else None

    def _own_subject(self, cue: Cue, end: int, left: int, behind: _Right) -> Source | None:
        """The phrase right before a verb, or in front of what sets it off from the verb."""
        counted = self._counted(end)
        if counted is not None:
            return counted
        if self.tagged.flags[end - 1] & W.FIRST_PERSON:
            return None
        for word in range(max(left + 1, end - 12), end):
            if self.lower[word] == "selaku":
                end = word
        phrase = self._phrase_to(end, left)
        if phrase is not None and (end < cue.word or (phrase.first > left and not self.tagged.marks[phrase.first])):
            joins = self.lower[phrase.first - 1] in ("menjadi", "juga") and phrase.kind == "title"
            inner = phrase.kind == "phrase" or joins
            head = self._head_of_relative(phrase.first, left) if inner else None
            return head or self._apposed(phrase, left)
        source = source_before(self.tagged, cue, left) or self._over_holes(cue, left)
        adjoined = self._before_adjuncts(end, left)
        if source is None or source.phrase is None or source.phrase.last == end and self._governed_noun(source.phrase.first):
            return adjoined or source
        if behind.kind != "that" and self._stray_verb(source.phrase.last, end):
            return None
        return source

    def _phrase_to(self, end: int, left: int) -> Phrase | None:
        """The longest phrase that ends right before word ``end`` and may be a subject."""
        for start in range(max(left, end - 16), end):
            if start == left or self._may_begin(start):
                phrase = parse(self.tagged, start, end)
                if phrase is not None and phrase.last == end:
                    return phrase
        return None

    def _governed_noun(self, first: int) -> bool:
        return first > self.first and self.lower[first - 1] in self.guards.preposition

    def _before_adjuncts(self, end: int, left: int) -> Source | None:
        """The subject in front of adverbials: Presiden dalam pidatonya di Senayan [menegaskan]."""
        for word in range(end - 1, max(left, end - 14), -1):
            if self.tagged.marks[word + 1] and word + 1 < end:
                return None
            if self.lower[word] in self.guards.preposition:
                phrase = self._phrase_to(word, left)
                if phrase is not None and (phrase.kind != "phrase" or self.tagged.flags[self._head(phrase)] & W.ROLE):
                    inner = phrase.first > left and self._predicate(phrase.first - 1)
                    head = self._head_of_relative(phrase.first, left) if inner else None
                    return head or self._apposed(phrase, left)
        return None

    def _apposed(self, phrase: Phrase, left: int) -> Source:
        """A phrase as a source; where it says who the name before its comma is, that name."""
        own = Source(Span(phrase.start, phrase.end), phrase)
        if phrase.kind in ("name", "pronoun"):
            return own
        piece = phrase.first
        while piece > left and not self.tagged.marks[piece]:
            if self._predicate(piece - 1):
                return own
            piece -= 1
        if piece <= left or self.tagged.marks[piece] not in (",", "),") or self.lower[piece] in self.guards.joining:
            return own
        end = piece - 1 if self.document.words[piece - 1][0].isdigit() and "(" in self.tagged.gaps[piece - 1] else piece
        for start in range(max(left, end - 6), end):
            if start > left and not self.tagged.marks[start].startswith(","):
                flags = self.tagged.flags[start - 1]
                if not flags & W.OPENER or flags & (W.PREPOSITION | W.CUE | W.CONJUNCTION):
                    continue
            name = parse(self.tagged, start, end)
            if name is not None and name.kind == "name" and name.last == end:
                return Source(Span(name.start, name.end), name)
        return own

    def _stray_verb(self, first: int, end: int) -> bool:
        """Whether another verb stands between a subject and its verb, in no relative clause or aside."""
        relative = False
        for word in range(first, end):
            if self.lower[word] == "yang" or self.tagged.marks[word].startswith(("(", ",")):
                relative = True
            elif not relative and not self.tagged.upper[word] and _VERBAL.match(self.lower[word]) and self._predicate(word):
                return True
        return False

    def _head_of_relative(self, end: int, left: int) -> Source | None:
        """Who a relative clause tells of, where the words before ``end`` are one: pegawai yang enggan disebut [namanya]."""
        for word in range(end - 1, max(left, end - 14), -1):
            if self.tagged.marks[word + 1]:
                return None
            if self.lower[word] == "yang":
                return self._antecedent(word, left)
        return None

    def _counted(self, end: int) -> Source | None:
        """35 persen: a share of those who were asked."""
        word = end - 1
        if word <= self.first or self.lower[word] != "persen" or not self.document.words[word - 1][0].isdigit():
            return None
        span = self.tagged.span(word - 1, end)
        return Source(span, Phrase(word - 1, end, *span, "phrase", (end, end), (end, end), True))

    def _may_begin(self, start: int) -> bool:
        """Whether a subject may begin at ``start``: not behind a preposition, not inside a phrase."""
        if self.tagged.marks[start]:
            return True
        word = self.lower[start - 1]
        if word in self.guards.preposition:
            return False
        flags = self.tagged.flags[start - 1]
        if self.tagged.upper[start - 1] and not flags & W.OPENER:
            return False
        if flags & (W.ROLE | W.BODY | W.DOCUMENT):
            return False
        classes = W.OPENER | W.ADVERB | W.TIME | W.CONJUNCTION | W.DEMONSTRATIVE | W.CUE
        return bool(flags & classes) or word in self.guards.that or self._predicate(start - 1)

    def _told(self, left: int, end: int) -> bool:
        """Whether a clause of its own stands in the words: its verb in no relative clause."""
        relative = False
        for word in range(left + 1, end):
            if self.tagged.marks[word].startswith(","):
                relative = False
            if self.lower[word] in ("yang", "selaku"):
                relative = True
            elif not relative and not self.tagged.upper[word] and self._predicate(word):
                if self.lower[word - 1] in self.guards.adverbial or self.tagged.marks[word]:
                    continue
                return True
        return False

    def _clause_start(self, end: int) -> int:
        """Where the clause that holds word ``end`` begins."""
        for word in range(end - 1, self.first, -1):
            if self.lower[word] in ("sementara", "sedangkan", "bahwa") or ";" in self.tagged.gaps[word + 1]:
                return word + 1
        return self.first

    def _goes_on(self, cue: Cue, before: _Left) -> bool:
        """Whether a verb without a subject goes on with the report before it."""
        if self.held is None or self.held_cue is None:
            return False
        if self.held_cue.entry.preposition and before.link == "comma":
            return False  # Menurutnya, menjawab krisis itu bisa ...: no subject is left out
        if before.link == "comma":
            # A subject of its own may stand between two commas.
            between = range(self.held_cue.word + 1, before.word)
            return not any(self._new_clause(word) for word in between)
        return not any(self.lower[word] in ("sementara", "sedangkan") for word in range(self.held_cue.word, before.word))

    def _new_clause(self, word: int) -> bool:
        return self.lower[word] in ("sementara", "sedangkan", "namun", "adapun") or ";" in self.tagged.gaps[word]

    def _object_of_held(self) -> Source | None:
        """The subject of the clause the last cue reports: menilai pemerintah tidak konsisten."""
        if self.held_cue is None:
            return None
        index = self.held_cue.word + 1
        if index < self.last and self.lower[index] == "bahwa":
            index += 1
        phrase = parse(self.tagged, index, self.last) if index < self.last else None
        if phrase is None or phrase.kind not in ("name", "body", "title", "pronoun"):
            return None
        return Source(Span(phrase.start, phrase.end), phrase)

    def _antecedent(self, yang: int, left: int) -> Source | None:
        """The noun phrase right before *yang*, or before the comma in front of it."""
        for start in range(max(left, yang - 14), yang):
            if start > left and not self._may_start(start):
                continue
            phrase = parse(self.tagged, start, yang)
            if phrase is not None and phrase.last == yang:
                return self._apposed(phrase, left)
        return None

    def _may_start(self, start: int) -> bool:
        gap = self.tagged.marks[start]
        if gap:
            return gap.startswith((",", ";", "—", "–", "("))
        flags = self.tagged.flags[start - 1]
        return bool(flags & (W.CONJUNCTION | W.PREPOSITION | W.ADVERB | W.CUE | W.DEMONSTRATIVE)) or self._predicate(start - 1)

    def _governor(self, cue: Cue, before: _Left, phrase: Phrase | None) -> Cue | None:
        """The cue inside whose report this one stands, if it stands in one."""
        if before.link in ("joined", "manner", "behind", "comma") or self.held_cue is None or phrase is None:
            return None
        if before.link == "adverbial" or phrase.first < self.held_cue.word:
            return None
        if any(self.held_cue.word < start < phrase.first for start, _ in self.holes):
            return None
        for word in range(self.held_cue.word + 1, phrase.first + 1):
            gap = self.tagged.gaps[word]
            if ";" in gap or self.lower[word - 1] in ("sementara", "sedangkan", "meskipun", "adapun"):
                return None
            if "," in gap and self.lower[word] in self.guards.joining:
                return None
        return self.held_cue

    def _embeds(self, governor: Cue, frame: Frame, behind: _Right, phrase: Phrase | None) -> bool:
        """Whether a report inside another counts: mengatakan perusahaan beralasan ..., not meminta polisi memastikan ..."""
        if frame.weak or phrase is None or phrase.kind not in ("name", "body", "title", "pronoun", "phrase"):
            return False
        if self.lower[phrase.first].endswith("nya"):
            return False
        if phrase.kind == "pronoun" and self.held is not None and self.held.phrase is not None:
            if self.held.phrase.kind in ("name", "pronoun", "title") and not phrase.plural:
                return False  # Reeher mengatakan dia meragukan: the same speaker, the same statement
        held = governor.entry.report
        if self._asked(governor.word + 1, phrase.first):
            return False
        direct = phrase.first == governor.word + 1
        if direct and held is not None and not held.passive and "ask" in held.takes and "thing" not in held.takes:
            return behind.kind == "that"
        head = self._head(phrase)
        return phrase.kind != "phrase" or bool(self.tagged.flags[head] & (W.ROLE | W.BODY))

    def _asked(self, first: int, last: int) -> bool:
        """Whether the words lead into what somebody is asked to do: menyarankan agar [pemerintah ...]."""
        for word in range(last - 1, first - 1, -1):
            if "," in self.tagged.gaps[word + 1]:
                return False
            if self.lower[word] in self.guards.ask:
                return True
        return False

    def _uttered(self, cue: Cue, source: Source, before: _Left, behind: _Right) -> bool:
        """Whether the verb goes with an utterance that ends right before its clause, whatever marks it has."""
        if before.link == "behind" and behind.kind in ("that", "clause", "act"):
            return False
        text = self.document.text
        own = before.link == "subject" or before.link == "comma"
        at = source.phrase.start if source.phrase is not None and own and source.phrase.first < cue.word else cue.start
        if _UTTERED.search(text, max(self.sentence.start, at - 6), at) or _MARKED.search(text, at, cue.start):
            return True
        for (_, last), hole in zip(self.holes, self.hole_offsets, strict=True):
            if last <= cue.word and text[max(hole.start, hole.end - 2) : hole.end].rstrip("”\"“»'’")[-1:] in ",.!?…":
                if last > self.first and not self._clause(last, cue.word) and before.link in ("subject", "comma"):
                    return True
        return False

    def _speaks(self, phrase: Phrase | None, frame: Frame, behind: _Right, *, strict: bool) -> bool:
        """Whether a phrase can be the source of a report: somebody, a body, or something written."""
        if phrase is None or phrase.kind in ("pronoun", "title"):
            return True
        guards, tagged = self.guards, self.tagged
        head = self._head(phrase)
        word = self.lower[head]
        if word == "persen":
            return not strict
        flags = tagged.flags[head]
        if word in guards.carrier:
            return not strict or behind.kind != "thing"
        if word in guards.speechless or flags & W.DOCUMENT:
            return False
        if phrase.kind == "name" and (phrase.name[1] - phrase.name[0] > 1 or phrase.name[0] > phrase.first):
            return True
        if flags & (W.ROLE | W.BODY | W.TITLE | W.GIVEN):
            return True
        if word in guards.quantity:
            return True
        if word.endswith("nya"):
            stem = word.removesuffix("nya")
            if self.classes.get(stem, 0) & (W.ROLE | W.BODY):
                return True
            return not strict and behind.kind != "thing" and stem not in guards.speechless and not _ABSTRACT.match(stem)
        if _ABSTRACT.match(word) and not tagged.is_acronym(head):
            return not tagged.upper[head] and head + 1 < phrase.last and tagged.upper[head + 1] and not strict
        return not strict or phrase.kind != "phrase"

    def _head(self, phrase: Phrase) -> int:
        """The word of a phrase that says who it is, behind determiners and quantities."""
        head = phrase.first
        while head < phrase.last - 1 and (
            self.lower[head] in self.guards.quantity
            or self.document.words[head][0].isdigit()
            or (self.tagged.flags[head] & W.DETERMINER and not self.tagged.flags[head] & (W.ROLE | W.BODY))
        ):
            head += 1
        return head

    def _behind_heading(self, phrase: Phrase) -> Source | None:
        """The speaker in a phrase that a heading without a stop has run into: Situasi kondusif Kepala Desa X."""
        for start in range(phrase.first + 1, phrase.last):
            if not self.tagged.upper[start] or self.tagged.upper[start - 1] and start - 1 > phrase.first:
                continue
            if start - 1 == phrase.first and self.tagged.flags[start] & W.COMMON:
                continue
            found = parse(self.tagged, start, phrase.last)
            known = self.tagged.flags[start] & (W.ROLE | W.BODY | W.TITLE) or (found is not None and found.kind == "name")
            if known and found is not None and found.last == phrase.last and found.kind in ("name", "body", "title"):
                return Source(Span(found.start, found.end), found)
        return None

    # --- passives -----------------------------------------------------------------------------

    def _passive(self, cue: Cue, frame: Frame, left: int, right: int) -> _Found | None:
        before = self._before(cue, frame, left)
        if before is None and cue.word > self.first:
            return None
        if before is not None:
            if before.negated or before.link == "purpose":
                return None
            if before.link == "relative" and self.lower[before.word - 1] == "apa":
                return None
            if before.link == "relative" and not frame.judged:
                return None
        source = self._agent(cue, frame, left, right)
        if source is None or not self._speaks(source.phrase, frame, _Right("thing", 0, -1), strict=True):
            return None
        behind = source.phrase.last if source.phrase is not None and source.phrase.first > cue.word else cue.word + 1
        while behind < right and self.lower[behind] in ("bahwa", "sebagai"):
            behind += 1
        if before is not None and before.link == "comma" and behind >= right:
            return None
        begin = before.word if before is not None else cue.word
        if self._clause(behind, right) or cue.word == self.first:
            return _Found(Span(cue.start, cue.end), source, behind, right, begin, inside=False)
        return _Found(Span(cue.start, cue.end), source, self.first, cue.word, begin, inside=False)

    def _agent(self, cue: Cue, frame: Frame, left: int, right: int) -> Source | None:
        """Who says what a passive tells: X right behind, oleh X, or -nya."""
        if self.lower[cue.word].endswith("nya"):
            return clitic(cue)
        for oleh in range(max(left, cue.word - 8), cue.word - 1):
            if self.lower[oleh] == "oleh":
                phrase = parse(self.tagged, oleh + 1, cue.word)
                if phrase is not None and phrase.last == cue.word:
                    return Source(Span(phrase.start, phrase.end), phrase)
        index = cue.word + 1
        limit = min(right, index + 5)
        while index < limit and not self.tagged.marks[index]:
            word = self.lower[index]
            if word == "oleh":
                return self._phrase(index + 1, right)
            if word not in ("juga", "pula", "langsung", "sendiri", "keras", "tegas", "kembali", "lagi"):
                break
            index += 1
        if index >= right or self.tagged.marks[index]:
            return None
        source = self._phrase(index, right)
        if source is None or source.phrase is None:
            return None
        phrase = source.phrase
        if frame.oleh:
            return source if phrase.kind == "pronoun" else None
        flags = self.tagged.flags[phrase.first]
        if phrase.kind in ("name", "pronoun", "title", "body") or flags & (W.ROLE | W.SINGULAR_DETERMINER | W.PLURAL_DETERMINER):
            return source
        return None

    def _phrase(self, index: int, right: int) -> Source | None:
        phrase = parse(self.tagged, index, right) if index < right else None
        return Source(Span(phrase.start, phrase.end), phrase) if phrase is not None else None

    # --- menurut X; ..., kata X ---------------------------------------------------------------

    def _according(self, cue: Cue, left: int, right: int) -> _Found | None:
        source = source_after(self.tagged, cue, right)
        if source is None or (cue.word == self.first and self.document.text[self.sentence.end - 1] == "?"):
            return None
        phrase = source.phrase
        behind = cue.word + 1
        if phrase is not None:
            if any(self.lower[i] in self.guards.no_source for i in range(phrase.first, min(phrase.first + 1, phrase.last))):
                return None
            if self.lower[phrase.first].endswith("nya") and phrase.kind == "phrase":
                stem = self.lower[phrase.first].removesuffix("nya")
                if _ABSTRACT.match(stem) and not self.classes.get(stem, 0) & (W.ROLE | W.BODY | W.DOCUMENT):
                    return None
            behind = phrase.last
        return self._either(cue, source, left, behind, right)

    def _aside(self, cue: Cue, left: int, right: int) -> _Found | None:
        """..., kata X; ..., ujarnya, ...: a bare verb between commas or at the end."""
        tagged, lower = self.tagged, self.lower
        word = cue.word
        if _UTTERED.search(self.document.text, max(self.sentence.start, cue.start - 6), cue.start):
            return None
        opened = word == self.first or bool(tagged.marks[word])
        glue = not opened and lower[word - 1] in ("seperti", "sebagaimana", "demikian", "begitu", "yang", "dan", "tetapi", "tapi")
        if not opened and not glue:
            return None
        if word == left > self.first:
            return None
        source = source_after(tagged, cue, right)
        if source is None:
            return None
        behind = source.phrase.last if source.phrase is not None else word + 1
        if source.phrase is not None and not self._speaks(source.phrase, Frame(), _Right("thing", 0, -1), strict=True):
            return None
        closed = behind >= self.last or bool(tagged.marks[behind])
        if cue.entry.quote_only and not (closed and word > self.first and "," in tagged.gaps[word]):
            return None
        if word == self.first and not closed and source.phrase is None:
            return None
        return self._either(cue, source, left, behind, right)

    def _either(self, cue: Cue, source: Source, left: int, behind: int, right: int) -> _Found | None:
        """The part before or behind a reporting phrase, whichever holds the main report."""
        span = Span(cue.start, cue.end)
        inside = False
        before = cue.word - self.first
        after = right - behind
        if before == 0 and after == 0:
            return None
        if after == 0 or before > 0 and before > after and self._clause(self.first, cue.word):
            return _Found(span, source, self.first, cue.word, cue.word, inside)
        if after == 0:
            return None
        return _Found(span, source, behind, right, cue.word, inside)

    # --- where the reported words end ---------------------------------------------------------

    def _cut(self, found: dict[int, _Found]) -> dict[int, Report]:
        reports: dict[int, Report] = {}
        order = sorted(found)
        for number, word in enumerate(order):
            report = found[word]
            last = report.last
            if report.first > word:
                for later in order[number + 1 :]:
                    other = found[later]
                    if other.row and not other.inside and report.first < other.begin < last:
                        last = other.begin
                        break
            reports[word] = Report(report.cue, report.source, self._offsets(report.first, last, report.cue), report.row)
        return reports

    def _offsets(self, first: int, last: int, cue: Span) -> Span:
        document = self.document
        if first >= last:
            return cue
        start = document.starts[first]
        end = self.sentence.end if last >= self.last else document.starts[last]
        for hole in self.hole_offsets:
            if start < hole.start < end and end <= hole.end:
                end = hole.start
        text = document.text
        while end > start and text[end - 1] in _EDGE:
            end -= 1
        opening = text[start - 1] if start > self.sentence.start else ""
        if opening == "(" and ")" in text[start:end]:
            start -= 1
        return Span(start, end) if end > start else cue
