"""Quoted spans: every convention of marks, strays that flip nothing, offsets that hold."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import LEXICON, Marked, found, remark, unmark

from quotes import detector
from quotes.detector import detect
from quotes.segment import Document

CONVENTIONS = {
    "curly, the clause behind": "“⟦Jalan ini sudah lama rusak,⟧” kata Darmo.",
    "curly, the clause before": "Darmo berkata, “⟦Jalan ini sudah lama rusak.⟧”",
    "straight, the clause behind": '"⟦Jalan ini sudah lama rusak,⟧" kata Darmo.',
    "straight, in the middle": 'Darmo berkata, "⟦Jalan ini rusak.⟧" Lalu ia pulang.',
    "straight, twice": '"⟦Jalan ini,⟧" kata Darmo, "⟦sudah lama rusak.⟧"',
    "one closing glyph for both ends": "”⟦Jalan ini sudah lama rusak,⟧” kata Darmo.",
    "one closing glyph, twice": "Darmo berkata, ”⟦Jalan rusak.⟧” Ia menambah, ”⟦Kami menunggu.⟧”",
    "one opening glyph for both ends": "“⟦Jalan rusak,⟧“ kata Darmo. “⟦Kami menunggu,⟧“ katanya.",
    "low opening, high closing": "„⟦Jalan ini sudah lama rusak,⟧“ kata Darmo.",
    "low opening, closing of another desk": "„⟦Jalan ini sudah lama rusak,⟧” kata Darmo.",
    "guillemets": "«⟦Jalan ini sudah lama rusak,⟧» kata Darmo.",
    "guillemets turned round": "»⟦Jalan ini sudah lama rusak,⟧« kata Darmo.",
    "full width": "＂⟦Jalan rusak,⟧＂ kata Darmo.",
    "two apostrophes": "''⟦Jalan rusak,⟧'' kata Darmo.",
    "two backticks, two apostrophes": "``⟦Jalan rusak,⟧'' kata Darmo.",
    "two commas, two apostrophes": ",,⟦Jalan rusak,⟧'' kata Darmo.",
    "two conventions in one article": '“⟦Jalan rusak,⟧” kata Darmo. "⟦Kami menunggu,⟧" kata Sri.',
    "two conventions in one pair": '“⟦Jalan rusak,⟧" kata Darmo. “⟦Kami menunggu,⟧” kata Sri.',
    "curly singles as the only marks": "‘⟦Jalan rusak,⟧’ kata Darmo. ‘⟦Kami menunggu,⟧’ katanya.",
    "straight singles as the only marks": "'⟦Jalan rusak,⟧' kata Darmo. '⟦Kami menunggu,⟧' katanya.",
    "singles beside an apostrophe": "‘⟦Jalan rusak,⟧’ kata Darmo sejak Jum’at sampai Ma’ruf pulang.",
    "glued to the reporting word": "“⟦Kami menunggu,⟧”kata Darmo.",
    "glued to the colon": "Darmo berkata:“⟦Kami menunggu.⟧”",
    "in brackets": "(“⟦Kami menunggu⟧”)",
    "side by side": 'Istilah "⟦bansos⟧"/"⟦bantuan⟧" dipakai.',
    "space before the closing mark": '"⟦Kami menunggu, ⟧"kata Darmo.',
    "no stop inside": "Film “⟦Angin Timur⟧” diputar.",
    "the whole text": "“⟦Kami menunggu⟧”",
}

NESTED = {
    "curly in curly": "“⟦Ia bilang, “⟦Pulang sana!⟧” kepada saya,⟧” kata Darmo.",
    "straight in straight": '"⟦Ia bilang, "⟦Pulang sana!⟧" kepada saya,⟧" kata Darmo.',
    "closing glyph in closing glyph": "”⟦Ia bilang, ”⟦Pulang sana!⟧” kepada saya,⟧” kata Darmo.",
    "straight in curly": '“⟦Ia bilang, "⟦Pulang sana!⟧" kepada saya,⟧” kata Darmo.',
    "singles in doubles are no row": "“⟦Jalan ‘tikus’ itu rusak,⟧” kata Darmo.",
    "straight singles in doubles are no row": "\"⟦Ia bilang, 'Pulang!' kepada saya,⟧\" kata Darmo.",
}

PARAGRAPHS = {
    "one pair over two": "“⟦Jalan rusak.\n\nKami menunggu,⟧” kata Darmo.",
    "one pair over three": "“⟦Jalan rusak.\n\nKami menunggu.\n\nSudah lama,⟧” kata Darmo.",
    "opened anew, curly": "“⟦Jalan rusak.⟧\n\n“⟦Kami menunggu,⟧” kata Darmo.",
    "opened anew twice": "“⟦Jalan rusak.⟧\n\n“⟦Kami menunggu.⟧\n\n“⟦Sudah lama,⟧” kata Darmo.",
    "opened anew, straight": '"⟦Jalan rusak.⟧\n\n"⟦Kami menunggu,⟧" kata Darmo.',
    "opened anew, one closing glyph": "”⟦Jalan rusak.⟧\n\n”⟦Kami menunggu,⟧” kata Darmo.",
    "each closed": "“⟦Jalan rusak,⟧” kata Darmo.\n“⟦Kami menunggu,⟧” kata Sri.\n“⟦Pulang,⟧” kata Tarno.",
    "line breaks of two characters": "“⟦Jalan rusak,⟧” kata Darmo.\r\n“⟦Pulang,⟧” kata Tarno.\r\n",
}

UNPAIRED = {
    "opener in the last paragraph": "“⟦Kami menunggu,⟧” kata Sri. Ia menyebut ‡“⟦jalan rusak itu.⟧",
    "opener before a paragraph without marks": "‡“⟦Kami menunggu, kata Sri.⟧\nDarmo diam.",
    "opener, other paragraphs with pairs": (
        "Ia menyebut ‡“⟦jalan rusak itu.⟧\n\nHujan turun.\n\n“⟦Kami menunggu,⟧” kata Darmo. “⟦Ya,⟧” katanya."
    ),
    "straight opener": (
        'Ia menyebut ‡"⟦jalan rusak itu.⟧\n\nHujan turun.\n\n"⟦Kami menunggu,⟧" kata Darmo. "⟦Ya,⟧" katanya.'
    ),
    "one glyph for both ends": (
        "Ia menyebut ‡”⟦jalan rusak itu.⟧\n\nHujan turun.\n\n”⟦Kami menunggu,⟧” kata Darmo. ”⟦Ya,⟧” katanya."
    ),
    "opener at the very end": "Kami pulang.\n\nDarmo tiba. ‡“",
    "opener with nothing behind it": "Ia pulang ‡“\n\nDarmo tiba. “⟦Kami menunggu,⟧” katanya.",
    "opener as a paragraph": "Ia pulang.\n\n‡“\n\nDarmo tiba. “⟦Kami menunggu,⟧” katanya.",
    "closer inside a sentence": "Ia pulang ke desa itu‡” kemarin.\n\n“⟦Kami menunggu,⟧” kata Darmo.",
    "closer, then pairs in the same paragraph": "Ia pulang kemarin‡” pagi. Kata Darmo, “⟦Kami menunggu.⟧”",
    "opener cut short by the end of the text": 'Kami pulang ‡"⟦kemarin.⟧',
    "a mark and nothing else": '‡"',
}

NO_MARKS = {
    "apostrophes of words": "Al-Qur’an dan Jum’at serta ma’af bukan kutipan.",
    "straight apostrophes of words": "Al-Qur'an dan Jum'at serta ma'af bukan kutipan.",
    "inches": 'Layar 21" dan pipa 3/4" dijual.',
    "inches inside a quote": '“⟦Layar 21" itu mahal,⟧” kata Darmo.',
    "minutes and seconds": "Pukul 5' 30\" ia mencapai garis akhir.",
    "seconds": "Waktunya 1'05\" dan 2'10\" dicatat.",
    "minutes beside single quotes": "Siswi kelas 5' itu '⟦pandai⟧' sekali.",
    "an empty pair": '""',
    "a pair around a space": "“ ”",
    "no mark at all": "Darmo Wiyoto mengatakan jalan itu rusak.",
    "nothing": "",
}


def table(*cases: dict[str, str]) -> list[object]:
    return [pytest.param(marked, id=name) for part in cases for name, marked in part.items()]


@pytest.mark.parametrize("marked", table(CONVENTIONS, NESTED, PARAGRAPHS, UNPAIRED, NO_MARKS))
def test_spans_and_problems(marked: str) -> None:
    wanted = unmark(marked)
    assert remark(found(wanted.text)) == remark(wanted)


def test_a_nested_span_names_its_parent() -> None:
    text = "“Ia bilang, “Pulang sana!” kepada saya,” kata Darmo. “Saya diam,” katanya."
    spans, _ = detect(Document(text), LEXICON.marks, LEXICON.cues.closing)
    assert [span.parent for span in spans] == [-1, 0, -1]


def test_marks_are_told_with_the_span() -> None:
    spans, _ = detect(Document("„Jalan rusak,“ kata Darmo. ”Ya.”"), LEXICON.marks)
    assert [(span.opening, span.closing) for span in spans] == [("„", "“"), ("”", "”")]


def test_a_problem_names_the_mark_and_its_end() -> None:
    (problem,) = detect(Document("Darmo menyebut “jalan rusak itu."), LEXICON.marks)[1]
    assert problem.code == "unpaired_mark"
    assert problem.start == 15
    assert "“" in problem.message
    assert "paragraph" in problem.message


# --- properties -----------------------------------------------------------------------------------

MARKS = "“”\"„«»‘’'＂"
WORDS = st.sampled_from("jalan itu rusak kami menunggu Darmo kata berkata di Jum’at 21 banjir".split())
SOUP = st.text(alphabet=st.sampled_from(MARKS + "ab ,.\n\r5"), max_size=60)
PROSE = st.lists(st.one_of(WORDS, st.sampled_from([*MARKS, "\n", ".", ","])), max_size=40).map(" ".join)
GLYPHS = st.sampled_from([("“", "”"), ('"', '"'), ("”", "”"), ("„", "“"), ("«", "»"), ("‘", "’")])


def quoted(words: list[str]) -> str:
    return " ".join(words).capitalize() + ","


CLEAN = st.lists(
    st.tuples(st.lists(WORDS, min_size=1, max_size=6).map(quoted), st.booleans()), min_size=1, max_size=6
)


def clean_text(glyphs: tuple[str, str], pieces: list[tuple[str, bool]]) -> Marked:
    """Quotes with a reporting clause each, some in paragraphs of their own."""
    text, spans = "", []
    for words, breaks in pieces:
        text += glyphs[0]
        spans.append((len(text), len(text) + len(words)))
        text += words + glyphs[1] + " kata Darmo." + ("\n" if breaks else " ")
    return Marked(text, spans, [])


def check_spans(text: str) -> None:
    spans, problems = detect(Document(text), LEXICON.marks, LEXICON.cues.closing)
    for span in spans:
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end].strip()
        assert text[span.start - len(span.opening) : span.start] == span.opening
        assert text[span.end : span.end + len(span.closing)] == span.closing
    assert list(spans) == sorted(spans, key=lambda span: (span.start, -span.end))
    for index, span in enumerate(spans):
        for other in spans[index + 1 :]:
            assert other.start >= span.end or other.end <= span.end  # side by side or one in the other
        parent = spans[span.parent] if span.parent >= 0 else None
        assert parent is None or (parent.start <= span.start and span.end <= parent.end)
    for problem in problems:
        assert problem.code == "unpaired_mark"
        assert problem.start is not None
        assert text[problem.start] in MARKS + "`,"


@given(SOUP)
def test_offsets_hold_on_any_soup_of_marks(text: str) -> None:
    check_spans(text)


@given(PROSE)
def test_offsets_hold_on_words_and_marks(text: str) -> None:
    check_spans(text)


@given(GLYPHS, CLEAN)
def test_every_pair_of_clean_text_is_found(glyphs: tuple[str, str], pieces: list[tuple[str, bool]]) -> None:
    wanted = clean_text(glyphs, pieces)
    assert remark(found(wanted.text)) == remark(wanted)


@given(GLYPHS, CLEAN, PROSE)
def test_plain_pairs_are_what_the_search_finds(
    glyphs: tuple[str, str], pieces: list[tuple[str, bool]], prose: str
) -> None:
    """The short cut for text without a doubtful mark gives what the search would give."""
    for text in (clean_text(glyphs, pieces).text, prose):
        document = Document(text)
        for marks in (LEXICON.marks.double, LEXICON.marks.single):
            hits = detector.find_marks(document, marks)
            plain = detector._plain_pairs(document, hits, marks) if hits else None
            if plain is not None:
                path = detector._search(hits, marks)
                assert detector._spans(document, hits, path, frozenset()) == (plain, [])


@given(GLYPHS.filter(lambda glyphs: glyphs[0] != "‘"), CLEAN, CLEAN, st.lists(WORDS, min_size=2, max_size=8))
def test_a_stray_opener_stays_in_its_paragraph(
    glyphs: tuple[str, str], before: list[tuple[str, bool]], after: list[tuple[str, bool]], words: list[str]
) -> None:
    """The stray stands inside a paragraph between paragraphs without marks."""
    first, last = clean_text(glyphs, before), clean_text(glyphs, after)
    stray = "Hujan turun.\nIa menyebut " + glyphs[0] + " ".join(words) + " saja.\nHujan turun.\n"
    text = first.text + stray + last.text
    offset = len(first.text) + len(stray)
    spans, problems = found(text)[1:]
    outside = [span for span in spans if span[1] <= len(first.text) or span[0] >= offset]
    assert outside == first.spans + [(start + offset, end + offset) for start, end in last.spans]
    assert problems == [len(first.text) + stray.index(glyphs[0])]


@given(
    GLYPHS.filter(lambda glyphs: glyphs[0] != "‘"),
    st.lists(CLEAN, min_size=1, max_size=4),
    st.lists(WORDS, min_size=2, max_size=6),
    st.data(),
)
def test_a_stray_opener_changes_no_other_paragraph(
    glyphs: tuple[str, str], paragraphs: list[list[tuple[str, bool]]], words: list[str], data: st.DataObject
) -> None:
    """The stray stands before, between or behind the quotes of any paragraph."""
    texts = [clean_text(glyphs, [(piece, False) for piece, _ in part]).text.strip() for part in paragraphs]
    number = data.draw(st.integers(0, len(texts) - 1))
    ends = [0, *(place.end() for place in re.finditer(" kata Darmo\\.", texts[number]))]
    place = data.draw(st.sampled_from(ends))
    stray = " Ia menyebut " + glyphs[0] + " ".join(words) + " saja. "
    spoilt = texts[number][:place] + stray + texts[number][place:]
    plain, strays = "\n".join(texts), "\n".join([*texts[:number], spoilt, *texts[number + 1 :]])
    first = sum(len(text) + 1 for text in texts[:number])
    last, shift = first + len(texts[number]), len(strays) - len(plain)
    before = found(plain).spans
    wanted = [(start, end) for start, end in before if end <= first]
    wanted += [(start + shift, end + shift) for start, end in before if start >= last]
    spans = found(strays).spans
    assert [span for span in spans if span[1] <= first or span[0] >= last + shift] == wanted
    assert all(span[1] <= last + shift or span[0] >= last + shift for span in spans)


@given(CLEAN, st.sampled_from(["\n", "\r\n", "\r", "\n\n", "\u2028", "\u2029", "\x85"]))
def test_every_line_break_ends_a_paragraph(pieces: list[tuple[str, bool]], line: str) -> None:
    wanted = clean_text(("“", "”"), pieces)
    text = "Ia menyebut “jalan itu saja." + line + "Hujan." + line + wanted.text.replace("\n", " ")
    spans, problems = found(text)[1:]
    assert spans[0] == (13, 28)
    assert len(spans) == 1 + len(wanted.spans)
    assert problems == [12]


@pytest.mark.parametrize("text", ["»katanya mahal.", '"kata Budi begitu.', " ”, kata Budi."])
def test_a_closing_mark_with_nothing_before_it_gives_no_span(text: str) -> None:
    spans, problems = detect(Document(text), LEXICON.marks, LEXICON.cues.closing)
    assert all(span.start < span.end for span in spans)
    assert len(problems) == 1
