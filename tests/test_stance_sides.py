"""What an article tells about its speakers, and which side that makes them."""

# ruff: noqa: E501  (tables)

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.lexicon import load
from quotes.reader import Reading
from quotes.records import Article, Span, Speaker, SpeakerType, Statement
from quotes.segment import Document
from quotes.stance.description import describe_speaker
from quotes.stance.features import Described, describe
from quotes.stance.focus import find_ties
from quotes.stance.judge import Judgement, judge
from quotes.stance.model import StanceModel, load_model
from quotes.stance.rows import Row, as_readings
from quotes.stance.scene import find_scene, sentence_around

LEXICON = load()


@cache
def model() -> StanceModel:
    return load_model()


def reading(text: str, *speakers: tuple[str, SpeakerType, str | None]) -> Reading:
    """A reading in which every speaker makes one indirect statement at each mention of the name."""
    document = Document(text)
    statements: list[Statement] = []
    found: list[Speaker] = []
    for index, (name, type_, role) in enumerate(speakers):
        mentions = []
        place = text.find(name)
        while place >= 0:
            mentions.append(Span(place, place + len(name)))
            place = text.find(name, place + 1)
        found.append(Speaker(name, type_, role, name[:1].isupper(), tuple(mentions)))
        for mention in mentions:
            end = mention.end
            statements.append(
                Statement("indirect", end, min(end + 1, len(text)), None, mention, index, "x", 1.0)
            )
    statements.sort(key=lambda s: (s.start, s.end))
    return Reading(Article("a", text), document, tuple(statements), tuple(found), ())


def judged(text: str, *speakers: tuple[str, SpeakerType, str | None]) -> Judgement:
    (found,) = judge([reading(text, *speakers)], LEXICON, model())
    return found


def side(text: str, name: str, type_: SpeakerType = "person", role: str | None = None) -> str:
    stance = judged(text, (name, type_, role)).stances[0]
    assert stance is not None
    return stance[0]


RALLY = "SURABAYA — Ribuan buruh berunjuk rasa di depan kantor gubernur, menuntut kenaikan upah. Massa memblokade jalan dan berorasi bergantian.\n"
PLAIN = "SURABAYA — Pemerintah kota meresmikan taman baru di tepi sungai. Taman itu dibuka setiap hari sampai petang.\n"
KYIV = "KYIV — Serangan semalam merusak gardu listrik di Kharkiv, Ukraina. Hujan turun di Odesa.\n"


@pytest.mark.parametrize(
    ("text", "name", "type_", "role", "expected"),
    [
        # offices at home
        (PLAIN + "Rahmat Sitepu mengatakan taman itu gratis.", "Rahmat Sitepu", "person", "Wali Kota Surabaya", "official"),
        (PLAIN + "Rahmat Sitepu mengatakan taman itu aman.", "Rahmat Sitepu", "person", "Kapolrestabes Surabaya", "official"),
        (PLAIN + "DPRD Surabaya mengatakan anggarannya cukup.", "DPRD Surabaya", "organisation", None, "official"),
        (RALLY + "polisi mengatakan jalan ditutup.", "polisi", "group", None, "official"),
        (RALLY + "Rahmat Sitepu mengatakan tuntutan massa diterima.", "Rahmat Sitepu", "person", "Kepala Dinas Tenaga Kerja", "official"),
        # the same office is foreign elsewhere
        (KYIV + "Menteri Pertahanan Rusia Oleg Sorin mengatakan serangan berhasil.", "Oleg Sorin", "person", "Menteri Pertahanan Rusia", "foreign_government"),
        (KYIV + "Kremlin mengatakan serangan berhasil.", "Kremlin", "organisation", None, "foreign_government"),
        (KYIV + "Oksana Bondar mengatakan listrik padam.", "Oksana Bondar", "person", "Menteri Energi Ukraina", "official"),
        ("MOSKWA — Sidang anggaran dimulai di Moskwa, Rusia.\nOleg Sorin mengatakan anggaran naik.", "Oleg Sorin", "person", "Menteri Pertahanan Rusia", "official"),
        # bodies between states
        (KYIV + "PBB mengatakan bantuan tertahan.", "PBB", "organisation", None, "foreign_government"),
        (KYIV + "Anna Berg mengatakan bantuan tertahan.", "Anna Berg", "person", "juru bicara UNICEF", "foreign_government"),
        # who protests
        (RALLY + "Danu Purba mengatakan buruh akan bertahan.", "Danu Purba", "person", "koordinator aksi", "protester"),
        (RALLY + "Danu Purba mengatakan buruh akan bertahan.", "Danu Purba", "person", "Ketua Serikat Pekerja Logam", "protester"),
        (RALLY + "Di barisan depan, Danu Purba ikut berunjuk rasa dan membawa spanduk.", "Danu Purba", "person", "penjahit", "protester"),
        (RALLY + "massa aksi mengatakan akan kembali.", "massa aksi", "group", None, "protester"),
        # and who only stands by
        (RALLY + "Dari seberang jalan, Danu Purba menonton karena terjebak macet.", "Danu Purba", "person", "pengendara sepeda motor", "other"),
        (RALLY + "Secara terpisah, Danu Purba menilai upah buruh tertinggal.", "Danu Purba", "person", "guru besar ekonomi Universitas Airlangga", "other"),
        (RALLY + "Danu Purba mengatakan pabrik merugi.", "Danu Purba", "person", "Ketua Apindo Jawa Timur", "other"),
        # a student leader is a protester at the rally only
        ("JAMBI — Mahasiswa berdemonstrasi di depan gedung DPRD menolak kenaikan harga. Demonstran membakar ban.\nDanu Purba mengatakan aksi berlanjut.", "Danu Purba", "person", "Ketua BEM", "protester"),
        ("JAMBI — Mahasiswa menang lomba mobil hemat energi.\nDanu Purba mengatakan persiapannya enam bulan.", "Danu Purba", "person", "Ketua BEM", "other"),
        # former and would-be officials speak for nobody
        (PLAIN + "Rahmat Sitepu mengatakan taman itu idenya.", "Rahmat Sitepu", "person", "mantan Wali Kota Surabaya", "other"),
        (PLAIN + "Rahmat Sitepu mengatakan taman itu kurang.", "Rahmat Sitepu", "person", "calon wali kota", "other"),
        (PLAIN + "Rahmat Sitepu mengatakan taman itu indah.", "Rahmat Sitepu", "person", "Presiden Direktur PT Taman Jaya", "other"),
    ],
)  # fmt: skip
def test_sides(text: str, name: str, type_: SpeakerType, role: str | None, expected: str) -> None:
    assert side(text, name, type_, role) == expected


@pytest.mark.parametrize(
    ("text", "role", "country"),
    [
        (PLAIN + "Rahmat Sitepu mengatakan taman itu gratis.", "Wali Kota Surabaya", "ID"),
        (PLAIN + "Rahmat Sitepu mengatakan taman itu gratis.", "Menteri Pekerjaan Umum", "ID"),
        (KYIV + "Rahmat Sitepu mengatakan bantuan dikirim.", "Menteri Luar Negeri Indonesia", "ID"),
        (KYIV + "Rahmat Sitepu mengatakan listrik padam.", "Menteri Energi", "UA"),
        (KYIV + "Rahmat Sitepu mengatakan bantuan dikirim.", "juru bicara UNICEF", None),
        (KYIV + "Rahmat Sitepu mengatakan bantuan dikirim.", "pemilik toko roti", None),
        (
            KYIV + "Rahmat Sitepu mengatakan bantuan dikirim.",
            "pelatih tim Jepang",
            None,
        ),  # no state behind it
    ],
)
def test_country_spoken_for(text: str, role: str, country: str | None) -> None:
    assert judged(text, ("Rahmat Sitepu", "person", role)).countries == (country,)


# --- one side per speaker ------------------------------------------------------------------------


def test_a_speaker_keeps_one_side() -> None:
    text = RALLY + "Danu Purba mengatakan buruh bertahan. Danu Purba menilai cuaca cerah. Danu Purba pulang."
    stances = judged(text, ("Danu Purba", "person", "koordinator aksi")).stances
    assert len(stances) == 3
    assert len(set(stances)) == 1


def test_two_roles_told_are_two_sides() -> None:
    text = (
        RALLY
        + "Anggota DPR Danu Purba mengatakan menteri akan dipanggil.\n"
        + "Sore harinya, Ketua Serikat Pekerja Danu Purba berteriak dari mobil komando."
    )
    base = reading(text, ("Danu Purba", "person", "Anggota DPR"))
    titles = ("Anggota DPR Danu Purba", "Ketua Serikat Pekerja Danu Purba")
    mentions = tuple(Span(text.index(words), text.index(words) + len(words)) for words in titles)
    statements = tuple(s._replace(mention=m) for s, m in zip(base.statements, mentions, strict=True))
    both = replace(base, statements=statements, speakers=(replace(base.speakers[0], mentions=mentions),))
    (found,) = judge([both], LEXICON, model())
    assert [stance and stance[0] for stance in found.stances] == ["official", "protester"]
    assert len(found.countries) == 1


def test_an_office_and_a_party_are_one_role() -> None:
    text = RALLY + "Anggota DPR Danu Purba menolak. Menurut politikus PDI-P Danu Purba, upah harus naik."
    found = judged(text, ("Danu Purba", "person", "Anggota DPR"))
    assert {stance and stance[0] for stance in found.stances} == {"official"}


def test_kind_other_and_nobody_have_no_stance() -> None:
    base = reading(PLAIN + "Danu Purba mengatakan itu.", ("Danu Purba", "person", "Bupati"))
    statement = base.statements[0]
    changed = replace(base, statements=(statement._replace(kind="other"), statement._replace(speaker=-1)))
    (found,) = judge([changed], LEXICON, model())
    assert found.stances == (None, None)


def test_no_speakers_at_all() -> None:
    (found,) = judge([Reading(Article("a", PLAIN), Document(PLAIN), (), (), ())], LEXICON, model())
    assert found == Judgement("ID", (), ())
    assert judge([], LEXICON, model()) == []


def test_a_batch_changes_nothing() -> None:
    one = reading(RALLY + "Danu Purba mengatakan itu.", ("Danu Purba", "person", "koordinator aksi"))
    two = reading(KYIV + "Kremlin mengatakan itu.", ("Kremlin", "organisation", None))
    together = judge([one, two, one], LEXICON, model())
    assert together == [*judge([one], LEXICON, model()), *judge([two], LEXICON, model()), together[0]]


def test_another_model_is_refused() -> None:
    with pytest.raises(TypeError):
        judge([], LEXICON, None)


# --- descriptions --------------------------------------------------------------------------------


def described(text: str, name: str, type_: SpeakerType, role: str | None) -> tuple[str, str | None, bool]:
    one = reading(text, (name, type_, role))
    found, tied = describe_speaker(
        one.document, find_ties(one.document, LEXICON.geography), one.speakers[0], LEXICON
    )
    return found.main, tied.country, tied.between


@pytest.mark.parametrize(
    ("text", "role", "main"),
    [
        # a title yields to the body after it
        ("X Budi kata.", "Presiden Konfederasi Serikat Buruh", "union"),
        ("X Budi kata.", "Direktur Layanan Kementerian Kesehatan", "ministry"),
        ("X Budi kata.", "Direktur Utama PT Maju", "company"),
        ("X Budi kata.", "Presiden", "president"),
        ("X Budi kata.", "mantan Menteri Perdagangan", "former"),
        ("X Budi kata.", "duta besar dan mantan gubernur", "diplomat"),
        ("X Budi kata.", "sumber daya manusia", ""),
        ("X Budi kata.", "penabuh kendang", ""),
        # bodies that are left out
        ("Serikat Masinis Lokomotif (SML) mogok. Ketua SML Budi kata.", "Ketua SML", "union"),
        ("Kementerian Perhubungan diam. Juru bicaranya, Budi, kata.", "Juru bicaranya", "ministry"),
        ("RSUD Kota menolak. Direktur rumah sakit tersebut Budi kata.", "Direktur rumah sakit tersebut", "public_service"),
        # beside the name, where there is no role
        ("Sekretaris Daerah Kota Solok Budi kata.", None, "local"),
        ("Budi, seorang penjahit berusia 34 tahun, kata.", None, "worker"),
        ("Budi, sementara itu, kata.", None, ""),
    ],
)  # fmt: skip
def test_deciding_class(text: str, role: str | None, main: str) -> None:
    assert described(text, "Budi", "person", role)[0] == main


def test_a_body_named_before_lends_its_country() -> None:
    text = "Kedutaan Besar Swedia memprotes. Kata juru bicara kedutaan Budi, surat dikirim."
    assert described(text, "Budi", "person", "juru bicara kedutaan")[1] == "SE"
    text = "Komisi Eropa menunda. Juru bicara komisi Budi menjelaskan."
    assert described(text, "Budi", "person", "Juru bicara komisi")[2]
    text = "Kementerian Luar Negeri Rusia diam. Kementerian dalam negeri bergerak."
    assert described(text, "Kementerian dalam negeri", "organisation", None)[1] is None


# --- features ------------------------------------------------------------------------------------


def features(
    text: str, name: str = "Danu Purba", role: str | None = None, type_: SpeakerType = "person"
) -> set[str]:
    return set(describe(reading(text, (name, type_, role)), LEXICON).features[0])


def test_deeds_are_read_in_the_writers_words_only() -> None:
    text = RALLY + "Danu Purba ikut berunjuk rasa."
    assert any(name.startswith("context:joins") for name in features(text))
    base = reading(text, ("Danu Purba", "person", None))
    quoted = text.index("ikut berunjuk")
    statement = base.statements[0]._replace(start=quoted, end=len(text))
    found = describe(replace(base, statements=(statement,)), LEXICON).features[0]
    assert not any(name.startswith("context:joins") for name in found)


def test_no_protest_no_context() -> None:
    names = {
        name
        for name in features(PLAIN * 2 + "Danu Purba bernyanyi di taman itu.")
        if name.startswith("context:")
    }
    assert names == {"context:protest=none"}


def test_groups_can_be_left_out() -> None:
    one = reading(RALLY + "Danu Purba kata.", ("Danu Purba", "person", "penjahit"))
    found = describe(one, LEXICON, omit={"quote", "context", "word"})
    assert {name.partition(":")[0] for name in found.features[0]} <= {
        "role",
        "type",
        "relation",
        "cue",
        "say",
    }


def test_known_focus_and_countries_are_kept() -> None:
    one = reading(KYIV + "Danu Purba kata.", ("Danu Purba", "person", "Menteri Energi"))
    found = describe(one, LEXICON, focus="JP", countries=["BR"])
    assert isinstance(found, Described)
    assert (found.focus, found.countries) == ("JP", ("BR",))
    assert "relation:foreign&authority" in found.features[0]


def test_sentences_end_at_stops_and_lines() -> None:
    document = Document("Satu dua. Tiga empat\nLima enam tujuh")
    assert sentence_around(document, 1) == (0, 1)
    assert sentence_around(document, 2) == (2, 3)
    assert sentence_around(document, 6) == (4, 6)


def test_levels_of_protest() -> None:
    def levels(text: str) -> list[str]:
        return find_scene(reading(text), LEXICON).levels

    assert levels(PLAIN) == []
    assert levels("Petisi itu dikirim kemarin.") == ["hint"]
    assert levels("Warga menggelar unjuk rasa.") == ["hint", "some"]
    assert levels(RALLY) == ["hint", "some", "central"]


# --- labelled rows back to readings --------------------------------------------------------------


def test_rows_become_readings() -> None:
    text = "Ketua serikat Danu Purba berorasi. “Kami bertahan,” kata Danu. “Sampai menang,” ujarnya."
    rows = [
        Row(
            "a", "protester", "Kami bertahan", cue="kata", mention="Danu", speaker="Danu Purba", context=text
        ),
        Row(
            "a",
            "protester",
            "Sampai menang",
            cue="ujarnya",
            mention="nya",
            speaker="Danu Purba",
            context=text,
        ),
        Row("b", "official", "Baik", speaker="DPR", speaker_type="organisation"),
    ]
    first, second = as_readings(rows)
    assert [text[s.start : s.end] for s in first.reading.statements] == ["Kami bertahan", "Sampai menang"]
    assert [text[s.cue.start : s.cue.end] for s in first.reading.statements if s.cue] == ["kata", "ujarnya"]
    assert [text[m.start : m.end] for m in first.reading.speakers[0].mentions] == ["Danu Purba", "Danu"]
    assert (first.labels, first.rows) == (("protester",), ((0, 1),))
    assert second.reading.document.text == "DPR  “Baik”"


def test_two_labels_are_two_speakers() -> None:
    rows = [Row("a", "official", "Satu", speaker="Danu"), Row("a", "protester", "Dua", speaker="Danu")]
    (found,) = as_readings(rows)
    assert found.labels == ("official", "protester")
    assert [s.speaker for s in found.reading.statements] == [0, 1]


def test_rows_that_do_not_fit_their_context_are_read_all_the_same() -> None:
    (found,) = as_readings(
        [Row("a", "x", "Tidak ada di sini", mention="entah", speaker="Siapa", context="Teks lain.")]
    )
    assert found.reading.statements[0].start == 0
    describe(found.reading, LEXICON)


@settings(max_examples=50)
@given(st.text(max_size=80), st.text(max_size=20), st.text(max_size=20), st.text(max_size=20))
def test_any_row_is_described(context: str, said: str, mention: str, speaker: str) -> None:
    rows = [Row("a", "x", said, mention=mention, speaker=speaker, role=mention, context=context)]
    (found,) = as_readings(rows)
    result = describe(found.reading, LEXICON)
    assert len(result.features) == 1
    assert result.rows == (0,)
