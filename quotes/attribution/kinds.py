"""Direct, mixed or other: what a quoted span is."""

from __future__ import annotations

from functools import cached_property

from quotes.attribution.view import Link, View
from quotes.clauses import Cue
from quotes.lexicon.words import OPENER
from quotes.records import Kind, QuotedSpan

#: Words between a verb and the name it gives: menyebut program bantuan itu “Desa Terang”.
_MOST_NAMED = 5
#: Words that make an utterance of a span in small letters behind a comma or *bahwa*, with its stop and without.
_SHORT = 4
_LONG = 8
#: With these a title is a song's, a poem's or a letter's.
_PERFORMED = frozenset(
    (
        "menyanyikan",
        "bernyanyi",
        "menyanyi",
        "melantunkan",
        "membacakan",
        "membaca",
        "mendendangkan",
        "memutar",
    )
)
_WOVEN_IN = frozenset(("before", "woven", "shared", "according", "subject-after"))
_UTTERANCE_END = frozenset(".,!?…;")


class Kinds:
    """What the spans of one article are."""

    def __init__(self, view: View) -> None:
        self.view = view

    def of(self, index: int, link: Link | None, *, attributed: bool = False) -> Kind:
        """The kind of a span.

        Args:
            index: the span's number.
            link: what ties it to a speaker; None: nothing.
            attributed: whether somebody was found for it; a banner is nobody's words without.
        """
        view = self.view
        if link is not None and link.rule not in ("after", "label") and _hashtag(view, index):
            return "other"
        if link is None:
            return "direct" if _utterance(view, index) else "other"
        if _nickname(view, index) or (_title_case(view, index) and self._known_title(index, link)):
            return "other"
        if _named_thing(view, index) and link.rule not in ("after", "subject-after", "label", "according"):
            return "other"
        if link.rule in ("woven", "shared", "according") and not link.strong and _title_case(view, index):
            return "other"
        if link.rule == "subject-after" and _title_case(view, index):
            number = view.sentence_at(view.spans[index].start)
            if _narrative_before(view, index, number):
                return "other"  # pegiat dari lembaga “Sulteng Bersih”, Iksan, menilai
        if link.rule == "carrier":
            return "direct" if attributed else "other"
        if link.rule in ("continued", "turn", "lead-in", "label", "nested", "afterword", "thus"):
            return "direct"
        if _stands_alone(view, index, link):
            return "direct"
        return "mixed"

    @cached_property
    def _titles(self) -> frozenset[str]:
        """The words of spans that the article calls a film, a song or the like."""
        view = self.view
        named = (span for index, span in enumerate(view.spans) if _named_thing(view, index))
        return frozenset(_bare(view, span) for span in named)

    def _known_title(self, index: int, link: Link) -> bool:
        """Whether a title-like span is sung or read out, or was told to be a title elsewhere in the article."""
        view = self.view
        if link.cue is not None and view.document.lower[link.cue.word] in _PERFORMED:
            return True
        return link.rule in _WOVEN_IN and _bare(view, view.spans[index]) in self._titles


def names_only(view: View, number: int, index: int, cue: Cue) -> bool:
    """Whether a verb gives its object the quoted name and says no more: menyebut program itu “Desa Terang”."""
    opening, closing = view.outer(index)
    between, behind = view.text[cue.end : opening], view.text[closing : view.sentences[number].end]
    if "quoted" not in cue.entry.active or behind.strip(" .,!?"):
        return False
    return "," not in between and len(between.split()) <= _MOST_NAMED


def _bare(view: View, span: QuotedSpan) -> str:
    return view.text[span.start : span.end].strip(" .,").lower()


def _hashtag(view: View, index: int) -> bool:
    """Whether a span is nothing but a hashtag."""
    span = view.spans[index]
    return view.text[span.start] == "#" and " " not in view.text[span.start : span.end].strip()


def _nickname(view: View, index: int) -> bool:
    """Whether a span stands inside a name: Iwan “Kancil” Setiawan."""
    span = view.spans[index]
    first, last = view.span_words[index]
    upper, gaps = view.tagged.upper, view.tagged.gaps
    if not 0 < first < last < len(upper) or last - first > 2 or not (upper[first - 1] and upper[first]):
        return False
    inside = gaps[first] == f" {span.opening}" and gaps[last] == f"{span.closing} "
    return inside and upper[last] and view.tagged.is_name_word(first - 1)


def _words(view: View, index: int) -> list[str]:
    first, last = view.span_words[index]
    return view.document.words[first:last]


def _capital(view: View, index: int) -> bool:
    """Whether a span begins like a sentence: with a capital, a digit or dots."""
    span = view.spans[index]
    head = view.text[span.start : span.end].lstrip(" (…'‘“\"[-")
    return bool(head) and not head[0].islower()


def _utterance(view: View, index: int) -> bool:
    """Whether a span without a cue reads as somebody's words: a sentence of its own."""
    span = view.spans[index]
    words = _words(view, index)
    text = view.text[span.start : span.end].rstrip()
    if not words or not _capital(view, index) or _named_thing(view, index):
        return False
    number = view.sentence_at(span.start)
    opens = view.sentences[number].start >= span.start - len(span.opening)
    closes = span.end + len(span.closing) >= view.sentences[number].end - 1
    ends = text[-1] in ".!?…,"
    if opens and closes:
        return len(words) >= 2 and (ends or len(words) >= 5)
    lead = view.text[view.sentences[number].start : span.start - len(span.opening)].rstrip()
    if not lead.endswith(":") and _title_case(view, index):
        return False
    if lead.endswith((":", ",")) and len(words) >= 3:
        return True
    return ends and len(words) >= 5


def _title_case(view: View, index: int) -> bool:
    """Whether a span reads as a title or name: all its important words are capitalised, and it has no stop."""
    span = view.spans[index]
    words = _words(view, index)
    if not 2 <= len(words) <= 15 or view.text[span.end - 1] in ("!?" if len(words) > _LONG else ".!?"):
        return False
    return (
        all(word[0].isupper() or word[0].isdigit() or word in _SMALL for word in words)
        and words[0][0].isupper()
    )


#: Words of a term.
_TERM = 3
#: Words between a cue and a span that it still leads into.
_ADJOINING = 3
_SMALL = frozenset(
    (
        "dan",
        "di",
        "ke",
        "dari",
        "untuk",
        "yang",
        "dengan",
        "atau",
        "pada",
        "of",
        "the",
        "and",
        "a",
        "in",
        "for",
        "to",
    )
)


def _named_thing(view: View, index: int) -> bool:
    """Whether the word before a span makes it a title, a name or a term."""
    span = view.spans[index]
    word = view.span_words[index][0] - 1
    if word < 0:
        return False
    document = view.document
    between = view.text[document.ends[word] : span.start - len(span.opening)]
    low = document.lower[word]
    if between.strip() == "," and low.endswith("nya") and _title_case(view, index):
        return low.removesuffix("nya") in view.lexicon.cues.titles  # filmnya, “Angin Timur”, ...
    if between.strip():
        return False
    if low == "disebut" and word and document.lower[word - 1] == "yang":
        return len(_words(view, index)) <= _TERM  # yang disebut “clicktivism”: nobody is told to say so
    if low in view.lexicon.cues.titles:
        text = view.text[span.start : span.end].rstrip()
        return not (text and text[-1] in ".!?" and len(text.split()) >= 6)
    return False


def _stands_alone(view: View, index: int, link: Link) -> bool:
    """Whether a linked span is an utterance of its own rather than woven into the sentence."""
    span = view.spans[index]
    words = _words(view, index)
    number = view.sentence_at(span.start)
    opening = span.start - len(span.opening)
    lead = view.text[view.sentences[number].start : opening].rstrip()
    if not lead:
        return _capital(view, index) or len(words) >= 5 or link.rule in ("after", "subject-after")
    if lead.endswith(":"):
        return True
    if link.rule in ("after", "subject-after"):
        if lead.endswith((",", ":", "”", '"', "“", ".")) or _capital(view, index):
            return True
        return not _narrative_before(view, index, number)
    if link.rule in ("before", "according"):
        if lead.endswith((",", "bahwa")):
            stopped = view.text[span.end - 1] in ".!?"
            if lead.endswith(",") and view.text[span.end - 1] in "!?":
                return True
            if not _capital(view, index) and _goes_on(view, link, opening):
                return False
            least = _LONG if lead.endswith("bahwa") or not stopped else _SHORT
            return _capital(view, index) or (len(words) >= least and (stopped or lead.endswith(",")))
        return _capital(view, index) and (len(words) >= 3 or view.text[span.end - 1] in "!?")
    if link.rule == "shared":
        return _capital(view, index) and len(words) >= 4
    return _capital(view, index) and len(words) >= 5 and view.text[span.end - 1] in _UTTERANCE_END


def _goes_on(view: View, link: Link, opening: int) -> bool:
    """Whether the writer's clause lies between the cue and a span that begins in the middle of a sentence."""
    return link.cue is not None and len(view.text[link.cue.end : opening].split()) > _ADJOINING


def _narrative_before(view: View, index: int, number: int) -> bool:
    """Whether the writer's own words stand in the sentence before a span."""
    left = view.left_limit(number, index)
    right = view.span_words[index][0]
    return any(not view.tagged.flags[i] & OPENER for i in range(left, right))
