"""The state somebody speaks for, from a description alone."""

from __future__ import annotations

import pytest

from quotes.lexicon import load
from quotes.stance.countries import affiliation

LEXICON = load()


@pytest.mark.parametrize(
    ("description", "country"),
    [
        ("Menteri Luar Negeri Rusia", "RU"),
        ("duta besar AS untuk Tiongkok", "US"),
        ("Duta Besar Jepang untuk Indonesia", "JP"),
        ("Kedutaan Besar Amerika Serikat di Jakarta", "US"),
        ("Duta Besar RI untuk Jepang", "ID"),
        ("KBRI Tokyo", "ID"),
        ("Konsul Jenderal RI di Johor Bahru", "ID"),
        ("Kemlu China", "CN"),  # a ministry abbreviated as at home
        ("juru bicara Kemlu", "ID"),
        ("Wakil Ketua DPR", "ID"),
        ("Gubernur Texas", "US"),
        ("Wali Kota London", "GB"),
        ("Direktur Kerja Sama ASEAN Kementerian Luar Negeri RI", "ID"),
        ("Presiden Perancis", "FR"),
        ("Menteri Keuangan", None),
        ("kepala Palang Merah di Indonesia", None),  # where, not for whom
        ("Sekretaris Jenderal PBB", None),
        ("ahli dolar AS", None),
        ("", None),
    ],
)
def test_country(description: str, country: str | None) -> None:
    assert affiliation(description, LEXICON).country == country


@pytest.mark.parametrize(
    ("description", "between"),
    [
        ("Sekretaris Jenderal PBB", True),
        ("utusan khusus PBB untuk Suriah", True),
        ("Kepala Perwakilan WHO di Indonesia", True),
        ("Uni Eropa", True),
        ("Organisasi Perjanjian Keamanan Kolektif", True),
        ("Menteri Luar Negeri Rusia", False),
        ("Direktur Kerja Sama ASEAN Kementerian Luar Negeri RI", False),
        ("Ketua Umum PSSI", False),
    ],
)
def test_bodies_between_states(description: str, between: bool) -> None:
    assert affiliation(description, LEXICON).between is between


@pytest.mark.parametrize(
    ("description", "seat"),
    [
        ("Kremlin", True), ("Moskow", True), ("Suriah", True), ("Korea Utara", True), ("Gedung Putih", True),
        ("Presiden Suriah", False), ("warga Moskow", False), ("Kementerian Pertahanan", False),
    ],
)  # fmt: skip
def test_seats_of_government(description: str, seat: bool) -> None:
    assert affiliation(description, LEXICON).seat is seat
