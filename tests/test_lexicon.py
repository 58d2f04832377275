"""Language data: what ships loads and is consistent; what is wrong is refused with file and entry."""

# ruff: noqa: E501  (tables)

from __future__ import annotations

import re
import shutil
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from quotes.errors import LexiconError
from quotes.lexicon import Lexicon, load
from quotes.lexicon.abbreviations import load_abbreviations
from quotes.lexicon.calendar import load_calendar
from quotes.lexicon.cues import load_cues
from quotes.lexicon.geography import load_geography
from quotes.lexicon.marks import load_marks
from quotes.lexicon.people import load_people
from quotes.lexicon.reports import load_reports
from quotes.lexicon.roles import load_roles
from quotes.lexicon.words import CUE, GIVEN, PLACE, PRONOUN, ROLE, load_words
from quotes.segment import WORD

SHIPPED = Path(str(load().folder))
LOADERS: dict[str, Callable[[Path], object]] = {
    "abbreviations.toml": load_abbreviations,
    "calendar.toml": load_calendar,
    "countries.toml": load_geography,
    "country_terms.toml": load_geography,
    "cues.toml": load_cues,
    "marks.toml": load_marks,
    "names.toml": lambda folder: load_words(folder, frozenset()),
    "people.toml": load_people,
    "places.toml": load_geography,
    "reports.toml": load_reports,
    "roles.toml": load_roles,
    "vocabulary.toml": lambda folder: load_words(folder, frozenset()),
    "words.toml": lambda folder: load_words(folder, frozenset()),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped language that a test may spoil."""
    return Path(shutil.copytree(SHIPPED, tmp_path / "id"))


def entries(value: object, where: str = "") -> Iterator[tuple[str, str]]:
    """Every string of a TOML value with the section it stands in."""
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, list):
        for inner in value:
            yield from entries(inner, where)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from entries(inner, f"{where}.{key}")


def test_every_file_has_a_loader() -> None:
    assert {path.name for path in SHIPPED.glob("*.toml")} == set(LOADERS)


@pytest.mark.parametrize("name", LOADERS)
def test_what_ships_loads(name: str) -> None:
    assert LOADERS[name](SHIPPED) is not None


@pytest.mark.parametrize("name", LOADERS)
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(LexiconError, match=re.escape(name) + " is missing"):
        LOADERS[name](folder)


@pytest.mark.parametrize("name", LOADERS)
def test_broken_toml_is_named(folder: Path, name: str) -> None:
    with (folder / name).open("a", encoding="utf-8") as file:
        file.write('\nbroken = ["x"\n')
    with pytest.raises(LexiconError, match=re.escape(name) + " is not valid TOML"):
        LOADERS[name](folder)


@pytest.mark.parametrize("name", LOADERS)
def test_an_unknown_section_is_named(folder: Path, name: str) -> None:
    with (folder / name).open("a", encoding="utf-8") as file:
        file.write('\n[nonsense]\nwords = ["x"]\n')
    with pytest.raises(LexiconError, match=rf"{re.escape(name)} has the unknown section \[nonsense\]"):
        LOADERS[name](folder)


@pytest.mark.parametrize("name", LOADERS)
def test_a_missing_section_is_named(folder: Path, name: str) -> None:
    data = tomllib.loads((folder / name).read_text(encoding="utf-8"))
    section = list(data)[-1]
    text = (folder / name).read_text(encoding="utf-8")
    kept = text[: text.index(f"\n[{section}]")] if len(data) > 1 else ""
    (folder / name).write_text(kept, encoding="utf-8")
    with pytest.raises(LexiconError, match=rf"{re.escape(name)} lacks section \[{section}\]"):
        LOADERS[name](folder)


LISTS = [name for name in LOADERS if name not in ("countries.toml", "calendar.toml")]


def first_list(text: str) -> re.Match[str]:
    """The first list of two strings or more, on one line or several."""
    found = re.search(r'^"?([\w ]+)"? = \[\s*("[^"\n]+"),\s*"[^"\n]+"', text, flags=re.MULTILINE)
    assert found is not None
    return found


@pytest.mark.parametrize("name", LISTS)
def test_a_double_is_named(folder: Path, name: str) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    found = first_list(text)
    (folder / name).write_text(
        text[: found.end(2)] + f", {found[2]}" + text[found.end(2) :], encoding="utf-8"
    )
    with pytest.raises(LexiconError, match="twice") as caught:
        LOADERS[name](folder)
    assert name in str(caught.value)
    assert tomllib.loads(f"x = {found[2]}")["x"] in str(caught.value)


@pytest.mark.parametrize("name", LISTS)
def test_an_empty_entry_is_named(folder: Path, name: str) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    found = first_list(text)
    (folder / name).write_text(text[: found.end(2)] + ', " "' + text[found.end(2) :], encoding="utf-8")
    with pytest.raises(LexiconError, match="empty entry") as caught:
        LOADERS[name](folder)
    assert name in str(caught.value)


@pytest.mark.parametrize("name", LISTS)
def test_an_empty_section_is_named(folder: Path, name: str) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    found = first_list(text)
    end = text.index("]", found.end())
    (folder / name).write_text(
        text[: found.start()] + f'"{found[1]}" = []' + text[end + 1 :], encoding="utf-8"
    )
    with pytest.raises(LexiconError, match="is empty") as caught:
        LOADERS[name](folder)
    assert name in str(caught.value)


#: File, what is replaced by what, and what the refusal tells.
SPOILT = {
    "a pair of three glyphs": ("marks.toml", '"“”"', '"“”’"', "must be two glyphs"),
    "a digraph without its glyph": ("marks.toml", "\"``=“\"", '"``“"', "must look like"),
    "a complement there is none of": ("reports.toml", 'say = ["that"', 'say = ["thit"', "does not tell what 'say' takes"),
    "a verb with two frames": ("reports.toml", '"membantah"', '"mengatakan"', "two frames|twice"),
    "a guard too many": ("reports.toml", "[guards]", '[guards]\nnonsense = ["x"]', "nonsense"),
    "an authority of no class": ("roles.toml", '"president"', '"presidant"', "no class 'presidant'"),
    "a name under two spellings": ("people.toml", '"achmad"', '"moch"', "'moch' stands under"),
    "a walk of life there is none of": ("people.toml", "[apart]", '[apart]\nnothing = ["sport"]', "no domain"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "told"), SPOILT.values(), ids=SPOILT)
def test_what_contradicts_itself_is_refused(folder: Path, name: str, old: str, new: str, told: str) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    place = text.rindex(old) if name == "roles.toml" else text.index(old)
    (folder / name).write_text(text[:place] + new + text[place + len(old) :], encoding="utf-8")
    with pytest.raises(LexiconError, match=told):
        LOADERS[name](folder)


def test_there_is_no_such_language() -> None:
    with pytest.raises(LexiconError, match="'xx'"):
        load("xx")


# --- what ships is consistent ---------------------------------------------------------------------


def test_words_are_lower_case() -> None:
    """They are compared with lower-cased words of the text, so a capital would never match."""
    for name in (
        "abbreviations.toml",
        "cues.toml",
        "names.toml",
        "people.toml",
        "reports.toml",
        "vocabulary.toml",
        "words.toml",
    ):
        data = tomllib.loads((SHIPPED / name).read_text(encoding="utf-8"))
        assert [(where, word) for where, word in entries(data) if word != word.lower()] == [], name


def test_single_words_are_words() -> None:
    """An entry that is matched against one word of the text has to be one."""
    data = tomllib.loads((SHIPPED / "cues.toml").read_text(encoding="utf-8"))
    del data["preposition"]["phrase"]
    found = [(where, word) for where, word in entries(data) if WORD.fullmatch(word) is None]
    assert found == []


def test_every_bare_verb_takes_the_clitic() -> None:
    cues = load().cues
    for form, entry in cues.entries.items():
        if entry.after and not entry.clitic:
            assert cues.entries[form + "nya"].clitic, form
            assert form in cues.closing
            assert form + "nya" in cues.closing


@pytest.mark.parametrize(
    "word",
    "kata katanya ujar ujarnya tutur ucap ungkap jelas tegas tambah lanjut imbuh papar sebut tulis cetus pungkas "
    "tandas terang beber keluh seru mengatakan menyatakan menyebut menegaskan menyerukan berteriak menurut".split(),
)
def test_the_family_of_reporting_verbs(word: str) -> None:
    assert word in load().cues.entries


@pytest.mark.parametrize(
    "word", "rumah jalan hujan demokrasi budi semarang melihat mengetahui berencana".split()
)
def test_what_reports_nothing(word: str) -> None:
    assert word not in load().cues.entries


def test_classes_of_words() -> None:
    flags = load().words.flags
    assert flags["dia"] & PRONOUN
    assert flags["menteri"] & ROLE
    assert flags["budi"] & GIVEN
    assert flags["semarang"] & PLACE
    assert flags["mengatakan"] & CUE
    assert not flags["dia"] & (ROLE | GIVEN)
    assert "tidakadakataini" not in flags


def test_abbreviations_have_no_final_stop() -> None:
    assert [word for word in load().abbreviations if word.endswith(".")] == []


def test_the_lexicon_is_loaded_once_and_has_a_fingerprint(folder: Path) -> None:
    assert load() is load()
    assert re.fullmatch(r"[0-9a-f]{64}", load().fingerprint)
    other = Lexicon("id")
    assert other.fingerprint == load().fingerprint
    other = Lexicon("id")
    other.folder = folder
    with (folder / "words.toml").open("a", encoding="utf-8") as file:
        file.write("# a comment\n")
    assert other.fingerprint != load().fingerprint
