"""Canonical speakers: the fullest name, what sort of speaker it is, and the role the article gives."""

# ruff: noqa: E501  (tables of sentences)

from __future__ import annotations

import pytest
from reading import reading, said

#: Text; name, type and role of the speaker of its last quote.
PERSONS = {
    "a firm between office and name": (
        "Rumah produksi Tambakin bangkrut. Utang Tambakin besar. “Kami menyesal,” kata CEO Tambakin Reynard Sugiarto. Karyawan Tambakin pulang.",
        "Reynard Sugiarto",
        "CEO Tambakin",
    ),
    "a bare name": ("“Kami menolak,” kata Budi Hermanto.", "Budi Hermanto", ""),
    "a single name": ("“Kami menolak,” kata Andi.", "Andi", ""),
    "role before": ("“Kami menolak,” kata Menko PMK Suryadi Anggoro.", "Suryadi Anggoro", "Menko PMK"),
    "role and rank": (
        "“Kami menolak,” kata Kasat Lantas Polres Garut Iptu Aang Suhandi.",
        "Aang Suhandi",
        "Kasat Lantas Polres Garut",
    ),
    "role of many words": (
        "“Kami menolak,” kata Kepala Bidang Humas Polda Jawa Tengah Kombes Pol Hartono Wibisono, Selasa.",
        "Hartono Wibisono",
        "Kepala Bidang Humas Polda Jawa Tengah",
    ),
    "role before a comma": (
        "“Kami menolak,” kata Direktur Eksekutif Lembaga Pantau Rakyat Indonesia, Hesti Maharani, Kamis.",
        "Hesti Maharani",
        "Direktur Eksekutif Lembaga Pantau Rakyat Indonesia",
    ),
    "body of several parts in the role": (
        "“Kami menolak,” kata Kepala Badan Meteorologi, Klimatologi, dan Geofisika Dwi Ratnasari.",
        "Dwi Ratnasari",
        "Kepala Badan Meteorologi, Klimatologi, dan Geofisika",
    ),
    "foreign office": (
        "“Kami menolak,” kata Presiden Prancis Emile Laurent di Paris.",
        "Emile Laurent",
        "Presiden Prancis",
    ),
    "apposition behind": (
        "“Anak saya di sekolah,” kata Sri Lestari, seorang ibu rumah tangga berusia 41 tahun.",
        "Sri Lestari",
        "ibu rumah tangga",
    ),
    "apposition before the verb": (
        "Sri Lestari, seorang guru taman kanak-kanak, mengatakan, “Anak saya di sekolah.”",
        "Sri Lestari",
        "guru taman kanak-kanak",
    ),
    "age, then the role": (
        "“Kami menolak,” kata Sri Lestari (41), warga Desa Karangsono.",
        "Sri Lestari",
        "warga Desa Karangsono",
    ),
    "party in brackets": (
        "“Kami menolak,” kata anggota Komisi IV DPR, Bambang Surono (Fraksi PDI-P).",
        "Bambang Surono",
        "anggota Komisi IV DPR",
    ),
    "kin": ("“Kami menolak,” kata istri korban, Sumarni.", "Sumarni", "istri korban"),
    "initials": ("“Saya melihat api,” kata MA (30), korban.", "MA", "korban"),
    "a rank is no role": ("“Kami menolak,” kata AKP Dedi Kurniadi.", "Dedi Kurniadi", ""),
    "degrees are no name": ("“Kami menolak,” kata Ahmad Fauzi, S.H., M.H.", "Ahmad Fauzi", ""),
    "an honorific is no name": ("“Kami menolak,” kata Haji Ahmad Zaini.", "Ahmad Zaini", ""),
    "parts of an Arabic name": ("“Kami menolak,” kata Muhammad bin Salim.", "Muhammad bin Salim", ""),
    "role told once, name short later": (
        "Kepala Dinas Pertanian Tarno Wibowo datang. “Airnya habis,” kata Tarno.",
        "Tarno Wibowo",
        "Kepala Dinas Pertanian",
    ),
    "role told only later": (
        "“Airnya habis,” kata Tarno Wibowo. Kepala Dinas Pertanian Tarno Wibowo lalu pulang.",
        "Tarno Wibowo",
        "Kepala Dinas Pertanian",
    ),
    "full name only later": (
        "“Sungai itu keruh,” kata Rismawati. Rismawati Widyaningsih lalu pulang.",
        "Rismawati Widyaningsih",
        "",
    ),
    "somebody": ("“Saya melihat api,” kata seorang warga.", "seorang warga", "warga"),
    "an office": ("“Perundingan harus dimulai,” kata Sekjen PBB di New York.", "Sekjen PBB", "Sekjen PBB"),
    "degrees, then the role": (
        "“Kami menolak,” kata Ahmad Fauzi, S.H., M.H., kuasa hukum keluarga.",
        "Ahmad Fauzi",
        "kuasa hukum keluarga",
    ),
    "the role of a relative": (
        "Budi Hermanto pulang. Istri Budi, Sri Lestari, menunggu. “Saya lelah,” kata Budi.",
        "Budi Hermanto",
        "",
    ),
    "degrees behind an honorific": (
        "“Kami menolak,” kata Kepala BPBD Kabupaten Garut H. Ahmad Zaini, S.Sos., M.Si.",
        "Ahmad Zaini",
        "Kepala BPBD Kabupaten Garut",
    ),
    "several academic titles": (
        "“Kami menolak,” kata Prof. Dr. dr. Lestari Ningrum, Sp.A(K).",
        "Lestari Ningrum",
        "",
    ),
    "a Dutch particle": (
        "“Kami menolak,” kata Anne van der Berg.",
        "Anne van der Berg",
        "",
    ),
    "an honorific as role": (
        "“Kami sudah berusaha,” kata Ibu Ratna Pertiwi.",
        "Ratna Pertiwi",
        "",
    ),
    "the place of an office": (
        "Sejumlah pedagang mendatangi kantor Bupati Hartini Kusumadewi. “Saya mengerti,” kata Hartini.",
        "Hartini Kusumadewi",
        "Bupati",
    ),
    "whom somebody speaks to": (
        "Kepada wartawan, Sri Lestari mengaku, “Saya tidak tahu apa-apa.”",
        "Sri Lestari",
        "",
    ),
    "a single name that no list knows": (
        "Sarinah yang ditemui di rumahnya mengatakan, “Saya tidak tahu apa-apa.”",
        "Sarinah",
        "",
    ),
}
BODIES = {
    "a ministry": ("“Kami mengecam,” kata Kementerian Luar Negeri Rusia.", "Kementerian Luar Negeri Rusia"),
    "an acronym alone": ("“Kami mengecam,” kata KPK.", "KPK"),
    "an acronym spelt out before": (
        "Lembaga Pantau Rakyat (LPR) marah. “Kami mengecam,” tulis LPR.",
        "Lembaga Pantau Rakyat",
    ),
    "an acronym spelt out behind": (
        "“Kami mengecam,” tulis LPR. Lembaga Pantau Rakyat (LPR) berdiri tahun lalu.",
        "Lembaga Pantau Rakyat",
    ),
    "an alliance of unknown words": ("Aliansi Sinar Maju menyatakan, “Itu keliru.”", "Aliansi Sinar Maju"),
    "an ordinary noun and a name": ("Front Sinar Maju menyatakan, “Itu keliru.”", "Front Sinar Maju"),
    "an ordinary noun that is part of a name": (
        "Tarif PT Jasa Marga naik. “Kami siap,” kata Jasa Marga.",
        "Jasa Marga",
    ),
    "a company of two words": ("PT Andes Cobre menyatakan, “Itu keliru.”", "PT Andes Cobre"),
    "a company and its owner": (
        "CV Maju Mundur, anak usaha Roksa, menyatakan, “Itu keliru.”",
        "CV Maju Mundur",
    ),
    "a foundation of ordinary words": (
        "Koperasi Putra Unggas Blitar menyatakan, “Harga turun.”",
        "Koperasi Putra Unggas Blitar",
    ),
    "a company": ("“Kami mohon maaf,” demikian pernyataan PT Kereta Nusantara.", "PT Kereta Nusantara"),
    "the police": ("“Kami menyelidiki,” kata polisi.", "polisi"),
    "a university": ("“Kami menyelidiki,” tulis Universitas Gadjah Mada.", "Universitas Gadjah Mada"),
    "a body of several parts with its acronym": (
        "Badan Meteorologi, Klimatologi, dan Geofisika (BMKG) siaga. “Gelombang tinggi,” tulis BMKG.",
        "Badan Meteorologi, Klimatologi, dan Geofisika",
    ),
}
GROUPS = {
    "the crowd": ("“Turunkan harga!” teriak massa aksi.", "massa aksi"),
    "officials": ("“Kami menyelidiki,” kata para pejabat setempat.", "para pejabat setempat"),
    "all of them": ("“Kami melihat,” kata seluruh warga desa.", "warga desa"),
    "witnesses": ("“Kami melihat,” kata dua orang saksi mata.", "dua orang saksi mata"),
    "workers": ("Ratusan buruh datang. “Naikkan upah!” teriak mereka.", "Ratusan buruh"),
    "small traders": ("“Kami rugi,” kata sejumlah pedagang Pasar Johar.", "sejumlah pedagang Pasar Johar"),
    "people as a bare subject": (
        "Warga menyebut jalan itu “kubangan kerbau”.",
        "Warga",
    ),
}
WRONG = {
    "a street": (
        "“Kami menolak,” ujar warga Jalan Melati, Kelurahan Cempaka Putih.",
        ("warga Jalan Melati", "person", "warga Jalan Melati"),
        "typed as a group",
    ),
}


@pytest.mark.parametrize(
    ("text", "name", "type_", "role"),
    [pytest.param(text, name, "person", role, id=case) for case, (text, name, role) in PERSONS.items()]
    + [pytest.param(text, name, "organisation", "", id=case) for case, (text, name) in BODIES.items()]
    + [pytest.param(text, name, "group", "", id=case) for case, (text, name) in GROUPS.items()]
    + [
        pytest.param(text, *wanted, id=case, marks=pytest.mark.xfail(reason=why, strict=True))
        for case, (text, wanted, why) in WRONG.items()
    ],
)
def test_canonical_speaker(text: str, name: str, type_: str, role: str) -> None:
    row = said(text)[-1]
    assert (row.speaker, row.type, row.role) == (name, type_, role)


ONE = {
    "forms of one name": "Bupati Hartini Kusumadewi hadir. “Ya,” kata Hartini. “Tidak,” kata Kusumadewi. “Besok,” kata Hartini Kusumadewi.",
    "title and name": "Bupati Hartini Kusumadewi hadir. “Ya,” kata Bupati. “Tidak,” kata Hartini.",
    "pronouns and name": "“Ya,” kata Hartini Kusumadewi. “Tidak,” ujarnya. “Besok,” kata dia.",
    "acronym and long form": "Lembaga Pantau Rakyat (LPR) marah. “Ya,” tulis LPR. “Tidak,” kata Lembaga Pantau Rakyat.",
}
TWO = {
    "one family name": "“Ya,” kata Sutrisno Hadi. “Tidak,” kata Sri Hadi.",
    "one first name": "“Ya,” kata Sutrisno Hadi. “Tidak,” kata Sutrisno Wijaya.",
    "one office, two holders": "“Ya,” kata Menteri Pertanian Tarno Wibowo. “Tidak,” kata Menteri Perhubungan Suryadi Anggoro.",
    "a person and his body": "Lembaga Pantau Rakyat (LPR) marah. “Ya,” kata Direktur LPR Hesti Maharani. “Tidak,” tulis LPR.",
    "two unnamed": "“Ya,” kata seorang ibu. “Tidak,” kata seorang pedagang.",
    "a deputy": "“Ya,” kata Wakil Bupati Sri Lestari. “Tidak,” kata Bupati Hartini Kusumadewi.",
}


@pytest.mark.parametrize(
    ("text", "speakers"),
    [pytest.param(text, 1, id=name) for name, text in ONE.items()]
    + [pytest.param(text, 2, id=name) for name, text in TWO.items()],
)
def test_how_many_speakers(text: str, speakers: int) -> None:
    result = reading(text)
    assert len(result.speakers) == speakers
    assert len({row.speaker for row in result.statements}) == speakers
    assert all(row.speaker >= 0 for row in result.statements)


def test_mentions_of_a_speaker_are_all_told() -> None:
    text = "Bupati Hartini Kusumadewi hadir. “Ya,” kata Hartini. Kusumadewi pulang. “Besok,” ujar Bupati."
    (speaker,) = reading(text).speakers
    told = [text[start:end] for start, end in speaker.mentions]
    assert {"Hartini Kusumadewi", "Hartini", "Kusumadewi"} <= set(told)
    assert list(speaker.mentions) == sorted(speaker.mentions)
    assert speaker.named
    assert not {"ujar", "kata", "dia"} & set(told)


def test_a_describing_phrase_is_no_name() -> None:
    speakers = reading("“Ya,” kata seorang ibu. “Tidak,” kata Sri Lestari.").speakers
    assert [(speaker.name, speaker.named) for speaker in speakers] == [
        ("seorang ibu", False),
        ("Sri Lestari", True),
    ]
