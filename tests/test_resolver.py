"""Who speaks: pronouns, turns, quotes inside quotes, and the cell that stays empty."""

# ruff: noqa: E501  (tables of sentences)

from __future__ import annotations

import pytest
from reading import reading, said

from quotes.resolver import RULES

#: Text and the speaker of each quote; "" where nothing supports one.
ANAPHORA = {
    "dia": (
        "“Kami menunggu,” tutur Budi Hermanto.\n“Anak-anak menyeberang sungai,” kata dia.",
        "Budi Hermanto|Budi Hermanto",
    ),
    "ia": ("Bupati Hartini Kusumadewi hadir. Ia mengatakan, “Pasar pindah.”", "Hartini Kusumadewi"),
    "beliau": ("Bupati Hartini Kusumadewi hadir. “Pasar pindah,” ucap beliau.", "Hartini Kusumadewi"),
    "-nya": ("Bupati Hartini Kusumadewi hadir. “Pasar pindah,” ujarnya.", "Hartini Kusumadewi"),
    "menurutnya": (
        "Bupati Hartini Kusumadewi hadir. Menurutnya, “pasar itu akan pindah tahun depan.”",
        "Hartini Kusumadewi",
    ),
    "menurut dia": (
        "Bupati Hartini Kusumadewi hadir. Menurut dia, “pasar itu akan pindah tahun depan.”",
        "Hartini Kusumadewi",
    ),
    "mereka": (
        "Ratusan buruh mendatangi kantor bupati. “Naikkan upah kami!” teriak mereka.",
        "Ratusan buruh",
    ),
    "mereka passes over a person": (
        "Sejumlah pedagang menemui Bupati Hartini Kusumadewi. “Kami tidak mau pindah,” kata mereka.",
        "Sejumlah pedagang",
    ),
    "pria itu": (
        "Seorang nelayan bernama Wagino diselamatkan kapal. “Saya minum air hujan,” kata pria itu.",
        "Wagino",
    ),
    "perempuan itu": (
        "Seorang pedagang, Painem, menangis. “Kami tidak mau pindah,” kata perempuan itu.",
        "Painem",
    ),
    "a relation": ("Painem (57) berjualan sejak muda. “Kami tidak mau,” kata nenek tiga cucu itu.", "Painem"),
    "an office with itu": (
        "Politikus PDI-P Bambang Surono datang terlambat. “Rapat itu tidak sah,” kata politikus PDI-P itu.",
        "Bambang Surono",
    ),
    "somebody without a name, behind oleh": (
        "Kepala Badan Pangan Arief Suryo berjanji. Kabar itu dibacakan oleh seorang ibu yang memegang ponsel. “Jumat ini!” pekiknya.",
        "seorang ibu",
    ),
    "whose name the sentence tells": (
        "“Kami mau bayar,” kata Rezki Pratama. Anak nelayan itu bernama Suharni. “Bapak bilang, jual saja,” ucapnya.",
        "Rezki Pratama|Suharni",
    ),
    "a boat with a name is nobody": (
        "“Kami melaut,” tutur Budi Hermanto. Perahu nelayan itu bernama Sinar Laut. “Kami selamat,” katanya.",
        "Budi Hermanto|Budi Hermanto",
    ),
    "a name that is a word of time": (
        "“Pasar dibuka,” kata Hari. Sekretaris Ahyanti Nurul datang. Kabar itu disampaikan Hari. “Kita menang!” serunya.",
        "Hari|Hari",
    ),
    "whom it does not satisfy": (
        "“Usut,” kata Suci Rahmadona. Wakil Bupati Widia Ningsih menolak. Jawaban itu tidak memuaskan Suci. “Kewenangan lagi,” katanya.",
        "Suci Rahmadona|Suci Rahmadona",
    ),
    "who answers a statement of somebody": (
        "“Naikkan upah,” kata Ni Luh Pradnyani. “Rugi,” kata Made Suryawan Rai.\nPernyataan Rai ditanggapi ketus oleh Pradnyani. “Malu,” balasnya.",
        "Ni Luh Pradnyani|Made Suryawan Rai|Ni Luh Pradnyani",
    ),
    "an apposition with seorang": (
        "“Kami paham,” ujar sang istri, Deborah. Adapun tamu lain, seorang pengusaha asal Surabaya, pindah hotel. “Bayar enam juta,” gerutunya.",
        "Deborah|seorang pengusaha asal Surabaya",
    ),
    "a name behind a description": (
        "“Anak saya sakit,” kata Yuni Artati. Seorang sopir yang saban Rabu mangkal di situ, Tarmuji, ikut datang. “Saya malu,” ucapnya.",
        "Yuni Artati|Tarmuji",
    ),
    "an office with a place, and a name behind it": (
        "Gubernur Kivu Selatan yang mengungsi, Patient Bisimwa, memimpin dari hotel. “Saya sendirian,” katanya.",
        "Patient Bisimwa",
    ),
    "by way of a letter": (
        "Israel belum menjawab. Badan Pengungsi Dunia menyambutnya lewat unggahan di X: “Setiap ranjang berarti”.",
        "Badan Pengungsi Dunia",
    ),
    "behind bahwa": (
        "Duta Besar Sunita Raghavan hadir. Ia menulis bahwa Indonesia pernah melarang ekspor, dan “India menahan diri waktu itu”.",
        "Sunita Raghavan",
    ),
    "menurut set into a clause": (
        "Konservasi, menurut antropolog Setia Rahmi, kerap menganggap hutan sebagai “ruang kosong”.",
        "Setia Rahmi",
    ),
    "an office in other words": (
        "“Kami menolak,” kata Leonor Guaman, presiden konfederasi petani. Ia menuduh Presiden Sebastian Arosa curang. Arosa menunda rapat. Pada Selasa, kepala negara itu berkata, “Saya tidak mundur.”",
        "Leonor Guaman|Sebastian Arosa",
    ),
    "a name, an age, a trade and a place": (
        "Rizky Aqilah (29), warga Sukasari, Jakarta Timur, berharap masjid dibuka. “Pesan itu dekat,” ucapnya.",
        "Rizky Aqilah",
    ),
    "not the journal he writes for": (
        "Teguh Nugroho, yang turut menulis artikel di jurnal BirdMap menyebutkan, “Burung itu ada.”",
        "Teguh Nugroho",
    ),
    "behind a heading that has lost its line": (
        "Anggaran dihemat. Berbagai kendala Kepala Dinas Pasar Bima Wibisana mengatakan, “Ada masalah.”",
        "Bima Wibisana",
    ),
    "an acronym of another language": (
        "Asosiasi Penerbangan Dunia Internasional (IPTA) diam. IPTA menyatakan, “Tahun ini sulit.”",
        "Asosiasi Penerbangan Dunia Internasional",
    ),
    "a president in a relative clause": (
        "Senator Dianne Fein menolak. Penolakannya tidak disetujui oleh gubernur, yang berkomentar: “Aku tidak suka.”",
        "gubernur",
    ),
    "behind a dateline": (
        "KENDARI, KOMPAS-Bupati Muna Rusman Emba menyatakan, “Ada satu pasien.”",
        "Rusman Emba",
    ),
    "somebody of a body": (
        "Harga turun. Reynaldi dari Walhi mengatakan, “Hutan rusak.”",
        "Reynaldi",
    ),
    "not with whom he came": (
        "Narto Wibowo, seorang petani yang datang ke balai dengan istrinya mengatakan, “Saya lelah.”",
        "Narto Wibowo",
    ),
    "an ordinary word before a name": (
        "Presiden Tayyip Erlan berpidato. Kasus Erlan ini ramai. “Kami siap,” kata Erlan.",
        "Tayyip Erlan",
    ),
    "a name of unknown words at the start": (
        "Wisnhu Herdawan berpidato. Sidang Herdawan ramai. “Kami siap,” kata Herdawan.",
        "Wisnhu Herdawan",
    ),
    "by origin or age": (
        "“Kami menang,” kata pelatih Persija Thomas Dorn. “Saya puas,” kata pelatih asal Jerman.",
        "Thomas Dorn|Thomas Dorn",
    ),
    "not by origin where two have the trade": (
        "“Kami menang,” kata pelatih Persija Thomas Dorn. “Kami kalah,” kata pelatih Persib Luis Mira. “Saya puas,” kata pelatih asal Jerman.",
        "Thomas Dorn|Luis Mira|pelatih asal Jerman",
    ),
    "somebody by what she wears": (
        "Seorang ibu berjilbab merah mempertanyakan, “Di mana anak saya?”",
        "Seorang ibu berjilbab merah",
    ),
    "an adverb before the verb": (
        "Polisi datang, tetapi mahasiswa tetap bertahan. “Kami tidak takut,” teriak mereka.",
        "mahasiswa",
    ),
    "one of many": (
        "Salah satu perwakilan warga menemui polisi. “Kami menolak,” kata dia.",
        "Salah satu perwakilan warga",
    ),
    "people by a doubled word": (
        "Buruh-buruh pabrik mengatakan upah belum dibayar. “Kami lapar,” kata mereka.",
        "Buruh-buruh pabrik",
    ),
    "sentences without white space": (
        "Polisi berjaga sampai malam.Kasi Humas Polres Garut, Iptu Aang Suhandi, mengatakan jalan ditutup.“Kami siap,” kata dia.",
        "Aang Suhandi",
    ),
    "sang": (
        "Menteri Perhubungan Suryadi Anggoro membuka terminal. “Bus mulai beroperasi,” kata sang menteri.",
        "Suryadi Anggoro",
    ),
    "an unnamed woman again": (
        "“Kami tak bisa tidur,” kata seorang ibu. “Suaranya keras sekali,” kata ibu itu.",
        "seorang ibu|seorang ibu",
    ),
    "a body again": (
        "Kementerian Luar Negeri Rusia menyebut kunjungan itu penting. “Ini bersejarah,” tulis kementerian itu.",
        "Kementerian Luar Negeri Rusia",
    ),
    "first name": (
        "Kepala Dinas Pertanian Tarno Wibowo meninjau sawah. “Airnya habis,” kata Tarno.",
        "Tarno Wibowo",
    ),
    "family name": ("Presiden Prancis Emile Laurent tiba. “Kami siap,” kata Laurent.", "Emile Laurent"),
    "first name before the full one": (
        "“Terima kasih,” ujar Rismawati. Nama lengkapnya Rismawati Widyaningsih.",
        "Rismawati Widyaningsih",
    ),
    "two with one shared name": (
        "Sutrisno Hadi dan Sutrisno Wijaya bersaing. “Saya siap,” kata Wijaya. “Saya juga siap,” kata Hadi.",
        "Sutrisno Wijaya|Sutrisno Hadi",
    ),
    "an acronym": (
        "Komisi Pemberantasan Korupsi (KPK) menahan tiga orang. “Penyidikan berjalan,” kata KPK.",
        "Komisi Pemberantasan Korupsi",
    ),
    "an office for its holder": (
        "Kapolres Garut AKBP Dedi Kurniadi dan Bupati Hartini Kusumadewi hadir. “Situasi aman,” kata Kapolres. "
        "“Pasar tetap buka,” kata Bupati.",
        "Dedi Kurniadi|Hartini Kusumadewi",
    ),
    "an office named later": (
        "Presiden membuka rapat. “Harga harus turun,” kata Presiden. Presiden Maruli Simbolon lalu pergi.",
        "Maruli Simbolon",
    ),
    "the one person a body acts on": (
        "Komisi Pemberantasan Korupsi menahan Sutrisno Hadi. “Saya tidak bersalah,” kata dia.",
        "Sutrisno Hadi",
    ),
    "a trade tells which of two": (
        "Politikus Budi Hermanto bertemu aktivis Rangga Pradipta. “Kami sepakat,” kata aktivis itu.",
        "Rangga Pradipta",
    ),
    "a bare plural": (
        "Pedagang pasar berkumpul sejak pagi. “Kami tidak mau pindah,” kata mereka.",
        "Pedagang pasar",
    ),
    "a company again": (
        "PT Tambang Nikel Raya membantah. “Kami patuh aturan,” kata perusahaan itu.",
        "PT Tambang Nikel Raya",
    ),
    "an alliance that has not spoken": (
        "Aliansi Buruh Menggugat (ABM) berunjuk rasa. “Kami tidak akan pulang,” kata aliansi tersebut.",
        "Aliansi Buruh Menggugat",
    ),
    "an account is its holder's": (
        "Bupati Hartini Kusumadewi hadir. “Mari jaga persatuan,” tulis @hartinikusumadewi.",
        "Hartini Kusumadewi",
    ),
    "an account of nobody known": ("“Turunkan harga,” tulis akun @wongcilik99.", "@wongcilik99"),
    "another name": (
        "Suparno, akrab disapa Cak No, hadir. “Kami siap,” kata Cak No. “Ya,” kata Suparno.",
        "Suparno|Suparno",
    ),
    "who wears what": (
        "Tersangka Samsul ditangkap. “Saya butuh uang,” kata pria bertato itu sambil menunduk.",
        "Samsul",
    ),
    "a whole relative clause": (
        "Peneliti Upik Rosmiati setuju. “Airnya kotor,” kata perempuan yang 20 tahun meneliti sungai itu.",
        "Upik Rosmiati",
    ),
    "a relative clause of an unknown one": (
        "Budi Hermanto hadir. “Mereka pergi,” kata seorang pejabat yang hadir dalam pertemuan itu.",
        "seorang pejabat",
    ),
    "a relative of somebody": ("“Dia baik,” kata neneknya, Sumiati, sambil tersenyum.", "Sumiati"),
    "no name behind a relative": ("“Dia baik,” kata gurunya, Budi adalah anak pintar.", "gurunya"),
    "joined to a plural subject": (
        "Bupati Hartini Kusumadewi hadir. Ratusan buruh datang. Mereka membawa payung dan meneriakkan, “Bebaskan kami!”",
        "Ratusan buruh",
    ),
    "people counted": (
        "Polisi membubarkan sekitar 400 mahasiswa yang meneriakkan, “Ini pembunuhan!”",
        "400 mahasiswa",
    ),
    "a spokesman for a body": (
        "KPK, melalui juru bicara Tessa Mahardika, mengatakan, “Pemeriksaan berjalan.”",
        "Tessa Mahardika",
    ),
    "who is called what": (
        "Seorang penambang, yang dipanggil Hasan Usta, mengatakan ia selamat. “Gelap sekali,” katanya.",
        "Hasan Usta",
    ),
    "announced behind": (
        "Wali Kota Budi Hermanto hadir. “Pasar dipindah pekan depan.” Demikian ditegaskan Bupati Sri Lestari.",
        "Sri Lestari",
    ),
    "pointed back to behind": (
        "“Pasar dipindah pekan depan.”\nHal itu disampaikan Bupati Sri Lestari saat meninjau lokasi.",
        "Sri Lestari",
    ),
    "what is announced is another thing": (
        "“Pasar dipindah pekan depan,” kata Budi Hermanto. Hal senada disampaikan Bupati Sri Lestari.",
        "Budi Hermanto",
    ),
    "the crowd answers": (
        "“Hidup buruh!” teriak Budi Hermanto, yang dijawab “Hidup!” oleh ribuan buruh.",
        "Budi Hermanto|ribuan buruh",
    ),
    "no closing mark": (
        "“Kami tidak menerima surat, kata Lurah Mulyono saat dikonfirmasi.\nHujan turun.",
        "Mulyono",
    ),
    "an official statement": (
        "“Kami menolak,” demikian pernyataan resmi Partai Rakyat Jaya.",
        "Partai Rakyat Jaya",
    ),
    "somebody adds who has spoken": (
        "“Dua orang ditahan,” kata Kompol Budi Hermanto. Korban, Sri Lestari (19), melawan. “Ia luka,” imbuhnya.",
        "Budi Hermanto|Budi Hermanto",
    ),
    "somebody new speaks": (
        "“Dua orang ditahan,” kata Kompol Budi Hermanto. Korban, Sri Lestari (19), melawan. “Saya luka,” ujarnya.",
        "Budi Hermanto|Sri Lestari",
    ),
    "a threat of a politician": (
        "“Ini fitnah,” bantah politikus PDI-P Bambang Surono. “Saya akan lapor,” ancam politikus PDI-P itu.",
        "Bambang Surono|Bambang Surono",
    ),
    "an unknown verb with people behind it": (
        "“Polisi, mengayomi!” dengus para mahasiswa.",
        "para mahasiswa",
    ),
    "a noun behind a title": ("Film “Angin Timur,” garapan sutradara muda, diputar.", ""),
    "initials for a name": (
        "Pelatih Shin Tae-yong puas. “Kami siap,” kata STY. “Kami menang,” tulis KPK.",
        "Shin Tae-yong|KPK",
    ),
    "a rank points back": (
        "Kapolda Irjen Karyoto Santosa hadir. “Silakan,” ujar jenderal bintang dua itu.",
        "Karyoto Santosa",
    ),
    "only demikian": ("“Gempa itu dangkal,” demikian Kepala BMKG Sri Lestari.", "Sri Lestari"),
    "a president of a union is none of the state": (
        "“Kami bertemu Presiden,” kata Presiden KSPI Budi Hermanto. “Upah naik,” kata Presiden.",
        "Budi Hermanto|Presiden",
    ),
    "the president of a state": (
        "“Kami bertemu,” kata Presiden Prancis Emile Laurent. “Upah naik,” kata Presiden.",
        "Emile Laurent|Emile Laurent",
    ),
    "the source comes later": (
        "Apa yang disebutnya sebagai “kelompok pengacau” belum ditangkap, kata Kapolres AKBP Dedi Kurniadi.",
        "Dedi Kurniadi",
    ),
}

#: A person's pronoun passes over the bodies between, and never stands for one.
PERSON_IS_NO_BODY = {
    "a body between": (
        "Ketua RT 05 Sugeng Prayitno datang. Lembaga Pantau Rakyat ikut menyoroti. “Kami sudah lapor,” kata dia.",
        "Sugeng Prayitno",
    ),
    "a body as the sentence's subject": (
        "Wali Kota Budi Hermanto marah. Kementerian Perhubungan menutup bandara. “Saya tidak diberi tahu,” ujarnya.",
        "Budi Hermanto",
    ),
    "only a body": ("Kementerian Perhubungan menutup bandara. “Landasan retak,” kata dia.", ""),
    "a body and a place": ("Bank Rakyat Nusantara merugi di Semarang. “Kami bangkit,” ungkap dia.", ""),
    "the director, not the institute": (
        "Lembaga Pantau Rakyat (LPR) mencatat pelanggaran. Direktur LPR Hesti Maharani kecewa. “Ini berulang,” kata dia.",
        "Hesti Maharani",
    ),
    "the spokesman, not the police": (
        "Polda Jawa Tengah menetapkan tersangka. “Buktinya cukup,” kata Kabid Humas Kombes Hartono Wibisono. "
        "Polda menyita dua mobil. “Kasus berkembang,” ujarnya.",
        "Hartono Wibisono|Hartono Wibisono",
    ),
}

TURNS = {
    "goes on": (
        "“Jalan rusak,” kata Budi Hermanto. “Kami menunggu sejak Maret.”",
        "Budi Hermanto|Budi Hermanto",
    ),
    "goes on over paragraphs": (
        "“Jalan rusak,” kata Budi Hermanto.\n“Kami menunggu sejak Maret.”\n“Tidak ada yang datang.”",
        "Budi Hermanto|Budi Hermanto|Budi Hermanto",
    ),
    "a new name takes the turn": (
        "“Jalan rusak,” kata Budi Hermanto. Camat Lestari Ningrum membantah. “Surat sudah dikirim,” katanya.",
        "Budi Hermanto|Lestari Ningrum",
    ),
    "a new speaker keeps it": (
        "“Jalan rusak,” kata Budi Hermanto. “Harus bergerak,” kata Sri Lestari. “Mulai besok,” ujarnya.",
        "Budi Hermanto|Sri Lestari|Sri Lestari",
    ),
    "an indirect statement takes it": (
        "“Jalan rusak,” kata Budi Hermanto. Sri Lestari mengatakan ia tidak tahu. “Saya baru datang,” ujarnya.",
        "Budi Hermanto|Sri Lestari",
    ),
    "the lead-in names who is quoted": (
        "Kepala Desa Budi Hermanto angkat bicara. “Jalan itu sudah lama rusak dan berbahaya.”",
        "Budi Hermanto",
    ),
    "others between": (
        "“Kami membahas banjir,” kata Budi Hermanto.\nHujan turun sampai malam. Sungai meluap.\n"
        "“Kami mengungsi ke masjid,” kata Sri Lestari.\n“Anak saya menangis,” imbuhnya.",
        "Budi Hermanto|Sri Lestari|Sri Lestari",
    ),
    "one line without paragraphs": (
        "“Jalan rusak,” kata Budi Hermanto. “Kami menunggu.” “Harus bergerak,” kata Sri Lestari. “Mulai besok.”",
        "Budi Hermanto|Budi Hermanto|Sri Lestari|Sri Lestari",
    ),
    "a title in between is nobody's": (
        "“Jalan rusak,” kata Budi Hermanto. Film “Angin Timur” diputar. “Kami menunggu,” ujarnya.",
        "Budi Hermanto||Budi Hermanto",
    ),
}

NESTED = {
    "keeps the turn": (
        "“Pak Lurah bilang, “Tunggu saja,” tetapi tidak ada yang datang,” kata Sri Lestari. “Kami pulang.”",
        "Sri Lestari|Pak Lurah|Sri Lestari",
    ),
    "keeps the turn for a pronoun": (
        "“Budi Hermanto berkata, “Pergi!” lalu pintunya ditutup,” kata Sri Lestari. “Kami pergi,” ujarnya.",
        "Sri Lestari|Budi Hermanto|Sri Lestari",
    ),
    "single marks": (
        "“Ia berteriak, 'Lari!' kepada kami,” kata Sri Lestari. “Kami semua lari,” ujarnya.",
        "Sri Lestari|Sri Lestari",
    ),
    "names inside a quote do not speak": (
        "“Budi Hermanto mengatakan jalan itu bagus,” kata Sri Lestari. “Padahal rusak,” ujarnya.",
        "Sri Lestari|Sri Lestari",
    ),
}

ABSTENTION = {
    "no antecedent for -nya": ("“Jembatan itu sudah retak,” ujarnya.", ""),
    "no antecedent for dia": ("“Jembatan itu sudah retak,” kata dia. Hujan turun di Semarang.", ""),
    "no antecedent for mereka": ("“Tuntutan kami jelas,” kata mereka.", ""),
    "nobody of a headline": (
        "Buruh Gelar Aksi Tolak Aturan di Depan Balai Kota\nKamis, 6 Juni 2024\n“Harap dipatuhi,” tuturnya.",
        "",
    ),
    "nobody at all": ("Hujan turun sejak pagi di Semarang. “Kami menunggu perahu.”", ""),
    "a subject that comes later": ("“Saya tidak tahu,” keluhnya. Wagino sudah dua minggu tidak melaut.", ""),
    "a pronoun at the start": ("Beliau menambahkan, “Semua pihak harus sabar.”", ""),
    "we": ("Kami mengatakan, “Semua pihak harus sabar.”", ""),
    "a chant of nobody": ("Mereka meneriakkan “Turun, turun sekarang juga!” di depan pagar.", ""),
    "a title": ("Film “Angin Timur” diputar Budi Hermanto di balai desa.", ""),
    "a nickname": ("Suparman alias “Gondrong” ditangkap polisi.", ""),
    "a term": ("Budi Hermanto memakai istilah “ekonomi desa” sejak dulu.", ""),
}


def cases(*tables: dict[str, tuple[str, str]]) -> list[object]:
    return [pytest.param(*case, id=name) for table in tables for name, case in table.items()]


@pytest.mark.parametrize(("text", "wanted"), cases(ANAPHORA, PERSON_IS_NO_BODY, TURNS, NESTED, ABSTENTION))
def test_speakers_of_quotes(text: str, wanted: str) -> None:
    assert "|".join(row.speaker for row in said(text)) == wanted


@pytest.mark.parametrize(("text", "wanted"), [*TURNS.values(), *NESTED.values(), *ABSTENTION.values()])
def test_leaving_indirect_rows_out_changes_no_quote(text: str, wanted: str) -> None:
    del wanted
    assert [row for row in said(text, indirect=True) if row.kind != "indirect"] == said(text)


def test_every_attribution_has_a_documented_rule_and_a_confidence() -> None:
    for table in (ANAPHORA, PERSON_IS_NO_BODY, TURNS, NESTED, ABSTENTION):
        for text, _ in table.values():
            for row in reading(text).statements:
                if row.speaker >= 0:
                    assert row.rule in RULES
                    assert 0 < row.score <= 1
                else:
                    assert row.rule == "" or row.rule in RULES
                if row.kind == "other":
                    assert (row.speaker, row.rule, row.score, row.cue, row.mention) == (
                        -1,
                        "",
                        0.0,
                        None,
                        None,
                    )


def test_a_sure_rule_scores_above_an_unsure_one() -> None:
    def score(text: str) -> float:
        return reading(text).statements[-1].score

    named = score("“Jalan rusak,” kata Budi Hermanto.")
    pronoun = score("Budi Hermanto hadir. “Jalan rusak,” kata dia.")
    turn = score(
        "“Jalan rusak,” kata Budi Hermanto. Hujan turun. Sungai meluap. “Kami menunggu sejak Maret.”"
    )
    assert named > pronoun > turn > 0


def test_the_same_text_gives_the_same_reading() -> None:
    text = " ".join(text for text, _ in (*TURNS.values(), *ANAPHORA.values()))
    first, second = reading(text), reading(text)
    assert first.statements == second.statements
    assert first.speakers == second.speakers


def test_no_speaker_without_a_row() -> None:
    result = reading("Budi Hermanto bertemu Sri Lestari. “Jalan rusak,” kata Sri.")
    assert [speaker.name for speaker in result.speakers] == ["Sri Lestari"]
