"""The documents agree with the program: links, commands, columns, rules, lexicon files, modules."""

from __future__ import annotations

import ast
import json
import re
import shlex
import sys
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import click
import pytest

import quotes
from quotes import tables
from quotes.cli import COMMANDS
from quotes.corpus.source import FAILURES
from quotes.corrections import RULE as CORRECTION
from quotes.resolver import RULES

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
LEXICON = ROOT / "quotes" / "lexicon" / "id"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.glob("*.md"))]

FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def prose(text: str) -> str:
    """The text without code."""
    return re.sub(r"`[^`\n]*`", "", FENCE.sub("", text))


def section(text: str, title: str) -> str:
    """What stands below a heading, up to the next of its level."""
    match = re.search(rf"^(#+) {re.escape(title)}\n(.*?)(?=^\1 |\Z)", text, re.DOTALL | re.MULTILINE)
    assert match, title
    return match[2]


def cells(text: str) -> list[list[str]]:
    """The rows of the first table of a text, heads and rules left out."""
    table = re.search(r"(?:^\|.*\n?)+", text, re.MULTILINE)
    assert table
    rows = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in table[0].splitlines()]
    return rows[2:]


def bare(cell: str) -> str:
    return cell.strip("|` ")


# --- links ------------------------------------------------------------------------------------------


def anchors(text: str) -> set[str]:
    """The anchors of a page's headings, as the usual viewers make them."""
    heads = re.findall(r"^#+ (.*)$", FENCE.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}


def links(path: Path) -> Iterator[str]:
    yield from (target for target in LINK.findall(prose(read(path))) if "://" not in target)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in links(page):
        name, _, anchor = target.partition("#")
        place = (page.parent / name).resolve() if name else page
        assert place.exists(), f"{page.name}: {target}"
        assert place.is_relative_to(ROOT), f"{page.name}: {target}"
        if anchor:
            assert anchor in anchors(read(place)), f"{page.name}: {target}"


def test_the_index_leads_to_every_page() -> None:
    linked = {(DOCS / target).resolve() for target in links(DOCS / "index.md")}
    assert set(DOCS.glob("*.md")) - {DOCS / "index.md"} <= linked


def test_a_broken_link_would_be_seen() -> None:
    assert LINK.findall(prose("see [a](b.md), `[c](d.md)` and ![e](f.png)")) == ["b.md", "f.png"]


# --- commands ---------------------------------------------------------------------------------------


def command_lines(text: str) -> Iterator[list[str]]:
    """The commands of the shell blocks of a page, without prompts, comments and heredocs."""
    for language, block in FENCE.findall(text):
        if language not in ("sh", "bash", "console"):
            continue
        prompt = "$ " if language == "console" else ""
        script = re.sub(r"<<'(\w+)'\n.*?^\1$", "", block, flags=re.DOTALL | re.MULTILINE)
        for line in script.replace("\\\n", " ").splitlines():
            if line.startswith(prompt):
                yield shlex.split(line.removeprefix(prompt), comments=True)


def check_command(words: list[str]) -> None:
    """Fail where a command would not be understood."""
    if words[:1] == ["quotes"]:
        name, *arguments = words[1:]
        module, _ = COMMANDS[name]
        command = import_module(module).command
        assert isinstance(command, click.Command)
        command.make_context(name, list(arguments))
    elif words[:1] == ["make"]:
        for target in words[1:]:
            assert re.search(rf"^{re.escape(target)}:", read(ROOT / "Makefile"), re.MULTILINE), target
    elif words[:1] == ["python"] and words[1].endswith(".py"):
        assert (ROOT / words[1]).is_file(), words[1]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_are_understood(page: Path) -> None:
    for words in command_lines(read(page)):
        check_command(words)


@pytest.mark.parametrize(
    "line",
    ["quotes report FOLDER --nonsense", "quotes nonsense", "make nonsense", "python tools/nonsense.py"],
)
def test_wrong_commands_are_not(line: str) -> None:
    with pytest.raises((click.UsageError, KeyError, AssertionError)):
        check_command(shlex.split(line))


def test_the_readme_has_commands() -> None:
    found = [words[:2] for words in command_lines(read(ROOT / "README.md"))]
    assert ["make", "report"] in found
    assert ["quotes", "report"] in found
    assert ["quotes", "show"] in found


def test_the_python_of_the_readme_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.txt").write_text(
        "“Air sudah surut,” kata Lurah Sari Utami, Senin (4/3/2024).\n", encoding="utf-8"
    )
    monkeypatch.chdir(tmp_path)
    (block,) = (block for language, block in FENCE.findall(read(ROOT / "README.md")) if language == "python")
    names: dict[str, object] = {}
    exec(block, names)
    assert {path.name for path in (tmp_path / "reports").iterdir()} >= {
        f"{name}.csv" for name in tables.NAMES
    }
    result = names["result"]
    assert isinstance(result, import_module("quotes.api").Result)
    assert [quote.speaker for quote in result.quotes] == ["Sarmin Lubis"]


# --- tables -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", tables.NAMES)
def test_columns_are_documented(name: str) -> None:
    documented = [bare(row[0]) for row in cells(section(read(DOCS / "tables.md"), f"{name}.csv"))]
    assert tuple(documented) == tables.columns(name)


def test_the_readme_lists_the_columns() -> None:
    rows = cells(section(read(ROOT / "README.md"), "Tables"))
    listed = {bare(row[0]): tuple(bare(row[2]).split(", ")) for row in rows}
    assert listed == {f"{name}.csv": tables.columns(name) for name in tables.NAMES}


def problem_codes() -> set[str]:
    """The first argument of every Problem that the program makes."""
    found = set()
    for path in (ROOT / "quotes").rglob("*.py"):
        for node in ast.walk(ast.parse(read(path))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("Problem") and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    found.add(first.value)
    return found


def test_problem_codes_are_documented() -> None:
    problems = section(read(DOCS / "tables.md"), "problems.csv")
    codes = cells(problems[problems.index("| code | |") :])
    documented = {bare(row[0]): bare(row[-1]) for row in codes}
    assert set(documented) == problem_codes() | FAILURES
    assert {code for code, what in documented.items() if what == "not read"} == FAILURES


def test_the_keys_of_run_json_are_documented(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("“Air sudah surut,” kata Lurah Sari Utami.\n", encoding="utf-8")
    quotes.report(tmp_path / "a.txt", out=tmp_path / "out", page=False)
    run = json.loads(read(tmp_path / "out" / "run.json"))
    named = set(re.findall(r"`(\w+)`", section(read(DOCS / "tables.md"), "run.json")))
    assert set(run) <= named
    assert set(run["model"]) | set(run["lexicon"]) <= named | {"file", "language", "labels", "fingerprint"}


# --- rules ------------------------------------------------------------------------------------------


def rules_page() -> dict[str, str]:
    """Rule to its section of docs/rules.md."""
    parts = re.split(r"^### `([^`]+)`\n", read(DOCS / "rules.md"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_every_rule_is_documented_in_order() -> None:
    assert list(rules_page()) == [*RULES, CORRECTION]


def examples() -> list[tuple[str, str]]:
    return [(rule, block) for rule, text in rules_page().items() for language, block in FENCE.findall(text)]


def test_rules_have_examples() -> None:
    without = set(rules_page()) - {rule for rule, _ in examples()}
    assert without <= {CORRECTION, "afterword"}


@pytest.mark.parametrize(("rule", "article"), examples(), ids=[rule for rule, _ in examples()])
def test_the_example_of_a_rule_is_read_by_it(rule: str, article: str) -> None:
    found = quotes.analyze(article).quotes
    assert rule in {quote.rule for quote in found}
    assert all(quote.speaker for quote in found if quote.rule == rule)


# --- lexicon and modules ----------------------------------------------------------------------------


def test_every_lexicon_file_is_documented() -> None:
    heads = " ".join(re.findall(r"^## (.*\.toml.*)$", read(DOCS / "lexicon.md"), re.MULTILINE))
    assert set(heads.replace(",", "").split()) == {path.name for path in LEXICON.glob("*.toml")}


@pytest.mark.parametrize("path", sorted(LEXICON.glob("*.toml")), ids=lambda path: path.stem)
def test_every_section_of_a_lexicon_file_is_documented(path: Path) -> None:
    text = read(DOCS / "lexicon.md")
    (head,) = (head for head in re.findall(r"^## (.*\.toml.*)$", text, re.MULTILINE) if path.name in head)
    named = {part for name in re.findall(r"`([\w.\[\]]+)`", section(text, head)) for part in name.split(".")}
    sections = tomllib.loads(read(path))
    # Where all stands in one section, its keys are what there is to know.
    wanted = set(sections) if len(sections) > 1 else set(*sections.values())
    if path.name in ("countries.toml", "abbreviations.toml"):
        wanted = set()  # keys are country codes, or groups for readers
    assert wanted <= named


def test_the_design_names_every_module() -> None:
    text = read(DOCS / "design.md")
    modules = [path for path in (ROOT / "quotes").iterdir() if not path.name.startswith(("_", "."))]
    names = {path.stem for path in modules if path.suffix == ".py" or (path / "__init__.py").is_file()}
    assert "resolver" in names
    assert {name for name in names if not re.search(rf"`{name}/?`", text)} == set()


# --- measured blocks --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def accuracy_page() -> Iterator[ModuleType]:
    sys.path.insert(0, str(ROOT / "tools"))
    try:
        yield import_module("accuracy_page")
    finally:
        sys.path.remove(str(ROOT / "tools"))


def test_every_measured_block_has_its_measure(accuracy_page: ModuleType) -> None:
    blocks: list[str] = []
    for page in accuracy_page.PAGES:
        text = read(page)
        names = [match[2] for match in accuracy_page.BLOCK.finditer(text)]
        assert len(names) == text.count("<!-- measured: ") == text.count("<!-- /measured -->"), page.name
        blocks += names
    assert sorted(blocks) == sorted(accuracy_page.BLOCKS)


def test_a_block_is_replaced_and_the_rest_kept(
    accuracy_page: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(accuracy_page.BLOCKS, "gold", lambda measure: ["| new |"])
    text = "a\n<!-- measured: gold -->\n\nold\n\n<!-- /measured -->\nb\n"
    once = accuracy_page.rewritten(text, accuracy_page.Measure(tmp_path))
    assert once == "a\n<!-- measured: gold -->\n\n| new |\n\n<!-- /measured -->\nb\n"
    assert accuracy_page.rewritten(once, accuracy_page.Measure(tmp_path)) == once


def test_a_block_without_its_gold_stays(
    accuracy_page: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "<!-- measured: gold -->\n\nas it was\n\n<!-- /measured -->\n"
    assert accuracy_page.rewritten(text, accuracy_page.Measure(tmp_path)) == text
    assert "gold: left as it is" in capsys.readouterr().err
