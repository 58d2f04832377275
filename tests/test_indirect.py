"""Indirect speech: what reports, whose words, which clause; and what looks like a report and is none."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import reading, said

from quotes.engine import default_engine
from quotes.evaluation.run import evaluate
from quotes.evaluation.scores import F1, score

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = sorted((ROOT / "fixtures" / "gold").glob("*.jsonl"))
SHARED = ROOT.parent / "shared" / "gold"

Row = tuple[str, str, str]


def reports(text: str) -> list[Row]:
    """Cue, mention and reported clause of every indirect row."""
    return [(row.cue, row.mention, row.text) for row in said(text, indirect=True) if row.kind == "indirect"]


# --- what reports ------------------------------------------------------------------------------

# Sentence, then cue | mention | clause, one to a line.
HITS = """
Kapolres Blitar AKBP Rudi Santoso mengatakan, pelaku ditangkap di rumahnya.
    mengatakan | Kapolres Blitar AKBP Rudi Santoso | pelaku ditangkap di rumahnya
Sutini menyatakan bahwa kiosnya tutup sejak Lebaran.
    menyatakan | Sutini | kiosnya tutup sejak Lebaran
Bupati Kudus menegaskan kepada wartawan bahwa jembatan itu aman.
    menegaskan | Bupati Kudus | jembatan itu aman
Rudi menanyakan apakah gerbang sudah dibuka.
    menanyakan | Rudi | apakah gerbang sudah dibuka
Wartawan bertanya mengapa jalan itu ditutup.
    bertanya | Wartawan | mengapa jalan itu ditutup
Panitia menyampaikan di sela rapat pada Kamis sore, pesertanya bertambah.
    menyampaikan | Panitia | pesertanya bertambah
Dia menyebut kasus itu masih diselidiki.
    menyebut | Dia | kasus itu masih diselidiki
Polisi menduga pelaku lebih dari satu orang.
    menduga | Polisi | pelaku lebih dari satu orang
Kuasa hukum terdakwa, Andi Wijaya, menyebut dakwaan jaksa kabur.
    menyebut | Kuasa hukum terdakwa, Andi Wijaya | dakwaan jaksa kabur
Pelatih asal Belanda itu menilai timnya kurang beruntung.
    menilai | Pelatih asal Belanda itu | timnya kurang beruntung
Warga mengeluh air sungai keruh.
    mengeluh | Warga | air sungai keruh
Rudi mengaku belum menerima laporan.
    mengaku | Rudi | belum menerima laporan
Ia berjanji menyerahkan berkas pekan depan.
    berjanji | Ia | menyerahkan berkas pekan depan
Terdakwa menyatakan siap membayar denda.
    menyatakan | Terdakwa | siap membayar denda
Massa menuntut bupati mundur.
    menuntut | Massa | bupati mundur
Ia mengimbau agar warga waspada.
    mengimbau | Ia | warga waspada
Camat meminta para pedagang untuk pindah ke los sementara.
    meminta | Camat | para pedagang untuk pindah ke los sementara
Ia meminta maaf kepada keluarga korban.
    meminta | Ia | maaf kepada keluarga korban
Mereka memintanya mundur.
    memintanya | Mereka | mundur
Gubernur mengumumkan status darurat.
    mengumumkan | Gubernur | status darurat
Warga mengeluhkan bau sampah.
    mengeluhkan | Warga | bau sampah
Iran mengutuk serangan itu.
    mengutuk | Iran | serangan itu
Ia menyebut 90.000 orang.
    menyebut | Ia | 90.000 orang
Kementerian Luar Negeri menyebut serangan itu sebagai kejahatan perang.
    menyebut | Kementerian Luar Negeri | serangan itu sebagai kejahatan perang
Ia bercerita soal masa kecilnya.
    bercerita | Ia | soal masa kecilnya
Kremlin membantah.
    membantah | Kremlin | membantah
Kepala sekolah menyampaikan permohonan maaf.
    menyampaikan | Kepala sekolah | permohonan maaf
BMKG mengeluarkan peringatan dini gelombang tinggi.
    mengeluarkan peringatan dini | BMKG | gelombang tinggi
Ia mengucapkan terima kasih kepada para relawan.
    mengucapkan terima kasih | Ia | kepada para relawan
Pak Lurah berharap warga patuh.
    berharap | Pak Lurah | warga patuh
Bupati mendorong petani menanam jagung.
    mendorong | Bupati | petani menanam jagung
Dinas Kesehatan mencatat, ada 40 kasus baru.
    mencatat | Dinas Kesehatan | ada 40 kasus baru
Dia tidak menampik adanya kelalaian.
    menampik | Dia | adanya kelalaian
Polisi tidak menutup kemungkinan ada tersangka baru.
    menutup kemungkinan | Polisi | ada tersangka baru
Ia tak mempermasalahkan kritik itu.
    mempermasalahkan | Ia | kritik itu
Budi, Selasa (3/6/2025), mengatakan jembatan dibuka bulan depan.
    mengatakan | Budi | jembatan dibuka bulan depan
Presiden dalam pidatonya di Senayan menegaskan pemerintah tidak akan mundur.
    menegaskan | Presiden | pemerintah tidak akan mundur
Gabriel Lawa (60), penjual air, menuturkan sumurnya kering.
    menuturkan | Gabriel Lawa | sumurnya kering
Budi Santoso selaku ketua panitia menjelaskan acara ditunda.
    menjelaskan | Budi Santoso | acara ditunda
Salah satu warga, Nur (33), mengatakan air naik sejak subuh.
    mengatakan | Salah satu warga, Nur | air naik sejak subuh
Polisi yang menjaga gerbang mengatakan pintu ditutup pukul enam.
    mengatakan | Polisi | pintu ditutup pukul enam
Pegawai yang enggan disebut namanya mengaku takut.
    mengaku | Pegawai | takut
Sekitar 30 persen responden mengaku puas.
    mengaku | responden | puas
Pihak rumah sakit membantah menolak pasien.
    membantah | Pihak rumah sakit | menolak pasien
Epidemiolog Universitas Anggrek, yang mengatakan hal serupa, meminta sekolah ditutup.
    mengatakan | Epidemiolog Universitas Anggrek | hal serupa
    meminta | Epidemiolog Universitas Anggrek | sekolah ditutup
Polisi, yang membantah tuduhan itu, menunggu hasil laboratorium.
    membantah | Polisi | tuduhan itu
Budi membenarkan kabar itu dan mengatakan rapat digelar Senin.
    membenarkan | Budi | kabar itu
    mengatakan | Budi | rapat digelar Senin
Dia mengaku bersalah, tetapi meminta keringanan hukuman.
    mengaku | Dia | bersalah
    meminta | Dia | keringanan hukuman
Ratusan sopir memarkir truk di depan kantor gubernur, menuntut tarif diturunkan.
    menuntut | Ratusan sopir | tarif diturunkan
Ani mengecam dan mengutuk penyerangan itu.
    mengecam | Ani | penyerangan itu
    mengutuk | Ani | penyerangan itu
Budi mengatakan rapat digelar Senin, sedangkan Ani menyebut rapat ditunda.
    mengatakan | Budi | rapat digelar Senin
    menyebut | Ani | rapat ditunda
Polisi membantah, sementara keluarga menuntut penyelidikan.
    membantah | Polisi | membantah
    menuntut | keluarga | penyelidikan
Dengan mengumumkan pemilu dini, Sanjaya mengakui koalisinya bubar.
    mengakui | Sanjaya | koalisinya bubar
Rinto mengatakan perusahaan beralasan pesanan menurun.
    mengatakan | Rinto | perusahaan beralasan pesanan menurun
    beralasan | perusahaan | pesanan menurun
Ia datang ke kantor polisi untuk mengatakan bahwa anaknya hilang.
    mengatakan | Ia | anaknya hilang
Pernyataan itu dibantah kuasa hukum Budi.
    dibantah | kuasa hukum Budi | Pernyataan itu
Hal itu diungkapkan oleh Bupati Sleman saat rapat.
    diungkapkan | Bupati Sleman | Hal itu
Dijelaskan Budi, pelaku masuk lewat jendela.
    Dijelaskan | Budi | pelaku masuk lewat jendela
Kebijakan itu disebutnya sebagai langkah mundur.
    disebutnya | nya | langkah mundur
Keputusan itu oleh sejumlah pihak dinilai terlalu lunak.
    dinilai | sejumlah pihak | terlalu lunak
Seperti disampaikan Budi, jembatan itu rusak berat.
    disampaikan | Budi | jembatan itu rusak berat
Menurut Retno, hasil panen turun.
    Menurut | Retno | hasil panen turun
Harga gabah, menurut dia, jatuh sejak pekan lalu.
    menurut | dia | jatuh sejak pekan lalu
Hasil panen padi di tiga kecamatan turun tajam, menurut Retno, sejak 2023.
    menurut | Retno | Hasil panen padi di tiga kecamatan turun tajam
Menurutnya, harga beras akan turun bulan depan.
    Menurutnya | nya | harga beras akan turun bulan depan
Menurut laporan Ombudsman, aduan terbanyak soal tanah.
    Menurut | laporan Ombudsman | aduan terbanyak soal tanah
Ani menuntut audit atas dana desa yang, menurut dia, tidak berbekas.
    menuntut | Ani | audit atas dana desa yang, menurut dia, tidak berbekas
    menurut | dia | tidak berbekas
Harga cabai naik dua kali lipat, kata Sutini.
    kata | Sutini | Harga cabai naik dua kali lipat
Kata Budi, pembangunan dimulai besok.
    Kata | Budi | pembangunan dimulai besok
Tim itu, lanjut Budi, akan bekerja dua bulan.
    lanjut | Budi | akan bekerja dua bulan
Ia sudah pulang, ujarnya.
    ujarnya | nya | Ia sudah pulang
Seperti kata Budi, jalan itu rawan longsor.
    kata | Budi | jalan itu rawan longsor
Sekitar 30 orang meninggal, media setempat melaporkan.
    melaporkan | media setempat | Sekitar 30 orang meninggal
SEMARANG, HARIAN MELATI - Wali Kota Semarang meminta warga mengungsi.
    meminta | Wali Kota Semarang | warga mengungsi
Program itu, kata Nur, mengubah banyak hal. Angka kematian ibu turun.
    kata | Nur | mengubah banyak hal
Presiden, lanjut Budi, berjanji mengkaji ulang aturan itu.
    lanjut | Budi | berjanji mengkaji ulang aturan itu
    berjanji | Presiden | mengkaji ulang aturan itu
Sekitar 400 mahasiswa meminta rektor turun.
    meminta | 400 mahasiswa | rektor turun
"""


def blocks(table: str) -> list[tuple[str, list[Row]]]:
    cases: list[tuple[str, list[Row]]] = []
    for line in table.strip().splitlines():
        if line.startswith(" "):
            cue, mention, clause = (part.strip() for part in line.split("|"))
            cases[-1][1].append((cue, mention, clause))
        else:
            cases.append((line, []))
    return cases


@pytest.mark.parametrize(("sentence", "rows"), blocks(HITS))
def test_what_is_a_report(sentence: str, rows: list[Row]) -> None:
    assert rows
    assert reports(sentence) == rows


# --- what is none ------------------------------------------------------------------------------

REFUSALS = {
    "a circumstance": "Warsih pulang saat dikonfirmasi media ini.",
    "deeds, not words": """
        KPK menetapkan tiga tersangka.
        Pemerintah menargetkan pembangunan jembatan rampung tahun depan.
        Korban melapor ke polisi.
        Mereka menolak kenaikan harga.
        Mahasiswa menyuarakan tuntutan mereka di depan kampus.
        Rapat itu membahas usulan warga.
        Para pemain menyambut gol itu dengan sorak-sorai.
        Budi pun angkat bicara.
        Ia optimistis target tercapai.
        Ditanya soal itu, ia enggan berkomentar.
    """,
    "the same verb, something else": """
        Ia menjawab panggilan telepon.
        Mesin itu menjawab perintah.
        Ia menyampaikan surat kepada bupati.
        Panitia menyampaikan bantuan ke posko.
        Bank itu menjamin simpanan nasabah.
        Kapal itu mengeluarkan asap hitam.
        Juri menilai masakan dari tampilan dan rasa.
        Wasit menilai pelanggaran itu di layar monitor.
        Ia mencatat pengeluaran hariannya di buku.
        Ibu itu menyebut nama anaknya berulang kali.
        Ia mengajak anaknya ke pasar.
        Ia menulis surat untuk ibunya.
        Mereka berteriak ketakutan.
        Ia bertanya kepada petugas loket.
        Mereka bercerita sampai larut malam.
    """,
    "asking for a thing": """
        Polisi meminta keterangan empat saksi.
        Pengemis itu meminta uang kepada pengunjung.
        Anak itu meminta uang jajan.
        Penyidik akan meminta penjelasan dari dinas terkait.
    """,
    "nothing said": """
        Ia menegaskan.
        Ia berjanji.
        Ia memuji.
        Pemerintah menjanjikan.
        Perusahaan itu memperkirakan.
        Ia mengatakannya.
    """,
    "not said": """
        Ia tak menyebut nama pelaku.
        Ia belum menjelaskan alasannya.
        Ia tidak mengatakan apa-apa soal itu.
        Bupati tidak menyebut berapa jumlahnya.
        Polisi belum memastikan penyebab kebakaran.
        Tidak ada yang mengatakan begitu.
        Tak seorang pun mengaku melihat kejadian itu.
        Tidak semua calon memaparkan programnya.
        Tanpa mengatakan apa pun, ia pergi.
    """,
    "not said yet, or only wished, planned, refused": """
        Ia ingin mengatakan sesuatu.
        Polisi hendak mengumumkan hasil autopsi.
        Budi menolak menjelaskan alasannya.
        Budi enggan mengatakan siapa pelakunya.
        Polisi belum dapat memastikan penyebab kebakaran.
        Ia diminta menjelaskan penggunaan dana.
        Ia dipanggil untuk menjelaskan penggunaan dana.
        Ia datang untuk meminta bantuan.
        Tugas pengawas adalah mengingatkan peserta.
        Petugas berusaha memastikan tidak ada korban tertinggal.
        Ia hanya dapat berharap.
    """,
    "asked or supposed": """
        Apa kata Budi soal itu?
        Siapa yang mengatakan harga turun?
        Apakah Budi mengatakan jembatan itu aman?
        Bagaimana jika polisi mengatakan sebaliknya?
        Jika polisi mengatakan jalan aman, warga akan pulang.
    """,
    "telling who": """
        Warga yang menuntut ganti rugi menunggu di balai desa.
        Aksi menolak tambang itu berlangsung damai.
        Aksi buruh menuntut kenaikan upah berakhir ricuh.
        Demonstrasi mengecam perang itu diikuti ribuan orang.
        Pihak yang merasa dirugikan dapat mengajukan keberatan.
    """,
    "nobody told in a passive": """
        Sebelumnya diberitakan, seorang pria tewas di kamar hotel.
        Kabar itu dibantah.
        Rumah itu disebut milik Budi.
        Ia dituding menggelapkan uang.
        Kebijakan itu dinilai merugikan petani.
        Ia disebut-sebut akan maju dalam pilkada.
        Budi dikatakan sudah pindah rumah.
        Budi dilaporkan sudah sadar.
        Kecelakaan itu dilaporkan terjadi pada Senin pagi.
        Korban diduga dibunuh.
        Warga diimbau waspada.
    """,
    "things and texts that do not speak": """
        Undang-undang itu melarang ekspor bijih nikel.
        Undang-undang mewajibkan perusahaan melapor.
        Peraturan daerah itu menyebutkan usia pensiun 58 tahun.
        Laporan itu berisi data kemiskinan.
        Data itu menunjukkan harga turun.
        Survei itu mencatat elektabilitas Budi naik.
        Program itu mendorong petani menanam jagung.
        Kenaikan harga mendorong warga berhemat.
        Gempa mengingatkan warga pada peristiwa 2006.
        Angka itu menegaskan lambatnya pemulihan.
        Spanduk itu menuntut bupati mundur.
        Sertifikat itu menjamin kualitas produk.
        Kamera mencatat nomor polisi kendaraan yang melanggar.
    """,
    "the writer's own voice": """
        Saya mengatakan hal itu sejak lama.
        Kami menilai kebijakan itu keliru.
        Menurut saya, ini tidak adil.
    """,
    "according to no one": """
        Menurut rencana, jembatan dibuka bulan depan.
        Menurut jadwal, kereta tiba pukul enam.
        Menurut undang-undang, usia pemilih 17 tahun.
        Menurut pasal 5, denda paling sedikit satu juta rupiah.
    """,
    "the word, not the deed": """
        Ia menghafal kata sandi ponselnya.
        Kalimat itu mengandung kata benda.
        Hak Menyampaikan Pendapat diatur undang-undang.
        Dengan dalih keamanan, jalan itu ditutup.
        Atas klaim itu, perusahaan membayar ganti rugi.
        Perintah itu memerintahkan.
    """,
}


@pytest.mark.parametrize(
    ("why", "sentence"),
    [(why, line.strip()) for why, lines in REFUSALS.items() for line in lines.strip().splitlines()],
)
def test_what_is_none(why: str, sentence: str) -> None:
    assert reports(sentence) == []


def test_there_are_as_many_refusals_as_reports() -> None:
    refusals = sum(len(lines.strip().splitlines()) for lines in REFUSALS.values())
    assert refusals >= len(blocks(HITS))


# --- turns between indirect and quoted speech --------------------------------------------------


def test_an_indirect_sentence_names_the_speaker_of_the_next_quote() -> None:
    text = (
        "Bupati Kudus Siti Aminah mengatakan banjir sudah surut di tiga desa.\n"
        "“Warga mulai membersihkan rumah,” ujarnya."
    )
    indirect, direct = said(text, indirect=True)
    assert (indirect.kind, indirect.speaker) == ("indirect", "Siti Aminah")
    assert (direct.kind, direct.speaker, direct.role) == ("direct", "Siti Aminah", "Bupati Kudus")


def test_a_pronoun_behind_a_quote_is_its_speaker() -> None:
    text = (
        "“Warga mulai membersihkan rumah,” kata Bupati Kudus Siti Aminah.\n"
        "Ia meminta warga merebus air sumur."
    )
    direct, indirect = said(text, indirect=True)
    assert direct.speaker == "Siti Aminah"
    assert (indirect.kind, indirect.mention, indirect.speaker) == ("indirect", "Ia", "Siti Aminah")


def test_a_pronoun_follows_the_last_speaker_of_an_indirect_row() -> None:
    text = (
        "Direktur pasar Danang Wibowo menjelaskan kios dibagi dengan undian.\n"
        "Pedagang Sri Lestari menilai undian itu tidak adil. Menurut dia, kios di depan selalu jatuh ke orang dekat."
    )
    assert [row.speaker for row in said(text, indirect=True)] == [
        "Danang Wibowo",
        "Sri Lestari",
        "Sri Lestari",
    ]


def test_who_is_told_to_have_spoken_inside_a_report_takes_no_turn() -> None:
    text = (
        "Direktur pasar Danang Wibowo mengatakan pedagang Sri Lestari mengaku setuju. “Kami sudah bertemu,”"
        " ujarnya."
    )
    assert said(text)[-1].speaker == "Danang Wibowo"


def test_data_of_a_body_are_what_the_body_says() -> None:
    row = said("Menurut data Badan Pangan Nasional, harga beras naik.", indirect=True)[0]
    assert (row.mention, row.speaker) == ("data Badan Pangan Nasional", "Badan Pangan Nasional")
    row = said("Menurut keterangan polisi, sopir mengantuk.", indirect=True)[0]
    assert row.speaker == "polisi"


def test_the_role_and_type_of_a_speaker_come_along() -> None:
    row = said("Kementerian Kesehatan menyatakan stok vaksin cukup.", indirect=True)[0]
    assert (row.speaker, row.type) == ("Kementerian Kesehatan", "organisation")
    row = said("Sejumlah warga mengeluhkan bau sampah.", indirect=True)[0]
    assert row.type == "group"


# --- one statement, one row --------------------------------------------------------------------

QUOTED = [
    "“Jalan itu rusak,” kata Budi Hermanto.",
    "Budi Hermanto mengatakan, “Jalan itu rusak.”",
    "Bupati Hartini Kusumadewi menyebut langkah itu “terlalu dini”.",
    "Menurut Budi Hermanto, “jalan itu sudah lama rusak dan berbahaya.”",
    "“Jalan itu rusak,” kata Budi Hermanto. “Kami sudah dua kali melapor.”",
    "“Jalan itu rusak,” kata Budi Hermanto kepada wartawan, seperti dilaporkan TASS.",
    "“Jalan itu rusak.” Demikian disampaikan Budi Hermanto.",
    "Pemerintah menyebut program itu “Desa Terang”.",
]


@pytest.mark.parametrize("sentence", QUOTED)
def test_a_cue_that_a_quote_uses_makes_no_second_row(sentence: str) -> None:
    assert said(sentence)
    assert reports(sentence) == []


def test_a_quote_and_a_report_in_one_sentence_are_two_rows() -> None:
    text = "Budi Hermanto mengatakan jalan itu rusak sejak Januari, “tapi tidak ada yang peduli,” ujarnya."
    assert [row.kind for row in said(text, indirect=True)].count("direct") == 1
    assert reports(text) == [("mengatakan", "Budi Hermanto", "jalan itu rusak sejak Januari")]


def test_a_title_in_marks_leaves_the_report() -> None:
    text = "Sutradara Rian Adi mengatakan film “Angin Timur” diputar besok."
    assert [row.kind for row in said(text)] == ["other"]
    assert reports(text) == [("mengatakan", "Sutradara Rian Adi", "film “Angin Timur” diputar besok")]


ARTICLE = (
    "Bupati Kudus Siti Aminah mengatakan banjir sudah surut di tiga desa.\n"
    "“Warga mulai membersihkan rumah,” ujarnya.\n"
    "Ia meminta warga merebus air sumur. Menurut dia, sumur di Desa Kaliurip masih keruh.\n"
    "“Jangan diminum dulu,” kata Siti.\n"
    "Kepala Puskesmas dr. Lina Marlina menyebut keluhan warga “masih wajar”."
)


def test_without_indirect_rows_the_quoted_ones_stay_the_same() -> None:
    both = said(ARTICLE, indirect=True)
    assert sum(row.kind == "indirect" for row in both) == 3
    assert [row for row in both if row.kind != "indirect"] == said(ARTICLE, indirect=False)


# --- properties --------------------------------------------------------------------------------

SOUP = [
    *(
        "Budi",
        "Ani",
        "Bupati Kudus",
        "polisi",
        "warga",
        "Ia",
        "mereka",
        "itu",
        "jalan",
        "rusak",
        "tidak",
        "akan",
    ),
    *(
        "mengatakan",
        "menyebut",
        "meminta",
        "mengaku",
        "menilai",
        "membantah",
        "dibantah",
        "disebutnya",
        "menurut",
    ),
    *(
        "Menurut",
        "kata",
        "ujarnya",
        "bahwa",
        "agar",
        "untuk",
        "yang",
        "dan",
        "sebagai",
        "soal",
        "oleh",
        "sementara",
    ),
    *(",", ".", ":", ";", "?", "(", ")", "“", "”", "\n", "(3/6)", "90.000", "jika", "dalam", "Senin"),
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(SOUP), max_size=40))
def test_every_row_is_a_piece_of_its_text(words: list[str]) -> None:
    text = re.sub(r" ([,.:;?)])", r"\1", " ".join(words))
    result = reading(text)
    seen = set()
    for row in result.statements:
        if row.kind != "indirect":
            continue
        piece = text[row.start : row.end]
        assert piece
        assert piece == piece.strip()
        assert row.cue is not None
        assert row.cue not in seen
        seen.add(row.cue)
    quoted = [row for row in said(text, indirect=True) if row.kind != "indirect"]
    assert quoted == said(text, indirect=False)


# --- gold --------------------------------------------------------------------------------------


@cache
def measured(path: Path) -> tuple[F1, float]:
    """F1 of the indirect rows of a gold file, and the share of right speakers among the matched."""
    (result,) = evaluate([path], default_engine())
    figures = score(result.own).figures
    f1, speaker = figures["indirect_f1"], figures["indirect_speaker"]
    assert isinstance(f1, F1)
    assert speaker.value is not None
    return f1, speaker.value


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_the_fixtures_are_read(path: Path) -> None:
    f1, speaker = measured(path)
    assert f1.value is not None
    assert f1.value >= 0.95
    assert speaker >= 0.95


@pytest.mark.parametrize(
    ("name", "least_f1", "least_precision", "least_speaker"),
    [
        ("almaty.jsonl", 0.9, 0.9, 0.9),
        ("kompas-dev.jsonl", 0.95, 0.95, 0.97),
        ("ntrex-dev.jsonl", 0.82, 0.88, 0.90),
    ],
)
def test_the_shared_sets_are_read(
    name: str, least_f1: float, least_precision: float, least_speaker: float
) -> None:
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"../shared/gold/{name} is not there")
    f1, speaker = measured(path)
    assert f1.value is not None
    assert f1.precision is not None
    assert (f1.value >= least_f1, f1.precision >= least_precision, speaker >= least_speaker) == (True,) * 3
