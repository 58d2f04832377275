"""One speaker over many articles, and namesakes kept apart."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.lexicon import load
from quotes.lexicon.roles import HEAD
from quotes.people import Crowd, Local, Said, Spoken, form_of, numbered
from quotes.people.names import covers, fold, misspelt, slug
from quotes.people.roles import Fit, compare, identifies
from quotes.records import STANCES

# --- names -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Tito Karnavian", ("tito", "karnavian")),
        ("Moh. Tito  KARNAVIAN", ("muhammad", "tito", "karnavian")),
        ("M. Tito Karnavian", ("m", "tito", "karnavian")),
        ("KH. Ma’ruf Amin", ("maruf", "amin")),
        ("Ma'ruf Amin", ("maruf", "amin")),
        ("Djoko Soekarno", ("joko", "sukarno")),
        ("Tjahjo Kumolo", ("cahjo", "kumolo")),
        ("B.J. Habibie", ("b", "j", "habibie")),
        ("José Ramos-Horta", ("jose", "ramos", "horta")),
        ("Haji", ("haji",)),
        ("Владимир Путин", ("владимир", "путин")),
        ("…", ()),
    ],
)
def test_fold(name: str, words: tuple[str, ...]) -> None:
    assert fold(name) == words


@pytest.mark.parametrize(
    ("long", "short", "expected"),
    [
        ("Muhammad Tito Karnavian", "Tito Karnavian", True),
        ("Muhammad Tito Karnavian", "M. Tito Karnavian", True),
        ("Susilo Bambang Yudhoyono", "Susilo Yudhoyono", True),
        ("Bacharuddin Jusuf Habibie", "B.J. Habibie", True),
        ("Ade Ary Syam Indradi", "Ade Ary", True),
        ("Budi Santoso", "Santoso Budi", False),
        ("Budi Santoso", "Budi Santosa", False),
        ("Budi Santoso", "Budi Santoso", False),
        ("Budi Santoso", "Budi", False),
        ("Budi Santoso", "B. S.", False),
        ("Budi Santoso", "Ahmad Budi Santoso", False),
        ("Siti Aminah", "Siti Halimah", False),
    ],
)
def test_covers(long: str, short: str, expected: bool) -> None:
    assert covers(fold(long), fold(short)) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy", True),
        ("Benjamin Netanyahu", "Binyamin Netanyahu", True),
        ("Rina Sari", "Rini Sara", False),  # two words differ
        ("Budi Santoso", "Budi Santosa", True),  # roles decide
        ("Budi Santoso", "Budi Santika", False),
        ("Netanyahu", "Netanyaho", False),  # single names never
    ],
)
def test_misspelt(one: str, other: str, expected: bool) -> None:
    assert misspelt(fold(one), fold(other)) is expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Tito Karnavian", "tito-karnavian"),
        ("Ma'ruf Amin", "maruf-amin"),
        ("KPK", "kpk"),
        ("José Ramos-Horta", "jose-ramos-horta"),
        ("“…”", "speaker"),
    ],
)
def test_slug(name: str, expected: str) -> None:
    assert slug(name) == expected


@given(st.text())
def test_slugs_need_no_quoting(name: str) -> None:
    found = slug(name)
    assert 0 < len(found) <= 60
    assert not set(found) & set(" ,;\"'\r\n\t=+@_")
    assert not found.startswith("-")


# --- roles -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "fit"),
    [
        ("Kapolres Garut", "petani", Fit.APART),
        ("Menteri Keuangan", "mahasiswa UI", Fit.APART),
        ("Kapolres Garut", "Kapolres Blitar", Fit.APART),
        ("Bupati Sleman", "Bupati Garut", Fit.APART),
        ("petani", "pedagang pasar", Fit.APART),
        ("pelatih timnas", "warga Depok", Fit.APART),
        ("Kapolres Garut", "kapolres garut", Fit.SAME),
        ("petani sawit", "petani", Fit.SAME),
        ("Ketua Serikat Buruh Nusantara", "buruh", Fit.SAME),
        ("Presiden", "Presiden RI", Fit.SAME),
        ("Kapolri", "Menteri Dalam Negeri", Fit.OPEN),
        ("Gubernur Jawa Barat", "calon presiden", Fit.OPEN),
        ("mantan Kapolri", "tersangka", Fit.OPEN),
        ("warga", "warga Wadas", Fit.OPEN),
        (None, "petani", Fit.OPEN),
    ],
)
def test_roles(one: str | None, other: str | None, fit: Fit) -> None:
    assert compare(one, other) is fit
    assert compare(other, one) is fit


def test_rare_names_move_from_office_to_office() -> None:
    assert compare("Kapolres Garut", "Kapolres Blitar", rare=True) is Fit.OPEN
    assert compare("Kapolres Garut", "petani", rare=True) is Fit.APART


@pytest.mark.parametrize(
    ("role", "expected"),
    [("Kapolri", True), ("Bupati Sleman", True), ("petani", False), ("warga Depok", False), ("Ketua", False)],
)
def test_which_roles_tell_who_a_single_name_is(role: str, expected: bool) -> None:
    assert identifies(role) is expected


def test_domains_are_classes_of_roles() -> None:
    lexicon = load()
    classes = tomllib.loads((lexicon.folder / "roles.toml").read_text("utf-8"))["classes"]
    assert set(lexicon.people.domains) <= {*classes, HEAD}


# --- the policy --------------------------------------------------------------------------------

Who = tuple[str, str, str | None, str | None, bool]  # name, type, role, country, named


def person(name: str, role: str | None = None, country: str | None = None) -> Who:
    return name, "person", role, country, True


def body(name: str, country: str | None = None, type: str = "organisation") -> Who:
    return name, type, None, country, True


def phrase(name: str, type: str = "person") -> Who:
    return name, type, None, None, False


def said(*rows: tuple[int, int, int, int]) -> Spoken:
    """Rows of speaker, stance, kind and words, no two alike in the first three."""
    found = [
        Said(who, stance, kind, 1, words, place) for place, (who, stance, kind, words) in enumerate(rows)
    ]
    return Spoken(len(rows), tuple(found))


def settled(
    articles: Sequence[Sequence[Who]], order: Sequence[int] | None = None
) -> tuple[Crowd, list[list[str]]]:
    """The crowd, and the speaker id of each speaker of each article; each speaks once."""
    crowd = Crowd(None, STANCES)
    starts = [0]
    for article in articles:
        starts.append(starts[-1] + len(article))
    prepared = []
    for article in articles:
        speakers = [
            Local(form_of(name, type, role, country, named), name, type, role, country)
            for name, type, role, country, named in article
        ]
        prepared.append((speakers, said(*((index, 0, 0, 5) for index in range(len(article))))))
    for number in order or range(len(articles)):
        crowd.add(starts[number], f"a{number}.txt", *prepared[number])
    crowd.settle()
    ids = []
    for number, (speakers, rows) in enumerate(prepared):
        forms = numbered(starts[number], speakers, rows)
        found = crowd.ids(forms)
        ids.append([found[form] for form in forms])
    return crowd, ids


def ids(*articles: Sequence[Who]) -> list[list[str]]:
    return settled(articles)[1]


def one_person(*forms: Who) -> bool:
    return len({name for (name,) in ids(*([form] for form in forms))}) == 1


@pytest.mark.parametrize(
    "forms",
    [
        [person("Tito Karnavian", "Kapolri"), person("Muhammad Tito Karnavian", "Menteri Dalam Negeri")],
        [person("Tito Karnavian"), person("M. Tito Karnavian"), person("Muhammad Tito Karnavian")],
        [person("Budi Santoso", "petani"), person("BUDI SANTOSO", "petani")],
        [person("Budi Santoso", "petani"), person("Budi Santoso")],
        [person("Tito", "Kapolri"), person("Tito Karnavian", "Kapolri")],
        [person("Tito", "Kapolri"), person("Tito", "Kapolri")],
        [person("Volodymyr Zelensky", "Presiden Ukraina"), person("Volodymyr Zelenskyy", "Presiden Ukraina")],
        [person("B.J. Habibie", "Presiden"), person("Bacharuddin Jusuf Habibie", "Presiden")],
        [person("Ade Ary"), person("Ade Ary Syam"), person("Ade Ary Syam Indradi", "Kabid Humas Polda")],
        [person("Ade Ary Syam Indradi", "Kapolres Garut"), person("Ade Ary Syam Indradi", "Kapolres Blitar")],
        [body("KPK", "ID"), body("kpk", "ID"), body("KPK")],
        [body("Uni Eropa"), body("Uni  Eropa")],
        [body("Greenpeace"), body("Greenpeace", type="group")],
    ],
)
def test_one(forms: list[Who]) -> None:
    assert one_person(*forms)
    assert one_person(*reversed(forms))


@pytest.mark.parametrize(
    "forms",
    [
        [person("Budi Santoso", "Kapolres Garut"), person("Budi Santoso", "petani")],
        [person("Budi Santoso", "Kapolres Garut"), person("Budi Santoso", "Kapolres Blitar")],
        [
            person("Kim Min", "juru bicara kementerian", "KR"),
            person("Kim Min", "juru bicara kementerian", "KP"),
        ],
        [person("Budi"), person("Budi")],
        [person("Budi", "warga Depok"), person("Budi", "warga Depok")],
        [person("Budi"), person("Budi Santoso", "Kapolres Garut")],
        [person("Budi", "petani"), person("Budi Santoso", "petani")],
        [person("Budi Santoso"), person("Santoso Budi")],
        [person("Rina Sari", "mahasiswa"), person("Rini Sari", "mahasiswa")],
        [phrase("seorang warga"), phrase("seorang warga")],
        [phrase("massa aksi", "group"), phrase("massa aksi", "group")],
        [body("perusahaan"), body("perusahaan")],
        [body("Kementerian Luar Negeri", "RU"), body("Kementerian Luar Negeri", "CN")],
        [person("Garuda Indonesia"), body("Garuda Indonesia")],
    ],
)
def test_two(forms: list[Who]) -> None:
    assert not one_person(*forms)
    assert not one_person(*reversed(forms))


def test_a_short_form_of_two_people_joins_neither() -> None:
    found = ids(
        [person("Budi Santoso Wijaya", "Kapolres Garut")],
        [person("Ahmad Budi Santoso", "dosen")],
        [person("Budi Santoso")],
    )
    assert len({name for (name,) in found}) == 3


def test_a_role_tells_which_of_two_people_is_meant() -> None:
    found = ids(
        [person("Budi Santoso Wijaya", "Kapolres Garut")],
        [person("Ahmad Budi Santoso", "dosen Universitas Brawijaya")],
        [person("Budi Santoso", "Kapolres Garut")],
    )
    assert found[2] == found[0] != found[1]


def test_two_speakers_of_one_article_are_no_two_spellings() -> None:
    role = "anggota DPRD Sleman"
    assert one_person(person("Rina Hartati", role), person("Rini Hartati", role))
    found = ids(
        [person("Rina Hartati", role), person("Rini Hartati", role)],
        [person("Rina Hartati", role)],
    )
    assert found[0][0] != found[0][1]


def test_namesakes_never_meet_in_a_third() -> None:
    found = ids(
        [person("Ahmad Budi Santoso")],
        [person("Budi Santoso", "Kapolres Garut")],
        [person("Budi Santoso", "petani")],
    )
    assert found[1] != found[2]


def test_ids_are_the_name_and_a_number_in_the_order_of_the_rows() -> None:
    found = ids(
        [phrase("seorang warga"), person("Budi Santoso", "petani")],
        [phrase("seorang warga"), person("Budi Santoso", "Kapolres Garut")],
        [person("Unit 2"), phrase("Unit 2")],
    )
    assert found == [
        ["seorang-warga", "budi-santoso"],
        ["seorang-warga-2", "budi-santoso-2"],
        ["unit-2-1", "unit-2-2"],
    ]


def test_rows_of_the_speakers_table() -> None:
    crowd, _ = settled(
        [
            [person("Tito Karnavian", "Kapolri", "ID")],
            [person("Muhammad Tito Karnavian", "Mendagri", "ID"), person("Tito Karnavian", "Mendagri")],
            [body("KPK", "ID")],
        ]
    )
    assert list(crowd.speakers()) == [
        (
            "muhammad-tito-karnavian", "Muhammad Tito Karnavian", "person", "Mendagri", "ID", "official",
            2, 3, 3, 0, 0, 15, "a0.txt",
        ),
        ("kpk", "KPK", "organisation", None, "ID", "official", 1, 1, 1, 0, 0, 5, "a2.txt"),
    ]  # fmt: skip
    assert list(crowd.stances()) == [("official", "direct", 4, 20, 2, 3)]


def test_most_frequent_and_of_equals_the_earliest() -> None:
    crowd = Crowd(None, STANCES)
    name = ("Budi Santoso Wijaya", "person")
    first = Local(form_of(*name, "dosen", None, True), *name, "dosen", None)
    second = Local(form_of(*name, "pengamat", "ID", True), *name, "pengamat", "ID")
    crowd.add(0, "a", [first], said((0, 3, 0, 4), (0, 1, 2, 6)))
    crowd.add(2, "b", [second], said((0, 1, 1, 5), (0, 3, 0, 1), (-1, -1, 0, 9)))
    crowd.settle()
    (row,) = crowd.speakers()
    assert row == (
        "budi-santoso-wijaya", "Budi Santoso Wijaya", "person", "dosen", "ID", "other",
        2, 4, 2, 1, 1, 16, "a",
    )  # fmt: skip
    assert list(crowd.stances()) == [
        ("protester", "mixed", 1, 5, 1, 1),
        ("protester", "indirect", 1, 6, 1, 1),
        ("other", "direct", 2, 5, 1, 2),
        (None, "direct", 1, 9, 0, 1),
    ]


WHO = st.sampled_from(
    [
        person("Tito Karnavian", "Kapolri"), person("Muhammad Tito Karnavian"),
        person("M. Tito Karnavian", "petani"),
        person("Budi Santoso", "petani"), person("Budi Santoso", "Kapolres Garut"), person("Budi Santoso"),
        person("Ahmad Budi Santoso", "dosen"), person("Budi", "Kapolres Garut"), person("Budi"),
        person("Budi Santosa", "Kapolres Garut"), body("KPK", "ID"), body("KPK"), body("KPK", "MY"),
        phrase("seorang warga"), phrase("polisi", "group"),
    ]
)  # fmt: skip


@given(st.lists(st.lists(WHO, max_size=4), max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(articles: list[list[Who]], chance: random.Random) -> None:
    crowd, expected = settled(articles)
    order = list(range(len(articles)))
    chance.shuffle(order)
    again, found = settled(articles, order)
    assert found == expected
    assert list(again.speakers()) == list(crowd.speakers())
    assert list(again.stances()) == list(crowd.stances())


@given(st.lists(st.lists(WHO, max_size=4), max_size=8))
def test_every_row_is_counted_once(articles: list[list[Who]]) -> None:
    crowd, found = settled(articles)
    rows = list(crowd.speakers())
    assert sum(row[7] for row in rows) == sum(map(len, articles))  # type: ignore[misc]
    assert len({row[0] for row in rows}) == len(rows)
    assert {name for names in found for name in names} == {row[0] for row in rows}
    for row in rows:
        assert row[6] == sum(row[0] in names for names in found)


def test_many_forms_are_kept_on_disk(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    articles = [[person(f"Nama{n % 7} Orang{n % 11}", "petani")] for n in range(200)]
    expected = settled(articles)[1]
    monkeypatch.setattr("quotes.people.crowd._FLUSH", 3)
    monkeypatch.setattr("quotes.people.crowd._BATCH", 2)
    assert settled(articles)[1] == expected
