"""Sentences: boundaries as Punkt sets them, none inside a quote, nothing of the text lost."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import LEXICON

from quotes.detector import detect
from quotes.punkt import punkt
from quotes.segment import Document
from quotes.sentences import sentences

#: Sentences are separated by a bar, which is taken out; what is left out of all sentences stands in braces.
CASES = {
    "full stops": "Jalan rusak. |Warga menunggu.",
    "questions and shouts": "Kapan? |Besok! |Ya.",
    "several marks at once": "Apa?! |Ya.",
    "no stop at the end": "Jalan rusak. |Warga menunggu",
    "ranks": "Kombes. Pol. Hartono Wibisono tiba. |Ia diam.",
    "academic titles": "Prof. Dr. dr. Lestari Ningrum tiba. |Ia diam.",
    "degrees": "Fauzi, S.H., M.Hum. Lestari, dan Tarno tiba. |Ia diam.",
    "honorifics": "H. Ahmad Zaini dan Ny. Sri tiba. |Ia diam.",
    "an initial": "A. Fauzi dan Wiratama tiba. |Ia diam.",
    "several initials": "B.J. Wiratama tiba. |Ia diam.",
    "street and number": "Jl. Melati No. 5 macet. |Polisi tiba.",
    "amounts": "Harga naik Rp. 5.000 per kg. |Warga mengeluh.",
    "decimals": "Harga naik 2,5 persen. |10 orang tewas pukul 10.30 WIB.",
    "a number at the end": "Pukul 10. |Warga tiba.",
    "and so on": "Beras, gula, dll. Warga mengeluh.",
    "a company": "PT Kereta Nusantara Tbk. merugi. |Ia diam.",
    "a lower-case letter follows": "Situs desa.id. kata Darmo, lambat.",
    "no space behind the stop": "Jalan rusak.|Warga menunggu.",
    "no space behind a number or a bracket": "Ia tiba Rabu (3/4).|Warga menunggu 10.|Polisi diam.",
    "no space before a quote": "Jalan rusak.|“Kami menunggu,” kata Darmo.|Ia diam.",
    "no space behind a quote": "Darmo berkata, “Kami menunggu.”|Ia diam.",
    "no space, straight marks": 'Jalan rusak.|"Kami menunggu," kata Darmo.|Ia diam.',
    "no space in degrees": "Fauzi, S.Pd, dan Lestari, M.Si, tiba. |Ia diam.",
    "no space behind a title": "Drs.Budi Santoso dari Kec.Sukamulya tiba. |Ia diam.",
    "no space in the name of a site": "Warta.Com tiba. |Ia diam.",
    "no space behind initials": "B.J.Wiratama tiba. |Ia diam.",
    "ellipsis of dots": "Ia pulang... |Lalu tidur.",
    "ellipsis in one": "Ia pulang… |Lalu tidur.",
    "brackets": "(Ia diam.) |Warga pulang.",
    "abbreviation in brackets": "Sri (45 th.) tiba. |Ia diam.",
    "paragraphs": "Jalan rusak.\n\n  |Warga menunggu.\r\n|Ya.",
    "headline without a stop": "Jalan Rusak di Sukamulya\n|Warga menunggu.",
    "quote with stops inside": "“Jalan rusak. Kami menunggu,” kata Darmo. |Ia diam.",
    "quote that ends the sentence": "“Jalan rusak. Kami menunggu.” |Darmo diam.",
    "quote of one sentence": "“Jalan rusak.” |Kami pulang.",
    "straight quote": '"Jalan rusak. Kami menunggu," kata Darmo. |Ia diam.',
    "question inside a quote": "“Kapan? Besok?” tanya Darmo. |Ia diam.",
    "quote over paragraphs": "“Jalan rusak. Ya.\n\n|Kami menunggu. Ya.” |Ia diam.",
    "dateline": "{SEMARANG, KOMPAS — }Jalan rusak. |Warga menunggu.",
    "nothing": "",
    "blank": " \n \n",
}


def split(text: str) -> list[tuple[int, int]]:
    document = Document(text)
    spans, _ = detect(document, LEXICON.marks, LEXICON.cues.closing)
    return [tuple(span) for span in sentences(document, spans, LEXICON.abbreviations)]


@pytest.mark.parametrize("marked", [pytest.param(text, id=name) for name, text in CASES.items()])
def test_boundaries(marked: str) -> None:
    wanted = marked
    if marked.startswith("{"):
        wanted = marked[marked.index("}") + 1 :]
    text = marked.translate(str.maketrans("", "", "|{}"))
    pieces = [piece.strip() for piece in wanted.split("|") if piece.strip()]
    assert [text[start:end] for start, end in split(text)] == pieces


def test_a_sentence_without_end_is_cut_at_white_space() -> None:
    text = "warga menunggu di jalan " * 500
    found = split(text)
    assert len(found) > 3
    assert all(end - start < 2100 for start, end in found)
    assert " ".join(text[start:end] for start, end in found) == text.strip()


def test_a_quote_is_never_cut_however_long() -> None:
    text = "Darmo berkata, “" + "kami menunggu di jalan " * 500 + "sampai pagi,” lalu ia pulang."
    assert split(text) == [(0, len(text))]


# --- properties -----------------------------------------------------------------------------------

ABBREVIATIONS = sorted(LEXICON.abbreviations)
PLAIN = "jalan rusak warga menunggu polisi tiba di desa itu ibu-ibu 10 2,5 1.500 B Ma'ruf RSUD".split()
#: A word, capitalised or not; an abbreviation with its stop; a stop that ends a clause.
WORD = st.one_of(
    st.sampled_from(PLAIN),
    st.sampled_from(PLAIN).map(str.capitalize),
    st.sampled_from(ABBREVIATIONS).map(lambda word: word + "."),
    st.sampled_from(ABBREVIATIONS).map(lambda word: word.capitalize() + "."),
    st.sampled_from("A B H".split()).map(lambda letter: letter + "."),
)
STOP = st.sampled_from([".", "!", "?", ","])


@st.composite
def prose(draw: st.DrawFn) -> str:
    """Words, abbreviations and stops; what follows a stop behind an ordinary word has a capital."""
    words: list[str] = []
    for _ in range(draw(st.integers(1, 25))):
        word = draw(WORD)
        if words and words[-1][-1] in ".!?" and words[-1][:-1].lower() not in LEXICON.abbreviations:
            word = word[0].upper() + word[1:]
        if not word.endswith(".") and draw(st.booleans()) and draw(st.booleans()):
            word += draw(STOP)
        words.append(word)
    return " ".join(words)


@given(prose())
def test_without_marks_it_is_punkt(text: str) -> None:
    assert split(text) == list(punkt(LEXICON.abbreviations).span_tokenize(text))


TEXT = st.lists(
    st.sampled_from([*PLAIN, *'“ ” " dr. Kata. Ya! . ( ) … ”.'.split(), "\n", "\r\n", "  "]), max_size=40
).map(" ".join)


@given(TEXT)
def test_sentences_hold_the_whole_text_in_order(text: str) -> None:
    found = split(text)
    place = 0
    for start, end in found:
        assert place <= start < end <= len(text)
        assert not text[place:start].strip()
        assert not text[start].isspace()
        assert not text[end - 1].isspace()
        place = end
    assert not text[place:].strip()


@given(TEXT)
def test_no_boundary_inside_a_quote(text: str) -> None:
    """Save at the line breaks that a quote runs over."""
    document = Document(text)
    spans, _ = detect(document, LEXICON.marks, LEXICON.cues.closing)
    found = sentences(document, spans, LEXICON.abbreviations)
    edges = [paragraph.start for paragraph in document.paragraphs]
    for span in spans:
        for sentence in found:
            if span.start < sentence.start < span.end:
                edge = max(edge for edge in edges if edge <= sentence.start)
                assert not text[edge : sentence.start].strip()


def test_nltk_stays_whole_for_others() -> None:
    code = (
        "from quotes.punkt import punkt\n"
        "assert [*punkt(frozenset({'dr'})).span_tokenize('Ada dr. Ani. Ya.')] == [(0, 12), (13, 16)]\n"
        "import sys; assert not {'nltk', 'scipy', 'sklearn', 'pandas'} & set(sys.modules), 'slow to start'\n"
        "import nltk; assert nltk.ConfusionMatrix; assert nltk.tokenize.punkt.PunktSentenceTokenizer\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
