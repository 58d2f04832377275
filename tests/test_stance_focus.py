"""Where an article happens: datelines, places, institutions, talks, and no evidence at all."""

# ruff: noqa: E501  (tables)

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.lexicon import load
from quotes.segment import Document
from quotes.stance.focus import evidence, find_ties, focus_country

GEOGRAPHY = load().geography


def focus(text: str) -> str | None:
    document = Document(text)
    return focus_country(document, find_ties(document, GEOGRAPHY), GEOGRAPHY)


@pytest.mark.parametrize(
    ("text", "country"),
    [
        # datelines, of many outlets
        ("SURABAYA, HARIAN RAYA — Hujan turun sejak pagi di seluruh kota.", "ID"),
        ("Sumbersari, Kabar.example -- Warga berkumpul di balai desa.", "ID"),
        ("WINA – Pertemuan itu berlangsung dua hari.", "AT"),
        ("Liputan, Johor Bahru - Polis menahan sepasang suami istri pemilik rumah yang mempekerjakan warga Indonesia asal Lombok. Pemerintah RI menyambut langkah itu.", "MY"),
        # a dateline at home says little about events abroad
        ("Jakarta, Kabar.example -- Gempa mengguncang Hokkaido, Jepang, Selasa. Badan Meteorologi Jepang mencatat tujuh gempa susulan di Sapporo.", "JP"),
        ("Jakarta - Presiden Ukraina menolak usul itu di Kyiv. Rusia menyerang Kharkiv dan Odesa semalam.", "UA"),
        ("WARTA.CO.ID - SURABAYA. Kebijakan tarif Amerika Serikat menekan ekspor. Amerika Serikat diam.", "ID"),
        # a team is no place
        ("Sorong - Laga seru. Vietnam U-20 unggul, lalu Vietnam U-20 kalah dari skuad muda di Stadion Bumi Sorong.", "ID"),
        # the name of a newspaper in the dateline is no second place
        ("Jakarta, Berita Nusantara -- Harga roti di Kairo naik dua kali lipat, Senin. Kementerian Pasokan Mesir membuka gudang di Aleksandria.", "EG"),
        # cities and islands that are no capitals
        ("Ribuan orang mengungsi dari Mykolaiv dan Chernihiv. Kabar itu diikuti di Jakarta.", "UA"),
        ("Palma de Mallorca - Hotel penuh sejak Mei.", "ES"),
        # talks of the home country are its own, wherever they are held
        ("BRUSSEL, HARIAN — Perundingan Indonesia dan Uni Eropa soal tarif baja berlanjut. Delegasi Indonesia menandatangani kesepakatan awal di Brussel.", "ID"),
        ("Putrajaya - Presiden RI dan Perdana Menteri Malaysia sepakat membuka pos lintas batas baru. Menteri Luar Negeri RI menyebut Indonesia siap; Malaysia menyambutnya.", "ID"),
        # a leader of one side only makes no talks
        ("Putrajaya - Perdana Menteri Malaysia sepakat dengan raja soal anggaran. Di Sabah dan Kuching, warga Indonesia menunggu.", "MY"),
        # institutions
        ("KPK menahan dua orang setelah pemeriksaan delapan jam.", "ID"),
        ("Gedung Putih menolak menjawab, sementara Kongres AS bersidang.", "US"),
        ("Knesset mengesahkan anggaran setelah perdebatan semalaman.", "IL"),
        ("Bundestag menunda pemungutan suara itu.", "DE"),
        # names, aliases and spellings
        ("Menteri luar negeri Prancis berbicara di Paris.", "FR"),
        ("Pemerintah Perancis menaikkan pajak.", "FR"),
        ("Korsel dan Korut saling tuduh; di Seoul sirene berbunyi.", "KR"),
        ("Tiongkok mengumumkan angka pertumbuhan di Beijing.", "CN"),
        ("Warga Kazakhstan antre gas di Almaty.", "KZ"),
        ("Toko itu menjual roti seharga £3.", "GB"),
        # two words in one: AS-Tiongkok is no place, di London is
        ("Ia tinggal di London sejak kecil.", "GB"),
        # offices without any place
        ("Mahasiswa menduduki gedung rektorat sampai malam.", "ID"),
        ("Bupati memeriksa jembatan itu.", "ID"),
    ],
)  # fmt: skip
def test_focus(text: str, country: str) -> None:
    assert focus(text) == country


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Ia pulang.",
        "Survei itu menanyai seribu orang tentang tabungan mereka.",
        "harga solo, pati dan batu malang",  # words that would be places with a capital
        "Chad Hammel menyelam bersama temannya.",  # a first name, no country
        "Nyonya Victoria dan Tuan Lima bertemu.",
        "Harganya seratus dolar AS.",  # the currency is no place
    ],
)
def test_nothing_told(text: str) -> None:
    assert focus(text) is None


def test_guarded_names_need_a_word_of_place() -> None:
    assert focus("Ia lahir di Chad.") == "TD"
    assert focus("Kapal itu berlayar dari Surat.") == "IN"
    assert focus("Surat itu tiba kemarin.") is None


def test_repeating_a_name_counts_less_and_less() -> None:
    def weight(times: int) -> float:
        document = Document("Kata. " * 100 + "Rusia lagi. " * times)
        return evidence(document, find_ties(document, GEOGRAPHY), GEOGRAPHY)["RU"]

    assert weight(1) < weight(2) < 2 * weight(1)


def test_lead_counts_more_than_the_end() -> None:
    lead = focus("Jepang kalah. " + "Kata biasa saja. " * 60 + "Brasil menang.")
    assert lead == "JP"


def test_ties_are_broken_by_code() -> None:
    assert focus("Laos dan Kamboja.") == focus("Kamboja dan Laos.") == "KH"


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    found = focus(text)
    assert found is None or (len(found) == 2 and found.isupper())
