"""From quoted spans to speakers: each span gets its cue, its mention and its speaker.

One pass over the sentences in text order. In a sentence, every quoted span is linked to a
cue by the first rule of :data:`RULES` that applies, from the surest to the least sure; what
the rule found is resolved to a speaker, and the speaker has the turn. A span no rule can
link goes to the speaker whose turn it is, or to nobody.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from typing import NamedTuple

from quotes.carriers import find_carrier
from quotes.clauses import Cue, Source, find_cues, leading_phrases, name_behind, source_of, word_after
from quotes.confidence import Confidence, shipped
from quotes.discourse import Discourse, Event, narrative_words
from quotes.evidence import NAMED, Evidence, Ground, gather
from quotes.indirect import Report, reports_in
from quotes.kinds import kind_of, named_thing
from quotes.lexicon import Lexicon
from quotes.lexicon.cues import CueEntry
from quotes.lexicon.words import (
    BODY,
    CUE,
    DEMONSTRATIVE,
    DETERMINER,
    PREPOSITION_OR_ADVERB_OR_TIME,
    PREPOSITION_OR_TIME,
    RANK,
    ROLE,
)
from quotes.phrases import Phrase, Tagged, parse
from quotes.records import Kind, QuotedSpan, Span, Speaker, Statement
from quotes.segment import Document
from quotes.sentences import sentences
from quotes.speakers import ANY_PERSON, GROUPS_ONLY, KIN, Registry

#: Every rule, from the surest to the least sure, by the place of the cue.
RULES: tuple[str, ...] = (
    "after",  # “…,” kata X
    "before",  # X mengatakan, “…”
    "subject-after",  # “…,” X mengatakan
    "according",  # Menurut X, “…”
    "label",  # X: “…”
    "woven",  # X menyebut langkah itu “…”
    "shared",  # two spans under one cue
    "nested",  # a quote inside a quote
    "afterword",  # “…” Demikian kata X.
    "continued",  # “…,” kata X. “…”
    "turn",  # the speaker whose turn it is goes on
    "lead-in",  # the sentence before names who is about to be quoted
    "thus",  # “…” demikian bunyi pernyataan itu
    "carrier",  # spanduk bertuliskan “…”, disambut teriakan “…”
    "indirect",
)

#: Words between a verb and the name it gives: menyebut program bantuan itu “Desa Terang”.
MOST_NAMED = 5
#: Sentences back in which a name may stand that is pointed to wherever it stands.
NEAR = 3
THUS = frozenset(("demikian", "begitu", "begitulah"))
#: Verbs of somebody who goes on speaking.
ADDING = frozenset(("tambah", "imbuh", "lanjut", "sambung", "pungkas", "tutup"))
#: What is pointed back to when the next sentence tells who said it: Hal itu disampaikan X.
WHAT_WAS_SAID = frozenset(
    ("hal", "pernyataan", "ucapan", "pesan", "permintaan", "imbauan", "harapan", "keterangan")
)
#: What may stand between the spans of one list.
_LISTED = frozenset(
    (",", "dan", ", dan", "serta", ", serta", "hingga", ", hingga", "atau", ", atau", "maupun", "/")
)
#: What may stand between a noun of saying and whose it is: pernyataan resmi Partai X.
_OF_STATEMENT = frozenset(("resmi", "tertulis", "bersama", "singkat", "terbuka", "pers"))
NOUN = CueEntry("", noun=True)
CLITIC = CueEntry("", after=True, clitic=True)
AFTER = CueEntry("", after=True)
ACTIVE = CueEntry("", active=frozenset(("clause",)))


#: What an office is called in other words, and the first words of such offices.
STATIONS = {
    "kepala negara": frozenset(("presiden", "raja", "ratu", "sultan", "emir", "kaisar")),
    "kepala pemerintahan": frozenset(("perdana", "pm", "kanselir")),
    "kepala daerah": frozenset(("gubernur", "bupati", "wali", "walkot")),
}
#: Words that an office has at least where it is one of a body: Presiden konfederasi masyarakat adat.
_PLAIN_OFFICE = 4
#: Right before a span that is no speech: tidak berbicara dengan “Facebook”.
_TO_WHOM = frozenset(("dengan", "kepada", "tentang", "soal", "mengenai"))
#: Before a noun of saying: by what means somebody says it.
_BY_WAY_OF = frozenset(("lewat", "melalui", "via", "dalam", "dengan"))
#: Frames of verbs that tell what somebody does rather than what he says.
_DEEDS = frozenset(("demand", "thing"))


class Link(NamedTuple):
    """A span's cue and source, the rule that found them, and whether a colon or comma leads in."""

    cue: Cue | None
    source: Source | None
    rule: str
    strong: bool


@dataclass(slots=True)
class State:
    """What the pass over an article has found so far."""

    links: dict[int, Link] = field(default_factory=dict)
    entities: dict[int, int] = field(default_factory=dict)
    afterwords: set[int] = field(default_factory=set)  # cues of a quote in the sentence before
    statements: list[tuple[Statement, int]] = field(default_factory=list)
    evidence: dict[int, Evidence] = field(default_factory=dict)


class Resolver:
    """The pass over one article."""

    def __init__(
        self,
        document: Document,
        spans: list[QuotedSpan],
        lexicon: Lexicon,
        *,
        indirect: bool = True,
        confidence: Confidence | None = None,
    ) -> None:
        self.document = document
        self.text = document.text
        self.spans = spans
        self.lexicon = lexicon
        self.with_indirect = indirect
        self.confidence = confidence or shipped()
        self.tagged = Tagged(document, lexicon.words)
        self.registry = Registry(self.tagged)
        self.cues = find_cues(self.tagged, lexicon.cues)
        self.sentences = sentences(document, spans, lexicon.abbreviations)
        self.state = State()
        self._titles: set[str] | None = None
        self.ground = NAMED  # how the speaker looked for last was found
        self._sentence_starts = [sentence.start for sentence in self.sentences]
        self._cue_starts = [cue.start for cue in self.cues]
        self._paragraph_starts = [paragraph.start for paragraph in document.paragraphs]
        self._outers = [(span.start - len(span.opening), span.end + len(span.closing)) for span in spans]
        self.top = [index for index, span in enumerate(spans) if span.parent < 0]
        self._top_starts = [spans[index].start for index in self.top]
        # No method of this object: without a cycle, an article is freed as soon as it is read.
        top = [self._outers[index] for index in self.top]
        narrative = partial(_narrative, self.tagged, self.sentences, top, self._top_starts)
        self._narrative = lru_cache(maxsize=2 * NEAR)(narrative)  # the same few sentences, again and again
        self.discourse = Discourse(self.tagged, self.registry, self.sentences, self._narrative)
        starts = document.starts
        #: The words of every span: indices of the first, and of the one behind the last.
        self.span_words = [(bisect_left(starts, span.start), bisect_left(starts, span.end)) for span in spans]

    # --- the pass -----------------------------------------------------------------------------

    def run(self) -> tuple[tuple[Statement, ...], tuple[Speaker, ...]]:
        """All statements in text order, and the speakers they point to."""
        by_sentence: dict[int, list[int]] = {}
        for index in self.top:
            by_sentence.setdefault(self.sentence_at(self.spans[index].start), []).append(index)
        cues_by_sentence: dict[int, list[Cue]] = {}
        for cue in self.cues:
            if not self._quoted(cue.start):
                cues_by_sentence.setdefault(self.sentence_at(cue.start), []).append(cue)
        for number in sorted(by_sentence.keys() | cues_by_sentence.keys()):
            quoted = by_sentence.get(number, [])
            cues = cues_by_sentence.get(number, [])
            if quoted:
                self._link_sentence(number, quoted, cues)
            self._resolve_sentence(number, quoted, cues)
        self._nested()
        return self._finish()

    def named_title(self, index: int) -> bool:
        """Whether a span has the words of one that the article calls a film, a song or the like."""
        if self._titles is None:
            named = (span for number, span in enumerate(self.spans) if named_thing(self, number))
            self._titles = {self.text[span.start : span.end].strip(" .,").lower() for span in named}
        span = self.spans[index]
        return self.text[span.start : span.end].strip(" .,").lower() in self._titles

    def sentence_at(self, offset: int) -> int:
        """Number of the sentence that holds ``offset``."""
        return max(0, bisect_right(self._sentence_starts, offset) - 1)

    def _quoted(self, offset: int) -> bool:
        position = bisect_right(self._top_starts, offset) - 1
        return position >= 0 and offset < self.spans[self.top[position]].end

    # --- linking ------------------------------------------------------------------------------

    def _link_sentence(self, number: int, quoted: list[int], cues: list[Cue]) -> None:
        links = self.state.links
        for index in quoted:
            link = self._after(number, index) or self._thus(number, index) or self._carrier(number, index)
            if link is None:
                before = self._before(number, index, cues)
                if before is not None and before.strong:
                    link = before
                else:
                    link = self._subject_after(number, index) or self._label(number, index) or before
                if link is None:
                    link = self._never_closed(index)
            if link is not None:
                links[index] = link
        self._share(number, quoted)
        last = quoted[-1]
        if last not in links:
            link = self._afterword(number, last)
            if link is not None and link.cue is not None:
                links[last] = link
                self.state.afterwords.add(link.cue.word)

    def _afterword(self, number: int, index: int) -> Link | None:
        """“…” Demikian disampaikan X; “…” Hal itu dikatakan X: a sentence of its own behind the quote."""
        following = number + 1
        if following >= len(self.sentences) or self.outer(index)[1] < self.sentences[number].end:
            return None
        if kind_of(self, index, None) != "direct":
            return None
        sentence = self.sentences[following]
        first, limit = word_after(self.tagged, sentence.start), word_after(self.tagged, sentence.end)
        lower = self.document.lower
        if first + 2 >= limit or self._holds_span(sentence):
            return None
        if lower[first] in THUS:
            word = first + 1
        elif lower[first] in WHAT_WAS_SAID and self.tagged.flags[first + 1] & DEMONSTRATIVE:
            word = first + 2
        else:
            return None
        while word < limit and lower[word] in ("juga", "sebelumnya", "pula", "kembali", "antara", "lain"):
            word += 1
        cue = self._cue_at(word)
        if cue is None or not (cue.entry.after or cue.entry.passive) or cue.entry.preposition:
            return None
        if word > first + 1 and not cue.entry.passive:
            return None
        source = source_of(self.tagged, cue, first, limit)
        return Link(cue, source, "afterword", True) if source is not None else None

    def _holds_span(self, sentence: Span) -> bool:
        """Whether a quoted span stands in a sentence."""
        place = bisect_left(self._top_starts, sentence.start)
        return place < len(self.top) and self._top_starts[place] < sentence.end

    def outer(self, index: int) -> tuple[int, int]:
        """Offsets of a span with its marks."""
        return self._outers[index]

    def right_limit(self, number: int, index: int) -> int:
        """Word index where the narrative behind a span ends: the next span or the sentence's end."""
        end = self.sentences[max(number, self.sentence_at(self.spans[index].end))].end
        position = bisect_left(self.top, index)
        if position + 1 < len(self.top):
            end = min(end, self.outer(self.top[position + 1])[0])
        return word_after(self.tagged, max(end, self.spans[index].end))

    def left_limit(self, number: int, index: int) -> int:
        """Word index where the narrative before a span begins: behind the span before, or with the sentence."""
        start = self.sentences[number].start
        position = bisect_left(self.top, index)
        if position > 0:
            start = max(start, self.outer(self.top[position - 1])[1])
        return word_after(self.tagged, start)

    def _after(self, number: int, index: int) -> Link | None:
        """“…,” kata X; “…,” ujarnya."""
        closing = self.outer(index)[1]
        limit = self.right_limit(number, index)
        first = word_after(self.tagged, closing)
        if first >= limit:
            return None
        gap = self.text[closing : self.document.starts[first]]
        if gap.strip(" ,-–—\u00a0") or "\n" in gap:
            return None
        glue = self.document.lower[first] in ("demikian", "begitu", "begitulah", "seperti", "sebagaimana")
        word = first + 1 if glue and first + 1 < limit else first
        cue = self._cue_at(word)
        if cue is None or not (cue.entry.after or cue.entry.preposition or (glue and cue.entry.passive)):
            return None if glue or cue is not None else self._unknown_after(index, first, limit)
        if (
            self.tagged.upper[word]
            and not glue
            and self.text[self.spans[index].end - 1] in ".!?"
            and not cue.entry.clitic
        ):
            return None
        source = source_of(self.tagged, cue, first, limit) if not cue.entry.active else None
        if source is None and not cue.entry.clitic:
            source = source_of(self.tagged, cue._replace(entry=_as_after(cue)), first, limit)
        return Link(cue, source, "according" if cue.entry.preposition else "after", True)

    def _thus(self, number: int, index: int) -> Link | None:
        """“…” demikian bunyi pernyataan itu; “…,” bunyi spanduk mereka."""
        closing = self.outer(index)[1]
        limit = self.right_limit(number, index)
        first = word_after(self.tagged, closing)
        lower = self.document.lower
        if first >= limit or self.text[closing : self.document.starts[first]].strip(" ,-–—\u00a0"):
            return None
        word = first + (lower[first] in THUS)
        if first < word < limit and not self.tagged.marks[word]:
            named = parse(self.tagged, word, limit)  # “…,” demikian Kepala BMKG X
            if named is not None and named.kind in ("name", "title") and self.tagged.upper[word]:
                thus = Cue(first, self.document.starts[first], self.document.ends[first], AFTER)
                return Link(thus, Source(Span(named.start, named.end), named), "after", True)
        if word >= limit or (
            lower[word] not in ("bunyi", "isi", "tulisan") and (word == first or not self._isnoun_cue(word))
        ):
            return None
        if lower[word] in ("bunyi", "isi") and word + 1 < limit and self._isnoun_cue(word + 1):
            cue = self.noun_cue(word)
            word += 1
        else:
            cue = self.noun_cue(word)
        while word + 1 < limit and lower[word + 1] in _OF_STATEMENT:
            word += 1
        phrase = parse(self.tagged, word + 1, limit) if word + 1 < limit else None
        if phrase is not None and phrase.kind in ("name", "body", "title", "pronoun"):
            return Link(cue, Source(Span(phrase.start, phrase.end), phrase), "after", True)
        return Link(cue, None, "thus", True)

    def _isnoun_cue(self, word: int) -> bool:
        cue = self._cue_at(word)
        return cue is not None and cue.entry.noun

    def noun_cue(self, word: int) -> Cue:
        """A word as a noun of saying."""
        starts, ends = self.document.starts, self.document.ends
        return Cue(word, starts[word], ends[word], NOUN)

    def _carrier(self, number: int, index: int) -> Link | None:
        """Disambut teriakan “…” dari massa; spanduk bertuliskan “…”."""
        found = find_carrier(self, number, index)
        return found and Link(self.noun_cue(found.word), found.source, "carrier", True)

    def _cues_in(self, first: int, last: int) -> list[Cue]:
        """The cues among words ``[first, last)``."""
        starts = self.document.starts
        if first >= last or first >= len(starts):
            return []
        low = bisect_left(self._cue_starts, starts[first])
        high = bisect_left(self._cue_starts, starts[last]) if last < len(starts) else len(self.cues)
        return self.cues[low:high]

    def _unknown_after(self, index: int, word: int, limit: int) -> Link | None:
        """“…,” balas X; “…,” gerutunya: a verb of saying the lexicon does not know, told by its place."""
        low = self.document.lower[word]
        flags = self.tagged.flags[word]
        if self.tagged.upper[word] or flags or not low.isalpha() or len(low) < 4:
            return None
        if self.text[self.spans[index].end - 1].isalnum():
            return None
        starts, ends = self.document.starts, self.document.ends
        if low.endswith("nya") and len(low) >= 7:
            cue = Cue(word, starts[word], ends[word], CLITIC)
            return Link(cue, Source(Span(cue.end - 3, cue.end), None), "after", True)
        if word + 1 >= limit or self.tagged.marks[word + 1] or low.startswith(("me", "ber", "di", "ter")):
            return None
        phrase = parse(self.tagged, word + 1, limit)
        if phrase is None or not self.can_say(phrase):
            return None
        if phrase.kind in ("phrase", "body") and low.endswith(("an", "i")):
            return None  # garapan sutradara itu, bukti polisi: a noun
        return Link(
            Cue(word, starts[word], ends[word], AFTER),
            Source(Span(phrase.start, phrase.end), phrase),
            "after",
            True,
        )

    def can_say(self, phrase: Phrase) -> bool:
        """Whether a phrase behind an unknown word is somebody: a name, or a description of people."""
        if phrase.kind in ("name", "pronoun", "title"):
            return True
        if phrase.kind == "document":
            return False
        first = phrase.first
        flags = self.tagged.flags
        while first < phrase.last - 1 and flags[first] & DETERMINER and not flags[first] & ROLE:
            first += 1
        return bool(flags[first] & ROLE) or self.document.lower[first] == "seseorang"

    def can_write(self, phrase: Phrase) -> bool:
        """Whether a phrase is somebody, or a body."""
        return phrase.kind == "body" or self.can_say(phrase)

    def _unknown_before(self, number: int, index: int, left: int, opening: int) -> Link | None:
        """X menukas, “…”: an active verb the lexicon does not know, told by its form and place."""
        last = word_after(self.tagged, opening) - 1
        if last < left or not self.text[self.document.ends[last] : opening].rstrip().endswith((",", ":")):
            return None
        for word in range(last, max(left, last - 3) - 1, -1):
            low = self.document.lower[word]
            if (
                self.tagged.upper[word]
                or self.tagged.flags[word]
                or not low.startswith(("me", "ber"))
                or len(low) < 6
            ):
                continue
            cue = Cue(word, self.document.starts[word], self.document.ends[word], ACTIVE)
            source = source_of(self.tagged, cue, left, last + 1)
            if source is not None:
                return Link(cue, source, "before", True)
        return None

    def _cue_at(self, word: int) -> Cue | None:
        if not 0 <= word < len(self.document.starts):
            return None
        position = bisect_left(self._cue_starts, self.document.starts[word])
        if position < len(self.cues) and self.cues[position].word == word:
            return self.cues[position]
        return None

    def _before(self, number: int, index: int, cues: list[Cue]) -> Link | None:
        """X mengatakan, “…”; Menurut X, “…”; X menyebut langkah itu “…”."""
        opening = self.outer(index)[0]
        left = self.left_limit(number, index)
        before = [cue for cue in cues if left <= cue.word and cue.end <= opening]
        for cue in reversed(before):
            entry = cue.entry
            between = self.text[cue.end : opening]
            right = word_after(self.tagged, opening)
            if not (entry.active or entry.preposition or entry.passive or entry.after or entry.noun):
                continue
            bare = entry.after and not (entry.active or entry.passive or entry.noun or entry.clitic)
            if bare and entry.quote_only and not _leads_in(between):
                continue
            if entry.noun and not entry.active and not entry.after:
                continue
            source = self._speaker_so_far(number, cue, left) or source_of(self.tagged, cue, left, right)
            if source is None and entry.active:
                source = self._subject_over_quotes(number, cue)
            if source is None and (not _leads_in(between) or not (entry.active or entry.clitic)):
                continue
            if source is None and entry.passive and not entry.clitic:
                continue
            strong = _leads_in(between)
            whole = None if strong else self._reported_whole(before, cue, source, left, right)
            if whole is not None:
                return whole
            rule = "according" if entry.preposition else ("before" if strong else "woven")
            return Link(cue, source, rule, strong)
        return self._noun_before(before, opening, left) or self._unknown_before(number, index, left, opening)

    def _reported_whole(
        self, before: list[Cue], cue: Cue, source: Source | None, left: int, right: int
    ) -> Link | None:
        """The reporting clause that a verb near the span is only part of.

        Ia menulis bahwa Indonesia pernah melarang ekspor, dan “…”; Konservasi, menurut Rahmi, menganggap hutan “…”.
        """
        if not cue.entry.active or source is None or source.phrase is None:
            return None
        for other in before[: before.index(cue)]:
            aside = other.entry.preposition and source.phrase.last <= other.word
            that = other.entry.active and self.document.lower[other.word + 1] == "bahwa"
            if aside or (that and cue.entry.active <= _DEEDS):
                whose = source_of(self.tagged, other, left, right)
                if whose is not None:
                    return Link(other, whose, "according" if aside else "woven", False)
        return None

    def _speaker_so_far(self, number: int, cue: Cue, left: int) -> Source | None:
        """“…,” katanya sambil mengacu pada “…”: a verb joined to a reporting clause keeps its source."""
        before = cue.word - 1
        if before < left or (
            self.document.lower[before]
            not in ("sambil", "seraya", "sembari", "menambahkan", "tanpa", "dengan")
            and not (self.tagged.marks[cue.word] == "," and cue.entry.active)
        ):
            return None
        first = word_after(self.tagged, self.sentences[number].start)
        earlier = [
            held
            for held in self._cues_in(first, cue.word)
            if held.entry.after and not self._quoted(held.start)
        ]
        if not earlier:
            return None
        return source_of(self.tagged, earlier[-1], first, cue.word)

    def _subject_over_quotes(self, number: int, cue: Cue) -> Source | None:
        """The subject of a verb whose clause began before an earlier quoted span of the sentence."""
        left = word_after(self.tagged, self.sentences[number].start)
        return source_of(self.tagged, cue, left, cue.word + 1)

    def _noun_before(self, before: list[Cue], opening: int, left: int) -> Link | None:
        """Spanduk bertuliskan “…”; dalam sebuah pernyataan: “…”."""
        for cue in reversed(before):
            if not cue.entry.noun:
                continue
            between = self.text[cue.end : opening]
            if len(between.split()) <= 8 and (_leads_in(between) or len(between.split()) <= 2):
                limit = word_after(self.tagged, opening)
                phrase = parse(self.tagged, cue.word + 1, limit) if cue.word + 1 < limit else None
                if self.document.lower[cue.word].endswith("nya"):
                    return Link(cue, Source(Span(cue.end - 3, cue.end), None), "woven", _leads_in(between))
                if phrase is not None and phrase.kind != "phrase":
                    return Link(
                        cue, Source(Span(phrase.start, phrase.end), phrase), "woven", _leads_in(between)
                    )
                if between.rstrip().endswith(":") and self.document.lower[cue.word - 1] in _BY_WAY_OF:
                    for writer in leading_phrases(self.tagged, left, cue.word):
                        if self.can_write(writer):
                            return Link(cue, Source(Span(writer.start, writer.end), writer), "before", True)
        return None

    def _subject_after(self, number: int, index: int) -> Link | None:
        """“…,” X mengatakan kepada Y."""
        closing = self.outer(index)[1]
        limit = self.right_limit(number, index)
        first = word_after(self.tagged, closing)
        if first >= limit:
            limit = self._short_clause(index, first)
        if first >= limit or self.text[closing : self.document.starts[first]].strip(" ,-–—\u00a0"):
            return None
        if limit == first:
            return None
        for cue in self._cues_in(first, limit):
            if cue.word <= first or not cue.entry.active:
                continue
            if self.document.lower[cue.word - 1] in self.lexicon.cues.reports.guards.modal:
                continue  # “Jika perlu” Washington dapat meminta bantuan: a deed
            source = source_of(self.tagged, cue, first, limit)
            if source is None or source.phrase is None or source.phrase.first > first + 1:
                return None
            return Link(cue, source, "subject-after", True)
        return None

    def _short_clause(self, index: int, first: int) -> int:
        """Where a reporting clause set off as a sentence ends (“…?” Martin bertanya.); ``first`` if none follows."""
        closing = self.outer(index)[1]
        if first >= len(self.document.starts) or self.text[closing : self.document.starts[first]] != " ":
            return first
        sentence = self.sentences[self.sentence_at(self.document.starts[first])]
        if sentence.start != self.document.starts[first]:
            return first
        limit = word_after(self.tagged, sentence.end)
        cues = [cue for cue in self._cues_in(first, limit) if cue.entry.active]
        if len(cues) != 1 or limit - first > 14:
            return first
        behind = cues[0].word + 1
        if behind < limit and not self.tagged.flags[behind] & (PREPOSITION_OR_ADVERB_OR_TIME):
            return first
        return limit

    def _label(self, number: int, index: int) -> Link | None:
        """X: “…”, with nothing but the speaker before the colon."""
        opening = self.outer(index)[0]
        head = self.text[self.sentences[number].start : opening].rstrip()
        if not head.endswith(":"):
            return None
        first = word_after(self.tagged, self.sentences[number].start)
        last = word_after(self.tagged, self.sentences[number].start + len(head) - 1)
        phrase = parse(self.tagged, first, last)
        if phrase is None or phrase.last != last or phrase.kind in ("phrase", "document"):
            return None
        return Link(None, Source(Span(phrase.start, phrase.end), phrase), "label", True)

    def _share(self, number: int, quoted: list[int]) -> None:
        """Spans of one sentence without a cue of their own share that of their neighbour."""
        links = self.state.links
        held: Link | None = None
        last = -1
        for index in quoted:
            if index in links:
                held = links[index]
            elif held is not None:
                listed = held.rule == "carrier" and self._listed(last, index)
                links[index] = held if listed else held._replace(rule="shared")
            last = index
        missing = [index for index in quoted if index not in links]
        if not missing:
            return
        later = next((links[index] for index in quoted if index in links), None)
        for index in missing:
            if later is not None:
                links[index] = later._replace(rule="shared")
                continue
            link = self._tail(number, index)
            if link is not None:
                links[index] = link

    def _listed(self, before: int, index: int) -> bool:
        """Whether a span is the next of a list: bertuliskan “A”, “B”, dan “C”."""
        return self.text[self.outer(before)[1] : self.outer(index)[0]].strip() in _LISTED

    def _never_closed(self, index: int) -> Link | None:
        """A span whose closing mark is lost, with its reporting clause inside: “Kami menolak, kata X."""
        span = self.spans[index]
        if span.closing:
            return None
        first, limit = self.span_words[index]
        for cue in reversed(self._cues_in(first + 1, limit)):
            if not cue.entry.after or not self.tagged.marks[cue.word].endswith((",", "?", "!")):
                continue
            source = source_of(self.tagged, cue._replace(entry=_as_after(cue)), cue.word, limit)
            if source is not None:
                return Link(cue, source, "after", True)
        return None

    def _tail(self, number: int, index: int) -> Link | None:
        """Langkah “mendesak” diperlukan, kata X."""
        closing = self.outer(index)[1]
        limit = word_after(self.tagged, self.sentences[max(number, self.sentence_at(closing - 1))].end)
        for cue in self._cues_in(word_after(self.tagged, closing), limit):
            if self._quoted(cue.start):
                continue
            if cue.entry.active:
                link = self._closes_sentence(cue, word_after(self.tagged, closing), limit)
                if link is not None:
                    return link
            if not (cue.entry.after or cue.entry.preposition):
                continue
            if (
                cue.entry.after
                and cue.entry.quote_only
                and not self.tagged.gaps[cue.word].rstrip().endswith(",")
            ):
                continue
            source = source_of(self.tagged, cue, cue.word, limit)
            if source is not None:
                return Link(cue, source, "woven", False)
        return None

    def _closes_sentence(self, cue: Cue, first: int, limit: int) -> Link | None:
        """HER2 “mendorong pertumbuhan,” termasuk kanker payudara, X menjelaskan."""
        behind = cue.word + 1
        if behind < limit and not self.tagged.flags[behind] & (PREPOSITION_OR_TIME):
            return None
        source = source_of(self.tagged, cue, first, limit)
        if (
            source is None
            or source.phrase is None
            or source.phrase.last != cue.word
            or source.phrase.first <= first
        ):
            return None
        if (
            source.phrase.kind not in ("name", "body", "title", "pronoun")
            or self.tagged.marks[source.phrase.first] != ","
        ):
            return None
        return Link(cue, source, "woven", False)

    # --- resolving ----------------------------------------------------------------------------

    def _resolve_sentence(self, number: int, quoted: list[int], cues: list[Cue]) -> None:
        """Speakers of the sentence's cues in text order, quoted and indirect."""
        todo: list[tuple[int, int, Cue | None]] = []
        for index in quoted:
            link = self.state.links.get(index)
            at = link.cue.start if link is not None and link.cue is not None else self.spans[index].start
            todo.append((at, index, None))
        reports = self._reports(number, quoted, cues)
        todo.extend((cue.start, -1, cue) for cue in cues if cue.word in reports)
        seen: dict[int, tuple[int, Ground]] = {}
        for at, index, cue in sorted(todo, key=lambda item: (item[0], item[1])):
            if cue is not None:
                self._indirect(number, cue, reports[cue.word])
                continue
            link = self.state.links.get(index)
            if link is None:
                continue
            key = link.cue.word if link.cue is not None else -1 - index
            found = seen.get(key)
            if found is None:
                entity = self._linked_entity(number, index, link, at)
                if entity is None:
                    continue
                found = seen[key] = entity, self.ground
                named = link.source is not None and link.source.phrase is not None
                self.discourse.record(at, number, entity, named=named)
            self.state.entities[index] = found[0]
            self.state.evidence[index] = gather(
                self, link.rule, link.cue, link.source, found[0], number, at, found[1]
            )
        for index in quoted:
            if index not in self.state.links:
                self._unlinked(number, index)

    def _linked_entity(self, number: int, index: int, link: Link, at: int) -> int | None:
        """The speaker of a linked span; for banners, chants and statements without a source, who is behind them."""
        if link.source is None or (link.source.phrase is not None and link.source.phrase.kind == "document"):
            if link.rule == "thus":
                return self._statement_of(number, at)
            if link.rule == "carrier" or link.source is not None:
                found = self._antecedent(number, at, plural=True, body=False)
                if found is not None or link.source is None:
                    return found
        if link.rule == "carrier" and link.source is not None and link.source.phrase is not None:
            phrase = link.source.phrase
            if phrase.kind == "pronoun":
                return self._antecedent(number, at, plural=phrase.plural, body=False)
        found = self._entity(number, link.source, at)
        if found is None and link.source is not None and link.source.phrase is None:
            tail = self._tail(number, index)  # Apa yang disebutnya “…” belum ditangkap, kata X
            if tail is not None and tail.cue is not None and tail.source is not None:
                found = self._entity(number, tail.source, tail.cue.start)
        return found

    def _statement_of(self, number: int, at: int) -> int | None:
        """Whose statement *demikian bunyi pernyataan itu* was: the last body or person the text is about."""
        for back in range(number, max(-1, number - 3), -1):
            topic = self.discourse.topic(back)
            for entity, place in sorted((*topic.groups, *topic.persons), key=lambda held: held[1]):
                if place < at:
                    self.ground = Ground("topic", number - back)
                    return entity
        return self._last(number, at)

    def _last(self, number: int, at: int, reach: int = 6) -> int | None:
        """Whoever spoke last."""
        event = self.discourse.last(number, at, reach)
        if event is None:
            return None
        self.ground = Ground("last", number - event.sentence)
        return event.entity

    def _reports(self, number: int, quoted: list[int], cues: list[Cue]) -> dict[int, Report]:
        """The sentence's indirect statements, by the word of their cue."""
        if not cues:
            return {}
        linked: dict[int, Source | None] = {}
        holes: list[Span] = []
        for index in quoted:
            link = self.state.links.get(index)
            if kind_of(self, index, link) == "other":
                if link is not None and link.cue is not None and self._names_only(number, index, link.cue):
                    linked[link.cue.word] = link.source
                continue
            holes.append(Span(*self.outer(index)))
            if link is not None and link.cue is not None:
                linked[link.cue.word] = link.source
        linked.update((cue.word, None) for cue in cues if cue.word in self.state.afterwords)
        return reports_in(self.tagged, self.lexicon, self.sentences[number], cues, linked, holes)

    def _names_only(self, number: int, index: int, cue: Cue) -> bool:
        """Whether a verb gives its object the quoted name and says no more: menyebut program itu “Desa Terang”."""
        opening, closing = self.outer(index)
        between, behind = self.text[cue.end : opening], self.text[closing : self.sentences[number].end]
        if "quoted" not in cue.entry.active or behind.strip(" .,!?"):
            return False
        return "," not in between and len(between.split()) <= MOST_NAMED

    def _indirect(self, number: int, cue: Cue, report: Report) -> None:
        aside = cue.entry.after or cue.entry.preposition
        entity = self._entity(number, report.source, cue.start, aside=aside)
        named = report.source is not None and report.source.phrase is not None
        score = 0.0
        if entity is not None:
            evidence = gather(self, "indirect", cue, report.source, entity, number, cue.start, self.ground)
            score = self.confidence.score(evidence)
            if not report.inside:
                self.discourse.record(cue.start, number, entity, named=named)
        if not self.with_indirect or not report.row:
            return
        mention = report.source.span if report.source is not None else None
        self.state.statements.append(
            (
                Statement(
                    "indirect", report.clause.start, report.clause.end, report.cue, mention,
                    -1 if entity is None else entity, "indirect", score,
                ),
                cue.start,
            )
        )  # fmt: skip

    def _entity(self, number: int, source: Source | None, at: int, *, aside: bool = False) -> int | None:
        """The speaker a source stands for."""
        self.ground = NAMED
        if source is None:
            return self._antecedent(number, at, plural=False, body=True)
        phrase = source.phrase
        if phrase is None:
            going_on = self._adding(number, source, at)
            if going_on is not None:
                return going_on
            body = self._body_going_on(number, at)
            return (
                self._antecedent(number, at, plural=False, body=True, aside=aside) if body is None else body
            )
        if phrase.kind == "pronoun":
            body = self.tagged.document.lower[phrase.first] == "pihaknya"  # a body's side, or its spokesman's
            return self._antecedent(number, at, plural=phrase.plural, body=body, aside=aside)
        if phrase.kind == "document" and phrase.last - phrase.first > 1:
            whose = parse(self.tagged, phrase.first + 1, phrase.last)
            if whose is not None and whose.last == phrase.last and self.can_say(whose):
                return self._entity(number, Source(Span(whose.start, whose.end), whose), at)
            if whose is not None and whose.kind == "body" and whose.last == phrase.last:
                return self.registry.of_phrase(whose)  # menurut data Badan Keamanan Laut
        pointed = self._pointed(number, phrase, at)
        if pointed is not None:
            return pointed
        named = name_behind(self.tagged, phrase, self._narrative_end(number, phrase))
        if named is not None and phrase.kind in ("phrase", "title") and not phrase.plural:
            return self.registry.of_phrase(named)  # seorang penambang, yang dipanggil Hasan Usta, mengatakan
        return self.registry.of_phrase(phrase)

    def _narrative_end(self, number: int, phrase: Phrase) -> int:
        """The word at which the writer's own words behind a phrase end: a quoted span, or the sentence's end."""
        end = self.sentences[number].end
        place = bisect_left(self._top_starts, phrase.end)
        if place < len(self.top):
            end = min(end, self.outer(self.top[place])[0])
        return word_after(self.tagged, end)

    def _antecedent(
        self, number: int, at: int, *, plural: bool, body: bool, aside: bool = False
    ) -> int | None:
        """Who a pronoun, -nya or an unsaid subject stands for: the nearest speaker or subject before."""
        if plural:
            bodies: int | None = None
            for entity, back in self.discourse.groups(number, at):
                if self.registry.entities[entity].type == "group":
                    if bodies is None or back <= 3:
                        self.ground = Ground("many", back)
                        return entity
                    return bodies
                if bodies is None:
                    self.ground = Ground("many", back)
                    bodies = entity
            return bodies
        for entity, back in self.discourse.persons(number, at, aside=aside):
            if self.registry.entities[entity].named or self.registry.single(entity):
                self.ground = Ground("person", back)
                return entity
        for entity, back in self.discourse.persons(number, at, aside=aside):
            self.ground = Ground("person", back)
            return entity
        if body:
            found = self._last(number, at, 8)
            if found is not None:
                return found
        return self._only_person(number, at)

    def _names_near(self, number: int, at: int) -> Iterator[tuple[Phrase, int]]:
        """The names of the writer's own words in the sentences before ``at``, nearest first."""
        registry = self.registry
        for back in range(number, max(-1, number - NEAR), -1):
            for first, last in reversed(self._narrative(back)):
                low, high = bisect_left(registry.run_starts, first), bisect_left(registry.run_starts, last)
                for run in reversed(registry.runs[low:high]):
                    if self.document.starts[run.first] < at:
                        phrase = registry.phrase_around(run.first, run.last)
                        if phrase is not None:
                            yield phrase, number - back

    def _only_person(self, number: int, at: int) -> int | None:
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
        self.ground = Ground("person", max(back, 3))
        return entity

    def _adding(self, number: int, source: Source, at: int) -> int | None:
        """The nearest person who has spoken, where the verb says that somebody goes on: tambahnya, lanjutnya."""
        word = word_after(self.tagged, source.span.end) - 1
        if self.document.lower[word].removesuffix("nya") not in ADDING:
            return None
        for entity, back in self.discourse.persons(number, at):
            if back > NEAR + 1:
                break
            held = self.registry.entities[entity]
            if (held.named or self.registry.single(entity)) and self.discourse.has_spoken(entity):
                self.ground = Ground("last", back)
                return entity
        return None

    def _body_going_on(self, number: int, at: int) -> int | None:
        """The body that spoke in the sentence before, where no person is near: -nya may stand for it."""
        event = self.discourse.last(number, at, reach=1)
        if event is None or self.registry.entities[event.entity].type == "person":
            return None
        person = next(iter(self.discourse.persons(number, at)), None)
        if person is not None and person[1] <= 2:
            return None
        self.ground = Ground("last", number - event.sentence)
        return event.entity

    def _pointed(self, number: int, phrase: Phrase, at: int) -> int | None:
        """The person *pria itu* or *siswi kelas III itu* points back to; None if it does not point."""
        tagged = self.tagged
        last = phrase.last - 1
        pointing = tagged.flags[last] & DEMONSTRATIVE and not tagged.upper[last]
        first = phrase.first
        sang = tagged.document.lower[first] == "sang"
        if phrase.kind not in ("phrase", "title") or not (pointing or sang):
            return None
        first += sang
        head = tagged.document.lower[first]
        ranked = tagged.flags[first] & RANK and not tagged.upper[first]  # jenderal bintang dua itu
        somebody = tagged.flags[first] & ROLE and not tagged.flags[first] & BODY
        if not somebody and not ranked and head not in ANY_PERSON:
            return None
        if phrase.plural:
            return None
        if head in GROUPS_ONLY:
            newly = last - first > 1 and head not in tagged.document.lower[:first]  # petani tebu itu
            alone = self._only_name_near(number, at) if newly and pointing else None
            if alone is not None:
                self.registry.mention(alone, phrase)
            return alone
        # Politikus PSI itu: whoever was told to be of PSI.
        bodies = {tagged.document.lower[i] for i in range(first + 1, last) if tagged.upper[i]}
        station = STATIONS.get(" ".join(tagged.document.lower[first : first + 2]), frozenset())
        near: int | None = None
        matched = False
        for entity, back in self.discourse.persons(number, at):
            if back > 4 and near is not None:
                break
            if near is None:
                near = entity
                self.ground = Ground("pointed", back)
            held = self.registry.entities[entity]
            told = (held.role or held.name if not held.named else held.role or "").lower().split()
            stationed = bool(told) and told[0] in station and len(told) < _PLAIN_OFFICE
            if (head in told and head not in ANY_PERSON) or bodies & set(told) or stationed:
                near, matched = entity, True
                self.ground = Ground("pointed", back)
                break
        if not matched:
            named = self._of_trade(number, at, head)
            near = near if named is None else named
        if near is None and somebody and pointing:
            near = self._only_name_near(number, at)
        if sang and not matched and near is not None:
            held = self.registry.entities[near]
            if head in KIN or (not held.named and not self.registry.single(near)):
                return None  # sang kakek: nobody met before is told to be one
        if near is not None:
            self.registry.mention(near, phrase)
            meant = self.registry.entities[near]
            if meant.role is None and meant.named and head not in ANY_PERSON and not tagged.upper[first]:
                lower = tagged.document.lower
                told_by = next((word for word in range(first + 1, last) if lower[word] == "yang"), last)
                meant.role = tagged.text(first, told_by)  # siswi kelas III itu tells the role
        return near

    def _only_name_near(self, number: int, at: int) -> int | None:
        """The one name of the sentences just before: Bashir Ahmed kehilangan kerbaunya. “…,” ujar petani itu."""
        found: set[int] = set()
        for phrase, back in self._names_near(number, at):
            if back > 2:
                break
            entity = self.registry.of_phrase(phrase)
            if entity is not None and self.registry.entities[entity].type == "person":
                found.add(entity)
        if len(found) != 1:
            return None
        self.ground = Ground("pointed", 3)
        return found.pop()

    def _of_trade(self, number: int, at: int, head: str) -> int | None:
        """Whom the sentences before told to be what the noun says: bertemu aktivis Rangga ... aktivis itu."""
        if head in ANY_PERSON:
            return None
        for phrase, back in self._names_near(number, at):
            first, last = phrase.role
            if head in self.document.lower[first:last]:
                self.ground = Ground("pointed", back)
                return self.registry.of_phrase(phrase)
        return None

    def _unlinked(self, number: int, index: int) -> None:
        """A span without a cue: the one who has just spoken goes on, or the lead-in names the speaker."""
        span = self.spans[index]
        kind = kind_of(self, index, None)
        if kind == "other":
            return
        previous = self.discourse.last(number, span.start)
        if previous is None:
            entity = self._antecedent(number, span.start, plural=False, body=True)
            if entity is None:
                return
            self._attribute(number, index, entity, "lead-in")
            return
        subject = self._lead_in(number, previous)
        if subject is not None and subject != previous.entity:
            self.ground = Ground("person", 1)
            self._attribute(number, index, subject, "lead-in")
            return
        near = number - previous.sentence <= 1
        self.ground = Ground("last", number - previous.sentence)
        self._attribute(number, index, previous.entity, "continued" if near else "turn")

    def _attribute(self, number: int, index: int, entity: int, rule: str) -> None:
        self.state.links[index] = Link(None, None, rule, True)
        self.state.entities[index] = entity
        at = self.spans[index].start
        self.state.evidence[index] = gather(self, rule, None, None, entity, number, at, self.ground)
        self.discourse.record(at, number, entity, named=False)

    def _lead_in(self, number: int, previous: Event) -> int | None:
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
        for first, last in self._narrative(number):
            for word in range(first, last):
                if self.tagged.flags[word] & CUE or self.document.lower[word] in (
                    "buka",
                    "angkat",
                    "suara",
                    "bersuara",
                ):
                    return True
        return False

    # --- quotes inside quotes -----------------------------------------------------------------

    def _nested(self) -> None:
        """A span inside another: its cue stands inside the outer one, which keeps the turn."""
        for index, span in enumerate(self.spans):
            if span.parent < 0:
                continue
            outer = self.spans[span.parent]
            opening, closing = self.outer(index)
            left = word_after(self.tagged, max(outer.start, opening - 160))
            right = word_after(self.tagged, min(outer.end, closing + 100))
            link = None
            for cue in self._cues_in(left, right):
                if cue.end <= opening and _leads_in(self.text[cue.end : opening]):
                    link = Link(
                        cue,
                        source_of(self.tagged, cue, left, word_after(self.tagged, opening)),
                        "nested",
                        True,
                    )
                elif (
                    cue.start >= closing and cue.entry.after and cue.word == word_after(self.tagged, closing)
                ):
                    link = Link(cue, source_of(self.tagged, cue, cue.word, right), "nested", True)
            if link is None or link.source is None or link.source.phrase is None:
                continue
            self.state.links[index] = link
            if link.source.phrase.kind == "pronoun":
                continue
            entity = self.registry.of_phrase(link.source.phrase)
            if entity is not None:
                self.state.entities[index] = entity
                number = self.sentence_at(span.start)
                self.state.evidence[index] = gather(
                    self, "nested", link.cue, link.source, entity, number, span.start, NAMED
                )

    # --- out ----------------------------------------------------------------------------------

    def _finish(self) -> tuple[tuple[Statement, ...], tuple[Speaker, ...]]:
        rows: list[tuple[int, int, Statement]] = []
        for index, span in enumerate(self.spans):
            link = self.state.links.get(index)
            entity = self.state.entities.get(index, -1)
            kind: Kind = kind_of(self, index, link)
            if kind == "other":
                rows.append(
                    (span.start, 0, Statement("other", span.start, span.end, None, None, -1, "", 0.0))
                )
                continue
            cue = Span(link.cue.start, link.cue.end) if link is not None and link.cue is not None else None
            mention = link.source.span if link is not None and link.source is not None else None
            rule = link.rule if link is not None else ""
            score = self.confidence.score(self.state.evidence[index]) if entity >= 0 else 0.0
            rows.append(
                (span.start, 0, Statement(kind, span.start, span.end, cue, mention, entity, rule, score))
            )
        rows.extend((statement.start, at, statement) for statement, at in self.state.statements)
        rows.sort(key=lambda row: (row[0], row[1]))
        used = [row[2].speaker for row in rows if row[2].speaker >= 0]
        speakers, numbers = self.registry.speakers(used)
        return tuple(row[2]._replace(speaker=numbers.get(row[2].speaker, -1)) for row in rows), speakers


def _narrative(
    tagged: Tagged, sentences: list[Span], top: list[tuple[int, int]], starts: list[int], number: int
) -> list[tuple[int, int]]:
    """Word ranges of a sentence outside quoted spans, which stand at ``top`` with their marks."""
    sentence = sentences[number]
    low = max(0, bisect_left(starts, sentence.start) - 1)
    high = bisect_left(starts, sentence.end)
    return narrative_words(tagged, sentence, top[low:high])


def _as_after(cue: Cue) -> CueEntry:
    return replace(cue.entry, active=frozenset(), passive=False, preposition=False, after=True)


def _leads_in(between: str) -> bool:
    """Whether the text between a cue and an opening mark leads straight into the quote."""
    stripped = between.strip()
    if not stripped or stripped in (",", ":", "-", "–", "—") or stripped.endswith((":", ",")):
        return True
    return stripped in ("bahwa", ", bahwa") or (len(stripped.split()) <= 1 and stripped not in _TO_WHOM)


def resolve(
    document: Document,
    spans: list[QuotedSpan],
    lexicon: Lexicon,
    *,
    indirect: bool = True,
    confidence: Confidence | None = None,
) -> tuple[tuple[Statement, ...], tuple[Speaker, ...]]:
    """The statements of an article with their speakers.

    Args:
        document: the text.
        spans: its quoted spans, sorted by start.
        lexicon: the language data.
        indirect: whether indirect statements are rows; they keep the turn either way.
        confidence: what scores the attributions; None takes the shipped model.
    """
    return Resolver(document, spans, lexicon, indirect=indirect, confidence=confidence).run()
