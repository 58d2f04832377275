"""The page without a browser: what it holds, what it costs, what it may never do."""

from __future__ import annotations

import base64
import hashlib
import html.parser
import itertools
import json
import re
import zlib
from collections import Counter
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from page_tables import Made, write_tables

from quotes import tables
from quotes.errors import RunError
from quotes.page import Source, charts, gather, stances, write_page
from quotes.stored import Tables

ASSETS = resources.files("quotes.page").joinpath("assets")

PASAR = (
    "Pedagang Pasar Legi mogok.\n“Kami rugi,” kata Sari Wulandari.\n"
    "Bupati Damar Jati menyebut mogok itu “salah alamat”."
)
DERMAGA = "Dermaga itu dibuka Rabu. “Ombak tinggi 𝄞 dua meter,” ujar Kepala Syahbandar Yosef Lamber."
ARTICLES = [
    Made(
        "pasar/mogok.txt",
        PASAR,
        [
            {"text": "Kami rugi,", "cue": "kata", "mention": "Sari Wulandari", "speaker": "Sari Wulandari",
             "role": "pedagang", "stance": "protester"},
            {"text": "salah alamat", "kind": "mixed", "cue": "menyebut", "mention": "Bupati Damar Jati",
             "speaker": "Damar Jati", "role": "Bupati", "country": "ID", "stance": "official"},
        ],
        "2026-03-02",
    ),
    Made("pelabuhan/berita #1.txt", "Tanpa kutipan.", problems=[("unpaired_mark", "3", "opening mark")]),
    Made(
        "pelabuhan/dermaga.txt",
        DERMAGA,
        [{"text": "Ombak tinggi 𝄞 dua meter,", "speaker": "Yosef Lamber", "stance": "official"}],
        "2026-03-09",
    ),
]  # fmt: skip


def sources(articles: list[Made]) -> list[Source]:
    return [Source(made.article_id, made.date, made.text) for made in articles]


def page(folder: Path, articles: list[Made] = ARTICLES, **options: Any) -> str:
    form = {"format": options.get("format", "csv"), "safe": options.get("spreadsheet_safe", False)}
    write_tables(folder, articles, **form)
    return write_page(folder, sources=sources(articles), **options).read_text("utf-8")


def unpacked(packed: str) -> Any:
    return json.loads(zlib.decompress(base64.b64decode(packed)))


class Parsed(html.parser.HTMLParser):
    """Tags with their attributes, and the content of scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.raw: dict[str, list[str]] = {"script": [], "style": []}
        self._inside = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._inside = tag if tag in self.raw else ""
        if self._inside:
            self.raw[tag].append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.raw[self._inside][-1] += data

    def data(self, id_: str) -> str:
        scripts = [attrs for tag, attrs in self.tags if tag == "script"]
        return next(
            text for attrs, text in zip(scripts, self.raw["script"], strict=True) if attrs.get("id") == id_
        )

    def chunks(self) -> list[str]:
        scripts = [attrs for tag, attrs in self.tags if tag == "script"]
        return [
            text
            for attrs, text in zip(scripts, self.raw["script"], strict=True)
            if attrs.get("class") == "chunk"
        ]


# --- what it holds -------------------------------------------------------------------------------


def test_the_page_holds_texts_quotes_speakers_and_problems(tmp_path: Path) -> None:
    parsed = Parsed(page(tmp_path))
    index = unpacked(parsed.data("index"))
    assert [(row[0], row[-1]) for row in index["articles"]] == [
        ("pasar/mogok.txt", "2026-03-02"),
        ("pelabuhan/berita #1.txt", ""),
        ("pelabuhan/dermaga.txt", "2026-03-09"),
    ]
    assert [row[1] for row in index["speakers"]] == ["Sari Wulandari", "Damar Jati", "Yosef Lamber"]
    assert index["problems"] == [["pelabuhan/berita #1.txt", "unpaired_mark", "3", "opening mark"]]
    assert index["chunks"] == [0]
    [chunk] = map(unpacked, parsed.chunks())
    assert [text for text, _ in chunk] == [PASAR, "Tanpa kutipan.", DERMAGA]
    cells = dict(zip(gather.QUOTE_CELLS, chunk[0][1][1], strict=False))
    assert cells["speaker"] == "Damar Jati"
    start, end = int(cells["start"]), int(cells["end"])
    assert PASAR[start:end] == "salah alamat"


@pytest.mark.parametrize("form", [("csv", True), ("jsonl", False), ("parquet", False)])
def test_every_form_of_the_tables_gives_the_same_bytes(tmp_path: Path, form: tuple[str, bool]) -> None:
    hostile = [
        Made("=1+1.txt", "“=A1,” kata -Sari.", [{"text": "=A1,", "speaker": "-Sari", "stance": "other"}])
    ]
    plain = page(tmp_path / "plain", ARTICLES + hostile)
    assert plain == page(tmp_path / "plain", ARTICLES + hostile)
    assert plain == page(tmp_path / "other", ARTICLES + hostile, format=form[0], spreadsheet_safe=form[1])


def test_an_article_without_text_keeps_the_words_of_its_quotes(tmp_path: Path) -> None:
    write_tables(tmp_path, ARTICLES)
    given = [Source("pasar/mogok.txt", None, None), Source("pelabuhan/dermaga.txt", "2026-03-09", DERMAGA)]
    parsed = Parsed(write_page(tmp_path, sources=given).read_text("utf-8"))
    [chunk] = map(unpacked, parsed.chunks())
    assert [text for text, _ in chunk] == [None, None, DERMAGA]
    assert [row[-1] for row in chunk[0][1]] == ["Kami rugi,", "salah alamat"]
    assert len(chunk[2][1][0]) == len(gather.QUOTE_CELLS) - 1


def many(count: int) -> list[Made]:
    return [Made(f"{number:03}.txt", PASAR, ARTICLES[0].quotes, "2026-03-02") for number in range(count)]


def test_articles_are_packed_in_chunks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gather, "_CHUNK_ARTICLES", 10)
    write_tables(tmp_path, many(25))
    found = gather.gather(Tables(tmp_path), sources(many(25)))
    assert unpacked(found.index)["chunks"] == [0, 10, 20]
    assert [len(unpacked(chunk)) for chunk in found.chunks] == [10, 10, 5]


@pytest.mark.parametrize(("limit", "most"), [("MAX_ARTICLES", 4), ("MAX_BYTES", 2000)])
def test_a_limit_bounds_the_details_and_is_told_but_figures_count_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, most: int
) -> None:
    monkeypatch.setattr(gather, limit, most)
    write_tables(tmp_path, many(30))
    text = write_page(tmp_path, sources=sources(many(30))).read_text("utf-8")
    index = unpacked(Parsed(text).data("index"))
    held = len(index["articles"])
    assert held == (4 if limit == "MAX_ARTICLES" else 5)
    assert "".join(f"holds the texts and quotes of the first {held} of\n  30 articles".split()) in "".join(
        text.split()
    )
    assert "60 quotes by 2 speakers" in " ".join(text.split())
    assert "holds the texts" not in page(tmp_path / "small")


def test_a_very_long_text_stays_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gather, "MAX_TEXT", len(DERMAGA))
    [chunk] = map(unpacked, Parsed(page(tmp_path)).chunks())
    assert [text is None for text, _ in chunk] == [True, False, False]


def test_memory_is_bounded_and_sources_are_read_as_a_stream(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gather, "MAX_ARTICLES", 2)
    write_tables(tmp_path, many(20))
    taken = []

    def stream() -> Any:
        for source in sources(many(20)):
            taken.append(source.article_id)
            yield source

    found = gather.gather(Tables(tmp_path), stream())
    assert (found.articles, found.held, found.dated) == (20, 2, 20)
    assert taken == [f"{number:03}.txt" for number in range(20)]


def test_an_empty_run(tmp_path: Path) -> None:
    text = page(tmp_path, [])
    assert "0 quotes by 0 speakers in 0 articles" in " ".join(text.split())
    assert "<svg" not in text


def test_labels_of_a_model_of_ones_own(tmp_path: Path) -> None:
    write_tables(tmp_path, ARTICLES)
    labels = ("pemerintah", "perusahaan", "serikat")
    swap = {"official": "pemerintah", "protester": "serikat"}
    for name in ("quotes", "speakers", "stance"):
        path = tmp_path / f"{name}.csv"
        text = path.read_text("utf-8")
        path.write_text(re.sub("official|protester", lambda found: swap[found[0]], text), "utf-8")
    articles = tmp_path / "articles.csv"
    rows = articles.read_text("utf-8").splitlines()
    columns = [*tables.ARTICLES[:9], *labels, "problems"]
    body = [[*row.split(",")[:9], "1", "0", "1", "0"] for row in rows[1:]]
    articles.write_text("\n".join(",".join(row) for row in [columns, *body]) + "\n", "utf-8")
    text = write_page(tmp_path, sources=sources(ARTICLES)).read_text("utf-8")
    settings = json.loads(Parsed(text).data("settings"))
    assert [look["label"] for look in settings["labels"]] == [*labels, ""]
    assert len({look["slot"] for look in settings["labels"]}) == 4
    assert "Perusahaan" in text
    assert "Official" not in text


@pytest.mark.parametrize("name", tables.NAMES)
def test_a_missing_table_is_one_clear_line(tmp_path: Path, name: str) -> None:
    write_tables(tmp_path, ARTICLES)
    (tmp_path / f"{name}.csv").unlink()
    with pytest.raises(RunError, match=rf"{name}\.csv: table missing"):
        write_page(tmp_path)
    assert not list(tmp_path.glob("*report*")) + list(tmp_path.glob(".*report*"))


def test_a_page_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    write_tables(tmp_path, ARTICLES)
    (tmp_path / "report.html").mkdir()
    with pytest.raises(RunError, match=r"report\.html: cannot be written"):
        write_page(tmp_path)
    assert not list(tmp_path.glob(".*report*"))


# --- what it may never do ------------------------------------------------------------------------

EVIL = (
    "</script><script>alert(1)</script><img src=x onerror=alert(2)>"
    "\u2028\u202e\x00\x1b[31m{{7*7}}'\"&#x26;]]>--><!--"
)
HOSTILE = [
    Made(
        f"javascript:alert(3)/{EVIL}.txt",
        f"“{EVIL}” kata {EVIL}. \ud800 lepas",
        [{"text": EVIL, "start": 1, "end": 1 + len(EVIL), "speaker": EVIL, "role": EVIL, "stance": EVIL,
          "country": "<b", "rule": EVIL, "mention": EVIL, "cue": "kata", "speaker_id": EVIL}],
        f"2026-01-01{EVIL}",
        EVIL,
        [("unpaired_mark", "1", EVIL)],
    )
]  # fmt: skip


def test_a_hostile_article_adds_no_element_and_no_attribute(tmp_path: Path) -> None:
    quote = {"text": "b", "speaker": "c", "stance": "x", "role": "d"}
    problems = [("unpaired_mark", "1", "x")]
    clean = [Made("a.txt", "“b” kata c. d", [quote], "2026-01-01", problems=problems)]
    found, plain = Parsed(page(tmp_path / "h", HOSTILE, title=EVIL)), Parsed(page(tmp_path / "c", clean))
    shape = lambda parsed: [(tag, sorted(attrs)) for tag, attrs in parsed.tags]  # noqa: E731
    assert shape(found) == shape(plain)
    assert unpacked(found.chunks()[0])[0][0] == HOSTILE[0].text


def test_links_stay_inside_the_page_and_nothing_is_loaded(tmp_path: Path) -> None:
    text = page(tmp_path, ARTICLES + HOSTILE)
    parsed = Parsed(text)
    for tag, attrs in parsed.tags:
        assert not [name for name in attrs if name.startswith("on")]
        assert (attrs.get("href") or "#").startswith("#"), tag
        assert not {"src", "srcset", "action", "style", "xlink:href"} & set(attrs), tag
    addresses = set(re.findall(r"(?:https?:)?//[\w.]+\.\w+[^\s\"'<]*", text))
    assert addresses <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}
    assert "url(" not in parsed.raw["style"][0]
    assert "@import" not in parsed.raw["style"][0]


def test_the_policy_lets_only_the_page_s_own_script_and_style_in(tmp_path: Path) -> None:
    parsed = Parsed(page(tmp_path, title=EVIL))
    policy = next(attrs["content"] for tag, attrs in parsed.tags if attrs.get("http-equiv"))
    digest = lambda text: base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()  # noqa: E731
    running = [
        text
        for (tag, attrs), text in zip(
            [pair for pair in parsed.tags if pair[0] == "script"], parsed.raw["script"], strict=True
        )
        if "type" not in attrs
    ]
    assert len(running) == 1
    assert f"script-src 'sha256-{digest(running[0])}'" in policy
    assert f"style-src 'sha256-{digest(parsed.raw['style'][0])}'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_the_script_never_makes_markup_of_strings() -> None:
    script = ASSETS.joinpath("page.js").read_text("utf-8")
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", script
    )
    assert "</script" not in script
    assert "<!--" not in script


# --- figures ---------------------------------------------------------------------------------------


def test_every_figure_leads_to_its_quotes(tmp_path: Path) -> None:
    parsed = Parsed(page(tmp_path))
    targets = {attrs["href"] for tag, attrs in parsed.tags if tag == "a"}
    assert {
        "#quotes?stance=official", "#quotes?stance=protester", "#quotes?speaker=s-Damar+Jati",
        "#quotes?stance=official&from=2026-03-02&to=2026-03-02",
        "#quotes?article=pasar%2Fmogok.txt&stance=protester", "#article?id=pelabuhan%2Fdermaga.txt",
        "#problems?code=unpaired_mark", "#quotes?stance=official&kind=mixed",
    } <= targets  # fmt: skip
    in_svg = [attrs for tag, attrs in parsed.tags if tag == "a" and attrs.get("tabindex") == "-1"]
    assert len(in_svg) >= 10


MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug")


@pytest.mark.parametrize(
    ("dates", "labels"),
    [
        ([], []),
        (["2026-02-30", "kemarin", "0026-01-01", "20260101"], ["1 Jan"]),
        (["2026-01-30", "2026-02-02"], ["30 Jan", "31 Jan", "1 Feb", "2 Feb"]),
        (["2026-01-01", "2026-02-10"], ["29 Dec", "5 Jan", "12 Jan", "19 Jan", "26 Jan", "2 Feb", "9 Feb"]),
        (["2025-12-31", "2026-08-07"], ["Dec 2025", *(f"{m} 2026" for m in MONTHS)]),
        (["2020-02-29", "2024-12-31"], ["2020", "2021", "2022", "2023", "2024"]),
    ],
)  # fmt: skip
def test_periods_have_a_readable_length_and_no_gaps(dates: list[str], labels: list[str]) -> None:
    found = charts.periods({date: Counter({"official": 1}) for date in dates})
    assert [period.label for period in found] == labels
    assert all(one.last < other.first for one, other in itertools.pairwise(found))
    assert sum(period.stances.total() for period in found) == (
        len(dates) if labels and len(dates) != 4 else len(labels)
    )


@pytest.mark.parametrize(
    ("article_id", "label"),
    [
        ("a/b/berita.txt", "berita.txt"),
        ("arsip.jsonl#12", "arsip.jsonl#12"),
        ("x\u202egpj.exe", "x gpj.exe"),
        ("baris\nbaru\x00.txt", "baris baru .txt"),
        ("n" * 100, "…" + "n" * 43),
        ("/", "/"),
    ],
)
def test_labels_of_articles_are_one_plain_line(article_id: str, label: str) -> None:
    assert charts.article_label(article_id) == label


def test_shipped_labels_always_look_the_same_and_others_differ() -> None:
    shipped = stances.looks(tables.STANCES)
    assert [shipped[label].sign for label in tables.STANCES] == list("■▲◆●")
    mixed = stances.looks(("protester", "company", "union", "official", "a", "b", "c", "d"))
    assert mixed["protester"] == shipped["protester"]
    assert len({look.slot for look in mixed.values()}) == 9
    assert len(stances.looks([f"l{number}" for number in range(20)])) == 21


# --- colours ---------------------------------------------------------------------------------------


def palette(theme: str) -> dict[str, str]:
    style = ASSETS.joinpath("page.css").read_text("utf-8")
    blocks = re.findall(r"(?m)^\s*:root([^{]*)\{(.*?)\}", style, re.S)
    body = next(text for selector, text in blocks if (theme == "light") == (selector.strip() == "")
                and (theme == "light" or f'"{theme}"' in selector))  # fmt: skip
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", body))


def linear(colour: str) -> list[float]:
    values = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    return [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in values]


def contrast(one: str, other: str) -> float:
    light = [0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in (linear(one), linear(other))]
    return (max(light) + 0.05) / (min(light) + 0.05)


SIDES = [f"s{number}" for number in range(8)] + ["su"]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_contrast_is_aa_in_both_themes(theme: str) -> None:
    colours = palette(theme)
    for ground, text in itertools.product(("ground", "surface"), ("ink", "muted", *SIDES[:4], *SIDES[4:])):
        assert contrast(colours[ground], colours[text]) >= 4.5, (ground, text)
    for side in SIDES:
        assert contrast(colours["on-stance"], colours[side]) >= 4.5, side
    assert contrast(colours["surface"], colours["field"]) >= 3


def test_both_ways_into_dark_have_the_same_colours() -> None:
    style = ASSETS.joinpath("page.css").read_text("utf-8")
    dark = [re.sub(r"\s+", " ", body) for body in re.findall(r"\{([^{}]*color-scheme: dark[^{}]*)\}", style)]
    assert len(dark) == 2
    assert dark[0].strip() == dark[1].strip()


#: Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB.
BLINDNESS = {
    "none": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": (
        (0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900),
    ),
}  # fmt: skip


def oklab(colour: str, matrix: tuple[tuple[float, ...], ...]) -> tuple[float, float, float]:
    rgb = linear(colour)
    r, g, b = (
        max(0.0, sum(weight * value for weight, value in zip(row, rgb, strict=True))) for row in matrix
    )
    long, middle, short = (
        (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3),
        (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3),
        (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3),
    )  # fmt: skip
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("sight", BLINDNESS)
def test_the_four_sides_keep_apart_under_every_colour_blindness(theme: str, sight: str) -> None:
    colours = palette(theme)
    for one, other in itertools.combinations(SIDES[:4], 2):
        a, b = oklab(colours[one], BLINDNESS[sight]), oklab(colours[other], BLINDNESS[sight])
        distance = sum((x - y) ** 2 for x, y in zip(a, b, strict=True)) ** 0.5
        # About 0.02 is just noticeable.
        assert distance >= 0.09, (one, other)
