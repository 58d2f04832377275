"""Stance: sides and countries in small articles, the artefact's checks, training and its refusals."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from quotes.engine import default_engine
from quotes.errors import LabelsError, ModelError
from quotes.lexicon import load
from quotes.pipeline import analyze_batch
from quotes.records import Analysis, Article
from quotes.stance.model import load_model
from quotes.stance.rows import Row
from quotes.stance.training import train

SHIPPED = Path(__file__).resolve().parent.parent / "quotes" / "stance" / "model.json"


def read(text: str) -> Analysis:
    """The analysis of one text."""
    return analyze_batch([Article("a", text)], default_engine())[0]


# text, speaker, the side expected
SIDES = [
    (
        "BANDUNG - Ratusan mahasiswa berunjuk rasa di depan Gedung Sate, Senin. Koordinator aksi, Fadhil Ramzi, "
        'menuntut tunjangan pejabat dicabut. "Rakyat lagi susah," kata Fadhil di sela orasi.',
        "Fadhil Ramzi",
        "protester",
    ),
    (
        "BANDUNG - Ratusan mahasiswa berunjuk rasa di depan Gedung Sate, Senin. "
        '"Kami mengawal aksi sampai selesai," kata Kapolrestabes Bandung Kombes Pol Arya Dirgantara.',
        "Arya Dirgantara",
        "official",
    ),
    (
        "BANDUNG - Ratusan mahasiswa berunjuk rasa di depan Gedung Sate, Senin. Pedagang kaki lima di sekitar "
        'lokasi, Ujang (45), kecipratan rezeki. "Dagangan habis," kata Ujang.',
        "Ujang",
        "other",
    ),
    (
        "Astana - Bentrokan terjadi di ibu kota Kazakhstan. Kementerian Luar Negeri Rusia menyatakan "
        "keprihatinan atas kekerasan itu.",
        "Kementerian Luar Negeri Rusia",
        "foreign_government",
    ),
    (
        "Jakarta - Menteri Luar Negeri RI Ratri Wening menerima Menteri Luar Negeri Vietnam Tran Quoc Bao di "
        'Jakarta, Senin. Kunjungan itu membahas perikanan Indonesia.\n"Nakhodanya kami denda," ujar Menlu Tran.',
        "Tran Quoc Bao",
        "foreign_government",
    ),
    (
        "Moskwa - Rusia menggelar pemilihan daerah. Kementerian Luar Negeri Rusia menyatakan pemungutan suara di "
        "Moskwa berjalan aman.",
        "Kementerian Luar Negeri Rusia",
        "official",
    ),
    (
        "JAKARTA - Gempa mengguncang Bengkulu. PBB menyampaikan belasungkawa. Sekretaris Jenderal PBB mengatakan "
        "pihaknya siap membantu Indonesia.",
        "Sekretaris Jenderal PBB",
        "foreign_government",
    ),
    (
        'SURABAYA - Harga beras naik. "Dari sananya sudah mahal," kata Romlah, pedagang di Pasar Wonokromo.',
        "Romlah",
        "other",
    ),
    (
        'SEMARANG - Banjir merendam empat kecamatan. "Pompa sudah kami kerahkan," kata Wali Kota Semarang Bram '
        "Adipati.",
        "Bram Adipati",
        "official",
    ),
]


@pytest.mark.parametrize(("text", "speaker", "side"), SIDES, ids=[f"{who}: {side}" for _, who, side in SIDES])
def test_side(text: str, speaker: str, side: str) -> None:
    found = {row.speaker: row.stance for row in read(text).quotes}
    assert found[speaker] == side


# The same person where people protest and where nobody does: text at the protest, text elsewhere, speaker.
PAIRS = [
    (
        "PURWOKERTO - Mahasiswa kelas malam berunjuk rasa di depan rektorat, menolak penghapusan kelas. Massa "
        'membentangkan spanduk. "Kampus ini dibiayai rakyat," seru Ketua BEM Universitas Tirta, Laras Wening.',
        "PURWOKERTO - Kelas malam di kampus makin diminati. Perkuliahan berlangsung sampai pukul 21.30. "
        '"Teman-teman juga butuh kantin yang buka," kata Ketua BEM Universitas Tirta, Laras Wening.',
        "Laras Wening",
    ),
    (
        "TANGERANG - Ribuan buruh mogok kerja dan menutup gerbang pabrik karena lembur tidak dibayar. "
        '"Mesin hidup kalau upah cair," kata Ketua Serikat Pekerja Tekstil, Darso Kelana, di lokasi aksi.',
        "TANGERANG - Pesanan ekspor pakaian pulih dan pabrik membuka lowongan. "
        '"Lembur dibayar, anggota senang," kata Ketua Serikat Pekerja Tekstil, Darso Kelana.',
        "Darso Kelana",
    ),
    (
        "BONE - Ratusan warga memblokade jalan menuju bendungan. Mereka memprotes pengalihan air ke pabrik. "
        '"Sawah kami retak," kata Rusdi Laena, warga Dusun Mallari, yang ikut menjaga blokade.',
        "BONE - Syukuran panen di balai desa dipenuhi gunungan padi dan tarian. "
        '"Tahun ini tikus kalah," kata Rusdi Laena, warga Dusun Mallari.',
        "Rusdi Laena",
    ),
    (
        "JAMBI - Ribuan orang berunjuk rasa menolak pembukaan hutan rawa. Naik ke mobil komando, Direktur "
        'Yayasan Rawa Lestari, Mirna Sitepu, berorasi di hadapan massa. "Cabut izinnya!" seru Mirna.',
        "JAMBI - Luas hutan rawa menyusut tiga persen menurut sebuah laporan tahunan. "
        '"Titik apinya sama," kata Direktur Yayasan Rawa Lestari, Mirna Sitepu.',
        "Mirna Sitepu",
    ),
]


@pytest.mark.parametrize(("protest", "elsewhere", "speaker"), PAIRS, ids=[pair[2] for pair in PAIRS])
def test_the_side_depends_on_where_somebody_speaks(protest: str, elsewhere: str, speaker: str) -> None:
    sides = [{row.speaker: row.stance for row in read(text).quotes}[speaker] for text in (protest, elsewhere)]
    assert sides == ["protester", "other"]


FOCUS = [
    ("JAKARTA - DPR mengesahkan undang-undang. Polri mengamankan sidang.", "ID"),
    ("Seoul - Presiden Korea Selatan mengumumkan darurat militer. Warga Seoul turun ke jalan.", "KR"),
    ("PARIS (AFP) - Petani Perancis memblokade jalan tol. Polisi Perancis menahan enam orang.", "FR"),
    ("Washington - Gedung Putih membantah laporan itu. Kongres AS menggelar sidang di Washington.", "US"),
    ("Menteri Luar Negeri Jepang bertemu Menteri Luar Negeri RI di Gedung Pancasila, Jakarta.", "ID"),
    ("Kucing itu tidur di atas meja sepanjang hari.", None),
]


@pytest.mark.parametrize(("text", "country"), FOCUS)
def test_focus_country(text: str, country: str | None) -> None:
    assert read(text).focus_country == country


COUNTRIES = [
    ('Bandung - "Kami siap," kata Duta Besar Jepang untuk Indonesia Kenji Arakawa.', "JP"),
    ('Jakarta - "Kami siap," kata Menteri Luar Negeri RI Danu Prakosa.', "ID"),
    ('Jakarta - "Kami siap," kata juru bicara Uni Eropa Marta Lund.', None),
    ('Jakarta - "Kami siap," kata pedagang bakso, Sarwono.', None),
]


@pytest.mark.parametrize(("text", "country"), COUNTRIES)
def test_country_spoken_for(text: str, country: str | None) -> None:
    assert read(text).quotes[0].country == country


def test_one_label_per_speaker() -> None:
    text = (
        "KENDARI - Warga menolak tambang. Koordinator aksi, La Ode Hasri, berorasi di depan kantor gubernur. "
        '"Cabut izinnya!" seru La Ode. Ia lalu bercerita soal sumurnya. "Airnya keruh," katanya. '
        '"Kami tidak minta apa-apa selain air," lanjutnya.'
    )
    assert {row.stance for row in read(text).quotes if row.speaker == "La Ode Hasri"} == {"protester"}


def test_probabilities_are_given_and_no_stance_without_a_speaker() -> None:
    for row in read(SIDES[0][0]).quotes:
        if row.stance is not None:
            assert 0.25 <= (row.stance_score or 0.0) <= 1.0
    for row in read("Film “Senja di Batavia” tayang bulan depan.").quotes:
        assert (row.kind, row.stance, row.stance_score) == ("other", None, None)


# --- the artefact --------------------------------------------------------------------------------


def changed(tmp_path: Path, **changes: object) -> Path:
    """A copy of the shipped artefact with some of its fields changed."""
    data = json.loads(SHIPPED.read_text(encoding="utf-8"))
    data.update(changes)
    path = tmp_path / "model.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"format": 99}, "format 99"),
        ({"kind": "something else"}, "no stance model"),
        ({"lexicon_sha256": "0" * 64}, "another lexicon"),
        ({"temperature": 0}, "temperature"),
        ({"bias": [1.0]}, "weights"),
    ],
)
def test_a_wrong_artefact_names_the_command_that_retrains(
    tmp_path: Path, changes: dict[str, object], says: str
) -> None:
    with pytest.raises(ModelError) as caught:
        load_model(changed(tmp_path, **changes))
    assert says in str(caught.value)
    assert "quotes train" in str(caught.value)


def test_a_probe_with_another_answer_is_refused(tmp_path: Path) -> None:
    probes = json.loads(SHIPPED.read_text(encoding="utf-8"))["probes"]
    probes[0]["probabilities"] = dict.fromkeys(probes[0]["probabilities"], 0.25)
    with pytest.raises(ModelError, match="probe"):
        load_model(changed(tmp_path, probes=probes))


def test_other_library_versions_are_no_reason_to_refuse(tmp_path: Path) -> None:
    assert load_model(changed(tmp_path, libraries={"numpy": "0.1", "scikit-learn": "0.1"})).labels


def test_no_artefact_and_no_json(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="quotes train"):
        load_model(tmp_path / "none.json")
    (tmp_path / "bad.json").write_text("{", encoding="utf-8")
    with pytest.raises(ModelError, match="not JSON"):
        load_model(tmp_path / "bad.json")


# --- training ------------------------------------------------------------------------------------


def rows_of(labels: tuple[str, ...], each: int) -> list[Row]:
    """Small labelled rows: trade unions, companies and ministries speaking."""
    roles = {
        "union": "ketua serikat pekerja",
        "company": "direktur perusahaan",
        "government": "menteri perdagangan",
    }
    return [
        Row(
            article_id=f"{label}-{number // 2}", text=f"Kata-kata nomor {number} dari {label}", stance=label,
            kind="direct", cue="kata", mention=f"{roles[label]} Orang {number}", speaker=f"Orang {number}",
            speaker_type="person", role=roles[label], country="", focus_country="ID",
        )
        for label in labels
        for number in range(each)
    ]  # fmt: skip


def test_training_is_deterministic_whatever_the_order() -> None:
    rows = rows_of(("union", "company", "government"), 24)
    first, second = train(rows, load()), train(rows[::-1], load())
    assert first.artefact == second.artefact
    assert set(first.model.labels) == {"union", "company", "government"}
    assert first.scores["accuracy"] > 0.9


def test_too_little_to_learn_from_is_refused() -> None:
    with pytest.raises(LabelsError, match="at least two different stances"):
        train(rows_of(("union",), 40), load())
    with pytest.raises(LabelsError, match="rows"):
        train(rows_of(("union", "company"), 2), load())


def test_a_model_of_ones_own_reads_back(tmp_path: Path) -> None:
    trained = train(rows_of(("union", "company", "government"), 24), load())
    path = tmp_path / "sides.json"
    path.write_text(trained.artefact, encoding="utf-8")
    assert load_model(path).labels == trained.model.labels
    engine = replace(default_engine(), model=load_model(path))
    text = 'Jakarta - "Upah harus naik," kata ketua serikat pekerja Rina Astuti.'
    assert analyze_batch([Article("a", text)], engine)[0].quotes[0].stance in trained.model.labels
