"""The rules for quoted spans: what ties each to a cue and a source, from the surest to the least sure.

Each rule is a function that answers with a :class:`~quotes.attribution.view.Link`, or with
None where it does not apply; :func:`link_sentence` asks them in their order.
"""

from __future__ import annotations

from dataclasses import replace

from quotes.attribution.carriers import find_carrier
from quotes.attribution.kinds import Kinds
from quotes.attribution.view import Link, View
from quotes.clauses import Cue, Source, leading_phrases, source_of, word_after
from quotes.lexicon.cues import CueEntry
from quotes.lexicon.words import DEMONSTRATIVE, PREPOSITION_OR_ADVERB_OR_TIME, PREPOSITION_OR_TIME
from quotes.phrases import parse
from quotes.records import Span

_THUS = frozenset(("demikian", "begitu", "begitulah"))
#: What is pointed back to when the next sentence tells who said it: Hal itu disampaikan X.
_WHAT_WAS_SAID = frozenset(
    ("hal", "pernyataan", "ucapan", "pesan", "permintaan", "imbauan", "harapan", "keterangan")
)
#: What may stand between the spans of one list.
_LISTED = frozenset(
    (",", "dan", ", dan", "serta", ", serta", "hingga", ", hingga", "atau", ", atau", "maupun", "/")
)
#: What may stand between a noun of saying and whose it is: pernyataan resmi Partai X.
_OF_STATEMENT = frozenset(("resmi", "tertulis", "bersama", "singkat", "terbuka", "pers"))
#: Right before a span that is no speech: tidak berbicara dengan “Facebook”.
_TO_WHOM = frozenset(("dengan", "kepada", "tentang", "soal", "mengenai"))
#: Before a noun of saying: by what means somebody says it.
_BY_WAY_OF = frozenset(("lewat", "melalui", "via", "dalam", "dengan"))
#: Frames of verbs that tell what somebody does rather than what he says.
_DEEDS = frozenset(("demand", "thing"))
#: Words told by their place alone, as cues of the lexicon would be.
_CLITIC = CueEntry("", after=True, clitic=True)
_AFTER = CueEntry("", after=True)
_ACTIVE = CueEntry("", active=frozenset(("clause",)))
#: Characters before and behind a quote inside a quote in which its cue may stand.
_NESTED_BEFORE, _NESTED_BEHIND = 160, 100


def link_sentence(
    view: View, kinds: Kinds, number: int, quoted: list[int], cues: list[Cue]
) -> dict[int, Link]:
    """The links of a sentence's quoted spans, by their numbers; spans that no rule can link are left out.

    Args:
        view: the article.
        kinds: what its spans are.
        number: the sentence.
        quoted: the spans that begin in it and stand in no other.
        cues: its cues outside quoted spans.
    """
    links: dict[int, Link] = {}
    for index in quoted:
        link = _after(view, number, index) or _thus(view, number, index) or _carrier(view, number, index)
        if link is None:
            before = _before(view, number, index, cues)
            if before is not None and before.strong:
                link = before
            else:
                link = _subject_after(view, number, index) or _label(view, number, index) or before
            if link is None:
                link = _never_closed(view, index)
        if link is not None:
            links[index] = link
    _share(view, links, number, quoted)
    last = quoted[-1]
    if last not in links:
        link = _afterword(view, kinds, number, last)
        if link is not None:
            links[last] = link
    return links


def nested_link(view: View, index: int) -> Link | None:
    """The link of a quote inside a quote: its cue stands inside the outer one."""
    span = view.spans[index]
    outer = view.spans[span.parent]
    opening, closing = view.outer(index)
    left = word_after(view.tagged, max(outer.start, opening - _NESTED_BEFORE))
    right = word_after(view.tagged, min(outer.end, closing + _NESTED_BEHIND))
    link = None
    for cue in view.cues_in(left, right):
        if cue.end <= opening and _leads_in(view.text[cue.end : opening]):
            source = source_of(view.tagged, cue, left, word_after(view.tagged, opening))
            link = Link(cue, source, "nested", True)
        elif cue.start >= closing and cue.entry.after and cue.word == word_after(view.tagged, closing):
            link = Link(cue, source_of(view.tagged, cue, cue.word, right), "nested", True)
    return link


def _afterword(view: View, kinds: Kinds, number: int, index: int) -> Link | None:
    """“…” Demikian disampaikan X; “…” Hal itu dikatakan X: a sentence of its own behind the quote."""
    following = number + 1
    if following >= len(view.sentences) or view.outer(index)[1] < view.sentences[number].end:
        return None
    if kinds.of(index, None) != "direct":
        return None
    sentence = view.sentences[following]
    first, limit = word_after(view.tagged, sentence.start), word_after(view.tagged, sentence.end)
    lower = view.document.lower
    if first + 2 >= limit or view.holds_span(sentence):
        return None
    if lower[first] in _THUS:
        word = first + 1
    elif lower[first] in _WHAT_WAS_SAID and view.tagged.flags[first + 1] & DEMONSTRATIVE:
        word = first + 2
    else:
        return None
    while word < limit and lower[word] in ("juga", "sebelumnya", "pula", "kembali", "antara", "lain"):
        word += 1
    cue = view.cue_at(word)
    if cue is None or not (cue.entry.after or cue.entry.passive) or cue.entry.preposition:
        return None
    if word > first + 1 and not cue.entry.passive:
        return None
    source = source_of(view.tagged, cue, first, limit)
    return Link(cue, source, "afterword", True) if source is not None else None


def _after(view: View, number: int, index: int) -> Link | None:
    """“…,” kata X; “…,” ujarnya."""
    closing = view.outer(index)[1]
    limit = view.right_limit(number, index)
    first = word_after(view.tagged, closing)
    if first >= limit:
        return None
    gap = view.text[closing : view.document.starts[first]]
    if gap.strip(" ,-–—\u00a0") or "\n" in gap:
        return None
    glue = view.document.lower[first] in ("demikian", "begitu", "begitulah", "seperti", "sebagaimana")
    word = first + 1 if glue and first + 1 < limit else first
    cue = view.cue_at(word)
    if cue is None or not (cue.entry.after or cue.entry.preposition or (glue and cue.entry.passive)):
        return None if glue or cue is not None else _unknown_after(view, index, first, limit)
    if (
        view.tagged.upper[word]
        and not glue
        and view.text[view.spans[index].end - 1] in ".!?"
        and not cue.entry.clitic
    ):
        return None
    source = source_of(view.tagged, cue, first, limit) if not cue.entry.active else None
    if source is None and not cue.entry.clitic:
        source = source_of(view.tagged, cue._replace(entry=_as_after(cue)), first, limit)
    return Link(cue, source, "according" if cue.entry.preposition else "after", True)


def _thus(view: View, number: int, index: int) -> Link | None:
    """“…” demikian bunyi pernyataan itu; “…,” bunyi spanduk mereka."""
    closing = view.outer(index)[1]
    limit = view.right_limit(number, index)
    first = word_after(view.tagged, closing)
    lower = view.document.lower
    if first >= limit or view.text[closing : view.document.starts[first]].strip(" ,-–—\u00a0"):
        return None
    word = first + (lower[first] in _THUS)
    if first < word < limit and not view.tagged.marks[word]:
        named = parse(view.tagged, word, limit)  # “…,” demikian Kepala BMKG X
        if named is not None and named.kind in ("name", "title") and view.tagged.upper[word]:
            thus = Cue(first, view.document.starts[first], view.document.ends[first], _AFTER)
            return Link(thus, Source(Span(named.start, named.end), named), "after", True)
    if word >= limit or (
        lower[word] not in ("bunyi", "isi", "tulisan") and (word == first or not _isnoun_cue(view, word))
    ):
        return None
    if lower[word] in ("bunyi", "isi") and word + 1 < limit and _isnoun_cue(view, word + 1):
        cue = view.noun_cue(word)
        word += 1
    else:
        cue = view.noun_cue(word)
    while word + 1 < limit and lower[word + 1] in _OF_STATEMENT:
        word += 1
    phrase = parse(view.tagged, word + 1, limit) if word + 1 < limit else None
    if phrase is not None and phrase.kind in ("name", "body", "title", "pronoun"):
        return Link(cue, Source(Span(phrase.start, phrase.end), phrase), "after", True)
    return Link(cue, None, "thus", True)


def _isnoun_cue(view: View, word: int) -> bool:
    cue = view.cue_at(word)
    return cue is not None and cue.entry.noun


def _carrier(view: View, number: int, index: int) -> Link | None:
    """Disambut teriakan “…” dari massa; spanduk bertuliskan “…”."""
    found = find_carrier(view, number, index)
    return found and Link(view.noun_cue(found.word), found.source, "carrier", True)


def _unknown_after(view: View, index: int, word: int, limit: int) -> Link | None:
    """“…,” balas X; “…,” gerutunya: a verb of saying the lexicon does not know, told by its place."""
    low = view.document.lower[word]
    flags = view.tagged.flags[word]
    if view.tagged.upper[word] or flags or not low.isalpha() or len(low) < 4:
        return None
    if view.text[view.spans[index].end - 1].isalnum():
        return None
    starts, ends = view.document.starts, view.document.ends
    if low.endswith("nya") and len(low) >= 7:
        cue = Cue(word, starts[word], ends[word], _CLITIC)
        return Link(cue, Source(Span(cue.end - 3, cue.end), None), "after", True)
    if word + 1 >= limit or view.tagged.marks[word + 1] or low.startswith(("me", "ber", "di", "ter")):
        return None
    phrase = parse(view.tagged, word + 1, limit)
    if phrase is None or not view.can_say(phrase):
        return None
    if phrase.kind in ("phrase", "body") and low.endswith(("an", "i")):
        return None  # garapan sutradara itu, bukti polisi: a noun
    return Link(
        Cue(word, starts[word], ends[word], _AFTER),
        Source(Span(phrase.start, phrase.end), phrase),
        "after",
        True,
    )


def _unknown_before(view: View, number: int, index: int, left: int, opening: int) -> Link | None:
    """X menukas, “…”: an active verb the lexicon does not know, told by its form and place."""
    last = word_after(view.tagged, opening) - 1
    if last < left or not view.text[view.document.ends[last] : opening].rstrip().endswith((",", ":")):
        return None
    for word in range(last, max(left, last - 3) - 1, -1):
        low = view.document.lower[word]
        if (
            view.tagged.upper[word]
            or view.tagged.flags[word]
            or not low.startswith(("me", "ber"))
            or len(low) < 6
        ):
            continue
        cue = Cue(word, view.document.starts[word], view.document.ends[word], _ACTIVE)
        source = source_of(view.tagged, cue, left, last + 1)
        if source is not None:
            return Link(cue, source, "before", True)
    return None


def _before(view: View, number: int, index: int, cues: list[Cue]) -> Link | None:
    """X mengatakan, “…”; Menurut X, “…”; X menyebut langkah itu “…”."""
    opening = view.outer(index)[0]
    left = view.left_limit(number, index)
    before = [cue for cue in cues if left <= cue.word and cue.end <= opening]
    for cue in reversed(before):
        entry = cue.entry
        between = view.text[cue.end : opening]
        right = word_after(view.tagged, opening)
        if not (entry.active or entry.preposition or entry.passive or entry.after or entry.noun):
            continue
        bare = entry.after and not (entry.active or entry.passive or entry.noun or entry.clitic)
        if bare and entry.quote_only and not _leads_in(between):
            continue
        if entry.noun and not entry.active and not entry.after:
            continue
        source = _speaker_so_far(view, number, cue, left) or source_of(view.tagged, cue, left, right)
        if source is None and entry.active:
            source = _subject_over_quotes(view, number, cue)
        if source is None and (not _leads_in(between) or not (entry.active or entry.clitic)):
            continue
        if source is None and entry.passive and not entry.clitic:
            continue
        strong = _leads_in(between)
        whole = None if strong else _reported_whole(view, before, cue, source, left, right)
        if whole is not None:
            return whole
        rule = "according" if entry.preposition else ("before" if strong else "woven")
        return Link(cue, source, rule, strong)
    return _noun_before(view, before, opening, left) or _unknown_before(view, number, index, left, opening)


def _reported_whole(
    view: View, before: list[Cue], cue: Cue, source: Source | None, left: int, right: int
) -> Link | None:
    """The reporting clause that a verb near the span is only part of.

    Ia menulis bahwa Indonesia pernah melarang ekspor, dan “…”; Konservasi, menurut Rahmi, menganggap hutan “…”.
    """
    if not cue.entry.active or source is None or source.phrase is None:
        return None
    for other in before[: before.index(cue)]:
        aside = other.entry.preposition and source.phrase.last <= other.word
        that = other.entry.active and view.document.lower[other.word + 1] == "bahwa"
        if aside or (that and cue.entry.active <= _DEEDS):
            whose = source_of(view.tagged, other, left, right)
            if whose is not None:
                return Link(other, whose, "according" if aside else "woven", False)
    return None


def _speaker_so_far(view: View, number: int, cue: Cue, left: int) -> Source | None:
    """“…,” katanya sambil mengacu pada “…”: a verb joined to a reporting clause keeps its source."""
    before = cue.word - 1
    if before < left or (
        view.document.lower[before] not in ("sambil", "seraya", "sembari", "menambahkan", "tanpa", "dengan")
        and not (view.tagged.marks[cue.word] == "," and cue.entry.active)
    ):
        return None
    first = word_after(view.tagged, view.sentences[number].start)
    earlier = [
        held for held in view.cues_in(first, cue.word) if held.entry.after and not view.quoted(held.start)
    ]
    if not earlier:
        return None
    return source_of(view.tagged, earlier[-1], first, cue.word)


def _subject_over_quotes(view: View, number: int, cue: Cue) -> Source | None:
    """The subject of a verb whose clause began before an earlier quoted span of the sentence."""
    left = word_after(view.tagged, view.sentences[number].start)
    return source_of(view.tagged, cue, left, cue.word + 1)


def _noun_before(view: View, before: list[Cue], opening: int, left: int) -> Link | None:
    """Spanduk bertuliskan “…”; dalam sebuah pernyataan: “…”."""
    for cue in reversed(before):
        if not cue.entry.noun:
            continue
        between = view.text[cue.end : opening]
        if len(between.split()) <= 8 and (_leads_in(between) or len(between.split()) <= 2):
            limit = word_after(view.tagged, opening)
            phrase = parse(view.tagged, cue.word + 1, limit) if cue.word + 1 < limit else None
            if view.document.lower[cue.word].endswith("nya"):
                return Link(cue, Source(Span(cue.end - 3, cue.end), None), "woven", _leads_in(between))
            if phrase is not None and phrase.kind != "phrase":
                return Link(cue, Source(Span(phrase.start, phrase.end), phrase), "woven", _leads_in(between))
            if between.rstrip().endswith(":") and view.document.lower[cue.word - 1] in _BY_WAY_OF:
                for writer in leading_phrases(view.tagged, left, cue.word):
                    if view.can_write(writer):
                        return Link(cue, Source(Span(writer.start, writer.end), writer), "before", True)
    return None


def _subject_after(view: View, number: int, index: int) -> Link | None:
    """“…,” X mengatakan kepada Y."""
    closing = view.outer(index)[1]
    limit = view.right_limit(number, index)
    first = word_after(view.tagged, closing)
    if first >= limit:
        limit = _short_clause(view, index, first)
    if first >= limit or view.text[closing : view.document.starts[first]].strip(" ,-–—\u00a0"):
        return None
    if limit == first:
        return None
    for cue in view.cues_in(first, limit):
        if cue.word <= first or not cue.entry.active:
            continue
        if view.document.lower[cue.word - 1] in view.lexicon.cues.reports.guards.modal:
            continue  # “Jika perlu” Washington dapat meminta bantuan: a deed
        source = source_of(view.tagged, cue, first, limit)
        if source is None or source.phrase is None or source.phrase.first > first + 1:
            return None
        return Link(cue, source, "subject-after", True)
    return None


def _short_clause(view: View, index: int, first: int) -> int:
    """Where a reporting clause set off as a sentence ends (“…?” Martin bertanya.); ``first`` if none follows."""
    closing = view.outer(index)[1]
    if first >= len(view.document.starts) or view.text[closing : view.document.starts[first]] != " ":
        return first
    sentence = view.sentences[view.sentence_at(view.document.starts[first])]
    if sentence.start != view.document.starts[first]:
        return first
    limit = word_after(view.tagged, sentence.end)
    cues = [cue for cue in view.cues_in(first, limit) if cue.entry.active]
    if len(cues) != 1 or limit - first > 14:
        return first
    behind = cues[0].word + 1
    if behind < limit and not view.tagged.flags[behind] & (PREPOSITION_OR_ADVERB_OR_TIME):
        return first
    return limit


def _label(view: View, number: int, index: int) -> Link | None:
    """X: “…”, with nothing but the speaker before the colon."""
    opening = view.outer(index)[0]
    head = view.text[view.sentences[number].start : opening].rstrip()
    if not head.endswith(":"):
        return None
    first = word_after(view.tagged, view.sentences[number].start)
    last = word_after(view.tagged, view.sentences[number].start + len(head) - 1)
    phrase = parse(view.tagged, first, last)
    if phrase is None or phrase.last != last or phrase.kind in ("phrase", "document"):
        return None
    return Link(None, Source(Span(phrase.start, phrase.end), phrase), "label", True)


def _share(view: View, links: dict[int, Link], number: int, quoted: list[int]) -> None:
    """Spans of one sentence without a cue of their own share that of their neighbour."""
    held: Link | None = None
    last = -1
    for index in quoted:
        if index in links:
            held = links[index]
        elif held is not None:
            listed = held.rule == "carrier" and _listed(view, last, index)
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
        link = tail_link(view, number, index)
        if link is not None:
            links[index] = link


def _listed(view: View, before: int, index: int) -> bool:
    """Whether a span is the next of a list: bertuliskan “A”, “B”, dan “C”."""
    return view.text[view.outer(before)[1] : view.outer(index)[0]].strip() in _LISTED


def _never_closed(view: View, index: int) -> Link | None:
    """A span whose closing mark is lost, with its reporting clause inside: “Kami menolak, kata X."""
    span = view.spans[index]
    if span.closing:
        return None
    first, limit = view.span_words[index]
    for cue in reversed(view.cues_in(first + 1, limit)):
        if not cue.entry.after or not view.tagged.marks[cue.word].endswith((",", "?", "!")):
            continue
        source = source_of(view.tagged, cue._replace(entry=_as_after(cue)), cue.word, limit)
        if source is not None:
            return Link(cue, source, "after", True)
    return None


def tail_link(view: View, number: int, index: int) -> Link | None:
    """Langkah “mendesak” diperlukan, kata X."""
    closing = view.outer(index)[1]
    limit = word_after(view.tagged, view.sentences[max(number, view.sentence_at(closing - 1))].end)
    for cue in view.cues_in(word_after(view.tagged, closing), limit):
        if view.quoted(cue.start):
            continue
        if cue.entry.active:
            link = _closes_sentence(view, cue, word_after(view.tagged, closing), limit)
            if link is not None:
                return link
        if not (cue.entry.after or cue.entry.preposition):
            continue
        if cue.entry.after and cue.entry.quote_only and not view.tagged.gaps[cue.word].rstrip().endswith(","):
            continue
        source = source_of(view.tagged, cue, cue.word, limit)
        if source is not None:
            return Link(cue, source, "woven", False)
    return None


def _closes_sentence(view: View, cue: Cue, first: int, limit: int) -> Link | None:
    """HER2 “mendorong pertumbuhan,” termasuk kanker payudara, X menjelaskan."""
    behind = cue.word + 1
    if behind < limit and not view.tagged.flags[behind] & (PREPOSITION_OR_TIME):
        return None
    source = source_of(view.tagged, cue, first, limit)
    if (
        source is None
        or source.phrase is None
        or source.phrase.last != cue.word
        or source.phrase.first <= first
    ):
        return None
    if (
        source.phrase.kind not in ("name", "body", "title", "pronoun")
        or view.tagged.marks[source.phrase.first] != ","
    ):
        return None
    return Link(cue, source, "woven", False)


def _as_after(cue: Cue) -> CueEntry:
    return replace(cue.entry, active=frozenset(), passive=False, preposition=False, after=True)


def _leads_in(between: str) -> bool:
    """Whether the text between a cue and an opening mark leads straight into the quote."""
    stripped = between.strip()
    if not stripped or stripped in (",", ":", "-", "–", "—") or stripped.endswith((":", ",")):
        return True
    return stripped in ("bahwa", ", bahwa") or (len(stripped.split()) <= 1 and stripped not in _TO_WHOM)
