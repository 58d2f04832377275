"""Cues and mentions: every family of reporting words, every order of clause and quote."""

from __future__ import annotations

import pytest
from reading import LEXICON, reading, said

from quotes.clauses import find_cues
from quotes.phrases import Tagged
from quotes.segment import Document

#: Bare verbs behind a quote; each takes -nya too.
AFTER = (
    "kata ujar ucap tutur ungkap jelas tegas tambah imbuh lanjut papar beber cetus pungkas tandas terang "
    "sebut keluh seru tulis sahut jawab sambung kenang kelakar timpal tukas celetuk gumam kilah urai klaim"
).split()
#: Verbs with their subject before them, here before a quote.
ACTIVE = (
    "mengatakan menyatakan menegaskan menjelaskan menuturkan mengungkapkan memaparkan menambahkan "
    "menerangkan menyebutkan menyampaikan berkata berujar bercerita berteriak berseru bertanya menulis "
    "mengaku menilai mengingatkan membantah menjawab bersumpah mengeluh menyerukan menuding meminta berpendapat"
).split()


@pytest.mark.parametrize("verb", AFTER)
def test_bare_verbs_take_the_source_behind_them(verb: str) -> None:
    (row,) = said(f"“Jalan itu sudah lama rusak,” {verb} Budi Hermanto di Semarang, Senin (3/4).")
    assert (row.cue, row.mention, row.speaker, row.rule) == (verb, "Budi Hermanto", "Budi Hermanto", "after")


@pytest.mark.parametrize("verb", AFTER)
def test_the_clitic_is_the_mention(verb: str) -> None:
    text = f"Budi Hermanto datang terlambat. “Jalan itu sudah lama rusak,” {verb}nya."
    (row,) = said(text)
    assert (row.cue, row.mention, row.speaker) == (verb + "nya", "nya", "Budi Hermanto")
    (statement,) = reading(text, indirect=False).statements
    assert statement.mention is not None
    assert statement.mention.end == text.index("nya.") + 3


@pytest.mark.parametrize("verb", ACTIVE)
def test_active_verbs_take_the_source_before_them(verb: str) -> None:
    (row,) = said(f"Budi Hermanto {verb}, “Jalan itu sudah lama rusak.”")
    assert (row.cue, row.mention, row.speaker, row.rule) == (verb, "Budi Hermanto", "Budi Hermanto", "before")


@pytest.mark.parametrize(
    "verb", ["dikatakan", "disampaikan", "diungkapkan", "dituturkan", "ditegaskan", "diakui"]
)
def test_passive_verbs_take_their_agent(verb: str) -> None:
    (row,) = said(f"“Jalan itu sudah lama rusak,” seperti {verb} Budi Hermanto.")
    assert (row.cue, row.mention, row.speaker) == (verb, "Budi Hermanto", "Budi Hermanto")


#: Text, and cue, mention and rule of its quotes ("" where there is none).
ORDERS = {
    "behind": ("“Jalan rusak,” kata Budi Hermanto.", [("kata", "Budi Hermanto", "after")]),
    "behind a question": (
        "“Kapan jalan ini bagus?” tanya Budi Hermanto.",
        [("tanya", "Budi Hermanto", "after")],
    ),
    "behind a shout": ("“Perbaiki jalan ini!” teriak Budi Hermanto.", [("teriak", "Budi Hermanto", "after")]),
    "behind, subject first": (
        "“Jalan rusak,” Budi Hermanto mengatakan kepada wartawan.",
        [("mengatakan", "Budi Hermanto", "subject-after")],
    ),
    "before, comma": (
        "Budi Hermanto mengatakan, “Jalan rusak.”",
        [("mengatakan", "Budi Hermanto", "before")],
    ),
    "before, the office set off by one comma": (
        "Bupati Bogor, Budi Hermanto menegaskan, “Jalan rusak.”",
        [("menegaskan", "Bupati Bogor, Budi Hermanto", "before")],
    ),
    "before, a place set off": (
        "Di Bogor, Budi Hermanto menegaskan, “Jalan rusak.”",
        [("menegaskan", "Budi Hermanto", "before")],
    ),
    "before, colon": (
        "Budi Hermanto mengatakan: “Jalan rusak.”",
        [("mengatakan", "Budi Hermanto", "before")],
    ),
    "before, nothing": (
        "Budi Hermanto mengatakan “Jalan rusak.”",
        [("mengatakan", "Budi Hermanto", "before")],
    ),
    "before, bahwa": (
        "Budi Hermanto menegaskan bahwa “jalan itu sudah rusak sejak lama”.",
        [("menegaskan", "Budi Hermanto", "before")],
    ),
    "in the middle": (
        "“Jalan itu,” kata Budi Hermanto, “sudah lama rusak.”",
        [("kata", "Budi Hermanto", "after"), ("kata", "Budi Hermanto", "before")],
    ),
    "the speaker goes on": (
        "“Jalan rusak,” kata Budi Hermanto. “Kami menunggu sejak Maret.”",
        [("kata", "Budi Hermanto", "after"), ("", "", "continued")],
    ),
    "the speaker goes on in the next paragraph": (
        "“Jalan rusak,” kata Budi Hermanto.\n\n“Kami menunggu sejak Maret.”",
        [("kata", "Budi Hermanto", "after"), ("", "", "continued")],
    ),
    "menurut before": (
        "Menurut Budi Hermanto, “jalan itu sudah lama rusak dan berbahaya.”",
        [("Menurut", "Budi Hermanto", "according")],
    ),
    "menurut behind": (
        "“Jalan itu sudah lama rusak,” menurut Budi Hermanto.",
        [("menurut", "Budi Hermanto", "according")],
    ),
    "a label": ("Budi Hermanto: “Jalan itu sudah lama rusak.”", [("", "Budi Hermanto", "label")]),
    "a lead-in sentence": (
        "Kepala Desa Sukamulya Budi Hermanto angkat bicara. “Jalan itu sudah lama rusak.”",
        [("", "", "lead-in")],
    ),
    "demikian": (
        "“Jalan itu sudah rusak,” demikian kata Budi Hermanto.",
        [("kata", "Budi Hermanto", "after")],
    ),
    "woven in": (
        "Budi Hermanto menyebut jalan itu “kubangan kerbau”.",
        [("menyebut", "Budi Hermanto", "woven")],
    ),
    "woven in, clause behind": (
        "Jalan “kubangan kerbau” itu harus ditutup, kata Budi Hermanto.",
        [("kata", "Budi Hermanto", "woven")],
    ),
    "two pieces of one sentence": (
        "Budi Hermanto menyebut jalan itu “kubangan kerbau” dan “aib desa”.",
        [("menyebut", "Budi Hermanto", "woven"), ("menyebut", "Budi Hermanto", "shared")],
    ),
    "adverbs between subject and verb": (
        "Budi Hermanto kemudian kembali menegaskan, “Jalan itu rusak.”",
        [("menegaskan", "Budi Hermanto", "before")],
    ),
    "place and time between subject and verb": (
        "Bupati Budi Hermanto, Selasa (4/4), di Semarang, mengatakan, “Jalan itu rusak.”",
        [("mengatakan", "Bupati Budi Hermanto", "before")],
    ),
    "place and time before the subject": (
        "Di Semarang, Selasa (4/4), Budi Hermanto mengatakan, “Jalan itu rusak.”",
        [("mengatakan", "Budi Hermanto", "before")],
    ),
    "manner before the subject": (
        "Sambil tertawa, Budi Hermanto berkata, “Jalan itu rusak.”",
        [("berkata", "Budi Hermanto", "before")],
    ),
    "a relative clause behind the subject": (
        "Bupati Budi Hermanto yang meninjau lokasi mengatakan, “Jalan itu rusak.”",
        [("mengatakan", "Bupati Budi Hermanto", "before")],
    ),
    "an apposition between subject and verb": (
        "Budi Hermanto, seorang guru berusia 29 tahun, mengatakan, “Jalan itu rusak.”",
        [("mengatakan", "Budi Hermanto", "before")],
    ),
    "the clause set off by a dash": (
        "“Jalan itu rusak” — kata Budi Hermanto.",
        [("kata", "Budi Hermanto", "after")],
    ),
    "a verb the lexicon does not know, with -nya": (
        "Bupati Budi Hermanto tertawa. “Jalan itu rusak,” dengusnya.",
        [("dengusnya", "nya", "after")],
    ),
    "each quote its own clause": (
        "“Jalan rusak,” kata Budi Hermanto. “Kami menunggu,” ujar Sri Lestari.",
        [("kata", "Budi Hermanto", "after"), ("ujar", "Sri Lestari", "after")],
    ),
    "a statement": (
        "“Kami mohon maaf,” demikian pernyataan PT Kereta Nusantara.",
        [("pernyataan", "PT Kereta Nusantara", "after")],
    ),
    "a banner": ("“Air Bukan Barang Dagangan,” tulis spanduk itu.", [("tulis", "spanduk itu", "after")]),
}


def test_demikian_in_a_sentence_of_its_own() -> None:
    (row,) = said("“Jalan itu sudah rusak.” Demikian kata Budi Hermanto.")
    assert (row.cue, row.mention, row.speaker) == ("kata", "Budi Hermanto", "Budi Hermanto")


@pytest.mark.parametrize(("text", "wanted"), ORDERS.values(), ids=ORDERS)
def test_order_of_clause_and_quote(text: str, wanted: list[tuple[str, str, str]]) -> None:
    assert [(row.cue, row.mention, row.rule) for row in said(text)] == wanted


#: What the mention is: titles before the name belong to it, appositions, places and dates do not.
MENTIONS = {
    "rank": "Kasat Lantas Polres Garut Iptu Aang Suhandi|, Minggu (2/7/2023) pagi",
    "rank behind a comma": "Kapolsek Garut Kota, AKP Dedi Kurniadi|, kepada wartawan di lokasi kejadian",
    "police spokesman": "Kepala Bidang Humas Polda Jawa Tengah Kombes Pol Hartono Wibisono|, Selasa (4/4)",
    "coordinating minister": "Menko PMK Suryadi Anggoro| dalam keterangannya, Rabu",
    "name behind a comma": "Direktur Eksekutif Lembaga Pantau Rakyat, Hesti Maharani|, Kamis (6/4/2023)",
    "body of several parts": "Kepala Badan Meteorologi, Klimatologi, dan Geofisika Dwi Ratnasari|, Kamis",
    "acronym in brackets": "Ketua Umum Partai Rakyat Mandiri (PRM) Hasan Basri Nasution| saat ditemui",
    "foreign minister": "Menteri Luar Negeri AS John Whitfield| kepada Reuters",
    "office alone": "Sekjen PBB| di New York",
    "apposition": "Sri Lestari|, seorang ibu rumah tangga berusia 41 tahun",
    "age in brackets": "Sri Lestari| (41), warga Desa Karangsono",
    "party in brackets": "anggota Komisi IV DPR, Bambang Surono| (Fraksi PDI-P)",
    "degrees": "Ahmad Fauzi, S.H., M.H.|, kuasa hukum keluarga",
    "degrees without stops": "Ahmad Fauzi SH, MH| kepada wartawan",
    "degrees behind an honorific": "Kepala BPBD Kabupaten Garut H. Ahmad Zaini, S.Sos., M.Si.| saat ditemui",
    "no degree": "Ahmad Fauzi|, MA (30), dan dua temannya",
    "initials are no degrees": "Ahmad Fauzi|, B.J. Wiratama, dan Rosa",
    "several academic titles": "Prof. Dr. dr. Lestari Ningrum, Sp.A(K).|",
    "rank with a stop in the middle": "Letkol Inf. Hartono Wibisono|",
    "several stops": "Kabid Humas Polda Jabar Kombes. Pol. Hartono Wibisono| di Bandung",
    "number of a command": "Dandim 0616/Garut Letkol Inf. Hartono Wibisono| lagi",
    "sang": "sang menteri|",
    "initials and age": "MA| (30), korban",
    "initials with stops": "B.J. Wiratama|",
    "somebody": "seorang warga| di lokasi",
    "somebody with an age": "pria berusia 40 tahun itu| lirih",
    "two": "dua orang saksi mata|",
    "officials": "para pejabat setempat|",
    "the crowd": "massa aksi| di depan gedung DPRD",
    "the family": "pihak keluarga|",
    "a ministry": "Kementerian Luar Negeri Rusia| dalam sebuah pernyataan",
    "an acronym": "KPK| melalui juru bicaranya",
    "kin": "istri korban, Sumarni|, di rumah duka",
    "a former office": "mantan Wakil Ketua KPK Sutrisno Hadi|",
    "a coach": "pelatih Persib Bandung Robert Verhoeven| usai laga",
    "a name of many parts": "Muhammad bin Salim al-Hamid|",
    "quoted from an agency": "Perdana Menteri Jepang Kenji Morita| dikutip dari Kyodo, Selasa",
    "he": "dia| lagi",
    "they": "mereka| serempak",
}
WRONG_MENTIONS = {
    "a source inside a body": ("sumber di kepolisian| yang menolak disebut namanya", "gets sumber"),
}


@pytest.mark.parametrize(
    "marked",
    [pytest.param(marked, id=name) for name, marked in MENTIONS.items()]
    + [
        pytest.param(marked, id=name, marks=pytest.mark.xfail(reason=why, strict=True))
        for name, (marked, why) in WRONG_MENTIONS.items()
    ],
)
def test_the_mention_as_it_stands(marked: str) -> None:
    (row,) = said(f"“Kami menolak usul itu,” kata {marked.replace('|', '')}.")
    assert row.mention == marked[: marked.index("|")]


#: Reporting words that are none of a quote's: inside the quote, of another sentence, of another quote.
NOT_ITS_CUE = {
    "a verb inside the quote": ("“Darmo mengatakan ia pulang.” Hujan turun.", [""]),
    "a noun": ("Kata “demokrasi” berasal dari Yunani.", [""]),
    "a noun with another": ("Pencarian dengan kata kunci “banjir” naik. Ia minta kata maaf. “Ya.”", ["", ""]),
    "an age": ("Warga lanjut usia antre. “Film Laut” diputar.", [""]),
    "a title": ("Buku berjudul “Kata Ibu” laku keras.", [""]),
    "the clause of the next quote": (
        "Lagu “Bulan Merah” diputar. “Bagus,” kata Sri Lestari.",
        ["", "kata"],
    ),
    "an infinitive of purpose far away": ("Ia datang untuk berkata jujur. Film “Angin Timur” diputar.", [""]),
}


@pytest.mark.parametrize(("text", "cues"), NOT_ITS_CUE.values(), ids=NOT_ITS_CUE)
def test_no_cue(text: str, cues: list[str]) -> None:
    assert [row.cue for row in said(text)] == cues


def test_every_reporting_word_is_found_once() -> None:
    text = "Menurut Darmo, ia mengatakan bahwa katanya “jalan rusak”."
    tagged = Tagged(Document(text), LEXICON.words)
    cues = find_cues(tagged, LEXICON.cues)
    assert [text[cue.start : cue.end] for cue in cues] == ["Menurut", "mengatakan", "katanya"]
    assert [cue.entry.clitic for cue in cues] == [False, False, True]
