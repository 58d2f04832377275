"""Direct, mixed or other: utterances, woven-in words, and nobody's words."""

from __future__ import annotations

import pytest
from reading import said

DIRECT = {
    "clause behind": "“Jalan itu rusak,” kata Budi Hermanto.",
    "clause before": "Budi Hermanto berkata, “Jalan itu rusak.”",
    "small letter after menurut": "Menurut Budi Hermanto, “jalan itu sudah lama rusak dan berbahaya.”",
    "one word": "“Rusak,” kata Budi Hermanto.",
    "a shout": "“Kami akan pulang!” seru para pengungsi.",
    "a question": "“Kapan?” tanya Budi Hermanto.",
    "a chant": "“Turun, turun, turun sekarang juga!” teriak massa.",
    "a statement in writing": "Dalam sebuah pernyataan, kedutaan itu menegaskan: “Visa diproses dua hari kerja.”",
    "a post": "Dalam akun media sosialnya, Budi Hermanto menulis, “Terima kasih semua.”",
    "a banner": "Para mahasiswa membentangkan spanduk bertuliskan “Kembalikan Tanah Kami”.",
    "a slogan somebody calls": "Massa meneriakkan “Turunkan harga!” berkali-kali.",
    "a banner of a crowd": "Massa membentangkan poster bertuliskan “Kami Lapar”.",
    "a poster somebody holds": "Budi Hermanto membawa poster bertuliskan “Kami Lapar”.",
    "a large banner": "Massa membentangkan spanduk raksasa “Kami Lapar”.",
    "a long clause behind bahwa": (
        "Budi Hermanto menulis bahwa “jalan itu sudah lama rusak dan tidak pernah sekali pun diperbaiki.”"
    ),
    "a short question that goes on": "Budi Hermanto berkata, “mau makan apa?”",
    "no title, though capitalised": "Budi Hermanto menulis, “Turunkan Harga!”",
    "a letter": "Surat itu berbunyi, “Kami menolak penggusuran.”",
    "a quote alone in its sentence": "Budi Hermanto angkat bicara. “Jalan itu sudah lama rusak.”",
}
MIXED = {
    "one adjective": "Langkah-langkah “mendesak” diperlukan untuk menahan banjir, menurut PBB.",
    "menyebut": "Bupati Hartini Kusumadewi menyebut langkah itu “terlalu dini”.",
    "menilai": "Bupati Hartini Kusumadewi menilai langkah itu “terlalu dini”.",
    "disebutnya sebagai": "Budi Hermanto marah. Apa yang disebutnya sebagai “kelompok pengacau” belum ditangkap.",
    "melihat sebagai": "Ia melihat kerusuhan itu sebagai “upaya pihak luar”, kata Presiden Maruli Simbolon.",
    "berjanji": "Bupati Hartini Kusumadewi berjanji “tidak akan ada penggusuran”.",
    "menyebutnya sebagai": "Polisi menyebutnya sebagai “kecelakaan tunggal”.",
    "menurut": "Menurut Bupati Hartini Kusumadewi, ini “musibah bersama”.",
    "a short clause behind bahwa": "Budi Hermanto menyatakan bahwa “jalan itu rusak”.",
    "a clause without its stop": "London, tambah Budi Hermanto, “tidak akan mencampuri urusan tetangga”.",
    "a group": "Para orator menyebut pemerintah “tuli”.",
}
OTHER = {
    "a term said to be called so": "Hartini Kusumadewi mengajak warga menolak hal yang disebut “klikisme”.",
    "film": "Film “Angin Timur” diputar di balai desa.",
    "film as subject": "“Angin Timur” adalah film pertama Sri Lestari.",
    "book": "Buku “Laut dan Ladang” laku keras di Surabaya.",
    "song": "Ia menyanyikan lagu “Padamu Negeri” bersama pelajar.",
    "what is searched for": "Ada 604 berita dengan kata kunci “kartu elektronik”.",
    "magazine": "Majalah “Laut” terbit lagi.",
    "programme": "Program “Satu Desa Satu Dokter” diluncurkan Gubernur Ratna Pertiwi.",
    "programme named": "Gubernur Ratna Pertiwi meluncurkan program bernama “Satu Desa Satu Dokter”.",
    "event": "Acara bertajuk “Sehari Tanpa Nasi” digelar di alun-alun.",
    "discussion": "Diskusi “Membaca Ulang Desa” dibuka Bupati Hartini Kusumadewi.",
    "nickname": "Petinju yang dijuluki “Si Badak” itu menang angka.",
    "alias": "Suparman alias “Gondrong” ditangkap polisi.",
    "what people call her": "Pedagang yang akrab disapa “Mbak Yu” itu tertawa.",
    "team": "Tim “Garuda Muda” menang.",
    "ship": "Kapal “Cahaya Bahari II” tenggelam di Selat Sunda.",
    "title of honour": "Ia mendapat gelar “Pahlawan Lingkungan” dari bupati.",
    "term": "Istilah “bansos” dipakai luas.",
    "word under discussion": "Kata “demokrasi” berasal dari Yunani.",
    "name for a place": "Sebutan “kampung mati” melekat pada desa itu.",
    "irony": "Sekolah “unggulan” itu bocor atapnya.",
    "irony of the writer": "Bantuan “tunai” itu ternyata beras.",
    "so-called": "Yang disebut “uang rokok” itu sudah lama berjalan.",
    "a song that is sung": "Ratusan guru menyanyikan “Hymne Guru” di depan gedung.",
    "a letter that is read": "Sri Lestari membacakan “Surat dari Air” di depan menteri.",
    "a nickname inside a name": "Ketua RT Iwan “Kancil” Setiawan pulang.",
    "a film of somebody's": "Sutradara Budi Hermanto membantah filmnya, “Angin Timur”, ditolak.",
    "a hashtag": "Dengan tagar “#SaveSukamulya”, warga mengunggah foto.",
    "a programme called": "Pemerintah menyebut program itu “Desa Terang”.",
    "name given": "Warga menamai jembatan itu “Jembatan Janji”.",
}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param(text, kind, id=f"{kind}: {name}")
        for kind, table in (("direct", DIRECT), ("mixed", MIXED), ("other", OTHER))
        for name, text in table.items()
    ],
)
def test_kind(text: str, kind: str) -> None:
    assert [row.kind for row in said(text)] == [kind]


def test_nobodys_words_have_no_speaker() -> None:
    for text in OTHER.values():
        (row,) = said(text)
        assert row[2:] == ("", "", "", "", "", "")


def test_a_title_told_once_is_one_again() -> None:
    text = "Film “Angin Timur” diputar. Lembaga Sensor menyatakan “Angin Timur” lolos."
    assert [row.kind for row in said(text)] == ["other", "other"]
    text = "Film “Angin Timur” diputar. “Angin Timur,” kata Budi Hermanto."
    assert [row.kind for row in said(text)] == ["other", "direct"]


def test_a_list_of_banners() -> None:
    text = "Massa membawa spanduk bertuliskan “Tolak Tambang”, “Selamatkan Air Kami”, dan “Bupati Mundur!”."
    assert [(row.kind, row.speaker, row.rule) for row in said(text)] == [("direct", "Massa", "carrier")] * 3


def test_kinds_side_by_side() -> None:
    text = (
        "Bupati Hartini Kusumadewi menyebut banjir itu “musibah bersama”. “Kami akan membantu,” katanya. "
        "Bantuan “tunai” itu ternyata beras."
    )
    assert [row.kind for row in said(text)] == ["mixed", "direct", "other"]
