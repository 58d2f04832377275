"""Any text in, rows out: nothing raises, every offset holds, and no step is quadratic."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.engine import default_engine
from quotes.pipeline import Engine, analyze_batch
from quotes.records import Analysis, Article

ROOT = Path(__file__).resolve().parent.parent


@cache
def engine() -> Engine:
    return default_engine()


def analysis(text: str) -> Analysis:
    (found,) = analyze_batch([Article("a", text)], engine())
    return found


def check_rows(text: str, found: Analysis) -> None:
    assert found.characters == len(text)
    assert [row.quote_id for row in found.quotes] == list(range(1, len(found.quotes) + 1))
    assert [row.start for row in found.quotes] == sorted(row.start for row in found.quotes)
    for row in found.quotes:
        assert 0 <= row.start < row.end <= len(text)
        assert text[row.start : row.end] == row.text
        assert row.text.strip()
        for words, start, end in (
            (row.cue, row.cue_start, row.cue_end),
            (row.mention, row.mention_start, row.mention_end),
        ):
            if words is None:
                assert start is None
                assert end is None
            else:
                assert start is not None
                assert end is not None
                assert text[start:end] == words
                assert words.strip()
        if row.speaker is None:
            assert (row.speaker_index, row.stance, row.role, row.country) == (-1, None, None, None)
        else:
            assert row.speaker.strip()
            assert found.speakers[row.speaker_index].name == row.speaker
        if row.kind == "other":
            assert (row.speaker, row.cue, row.mention, row.rule, row.stance) == (None,) * 5
    for problem in found.problems:
        assert problem.code == "unpaired_mark"
        assert problem.start is not None
        assert 0 <= problem.start < len(text)


# --- any text -------------------------------------------------------------------------------------

#: Everything a text can hold: no lone surrogates, which no decoder gives.
ANYTHING = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
WORDS = (
    "Budi Hermanto Sri Lestari Hakim Jaya Bupati Kombes Dr. H. S.H. M.Si. KPK (KPK) (41) PT Universitas Desa itu "
    "seorang warga para dia ia mereka kami sang kata ujarnya mengatakan menurut disebut menyebut bahwa demikian "
    "pernyataan spanduk bertuliskan berinisial MA di dari dan yang tidak untuk agar 12 2,5 Senin Rusia AS bin van "
    "al-Hamid ibu-ibu Jum’at"
).split()
MARKS = [*"“”\"„«»‘’'.,:;!?…()—-/", "''", "``", "\n", "\r\n", "\u2028", "\t", "\u00a0", "\x00"]
SOUP = st.builds(
    str.join, st.sampled_from([" ", ""]), st.lists(st.sampled_from([*WORDS, *MARKS]), max_size=60)
)
ODD = {
    "nothing": "",
    "breaks off after sang": "Gubernur Hadi Purnama memohon para penjarah berhenti. ”Tolong,” kata sang",
    "breaks off after si": "Hadi Purnama datang. “Setiap Januari kita ribut soal cabai. Apa tidak bosan?” si",
    "one letter": "a",
    "blank": " \n\t\r\n ",
    "zero bytes": "\x00" * 100,
    "zero bytes between words": "“Jalan\x00rusak,”\x00kata Budi\x00Hermanto.",
    "only marks": "“”\"'‘’„«»" * 40,
    "only openers": "“" * 100,
    "only closers": "”" * 100,
    "only apostrophes": "'" * 101,
    "only stops": "." * 200,
    "only commas": ", " * 200,
    "only brackets": "(" * 100 + ")" * 100,
    "a very long word": "a" * 50_000,
    "a very long name": "“Ya,” kata " + "Budi " * 3_000 + ".",
    "a very long number": "1" * 5_000 + " orang, kata Budi.",
    "right to left": "“הדרך הרוסה,” kata بودي هيرمانتو. قال: «الطريق خراب».",
    "right-to-left marks": "\u202e“Jalan rusak,”\u202c kata Budi\u200f Hermanto.",
    "byte-order mark inside": "\ufeff“Jalan rusak,” kata Budi Hermanto.\ufeff",
    "combining letters": "“Jalan ru\u0301sak,” kata Bu\u0308di Hermanto.",
    "letters outside the first plane": "“𝕁alan 😀 rusak,” kata 𝔹udi Hermanto.",
    "letters that change their length in lower case": "“İstanbul İyi,” kata İnönü İsmet.",
    "no spaces between sentences": "“Jalan rusak,”kata Budi.“Ya,”katanya.Ia pulang.",
    "full-width letters": "“Ｊａｌａｎ，” kata Ｂｕｄｉ．",
    "HTML that was left in": '<p>"Jalan &amp; jembatan," kata <b>Budi</b>.</p>',
    "a dateline without words": ") —",
    "a determiner alone": "disebut sang `` Hakim",
    "every cue in a row": "kata ujarnya mengatakan menurut disebut oleh menyebut dia ia ",
}


@given(ANYTHING)
def test_any_text_is_read(text: str) -> None:
    check_rows(text, analysis(text))


@given(SOUP)
@settings(max_examples=300)
def test_any_words_and_marks_are_read(text: str) -> None:
    check_rows(text, analysis(text))


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_odd_texts_are_read(text: str) -> None:
    check_rows(text, analysis(text))


LINES = ["\n", "\n\n", "\r\n", "\r", "\x85", "\u2028", "\u2029", "\r\n\r\n", " \n \n"]


def cut(text: str, every: int) -> Iterator[str]:
    """Pieces of an article that begin or break off in the middle of what it tells."""
    words = [match.span() for match in re.finditer(r"\w+|[^\w\s]", text)]
    for place in range(0, len(words), every):
        yield text[max(0, words[place][1] - 400) : words[place][1]]
        yield text[words[place][0] : words[place][0] + 250]


def test_articles_that_break_off_are_read() -> None:
    paths = sorted(ROOT.glob("fixtures/articles/*/*.txt"))
    texts = [piece for path in paths for piece in cut(path.read_text(encoding="utf-8"), 37)]
    assert len(texts) > 3000
    for text, found in zip(
        texts, analyze_batch([Article("a", text) for text in texts], engine()), strict=True
    ):
        check_rows(text, found)


@pytest.mark.parametrize("line", LINES, ids=repr)
def test_every_line_break_gives_the_same_rows(line: str) -> None:
    paragraphs = (
        "Jembatan Sukamulya retak",
        "“Jembatan itu retak,” kata Kepala Desa Budi Hermanto. Ia menyebut “jalan itu.",
        "“Kami takut.",
        "“Tidak ada yang datang,” ujarnya.",
    )
    text = line.join(paragraphs)
    found = analysis(text)
    check_rows(text, found)
    plain = analysis("\n".join(paragraphs))
    assert [row.text for row in found.quotes] == [row.text for row in plain.quotes]
    assert [row.speaker for row in found.quotes] == [row.speaker for row in plain.quotes]
    assert len(found.problems) == len(plain.problems)


def test_an_article_does_not_depend_on_its_batch() -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("fixtures/articles/*/*.txt"))[:12]]
    articles = [Article(str(number), text) for number, text in enumerate(texts)]
    together = analyze_batch(articles, engine())
    assert together == [analyze_batch([article], engine())[0] for article in articles]
    assert together[::-1] == analyze_batch(articles[::-1], engine())
    assert analyze_batch([], engine()) == []


# --- time -----------------------------------------------------------------------------------------

#: A step that grows with the square of the text takes 16 times as long for four times the text.
MOST = 8.0


def fixture_text(size: int) -> str:
    """Articles of the fixtures, one after the other, cut at ``size`` characters."""
    text = "\n".join(
        path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("fixtures/articles/*/*.txt"))
    )
    return (text * (size // len(text) + 1))[:size]


def names(number: int) -> Iterator[str]:
    for index in range(number):
        a, b, c = (chr(97 + index // 26**power % 26) for power in range(3))
        yield f"Karta{a}{b}{c}"


#: A text of about ``n`` units; n is chosen so that the large one takes well under a second or two.
LONG: dict[str, tuple[Callable[[int], str], int]] = {
    "marks and nothing else": (lambda n: '"' * n, 5_000),
    "pairs in one line": (lambda n: "“Baik sekali.” " * n, 2_500),
    "attributed quotes in one line": (lambda n: "“Baik sekali,” kata Budi Hermanto. " * n, 1_000),
    "unpaired openers in one line": (lambda n: "Ia pergi “ke kota itu " * n, 2_500),
    "unpaired openers in paragraphs": (lambda n: "Ia pergi “ke kota itu.\n" * n, 1_500),
    "unpaired closers in one line": (lambda n: "Ia pergi ke kota” itu " * n, 2_500),
    "unpaired straight marks": (lambda n: 'Ia "pergi ke kota itu.\n' * n, 1_500),
    "single marks": (lambda n: "'Baik sekali.' " * n, 1_500),
    "nested marks": (lambda n: "“«" * n, 1_500),
    "words without a stop": (lambda n: "warga desa pergi ke pasar hari ini " * n, 10_000),
    "capitals and cues without a stop": (lambda n: "Budi Santoso Warga mengatakan Jakarta itu " * n, 700),
    "cues and nothing else": (lambda n: "mengatakan " * n, 5_000),
    "names and nothing else": (lambda n: "Budi Santoso " * n, 10_000),
    "new names": (lambda n: " ".join(f"{name} mengatakan hujan turun." for name in names(n)), 800),
    "one first name": (lambda n: " ".join(f"Budi {name} mengatakan hujan turun." for name in names(n)), 800),
    "pointing phrases": (lambda n: "Seorang petani datang. “Ya,” kata pria itu. Polisi itu pergi. " * n, 500),
    "stops": (lambda n: "." * n, 100_000),
    "abbreviations": (lambda n: "dr. " * n, 10_000),
    "initials": (lambda n: "S. " * n, 10_000),
    "commas": (lambda n: "Budi, " * n + "mengatakan hujan.", 10_000),
    "brackets": (lambda n: "Badan Nasional (BN) " * n, 1_500),
    "line breaks": (lambda n: "\n" * n, 100_000),
    "spaces behind a stop": (lambda n: "Ya." + " " * n, 100_000),
    "articles one after the other": (fixture_text, 40_000),
    "articles in one line": (lambda n: fixture_text(n).replace("\n", " "), 40_000),
}


def seconds(text: str) -> float:
    """Processor time of one analysis."""
    start = time.process_time()
    analysis(text)
    return time.process_time() - start


@pytest.mark.parametrize(("make", "size"), LONG.values(), ids=LONG)
def test_time_grows_with_the_text(make: Callable[[int], str], size: int) -> None:
    small, large = make(size), make(4 * size)
    ratio = 0.0
    for _ in range(4):  # a busy machine may slow one of them, and the first is slow to start
        ratio = seconds(large) / max(seconds(small), 0.004)
        if ratio < MOST:
            return
    pytest.fail(f"four times the text takes {ratio:.1f} times as long")


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        pytest.param('"' * 100_000, 40, id="100,000 marks"),
        pytest.param("Ia pergi “ke kota itu.\n" * 10_000, 40, id="10,000 unpaired marks"),
        pytest.param("warga desa pergi ke pasar hari ini " * 28_572, 30, id="one line of 200,000 words"),
        pytest.param(fixture_text(1_000_000), 60, id="one article of a megabyte"),
    ],
)
def test_long_texts_are_done(text: str, bound: float) -> None:
    """The bounds are ten times what it takes; a quadratic step would take minutes to hours."""
    assert seconds(text) < bound
