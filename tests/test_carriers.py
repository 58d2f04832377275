"""Banners, chants and scribbles: whose words they carry."""

# ruff: noqa: E501  (tables of sentences)

from __future__ import annotations

import pytest
from reading import said

#: Text, and per span kind and speaker.
CARRIED = {
    "a banner beside the words": (
        "Ratusan petani membawa spanduk bertuliskan “Kembalikan Sawah Kami!”",
        "direct Ratusan petani",
    ),
    "an adjective between": ("Massa membentangkan poster bertulis tangan “Turun!”", "direct Massa"),
    "a place before the people": (
        "Tak jauh dari panggung, sekelompok pelajar membentangkan poster “Turun!”",
        "direct sekelompok pelajar",
    ),
    "a place with a relative clause": (
        "Di kaca loket yang tutup, seseorang menempelkan kertas bertuliskan: “Loket Ini Lelah”",
        "direct seseorang",
    ),
    "one person's banner": (
        "Budi Santoso datang sendirian. Ia membawa poster bertuliskan “Turun!”",
        "direct Budi Santoso",
    ),
    "told further, with a colon": (
        "Di pagar yang roboh, massa meninggalkan tulisan dengan cat semprot: “Rumah Kami Bocor”.",
        "direct massa",
    ),
    "whose it is": (
        "Hanya tertinggal satu tulisan di papan kardus milik pedagang: ”Tempe Boleh Tipis”.",
        "direct pedagang",
    ),
    "what they hold": (
        "Belasan aktivis menggelar aksi bisu. Satu-satunya suara datang dari karton yang mereka angkat: ”Dengar Kami”.",
        "direct Belasan aktivis",
    ),
    "who holds it told behind": (
        "“Kami takut,” kata juru kamera Tulus Widodo. Sebuah poster menarik mata: ”Jangan Larang Tanya”. Poster itu dibawa Kirana Putri.",
        "direct Tulus Widodo|direct Kirana Putri",
    ),
    "the agent of an answer": (
        "Wali Kota Sudarmono menyebut angka itu. Pernyataan itu dibalas warga yang menunggu dengan teriakan, ”Bohong!”",
        "direct warga",
    ),
    "somebody answered by shouts": (
        "Para peternak berorasi. Menteri Ida Laksmi keluar, disambut teriakan “Turunkan jagung!”",
        "direct Para peternak",
    ),
    "an answer without a shout": (
        "“Kami tanami pisang,” seru Suci Rahmadona, disahut massa dengan “Tanam! Tanam!”",
        "direct Suci Rahmadona|direct massa",
    ),
    "whoever wears it": (
        "Sebuah karton di dada seorang sopir bertuliskan “Tiga Jam Antre”.",
        "direct seorang sopir",
    ),
    "somebody's own banner": (
        "Ada seorang biarawati, Suster Chiara, yang memanjat tiang. Tulisan pada spanduknya: «Tutup Pelabuhan».",
        "direct Chiara",
    ),
    "nobody there": ("Presiden Joko Laksono tiba, disambut nyanyian “Rayuan Pulau Kelapa”.", "other "),
    "a notice": ("Di tembok gedung itu ada tulisan: “Dilarang Parkir”.", "other "),
    "a thing far from the colon": (
        "Poster film itu dipasang di lobi bioskop sejak Senin pagi oleh petugas. Bupati Hartini Kusumadewi berkata: “Datanglah.”",
        "direct Hartini Kusumadewi",
    ),
}


@pytest.mark.parametrize(("text", "wanted"), [pytest.param(*case, id=name) for name, case in CARRIED.items()])
def test_carried(text: str, wanted: str) -> None:
    assert "|".join(f"{row.kind} {row.speaker}" for row in said(text) if row.kind != "indirect") == wanted
