"""Direct, mixed or other: what a quoted span is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.lexicon.words import OPENER
from quotes.records import Kind

if TYPE_CHECKING:
    from quotes.resolver import Link, Resolver

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


def kind_of(resolver: Resolver, index: int, link: Link | None) -> Kind:
    """The kind of a span given what links it to a speaker (None: nothing)."""
    if link is not None and link.rule not in ("after", "label") and _hashtag(resolver, index):
        return "other"
    if link is None:
        return "direct" if _utterance(resolver, index) else "other"
    if _nickname(resolver, index) or (_title_case(resolver, index) and _known_title(resolver, index, link)):
        return "other"
    if named_thing(resolver, index) and link.rule not in ("after", "subject-after", "label", "according"):
        return "other"
    if link.rule in ("woven", "shared", "according") and not link.strong and _title_case(resolver, index):
        return "other"
    if link.rule == "subject-after" and _title_case(resolver, index):
        number = resolver.sentence_at(resolver.spans[index].start)
        if _narrative_before(resolver, index, number):
            return "other"  # pegiat dari lembaga “Sulteng Bersih”, Iksan, menilai
    if link.rule == "carrier":
        return "direct" if resolver.state.entities.get(index, -1) >= 0 else "other"
    if link.rule in ("continued", "turn", "lead-in", "label", "nested", "afterword", "thus"):
        return "direct"
    if _stands_alone(resolver, index, link):
        return "direct"
    return "mixed"


def _hashtag(resolver: Resolver, index: int) -> bool:
    """Whether a span is nothing but a hashtag."""
    span = resolver.spans[index]
    return resolver.text[span.start] == "#" and " " not in resolver.text[span.start : span.end].strip()


def _nickname(resolver: Resolver, index: int) -> bool:
    """Whether a span stands inside a name: Iwan “Kancil” Setiawan."""
    span = resolver.spans[index]
    first, last = resolver.span_words[index]
    upper, gaps = resolver.tagged.upper, resolver.tagged.gaps
    if not 0 < first < last < len(upper) or last - first > 2 or not (upper[first - 1] and upper[first]):
        return False
    inside = gaps[first] == f" {span.opening}" and gaps[last] == f"{span.closing} "
    return inside and upper[last] and resolver.tagged.is_name_word(first - 1)


def _known_title(resolver: Resolver, index: int, link: Link) -> bool:
    """Whether a title-like span is sung or read out, or was told to be a title elsewhere in the article."""
    if link.cue is not None and resolver.document.lower[link.cue.word] in _PERFORMED:
        return True
    return link.rule in _WOVEN_IN and resolver.named_title(index)


def _words(resolver: Resolver, index: int) -> list[str]:
    first, last = resolver.span_words[index]
    return resolver.document.words[first:last]


def _capital(resolver: Resolver, index: int) -> bool:
    """Whether a span begins like a sentence: with a capital, a digit or dots."""
    span = resolver.spans[index]
    head = resolver.text[span.start : span.end].lstrip(" (…'‘“\"[-")
    return bool(head) and not head[0].islower()


def _utterance(resolver: Resolver, index: int) -> bool:
    """Whether a span without a cue reads as somebody's words: a sentence of its own."""
    span = resolver.spans[index]
    words = _words(resolver, index)
    text = resolver.text[span.start : span.end].rstrip()
    if not words or not _capital(resolver, index) or named_thing(resolver, index):
        return False
    number = resolver.sentence_at(span.start)
    opens = resolver.sentences[number].start >= span.start - len(span.opening)
    closes = span.end + len(span.closing) >= resolver.sentences[number].end - 1
    ends = text[-1] in ".!?…,"
    if opens and closes:
        return len(words) >= 2 and (ends or len(words) >= 5)
    lead = resolver.text[resolver.sentences[number].start : span.start - len(span.opening)].rstrip()
    if not lead.endswith(":") and _title_case(resolver, index):
        return False
    if lead.endswith((":", ",")) and len(words) >= 3:
        return True
    return ends and len(words) >= 5


def _title_case(resolver: Resolver, index: int) -> bool:
    """Whether a span reads as a title or name: all its important words are capitalised, and it has no stop."""
    span = resolver.spans[index]
    words = _words(resolver, index)
    if not 2 <= len(words) <= 15 or resolver.text[span.end - 1] in ("!?" if len(words) > _LONG else ".!?"):
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


def named_thing(resolver: Resolver, index: int) -> bool:
    """Whether the word before a span makes it a title, a name or a term."""
    span = resolver.spans[index]
    word = resolver.span_words[index][0] - 1
    if word < 0:
        return False
    document = resolver.document
    between = resolver.text[document.ends[word] : span.start - len(span.opening)]
    low = document.lower[word]
    if between.strip() == "," and low.endswith("nya") and _title_case(resolver, index):
        return low.removesuffix("nya") in resolver.lexicon.cues.titles  # filmnya, “Angin Timur”, ...
    if between.strip():
        return False
    if low == "disebut" and word and document.lower[word - 1] == "yang":
        return len(_words(resolver, index)) <= _TERM  # yang disebut “clicktivism”: nobody is told to say so
    if low in resolver.lexicon.cues.titles:
        text = resolver.text[span.start : span.end].rstrip()
        return not (text and text[-1] in ".!?" and len(text.split()) >= 6)
    return False


def _stands_alone(resolver: Resolver, index: int, link: Link) -> bool:
    """Whether a linked span is an utterance of its own rather than woven into the sentence."""
    span = resolver.spans[index]
    words = _words(resolver, index)
    number = resolver.sentence_at(span.start)
    opening = span.start - len(span.opening)
    lead = resolver.text[resolver.sentences[number].start : opening].rstrip()
    if not lead:
        return _capital(resolver, index) or len(words) >= 5 or link.rule in ("after", "subject-after")
    if lead.endswith(":"):
        return True
    if link.rule in ("after", "subject-after"):
        if lead.endswith((",", ":", "”", '"', "“", ".")) or _capital(resolver, index):
            return True
        return not _narrative_before(resolver, index, number)
    if link.rule in ("before", "according"):
        if lead.endswith((",", "bahwa")):
            stopped = resolver.text[span.end - 1] in ".!?"
            if lead.endswith(",") and resolver.text[span.end - 1] in "!?":
                return True
            if not _capital(resolver, index) and _goes_on(resolver, link, opening):
                return False
            least = _LONG if lead.endswith("bahwa") or not stopped else _SHORT
            return _capital(resolver, index) or (len(words) >= least and (stopped or lead.endswith(",")))
        return _capital(resolver, index) and (len(words) >= 3 or resolver.text[span.end - 1] in "!?")
    if link.rule == "shared":
        return _capital(resolver, index) and len(words) >= 4
    return _capital(resolver, index) and len(words) >= 5 and resolver.text[span.end - 1] in _UTTERANCE_END


def _goes_on(resolver: Resolver, link: Link, opening: int) -> bool:
    """Whether the writer's clause lies between the cue and a span that begins in the middle of a sentence."""
    return link.cue is not None and len(resolver.text[link.cue.end : opening].split()) > _ADJOINING


def _narrative_before(resolver: Resolver, index: int, number: int) -> bool:
    """Whether the writer's own words stand in the sentence before a span."""
    left = resolver.left_limit(number, index)
    right = resolver.span_words[index][0]
    return any(not resolver.tagged.flags[i] & OPENER for i in range(left, right))
