"""The house as a whole: who imports whom, how fast it opens its door, what is in the wheel."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import time
import tomllib
import zipfile
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from importlib import import_module
from pathlib import Path

import click
import pytest

import quotes
from quotes.cli import COMMANDS

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "quotes"

#: Libraries that cost more than a help text may; each is imported where it is used.
HEAVY = (
    "babel", "charset_normalizer", "dask", "dateparser", "distributed", "fsspec", "jinja2",
    "joblib", "lxml", "nltk", "numpy", "pandas", "pyarrow", "rich", "s3fs", "scipy", "sklearn",
    "trafilatura", "vl_convert", "zstandard",
)  # fmt: skip


def modules() -> dict[str, Path]:
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imported(tree: ast.AST, names: set[str]) -> Iterator[str]:
    """The modules of ours that a module imports, inside functions too, type checking apart."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in names)
        elif isinstance(node, ast.ImportFrom) and node.module in names:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in names else node.module
        yield from imported(node, names)


def graph() -> dict[str, set[str]]:
    found = modules()
    names = set(found)
    return {
        name: set(imported(ast.parse(path.read_text(encoding="utf-8")), names))
        for name, path in found.items()
    }


def test_imports_go_one_way() -> None:
    edges = graph()
    assert "quotes.records" in edges["quotes.pipeline"]  # the graph is a graph
    try:
        tuple(TopologicalSorter(edges).static_order())
    except CycleError as error:
        pytest.fail("import cycle: " + " → ".join(error.args[1]))


@pytest.mark.parametrize("low", ["quotes.errors", "quotes.records"])
def test_the_ground_floor_rests_on_nothing_above(low: str) -> None:
    below: set[str] = set()
    waiting = [low]
    while waiting:
        for name in graph()[waiting.pop()] - below:
            below.add(name)
            waiting.append(name)
    assert below <= {"quotes", "quotes.errors", "quotes.records"}


def python(*arguments: str, **kwargs: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        check=False,
        **kwargs,  # type: ignore[call-overload]
    )


@pytest.mark.parametrize(
    "arguments", [[], *([name] for name in COMMANDS)], ids=lambda a: " ".join(a) or "quotes"
)
def test_help_is_quick(arguments: list[str]) -> None:
    seconds = []
    for _ in range(5):
        start = time.perf_counter()
        done = python("-m", "quotes", *arguments, "--help")
        seconds.append(time.perf_counter() - start)
        assert done.returncode == 0, done.stderr
        assert done.stdout.startswith("Usage: quotes")
        if seconds[-1] < 0.3:
            break
    assert min(seconds) < 0.5


@pytest.mark.parametrize(
    "arguments", [[], *([name] for name in COMMANDS)], ids=lambda a: " ".join(a) or "quotes"
)
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "import sys; from quotes.cli import run; status = run(sys.argv[1:]); "
        f"print('heavy:', sorted(set({HEAVY!r}) & set(sys.modules))); sys.exit(status)"
    )
    done = python("-c", code, *arguments, "--help")
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("heavy: []\n")


def test_importing_the_package_is_quick() -> None:
    done = python("-c", f"import sys, quotes; print(sorted(set({HEAVY!r}) & set(sys.modules)))")
    assert done.stdout == "[]\n"


def test_version() -> None:
    assert python("-m", "quotes", "--version").stdout == f"quotes {quotes.__version__}\n"
    assert f'version = "{quotes.__version__}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_usage_errors() -> None:
    for arguments in ([], ["nonsense"], ["--nonsense"], ["evaluate"]):
        done = python("-m", "quotes", *arguments)
        assert done.returncode == 2, arguments
        assert "Traceback" not in done.stderr


# What the documents say


def options(command: str) -> set[str]:
    found = import_module(COMMANDS[command][0]).command
    assert isinstance(found, click.Command)
    names = {name for parameter in found.params for name in (*parameter.opts, *parameter.secondary_opts)}
    return names | {"--help", "-h"}


def documents() -> list[Path]:
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def commands_in(text: str) -> Iterator[tuple[str, list[str]]]:
    """``quotes COMMAND … --option …`` in code blocks and code spans: command and options."""
    code = "\n".join(re.findall(r"```.*?```|`[^`\n]+`", text, re.DOTALL)).replace("\\\n", " ")
    for match in re.finditer(rf"\bquotes ({'|'.join(COMMANDS)})\b([^\n`|;&#]*)", code):
        yield match[1], re.findall(r"(?<!\S)--?[a-zA-Z][\w-]*", match[2])


def test_documents_name_options_that_exist() -> None:
    wrong = [
        f"{path.name}: quotes {command} {option}"
        for path in documents()
        for command, used in commands_in(path.read_text(encoding="utf-8"))
        for option in used
        if option not in options(command)
    ]
    assert wrong == []


def test_the_commands_page_shows_every_help_text() -> None:
    done = python(str(ROOT / "tools" / "make_commands_page.py"), "--check")
    assert done.returncode == 0, done.stdout + done.stderr


# What is in the wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    done = python("-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT))
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_holds_all_that_is_needed(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        inside = {name for name in archive.namelist() if name.startswith("quotes/")}
    tracked = subprocess.run(
        ["git", "ls-files", "quotes"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.splitlines()
    expected = set(tracked) or {path.relative_to(ROOT).as_posix() for path in PACKAGE.rglob("*.py")}
    assert expected - inside == set()
    assert {"quotes/py.typed", "quotes/stance/model.json", "quotes/lexicon/id/marks.toml"} <= inside
    assert not [name for name in inside if "__pycache__" in name or name.endswith(".pyc")]


def test_the_wheel_does_the_main_job_elsewhere(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    done = python(
        "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(site), str(wheel)
    )
    assert done.returncode == 0, done.stderr
    work = tmp_path / "work"
    (work / "articles").mkdir(parents=True)
    (work / "articles" / "a.txt").write_text(
        "“Harga beras naik dua kali lipat,” kata Gubernur Raka Wibisana, Jumat (3/5/2024).\n",
        encoding="utf-8",
    )
    # The checkout is installed too; its files must not be what runs.
    environment = {**os.environ, "PYTHONPATH": str(site)}
    where = python("-c", "import quotes; print(quotes.__file__)", cwd=work, env=environment)
    assert where.stdout.startswith(str(site))
    done = python("-m", "quotes", "report", "articles", "--out", "out", cwd=work, env=environment)
    assert done.returncode == 0, done.stderr
    rows = (work / "out" / "quotes.csv").read_text(encoding="utf-8").splitlines()
    assert len(rows) == 2
    assert "Raka Wibisana" in rows[1]
    assert ",official," in rows[1]


def test_requirements_are_declared() -> None:
    """Every library imported by the package is a requirement of its own, not a lucky guest."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [
        *project["dependencies"],
        *(line for extra in project["optional-dependencies"].values() for line in extra),
    ]
    declared = {re.split(r"[^\w-]", line)[0].lower() for line in lines}
    import_names = {
        "sklearn": "scikit-learn",
        "charset_normalizer": "charset-normalizer",
        "vl_convert": "vl-convert-python",
    }
    missing = set()
    for path in modules().values():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            for name in names:
                top = name.partition(".")[0]
                if top != "quotes" and top not in sys.stdlib_module_names:
                    library = import_names.get(top, top)
                    if library.lower() not in declared:
                        missing.add(f"{path.name}: {library}")
    assert missing == set()


def test_exact_versions_hold_names_and_versions_only() -> None:
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines():
        assert line.startswith("#") or re.fullmatch(r"[\w.-]+==[\w.!+]+", line), line
