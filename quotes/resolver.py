"""From quoted spans to speakers: each span gets its cue, its mention and its speaker.

One pass over the sentences in text order. In a sentence, every quoted span is linked to a
cue by the first rule of :data:`RULES` that applies, from the surest to the least sure; what
the rule found is resolved to a speaker, and the speaker has the turn. A span no rule can
link goes to the speaker whose turn it is, or to nobody.
"""

from __future__ import annotations

from quotes.attribution.antecedents import Antecedents
from quotes.attribution.confidence import Confidence, shipped
from quotes.attribution.evidence import Evidence, Found, gather
from quotes.attribution.kinds import Kinds, names_only
from quotes.attribution.linking import link_sentence, nested_link
from quotes.attribution.view import Link, View
from quotes.clauses import Cue, Source
from quotes.discourse import Discourse
from quotes.indirect import Report, reports_in
from quotes.lexicon import Lexicon
from quotes.records import QuotedSpan, Span, Speaker, Statement
from quotes.segment import Document
from quotes.speakers import Registry

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


class Resolver:
    """The pass over one article, and what it has found so far.

    Attributes:
        links: spans to what ties them to a speaker.
        found: spans to their speakers.
        evidence: spans to what speaks for their speakers.
        statements: indirect statements, each with the offset of its cue.
    """

    def __init__(
        self,
        document: Document,
        spans: list[QuotedSpan],
        lexicon: Lexicon,
        *,
        indirect: bool = True,
        confidence: Confidence | None = None,
    ) -> None:
        self.view = View(document, spans, lexicon)
        self.with_indirect = indirect
        self.confidence = confidence or shipped()
        self.registry = Registry(self.view.tagged)
        self.discourse = Discourse(self.view.tagged, self.registry, self.view.sentences, self.view.narrative)
        self.antecedents = Antecedents(self.view, self.registry, self.discourse)
        self.kinds = Kinds(self.view)
        self.links: dict[int, Link] = {}
        self.found: dict[int, Found] = {}
        self.evidence: dict[int, Evidence] = {}
        self.statements: list[tuple[Statement, int]] = []
        self._afterwords: set[int] = set()  # cues of a quote in the sentence before

    def run(self) -> tuple[tuple[Statement, ...], tuple[Speaker, ...]]:
        """All statements in text order, and the speakers they point to."""
        view = self.view
        spans: dict[int, list[int]] = {}
        for index in view.top:
            spans.setdefault(view.sentence_at(view.spans[index].start), []).append(index)
        cues: dict[int, list[Cue]] = {}
        for cue in view.cues:
            if not view.quoted(cue.start):
                cues.setdefault(view.sentence_at(cue.start), []).append(cue)
        for number in sorted(spans.keys() | cues.keys()):
            self._sentence(number, spans.get(number, []), cues.get(number, []))
        for index, span in enumerate(view.spans):
            if span.parent >= 0:
                self._nested(index)
        return self._finish()

    def _sentence(self, number: int, quoted: list[int], cues: list[Cue]) -> None:
        """Speakers of the sentence's cues in text order, quoted and indirect; then of spans without a cue."""
        if quoted:
            links = link_sentence(self.view, self.kinds, number, quoted, cues)
            self.links.update(links)
            self._afterwords.update(
                link.cue.word for link in links.values() if link.rule == "afterword" and link.cue is not None
            )
        reports = self._reports(number, quoted, cues)
        todo: list[tuple[int, int, Cue | None]] = [
            (self._place(index), index, None) for index in quoted if index in self.links
        ]
        todo.extend((cue.start, -1, cue) for cue in cues if cue.word in reports)
        seen: dict[int, Found] = {}
        for at, index, cue in sorted(todo, key=lambda item: (item[0], item[1])):
            if cue is not None:
                self._indirect(number, cue, reports[cue.word])
            else:
                self._linked(number, index, at, seen)
        for index in quoted:
            if index not in self.links:
                self._unlinked(number, index)

    def _place(self, index: int) -> int:
        """Offset at which a linked span's speaker is looked for: its cue's, or its own."""
        cue = self.links[index].cue
        return self.view.spans[index].start if cue is None else cue.start

    def _linked(self, number: int, index: int, at: int, seen: dict[int, Found]) -> None:
        """The speaker of a linked span; ``seen`` holds those of the sentence's cues so far."""
        link = self.links[index]
        key = -1 - index if link.cue is None else link.cue.word
        found = seen.get(key)
        if found is None:
            found = self.antecedents.of_link(number, index, link, at)
            if found is None:
                return
            seen[key] = found
            named = link.source is not None and link.source.phrase is not None
            self.discourse.record(at, number, found.entity, named=named)
        self._attribute(number, index, link, found, at)

    def _attribute(self, number: int, index: int, link: Link, found: Found, at: int) -> None:
        self.links[index] = link
        self.found[index] = found
        self.evidence[index] = self._gather(link.rule, link.cue, link.source, found, number, at)

    def _gather(
        self, rule: str, cue: Cue | None, source: Source | None, found: Found, number: int, at: int
    ) -> Evidence:
        return gather(rule, cue, source, found, self.registry, self.discourse.last(number, at))

    def _reports(self, number: int, quoted: list[int], cues: list[Cue]) -> dict[int, Report]:
        """The sentence's indirect statements, by the word of their cue."""
        if not cues:
            return {}
        view = self.view
        linked: dict[int, Source | None] = {}
        holes: list[Span] = []
        for index in quoted:
            link = self.links.get(index)
            if self.kinds.of(index, link) == "other":
                if link is not None and link.cue is not None and names_only(view, number, index, link.cue):
                    linked[link.cue.word] = link.source
                continue
            holes.append(Span(*view.outer(index)))
            if link is not None and link.cue is not None:
                linked[link.cue.word] = link.source
        linked.update((cue.word, None) for cue in cues if cue.word in self._afterwords)
        return reports_in(view.tagged, view.lexicon, view.sentences[number], cues, linked, holes)

    def _indirect(self, number: int, cue: Cue, report: Report) -> None:
        """The speaker of an indirect statement, and its row where it has one."""
        source = report.source
        aside = cue.entry.after or cue.entry.preposition
        found = self.antecedents.of_source(number, source, cue.start, aside=aside)
        score = 0.0
        if found is not None:
            score = self.confidence.score(self._gather("indirect", cue, source, found, number, cue.start))
            if not report.inside:
                named = source is not None and source.phrase is not None
                self.discourse.record(cue.start, number, found.entity, named=named)
        if not self.with_indirect or not report.row:
            return
        mention = None if source is None else source.span
        entity = -1 if found is None else found.entity
        statement = Statement(
            "indirect", report.clause.start, report.clause.end, report.cue, mention, entity, "indirect", score
        )
        self.statements.append((statement, cue.start))

    def _unlinked(self, number: int, index: int) -> None:
        """A span without a cue: the one who has just spoken goes on, or the lead-in names the speaker."""
        if self.kinds.of(index, None) == "other":
            return
        at = self.view.spans[index].start
        turn = self.antecedents.of_turn(number, at)
        if turn is not None:
            found, rule = turn
            self._attribute(number, index, Link(None, None, rule, True), found, at)
            self.discourse.record(at, number, found.entity, named=False)

    def _nested(self, index: int) -> None:
        """A span inside another: its cue stands inside the outer one, which keeps the turn."""
        link = nested_link(self.view, index)
        if link is None or link.source is None or link.source.phrase is None:
            return
        self.links[index] = link
        entity = self.registry.of_phrase(link.source.phrase)
        if entity is not None:
            start = self.view.spans[index].start
            self._attribute(self.view.sentence_at(start), index, link, Found(entity), start)

    def _finish(self) -> tuple[tuple[Statement, ...], tuple[Speaker, ...]]:
        """The statements with the speakers' final numbers, and the speakers."""
        rows = [(span.start, 0, self._row(index)) for index, span in enumerate(self.view.spans)]
        rows.extend((statement.start, at, statement) for statement, at in self.statements)
        rows.sort(key=lambda row: (row[0], row[1]))
        used = [row[2].speaker for row in rows if row[2].speaker >= 0]
        speakers, numbers = self.registry.speakers(used)
        return tuple(row[2]._replace(speaker=numbers.get(row[2].speaker, -1)) for row in rows), speakers

    def _row(self, index: int) -> Statement:
        """The statement of a quoted span; its speaker is still the number of an entity."""
        span, link, found = self.view.spans[index], self.links.get(index), self.found.get(index)
        kind = self.kinds.of(index, link, attributed=found is not None)
        if kind == "other":
            return Statement("other", span.start, span.end, None, None, -1, "", 0.0)
        cue = Span(link.cue.start, link.cue.end) if link is not None and link.cue is not None else None
        mention = link.source.span if link is not None and link.source is not None else None
        rule = "" if link is None else link.rule
        entity, score = -1, 0.0
        if found is not None:
            entity, score = found.entity, self.confidence.score(self.evidence[index])
        return Statement(kind, span.start, span.end, cue, mention, entity, rule, score)


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
