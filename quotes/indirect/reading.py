"""The indirect statements of a sentence, read cue by cue in text order.

A verb reports if its frame in the lexicon (``reports.toml``) takes what follows it, if
nothing before it makes it a plan, a purpose or its opposite, and if its source is somebody,
or something written, that can speak. *Menurut X* and *kata X* report the rest of the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from quotes.clauses import Cue, Source, clitic, source_after
from quotes.indirect.attachment import Attachment, attachment
from quotes.indirect.complement import (
    Complement,
    closes,
    complement,
    says_nothing,
    takes,
)
from quotes.indirect.speakers import ABSTRACT, behind_heading, speaks
from quotes.indirect.stretch import Stretch, as_source
from quotes.indirect.subject import Held, subject
from quotes.lexicon import Lexicon
from quotes.lexicon.reports import Frame
from quotes.lexicon.words import W
from quotes.phrases import Phrase, Tagged, parse
from quotes.records import Span

#: An utterance ends right before: a quotation mark that made no span.
_UTTERED = re.compile(r"[,.!?…]\s*[”\"“»'’]\s*,?\s*$")
_MARKED = re.compile(r"[,.!?…]\s*[”\"»]")
_EDGE = " \t\r\n\u00a0,;:.!?…–—-"
#: What makes a passive a circumstance: saat ditanya wartawan.
_WHEN = frozenset(("saat", "ketika", "kala", "sewaktu", "tatkala", "waktu"))
#: The verbs that follow menurut X by a slip.
_SAYS = frozenset(("mengatakan", "menyatakan", "menyebutkan", "menjelaskan", "mengungkapkan", "menuturkan"))
_AGENTS = W.ROLE | W.SINGULAR_DETERMINER | W.PLURAL_DETERMINER


class Report(NamedTuple):
    """A reporting clause: its cue, its source, and the offsets of the reported clause.

    ``row`` is false where quoted spans already stand for it: somebody spoke there, but the
    quoted row is enough. ``inside``: it stands inside another report, whose speaker goes on.
    """

    cue: Span
    source: Source | None
    clause: Span
    row: bool
    inside: bool = False


class _Found(NamedTuple):
    """A report with the word ranges that decide where the one before it ends."""

    cue: Span
    source: Source
    first: int  # word range of the reported clause
    last: int
    begin: int  # first word of the reporting clause
    inside: bool = False  # stands inside another report
    row: bool = True  # no quoted span stands for it
    aside: bool = False  # menurut X, kata X, ujarnya


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
    stretch = Stretch(tagged, lexicon, sentence, cues, holes)
    found: dict[int, _Found] = {}
    held = Held(None, None)
    spoken = -1
    for cue in cues:
        if cue.word in linked:
            held, spoken = Held(linked[cue.word] or held.source, cue), cue.word
            continue
        report = _read(stretch, cue, held, spoken)
        if report is None:
            continue
        found[cue.word] = report._replace(row=report.row and not _absorbed(stretch, cue, report, linked))
        spoken = cue.word
        if not report.inside:
            held = Held(report.source, cue)
    return _cut(stretch, found)


def _absorbed(stretch: Stretch, cue: Cue, report: _Found, linked: Mapping[int, Source | None]) -> bool:
    """Whether a quoted span inside the reported clause has no other speaker: the quoted row is enough."""
    for start, _ in stretch.holes:
        if report.last <= cue.word and report.first <= start < cue.word and _as_told(stretch, cue):
            return True  # “…,” kata X, seperti dilaporkan Y
        if not cue.word < report.first <= start:
            continue
        inner = [other for other in stretch.cues if cue.word < other.word < start and other.word in linked]
        if inner and inner[-1].entry.report is None:
            return True
    return False


def _as_told(stretch: Stretch, cue: Cue) -> bool:
    """Whether a verb only tells where the words were read: seperti dilaporkan, sebagaimana dikatakan."""
    return cue.word > stretch.first and stretch.lower[cue.word - 1] in stretch.guards.aside


def _read(stretch: Stretch, cue: Cue, held: Held, spoken: int) -> _Found | None:
    frame = cue.entry.report
    if frame is not None:
        before = attachment(stretch, cue, stretch.left_of(cue.word), spoken)
        if frame.passive:
            return _passive(stretch, cue, frame, before)
        if before is None or (stretch.upper[cue.word] and _in_name(stretch, cue.word)):
            return None
        negated = frame.denial if before.negated else not frame.denial
        return _active(stretch, cue, frame, before, held) if negated or frame.negated else None
    if cue.entry.preposition:
        return _according(stretch, cue)
    return _aside(stretch, cue) if cue.entry.after else None


# --- active verbs ------------------------------------------------------------------------------


def _active(stretch: Stretch, cue: Cue, frame: Frame, before: Attachment, held: Held) -> _Found | None:
    right = stretch.right_of(cue.word)
    behind = complement(stretch, cue, frame, right)
    closing = before.link == "subject" and behind.noun < 0 and closes(stretch, behind)
    if not _tells(stretch, cue, frame, before, behind) and not closing:
        return None
    source = subject(stretch, cue, frame, before, behind, held)
    if source is None or _denied(stretch, source.phrase):
        return None
    governor = _governor(stretch, before, source.phrase, held)
    if governor is not None and not _embeds(stretch, governor, held, frame, behind, source.phrase):
        return None
    speaker = _speaker(stretch, source, behind, strict=frame.weak or before.link == "relative")
    if speaker is None:
        return None
    row = not _uttered(stretch, cue, speaker, before, behind)
    begin = before.word
    if before.link == "subject" and speaker.phrase is not None:
        begin = speaker.phrase.first
    span = _cue_span(stretch, cue, behind)
    last = _relative_end(stretch, before, behind.first, right)
    inside = governor is not None or _parted(before, speaker.phrase, held)
    found = _Found(span, speaker, behind.first, last, begin, inside, row)
    if closing:
        return _closing(stretch, cue, frame, found)
    return found._replace(first=cue.word, last=cue.word + 1) if behind.kind == "bare" else found


def _tells(stretch: Stretch, cue: Cue, frame: Frame, before: Attachment, behind: Complement) -> bool:
    """Whether what follows a verb makes it a report."""
    if cue.word + 1 < stretch.right_of(cue.word) and says_nothing(stretch, cue.word + 1, frame):
        return False
    restrictive = before.link == "relative" and not stretch.marks[before.word]
    if restrictive and (
        behind.kind == "thing" or (behind.kind in ("clause", "number") and not frame.relative)
    ):
        return False  # it tells who, not what was said: warga yang menuntut ganti rugi
    return takes(stretch, frame, behind)


def _speaker(stretch: Stretch, source: Source, behind: Complement, *, strict: bool) -> Source | None:
    """The source if it can speak; else the speaker a heading has run into."""
    if speaks(stretch, source.phrase, behind.kind, strict=strict):
        return source
    found = behind_heading(stretch, source.phrase)
    if found is not None and speaks(stretch, found.phrase, behind.kind, strict=strict):
        return found
    return None


def _relative_end(stretch: Stretch, before: Attachment, first: int, right: int) -> int:
    """Where a clause ends: where its sentence goes on, as in: polisi, yang membantah itu, menunggu."""
    if before.link == "relative" and "," in stretch.marks[before.word]:
        for word in range(first + 1, right):
            if stretch.marks[word] == "," and stretch.predicate(word):
                return word
    return right


def _closing(stretch: Stretch, cue: Cue, frame: Frame, found: _Found) -> _Found | None:
    """A verb that ends its sentence: what stands before its subject is reported; a denial may say nothing."""
    phrase = found.source.phrase
    begin = phrase.first if phrase is not None else found.begin
    opened = all(stretch.flags[word] & (W.OPENER | W.CONJUNCTION) for word in range(stretch.first, begin))
    if not opened and "," in stretch.marks[begin] and stretch.has_clause(stretch.first, begin):
        row = found.row and not any(start < begin for start, _ in stretch.holes)
        return found._replace(first=stretch.first, last=begin, begin=begin, inside=False, row=row)
    return found._replace(first=cue.word, last=cue.word + 1) if "bare" in frame.takes else None


def _in_name(stretch: Stretch, word: int) -> bool:
    """Whether a verb with a capital is part of a name, not of a headline: Hak Menyampaikan Pendapat."""
    if stretch.tagged.starts[word]:
        return False
    around = range(max(stretch.first, word - 4), min(stretch.last, word + 5))
    return any(not stretch.upper[index] and len(stretch.lower[index]) > 4 for index in around)


def _denied(stretch: Stretch, phrase: Phrase | None) -> bool:
    """Whether the subject is not all, or supposed: tidak semua calon memaparkan; jika polisi mengatakan."""
    if phrase is None or phrase.first <= stretch.first or stretch.marks[phrase.first]:
        return False
    before = stretch.lower[phrase.first - 1]
    return before in stretch.guards.negation or before in stretch.guards.condition


def _cue_span(stretch: Stretch, cue: Cue, behind: Complement) -> Span:
    """The cue, with the noun a light verb says it by: mengeluarkan peringatan."""
    light = cue.entry.report is not None and cue.entry.report.light and behind.noun >= 0
    return Span(cue.start, stretch.document.ends[behind.noun] if light else cue.end)


# --- reports inside reports --------------------------------------------------------------------


def _governor(stretch: Stretch, before: Attachment, phrase: Phrase | None, held: Held) -> Cue | None:
    """The cue inside whose report this one stands, if it stands in one."""
    if (
        before.link not in ("subject", "governed", "relative", "purpose")
        or held.cue is None
        or phrase is None
    ):
        return None
    if phrase.first < held.cue.word or any(
        held.cue.word < start < phrase.first for start, _ in stretch.holes
    ):
        return None
    for word in range(held.cue.word + 1, phrase.first + 1):
        mark = stretch.marks[word]
        opening = stretch.lower[word - 1]
        if ";" in mark or opening in stretch.guards.contrast or opening in stretch.guards.concession:
            return None
        if "," in mark and stretch.lower[word] in stretch.guards.joining:
            return None
    return held.cue


def _parted(before: Attachment, phrase: Phrase | None, held: Held) -> bool:
    """Whether an aside parts the verb from its subject: Presiden, lanjut Said, berjanji ..."""
    aside = before.link == "comma" and held.cue is not None and held.cue.entry.after
    return bool(aside and held.cue and phrase is not None and phrase.first < held.cue.word)


def _embeds(
    stretch: Stretch, governor: Cue, held: Held, frame: Frame, behind: Complement, phrase: Phrase | None
) -> bool:
    """Whether a report inside another counts: mengatakan Budi mengaku; not meminta Budi mengaku."""
    if (
        frame.weak
        or phrase is None
        or phrase.kind == "document"
        or stretch.lower[phrase.first].endswith("nya")
    ):
        return False
    if phrase.kind == "pronoun" and not phrase.plural and _is_person(held.source):
        return False  # Budi mengatakan dia meragukan itu: the same speaker, the same statement
    if _asked(stretch, governor.word + 1, phrase.first):
        return False
    outer = governor.entry.report
    if (
        phrase.first == governor.word + 1
        and outer is not None
        and "ask" in outer.takes
        and "about" not in outer.takes
    ):
        return behind.kind == "that"
    return phrase.kind != "phrase" or bool(stretch.flags[stretch.head(phrase)] & (W.ROLE | W.BODY))


def _is_person(source: Source | None) -> bool:
    return (
        source is not None
        and source.phrase is not None
        and source.phrase.kind in ("name", "pronoun", "title")
    )


def _asked(stretch: Stretch, first: int, last: int) -> bool:
    """Whether the words lead into what somebody is asked to do: menyarankan agar [pemerintah ...]."""
    for word in range(last - 1, first - 1, -1):
        if "," in stretch.marks[word + 1]:
            return False
        if stretch.lower[word] in stretch.guards.ask:
            return True
    return False


def _uttered(stretch: Stretch, cue: Cue, source: Source, before: Attachment, behind: Complement) -> bool:
    """Whether the verb goes with an utterance that ends right before its clause, whatever marks it has."""
    if before.link == "quote" and behind.kind in ("that", "clause", "act"):
        return False
    own = before.link in ("subject", "comma")
    phrase = source.phrase
    at = phrase.start if own and phrase is not None and phrase.first < cue.word else cue.start
    if _ends_utterance(stretch, at) or _MARKED.search(stretch.document.text, at, cue.start):
        return True
    return own and any(
        stretch.first < last <= cue.word
        and _is_utterance(stretch, hole)
        and not stretch.has_clause(last, cue.word)
        for (_, last), hole in zip(stretch.holes, stretch.hole_offsets, strict=True)
    )


def _ends_utterance(stretch: Stretch, at: int) -> bool:
    return _UTTERED.search(stretch.document.text, max(stretch.sentence.start, at - 6), at) is not None


def _is_utterance(stretch: Stretch, hole: Span) -> bool:
    """Whether a quoted span ends like a sentence, its mark left out."""
    tail = stretch.document.text[max(hole.start, hole.end - 2) : hole.end].rstrip("”\"“»'’")
    return tail[-1:] in ",.!?…"


# --- passives ----------------------------------------------------------------------------------


def _passive(stretch: Stretch, cue: Cue, frame: Frame, before: Attachment | None) -> _Found | None:
    """A passive whose agent is told: dibantah polisi, disampaikan oleh Budi, dinilainya."""
    opens = cue.word == stretch.first
    if before is None and not opens:
        return None
    if not opens and stretch.lower[cue.word - 1] in _WHEN:
        return None  # saat dikonfirmasi wartawan
    if before is not None and not _passive_tells(stretch, frame, before):
        return None
    right = stretch.right_of(cue.word)
    source = _agent(stretch, cue, frame, right)
    if source is None or not speaks(stretch, source.phrase, "thing", strict=True):
        return None
    phrase = source.phrase
    behind = phrase.last if phrase is not None and phrase.first > cue.word else cue.word + 1
    while behind < right and stretch.lower[behind] in stretch.guards.naming:
        behind += 1
    if before is not None and before.link == "comma":
        return _either(stretch, cue, source, behind, right) if behind < right else None
    begin = before.word if before is not None else cue.word
    span = Span(cue.start, cue.end)
    last = cue.word if before is None or before.link != "relative" else before.word
    while last > stretch.first and not stretch.marks[last] and _is_glue(stretch, last - 1):
        last -= 1
    if opens or last == stretch.first or _passive_reports_behind(stretch, behind, right):
        return _Found(span, source, behind, right, begin)
    return _Found(span, source, stretch.first, last, begin)


def _is_glue(stretch: Stretch, word: int) -> bool:
    """Whether a word before a passive is no part of what is said: juga, seperti, sebagaimana."""
    return bool(stretch.flags[word] & W.ADVERB) or stretch.lower[word] in stretch.guards.aside


def _passive_reports_behind(stretch: Stretch, behind: int, right: int) -> bool:
    """Whether what a passive says stands behind it, not before: dinilai polisi terlalu berani."""
    if behind >= right or stretch.marks[behind]:
        return False
    guards, word = stretch.guards, stretch.lower[behind]
    if any(word in words for words in (guards.adverbial, guards.local, guards.preposition, guards.manner)):
        return False
    return stretch.has_clause(behind, right)


def _passive_tells(stretch: Stretch, frame: Frame, before: Attachment) -> bool:
    """Whether a passive in this place tells what somebody said."""
    if before.negated or before.link == "purpose":
        return False
    if before.link != "relative":
        return True
    return frame.judged and stretch.lower[before.word - 1] != "apa"  # apa yang disebutnya ...


def _agent(stretch: Stretch, cue: Cue, frame: Frame, right: int) -> Source | None:
    """Who says what a passive tells: -nya, oleh X before or behind it, or X right behind it."""
    if stretch.lower[cue.word].endswith("nya"):
        return clitic(cue)
    told = _agent_before(stretch, cue)
    if told is not None:
        return told
    index = cue.word + 1
    limit = min(right, index + 5)
    while index < limit and not stretch.marks[index] and stretch.lower[index] in stretch.guards.agent_glue:
        index += 1
    if index >= right or stretch.marks[index]:
        return None
    if stretch.lower[index] == "oleh":
        return stretch.phrase_at(index + 1, right)
    source = stretch.phrase_at(index, right)
    return source if source is not None and _is_agent(stretch, source.phrase, frame, right) else None


def _agent_before(stretch: Stretch, cue: Cue) -> Source | None:
    """The agent told before a passive: oleh sejumlah pihak [dinilai]."""
    for oleh in range(max(stretch.left_of(cue.word), cue.word - 8), cue.word - 1):
        if stretch.lower[oleh] == "oleh":
            phrase = parse(stretch.tagged, oleh + 1, cue.word)
            if phrase is not None and phrase.last == cue.word:
                return as_source(phrase)
    return None


def _is_agent(stretch: Stretch, phrase: Phrase | None, frame: Frame, right: int) -> bool:
    """Whether a phrase right behind a passive, without oleh, is its agent and not its complement."""
    if phrase is None:
        return False
    if frame.oleh and phrase.kind != "pronoun":
        return phrase.last < right and stretch.lower[phrase.last] in stretch.guards.naming
    return phrase.kind in ("name", "pronoun", "title", "body") or bool(stretch.flags[phrase.first] & _AGENTS)


# --- menurut X; ..., kata X --------------------------------------------------------------------


def _according(stretch: Stretch, cue: Cue) -> _Found | None:
    """Menurut X, ...; ..., menurut dia, ...; not menurut rencana."""
    right = stretch.right_of(cue.word)
    source = source_after(stretch.tagged, cue, right)
    asks = cue.word == stretch.first and stretch.document.text[stretch.sentence.end - 1] == "?"
    if source is None or asks:
        return None
    phrase = source.phrase
    if phrase is None:
        return _either(stretch, cue, source, cue.word + 1, right)
    word = stretch.lower[phrase.first]
    stem = word.removesuffix("nya")
    told = stretch.classes.get(stem, 0) & (W.ROLE | W.BODY | W.DOCUMENT)
    abstract = phrase.kind == "phrase" and stem != word and ABSTRACT.match(stem) and not told
    if word in stretch.guards.no_source or abstract or _said_again(stretch, phrase.last, right):
        return None
    return _either(stretch, cue, source, phrase.last, right)


def _said_again(stretch: Stretch, behind: int, right: int) -> bool:
    """Whether a verb of saying follows whom menurut names: menurut Budi mengatakan bahwa ..."""
    if behind + 1 >= right or stretch.lower[behind] not in _SAYS:
        return False
    return (
        not stretch.marks[behind] or "," in stretch.marks[behind + 1] or stretch.lower[behind + 1] == "bahwa"
    )


def _aside(stretch: Stretch, cue: Cue) -> _Found | None:
    """..., kata X; ..., ujarnya, ...: a bare verb between commas or at the end."""
    word = cue.word
    right = stretch.right_of(word)
    if not _is_aside(stretch, cue):
        return None
    source = source_after(stretch.tagged, cue, right)
    if source is None or not speaks(stretch, source.phrase, "thing", strict=True):
        return None
    behind = source.phrase.last if source.phrase is not None else word + 1
    closed = behind >= stretch.last or bool(stretch.marks[behind])
    opens = word == stretch.first
    if cue.entry.quote_only and (not closed or opens or "," not in stretch.marks[word]):
        return None
    if opens and not closed and source.phrase is None:
        return None
    return _either(stretch, cue, source, behind, right)


def _is_aside(stretch: Stretch, cue: Cue) -> bool:
    """Whether a bare verb stands where an aside may, and belongs to no quoted span."""
    word = cue.word
    if _ends_utterance(stretch, cue.start) or word == stretch.left_of(word) > stretch.first:
        return False
    opened = word == stretch.first or bool(stretch.marks[word])
    return opened or stretch.lower[word - 1] in stretch.guards.aside


def _either(stretch: Stretch, cue: Cue, source: Source, behind: int, right: int) -> _Found | None:
    """The part before or behind a reporting phrase, whichever holds the main report."""
    span = Span(cue.start, cue.end)
    before, after = cue.word - stretch.first, right - behind
    longer = after == 0 or (before > after and stretch.has_clause(stretch.first, cue.word))
    inner = (
        after > 0 and before > 0 and stretch.lower[cue.word - 1] == "yang"
    )  # dana yang, menurut dia, hilang
    if before > 0 and longer and not inner:
        return _Found(span, source, stretch.first, cue.word, cue.word, aside=True)
    return _Found(span, source, behind, right, cue.word, aside=True) if after > 0 else None


# --- where the reported words end --------------------------------------------------------------


def _cut(stretch: Stretch, found: dict[int, _Found]) -> dict[int, Report]:
    """The reports with their clauses: each ends where the next one of its sentence begins."""
    reports: dict[int, Report] = {}
    for word, report in found.items():
        last = report.last
        if report.first > word:
            begins = (
                other.begin
                for place, other in found.items()
                if place > word and other.row and not other.inside and not _inserted(stretch, place, other)
            )
            last = next((begin for begin in begins if report.first < begin < last), last)
            while report.first + 1 < last < report.last and _connects(stretch, last):
                last -= 1
        clause = _offsets(stretch, report.first, last, report.cue)
        reports[word] = Report(report.cue, report.source, clause, report.row, report.inside)
    return reports


def _connects(stretch: Stretch, end: int) -> bool:
    """Whether the word before ``end`` only joins two clauses: sedangkan, tetapi."""
    guards, lower = stretch.guards, stretch.lower[end - 1]
    if stretch.marks[end]:
        return False
    return lower in guards.contrast or lower in guards.joining or lower in guards.concession


def _inserted(stretch: Stretch, word: int, report: _Found) -> bool:
    """Whether a report is an aside inside another: menuntut audit atas dana yang, menurut dia, hilang."""
    return report.aside and report.first > word and stretch.marks[word] == ","


def _offsets(stretch: Stretch, first: int, last: int, cue: Span) -> Span:
    """Offsets of the words ``[first, last)`` without marks at their edges; the cue where there are none."""
    if first >= last:
        return cue
    text, starts = stretch.document.text, stretch.document.starts
    start = starts[first]
    end = stretch.sentence.end if last >= stretch.last else starts[last]
    for hole in stretch.hole_offsets:
        if start < hole.start < end <= hole.end:
            end = hole.start
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    if start > stretch.sentence.start and text[start - 1] == "(" and ")" in text[start:end]:
        start -= 1
    return Span(start, end) if end > start else cue
