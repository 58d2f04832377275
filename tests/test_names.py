"""Where an office ends and its holder's name begins, in the mentions that news is full of."""

from __future__ import annotations

import pytest
from reading import LEXICON

from quotes.reader import read
from quotes.records import Article

#: Mention: name.
HOLDERS = {
    # fields in a list, short forms in brackets
    "Menteri Koordinator Bidang Politik, Hukum, dan Keamanan Wardoyo AS": "Wardoyo AS",
    "Menteri Pendidikan, Kebudayaan, Riset, dan Teknologi Satrio Wicaksana": "Satrio Wicaksana",
    "Menteri Riset dan Teknologi/Kepala Badan Riset dan Inovasi Nasional Bambang TS Wijoyo": "Bambang TS Wijoyo",
    "Direktur Wahana Sungai Indonesia (Wasi) Kalteng Dimas Herlambang": "Dimas Herlambang",
    "Kepala Induk Patroli Jalan Raya (PJR) Tol Purbaraja Inspektur Satu Edi Suwarno": "Edi Suwarno",
    "Presidium Himpunan Pengrajin Rotan dan Bambu (HPRB) Satyo": "Satyo",
    # a body behind a comma, titles in small letters
    "Direktur Jenderal Perdagangan Luar Negeri, Kementerian Perdagangan Oki Nurmansyah": "Oki Nurmansyah",
    "Kepala Bagian Hukum dan Humas, Rumah Sakit Umum Pusat Dr Kariono Banu Hermansyah": "Banu Hermansyah",
    "Kepala Unit Transfusi Darah PMI DKI Jakarta dr Niken Rosmawati": "Niken Rosmawati",
    # ordinary words and initials inside a name
    "Menteri Perhubungan Budi Karya Suhendar": "Budi Karya Suhendar",
    "Kepala Polda Sulut Inspektur Jenderal RZ Panji Putra Simatupang": "RZ Panji Putra Simatupang",
    # names of bodies that look like persons'
    "Kepala Pusat Penerangan Hukum Kejaksaan Agung Hari Suseno": "Hari Suseno",
    "Direktur Wahid Foundation Yuni Wahid": "Yuni Wahid",
    "Guru Besar Manajemen Proyek Universitas Pelita Harapan Manlius Ronald A Sitanggang": (
        "Manlius Ronald A Sitanggang"
    ),
    "pengacara Hotman Paris Hutapea": "Hotman Paris Hutapea",
    "Komite Tetap Amerika Kadin Indonesia Diono Nurjadin": "Diono Nurjadin",
    "Kepala Subdirektorat Industri Kayu dan Rotan Kemenperin Mediarman": "Mediarman",
    "Sekretaris Perusahaan PT Bank Andalan Rakyat (Persero) Tbk Rully Sukriyanto": "Rully Sukriyanto",
    "Direktur Utama PT Kereta Cepat Nusantara (Persero) Didik Hartanto": "Didik Hartanto",
    "Direktur Eksekutif Network for Justice and Electoral Reform Ferry Kurnia": "Ferry Kurnia",
    "Direktur PT Sinar Jaya Budi Santoso": "Budi Santoso",
    "Direktur CV Sumber Abadi Wiryawan Hadi": "Wiryawan Hadi",
    "Ketua Yayasan Harapan Siti Aminah": "Siti Aminah",
    "Ketua Koperasi Karya Utama Indah Lestari": "Indah Lestari",
    "Manajer Komunikasi PT Serat Kirana Tbk Sigit Wahono": "Sigit Wahono",
    "Direktur PT Telkom Agung Wijaya": "Agung Wijaya",
    # units of the police, prosecutors and the army
    "Kabag Ops Polres Garut Kompol Darsono": "Darsono",
    "Kasi Pidum Kejari Sleman Widya Kusuma": "Widya Kusuma",
    "Kanit Turjawali Darsono": "Darsono",
    "Karo Penmas Divisi Humas Polri Brigjen Darsono": "Darsono",
    "Dosen Unair Darsono": "Darsono",
    "Direktur Eksekutif Indef Widya Kusuma": "Widya Kusuma",
    "Pangdam Jaya Widya Kusuma": "Widya Kusuma",
    # places and numbers behind an office
    "Camat Cilincing Darsono": "Darsono",
    "Lurah Karangtirto Widya Kusuma": "Widya Kusuma",
    "Camat Suherlan Wijaksono": "Suherlan Wijaksono",
    "Anggota DPD RI asal Bali Widya Kusuma": "Widya Kusuma",
    "Manajer Humas KAI Daop 8 Surabaya Darsono": "Darsono",
    "Ketua KPPS TPS 12 Darsono": "Darsono",
    "Koordinator Lapangan Darsono": "Darsono",
    "General Manager PT Taman Wisata Candi Borobudur I Gusti Putu Sedana": "I Gusti Putu Sedana",
    "Kepala Unit Pengelola Terminal Terpadu Pulo Gebang Bernard Pasaribu": "Bernard Pasaribu",
    # names that are titles elsewhere
    "Juru Bicara Kementerian Luar Negeri China Mao Ning": "Mao Ning",
}
#: Mentions without a name: nobody is made of them.
NOBODY = (
    "Menteri Koordinator Bidang Politik, Hukum, dan Keamanan",
    "Menlu AS",
    "juru bicara Kejaksaan Agung",
    "Direktur Jenderal Perdagangan Luar Negeri, Kementerian Perdagangan",
    "Kepala Badan Riset dan Inovasi Nasional (BRIN)",
    "Direktur Utama PT Kereta Cepat Nusantara (Persero)",
    "Direktur PT Maju Bersama Sejahtera",
    "Sekretaris Jenderal PBB",
)


def speakers(text: str) -> list[tuple[str, str | None]]:
    """Name and role of the speaker of each quoted span."""
    reading = read(Article("a", text), LEXICON)
    people = [reading.speakers[row.speaker] for row in reading.statements if row.kind != "indirect"]
    return [(person.name, person.role) for person in people]


@pytest.mark.parametrize(("mention", "name"), HOLDERS.items())
def test_name_behind_an_office(mention: str, name: str) -> None:
    after = f"“Kami sudah memeriksa semuanya,” kata {mention} di Jakarta, Senin (3/2/2020)."
    before = (
        f"{mention} mengatakan, persoalan itu akan diselesaikan. “Kami sudah memeriksa semuanya,” ujarnya."
    )
    assert [found[0] for found in speakers(after)] == [name]
    assert [found[0] for found in speakers(before)] == [name]


@pytest.mark.parametrize("mention", NOBODY)
def test_an_office_is_no_name(mention: str) -> None:
    ((name, role),) = speakers(
        f"“Kami sudah memeriksa semuanya,” kata {mention} di Jakarta, Senin (3/2/2020)."
    )
    assert name.casefold() in (mention.casefold(), (role or "").casefold(), "kejaksaan agung")
    assert mention.casefold().startswith(name.casefold().split(maxsplit=1)[0])


def test_a_word_by_which_somebody_is_called_is_a_name() -> None:
    text = (
        "Menteri Koordinator Bidang Perekonomian Brawijaya Hartanto membuka rapat itu. “Kita bersiap,” kata"
        " Brawijaya di Jakarta, Senin (3/2/2020)."
    )
    assert speakers(text) == [("Brawijaya Hartanto", "Menteri Koordinator Bidang Perekonomian")]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        # an ambiguous given name, known by how the article calls its bearer
        (
            "Kepala Badan Pangan Kementerian Pertanian Agung Hendriawan menyampaikan, stok cukup. “Aman,” kata Agung.",
            ("Agung Hendriawan", "Kepala Badan Pangan Kementerian Pertanian"),
        ),
        # the lower-case word of an address makes no ordinary word of a name
        (
            "Penyanyi pop Karenisa Aulia menulis di akun karenisa.aulia, Rabu. “Maaf,” tulis Karenisa.",
            ("Karenisa Aulia", "Penyanyi pop"),
        ),
        # a place that is a given name
        (
            "Wali Kota Bogor Bima Aryanto datang. “Kita bersiap,” kata Bima.",
            ("Bima Aryanto", "Wali Kota Bogor"),
        ),
        # a body's namesake is nobody
        (
            "“Pandemi pernah terjadi,” kata sejarawan Universitas Sanata Dharma, Senin (3/2/2020).",
            ("sejarawan Universitas Sanata Dharma", None),
        ),
    ],
)
def test_what_else_the_article_tells(text: str, speaker: tuple[str, str | None]) -> None:
    assert speakers(text)[-1] == speaker


@pytest.mark.parametrize(
    ("holder", "short", "name"),
    [
        ("Menteri Luar Negeri RI Retna Pramesti", "Menlu", "Retna Pramesti"),
        ("Wakil Presiden Harun Alrasyid", "Wapres", "Harun Alrasyid"),
        ("Menkeu Sri Rahmawati", "Menteri Keuangan", "Sri Rahmawati"),
        ("Kepala Dinas Pendidikan Jawa Barat Purwanto Aji", "Kadisdik", "Purwanto Aji"),
        ("Ketua RT 05 Suparman", "Pak RT", "Suparman"),
        # of another office, and of none that anybody holds here
        ("Wakil Menteri Keuangan Sri Rahmawati", "Menkeu", "Menkeu"),
        ("Bupati Hartini Kusumadewi", "Kapolda", "Kapolda"),
    ],
)
def test_an_office_in_short_is_its_holder(holder: str, short: str, name: str) -> None:
    assert speakers(f"{holder} hadir. “Anggaran cukup,” ujar {short}.")[0][0] == name


def test_a_trade_points_to_the_one_person_near() -> None:
    near = "Bashir Rahmani kehilangan istri dan kandangnya. “Saya menyusun bata,” ujar petani tebu itu."
    assert speakers(near) == [("Bashir Rahmani", None)]
    two = f"Amna Rahmani menolak bicara. {near}"
    assert speakers(two)[0][0] == "petani tebu"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Wajah Nurul Hikmatin mengelupas. “Awalnya semua memuji,” kata Nurul.", "Nurul Hikmatin"),
        ("Seorang remaja datang. Namanya Raihan Putra. “Saya ikut,” kata Raihan.", "Raihan Putra"),
        ("Di kantin, Yuk Lela (46) kewalahan. “Pempek habis,” selorohnya.", "Lela"),
        ("“Danau itu memberi makan,” kata Bhante Sovann Rith, biksu tua.", "Sovann Rith"),
        ("Drummer Keke Maharina lebih pendiam. “Kursinya kosong,” ucapnya.", "Keke Maharina"),
        ("“Ini hari keempat,” kata Ns Fitri Abidin SKep, perawat.", "Fitri Abidin"),
    ],
)
def test_what_stands_before_a_name_is_no_part_of_it(text: str, name: str) -> None:
    assert speakers(text)[-1][0] == name


def test_a_side_is_its_speaker() -> None:
    text = (
        "“Stok aman,” kata Kepala Dinas Pangan Rahma Yuliani. Namun, pihaknya mendesak agar distributor"
        " menambah pasokan."
    )
    reading = read(Article("a", text), LEXICON)
    assert [reading.speakers[row.speaker].name for row in reading.statements] == ["Rahma Yuliani"] * 2


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("“Kami lapar,” ka\u00adta Budi\u200b Herman\u00adto di Solo.", "Budi Hermanto"),
        ("“Ya,” kata Jose\u0301 Si\u0301ti Rahma di Solo.", "Jose\u0301 Si\u0301ti Rahma"),
        ("“Ya,” kata Men\u200bteri Budi Her\u200cman di Solo.", "Budi Herman"),
        ("\u200b“Ya,” \u200bkata Budi Herman\ufeff.", "Budi Herman"),
    ],
)
def test_unseen_characters_and_loose_accents(text: str, name: str) -> None:
    assert [found[0] for found in speakers(text)] == [name]
