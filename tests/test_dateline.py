"""Dates in the opening of an article: what is one, and what is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.dateline import OPENING, date_of
from quotes.errors import LexiconError
from quotes.lexicon import load
from quotes.lexicon.calendar import load_calendar

CALENDAR = load().calendar


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("SOLO – Pedagang mogok sejak Senin (2/3/2026) pagi.", "2026-03-02"),
        ("Hal itu disampaikan Bupati, Rabu, 4/3/2026.", "2026-03-04"),
        ("Polisi menangkap dua orang pada Jum’at (13/10/2023).", "2023-10-13"),
        ("Rapat digelar Kamis 5 Maret 2026 di Balai Kota.", "2026-03-05"),
        ("Rapat digelar Kamis (5 Maret 2026).", "2026-03-05"),
        ("JAKARTA, 3 Mei 2024 – Presiden menerima tamu.", "2024-05-03"),
        ("Jakarta (17 Agustus 2025) — Upacara digelar.", "2025-08-17"),
        ("Judul berita\n03/05/2024, 10:15 WIB\nIsi.", "2024-05-03"),
        ("Judul\nKompas Pagi - 03/05/2024 10.15\nIsi.", "2024-05-03"),
        ("Judul\nSabtu, 9 Des 2023 | 10:30 WIB\nIsi.", "2023-12-09"),
        ("12 Nopember 2021\r\nIsi.", "2021-11-12"),
        ("Banjir surut (31/12/2024), kata dia.", "2024-12-31"),
        ("Lahir 3 Mei 1960, ia dilantik Senin (2/3/2026).", "2026-03-02"),
        ("Senin (31/2/2026) dan Selasa (3/3/2026).", "2026-03-03"),
        ("Pertemuan itu terjadi Senin, 2-3-2026.", "2026-03-02"),
        # No year, no weekday, no dateline, no such day, or too deep in the text.
        ("Pedagang mogok sejak Senin (2/3).", None),
        ("Ia lahir di Solo pada 3 Mei 1960 dan besar di Kupang.", None),
        ("Sejak proklamasi 17 Agustus 1945 hal itu tidak berubah.", None),
        ("Undang-undang Nomor 12/3/2019 berlaku.", None),
        ("Senin (31/2/2026)", None),
        ("Senin (2/13/2026)", None),
        ("Senin (2/3/2026/7)", None),
        ("Skor 2-3-2026 kali", None),
        ("Rapat 5 Marat 2026 –", None),
        ("Menurut dia. Pada 3 Mei 2024 – hari itu – hujan turun.", None),
        ("Kalimat ini panjang sekali dan tidak berhenti sebelum tanggal, yaitu 3 Mei 2024 – begitu.", None),
        ("x" * OPENING + " Senin (2/3/2026)", None),
        ("", None),
    ],
)
def test_dates(text: str, found: str | None) -> None:
    assert date_of(text, CALENDAR) == found


@given(st.text(alphabet="Senin 0123456789/(),.–\nMei"))
def test_whatever_is_found_is_a_date_of_the_text(text: str) -> None:
    found = date_of(text, CALENDAR)
    assert found is None or (len(found) == 10 and found[:4] in text)


@pytest.mark.parametrize(
    ("months", "said"),
    [
        ('1 = ["januari"]', "must have the months 1 to 12"),
        ('1 = ["januari"]\n2 = ["januari"]', "names 'januari' for two months"),
        ("", "empty"),
    ],
)
def test_a_broken_calendar_is_refused(tmp_path, months: str, said: str) -> None:
    (tmp_path / "calendar.toml").write_text(f'[months]\n{months}\n[weekdays]\nnames = ["senin"]\n')
    with pytest.raises(LexiconError, match=said):
        load_calendar(tmp_path)
