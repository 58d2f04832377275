"""Noun phrases: what stands behind *kata* up to where the mention ends, with its name and role."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import LEXICON

from quotes.phrases import Phrase, Tagged, parse
from quotes.segment import Document

#: The text behind *kata*, with the end of the mention at the bar: kind, name, role ("" where there is none).
MENTIONS = [
    # names, and where they end
    ("Budi Hermanto| di Semarang", "name", "Budi Hermanto", ""),
    ("Budi Hermanto|, Selasa (4/4)", "name", "Budi Hermanto", ""),
    ("Budi Hermanto| saat ditemui di rumahnya", "name", "Budi Hermanto", ""),
    ("Budi Hermanto| kepada wartawan", "name", "Budi Hermanto", ""),
    ("Budi Hermanto| lagi sambil tertawa", "name", "Budi Hermanto", ""),
    ("Rangga Pradipta| mengatakan hujan turun", "name", "Rangga Pradipta", ""),
    ("Ahmad Fauzi|, pengacara keluarga", "name", "Ahmad Fauzi", ""),
    ("Siti Aminah binti Salim| kemarin", "name", "Siti Aminah binti Salim", ""),
    ("M. Yusuf Alamsyah| di Medan", "name", "M. Yusuf Alamsyah", ""),
    # honorifics and ranks are no part of the name, and no role
    ("Haji Ahmad Zaini| di Medan", "name", "Ahmad Zaini", ""),
    ("Bu Sri Lestari| di Medan", "name", "Sri Lestari", ""),
    ("AKP Dedi Kurniadi| di Garut", "name", "Dedi Kurniadi", ""),
    ("Mbah Painem| di Sleman", "name", "Mbah Painem", ""),
    # roles before names
    ("Menko PMK Suryadi Anggoro| dalam keterangannya", "name", "Suryadi Anggoro", "Menko PMK"),
    ("Wakil Presiden Maruli Simbolon| di Istana", "name", "Maruli Simbolon", "Wakil Presiden"),
    ("Presiden Prancis Emile Laurent| di Paris", "name", "Emile Laurent", "Presiden Prancis"),
    ("mantan Wakil Ketua KPK Sutrisno Hadi| kemarin", "name", "Sutrisno Hadi", "mantan Wakil Ketua KPK"),
    ("ketua panitia, Rangga Pradipta|, Senin", "name", "Rangga Pradipta", "ketua panitia"),
    ("Hakim Ketua Sutrisno Hadi| di ruang sidang", "name", "Sutrisno Hadi", "Hakim Ketua"),
    ("anggota DPR dari Fraksi PKS Edi Surono| kemarin", "name", "Edi Surono", "anggota DPR dari Fraksi PKS"),
    ("Ketua Umum PBNU KH Hasyim Nasution| di Jombang", "name", "Hasyim Nasution", "Ketua Umum PBNU"),
    ("Kapolsek Garut Kota, AKP Dedi Kurniadi|, Senin", "name", "Dedi Kurniadi", "Kapolsek Garut Kota"),
    (
        "Kabid Humas Polda Jawa Tengah Kombes Hartono Wibisono|, Senin",
        "name",
        "Hartono Wibisono",
        "Kabid Humas Polda Jawa Tengah",
    ),
    (
        "Direktur Eksekutif Lembaga Pantau Rakyat Indonesia, Hesti Maharani|, Kamis",
        "name",
        "Hesti Maharani",
        "Direktur Eksekutif Lembaga Pantau Rakyat Indonesia",
    ),
    (
        "pakar hukum tata negara dari Universitas Indonesia Lestari Ningrum| kemarin",
        "name",
        "Lestari Ningrum",
        "pakar hukum tata negara dari Universitas Indonesia",
    ),
    ("juru bicara Kementerian Luar Negeri Rusia Irina Volkova|, Rabu", "name", "Irina Volkova",
     "juru bicara Kementerian Luar Negeri Rusia"),
    # persons by initials
    ("MA| (30) di kantor polisi", "name", "MA", ""),
    ("pria berinisial SH| di kantor polisi", "name", "SH", "pria berinisial"),
    # offices for their holders
    ("Presiden| di Istana", "title", "", "Presiden"),
    ("Menko PMK| dalam keterangannya", "title", "", "Menko PMK"),
    ("Sekjen PBB| di New York", "title", "", "Sekjen PBB"),
    # unnamed
    ("seorang warga| di lokasi", "phrase", "", "warga"),
    ("seorang warga Desa Sukamulya| kemarin", "phrase", "", "warga Desa Sukamulya"),
    ("pria berusia 40 tahun itu| kemarin", "phrase", "", "pria berusia 40 tahun itu"),
    ("siswi kelas III itu| lirih", "phrase", "", "siswi kelas III itu"),
    ("juru bicara kepolisian| di Garut", "phrase", "", "juru bicara kepolisian"),
    ("istri korban| di rumah duka", "phrase", "", "istri korban"),
    ("massa aksi| dari atas truk", "phrase", "", "massa aksi"),
    # bodies
    ("Kementerian Luar Negeri Rusia| dalam sebuah pernyataan", "body", "", ""),
    ("KPK| melalui juru bicaranya", "body", "", ""),
    ("Universitas Gadjah Mada| di Yogyakarta", "body", "", ""),
    ("polisi| di lokasi", "body", "", ""),
    # things that carry words
    ("spanduk itu| di pagar", "document", "", ""),
    # pronouns
    ("dia| di Medan", "pronoun", "", ""),
    ("mereka| serempak", "pronoun", "", ""),
]  # fmt: skip

#: Behind these *kata* has no source.
NO_MENTION = [
    "di Semarang",
    "saat ditemui",
    "pada Senin",
    "Senin pagi",
    "dengan nada tinggi",
    "bahwa hujan turun",
    "kepada wartawan",
    "kami",
    "saya",
    "sambil tertawa",
    "menambahkan",
    "10 persen",
    "2 Mei",
]


def phrase_behind(text: str) -> tuple[Tagged, Phrase | None]:
    tagged = Tagged(Document(text), LEXICON.words)
    return tagged, parse(tagged, 1, len(tagged.flags))


def words(tagged: Tagged, part: tuple[int, int]) -> str:
    return tagged.text(*part) if part[0] < part[1] else ""


@pytest.mark.parametrize(("marked", "kind", "name", "role"), MENTIONS, ids=[case[0] for case in MENTIONS])
def test_mentions(marked: str, kind: str, name: str, role: str) -> None:
    text = "kata " + marked.replace("|", "") + "."
    tagged, phrase = phrase_behind(text)
    assert phrase is not None
    assert text[phrase.start : phrase.end] == marked[: marked.index("|")]
    assert (phrase.kind, words(tagged, phrase.name), words(tagged, phrase.role)) == (kind, name, role)


@pytest.mark.parametrize("behind", NO_MENTION)
def test_no_mention(behind: str) -> None:
    assert phrase_behind(f"kata {behind}.")[1] is None


@pytest.mark.parametrize(
    ("behind", "plural"),
    [
        ("para pejabat", True),
        ("ratusan buruh", True),
        ("sejumlah pedagang Pasar Johar", True),
        ("mereka", True),
        ("seorang pejabat", False),
        ("pejabat", False),
        ("dia", False),
        ("Budi Hermanto", False),
    ],
)
def test_number(behind: str, plural: bool) -> None:
    phrase = phrase_behind(f"kata {behind}.")[1]
    assert phrase is not None
    assert phrase.plural is plural


def test_a_word_the_article_also_writes_small_is_no_name() -> None:
    text = "Kata Banjir itu. Hujan membawa banjir ke desa."
    tagged, phrase = phrase_behind(text)
    assert phrase is not None
    assert phrase.kind != "name"
    assert not words(tagged, phrase.name)


NAMES = "Budi Hakim Jaya Raja Bupati Universitas Desa Dr. H. S. van bin di, kata KPK (KPK) dan itu 12".split()


@given(st.lists(st.sampled_from(NAMES), min_size=2, max_size=30), st.integers(0, 5))
def test_phrases_lie_inside_their_limits(words: list[str], first: int) -> None:
    tagged = Tagged(Document(" ".join(words)), LEXICON.words)
    for limit in range(first, len(tagged.flags) + 1):
        phrase = parse(tagged, first, limit)
        if phrase is not None:
            assert first == phrase.first < phrase.last <= limit
            assert phrase.first <= phrase.name[0] <= phrase.name[1] <= phrase.last
            assert phrase.first <= phrase.role[0] <= phrase.role[1] <= phrase.last


@pytest.mark.parametrize("word", ["Hakim", "Putri", "Jaya", "Universitas", "Desa", "Bupati", "S.", "van"])
def test_endless_runs_of_capitals(word: str) -> None:
    tagged = Tagged(Document("Kata " + f"{word} " * 5000), LEXICON.words)
    assert len({tagged.is_name_word(index) for index in range(20, len(tagged.flags))}) == 1
