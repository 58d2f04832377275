"""The page in a real browser: reading, filtering, correcting, and staying inert."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import Browser, browsing
from page_tables import Made, write_tables

from quotes import corrections
from quotes.page import Source, write_page
from quotes.records import Analysis, Profile, Quote

MOGOK = (
    "SOLO — Pedagang Pasar Legi mogok sejak Senin.\r\n\r\n"
    "“Kami rugi 𝄞 besar, dan bupati hanya bilang ‘sabar’,” kata Sari Wulandari, Selasa.\r\n"
    "Menurut Bupati Damar Jati, mogok itu “salah alamat”. “Pasar tetap dibuka,” ujarnya.\r\n"
    "Pentas “Pasar Malam” ditunda."
)
RUGI = "Kami rugi 𝄞 besar, dan bupati hanya bilang ‘sabar’,"
_NYA = MOGOK.index("ujarnya") + len("ujar")
NYA = {"mention_start": _NYA, "mention_end": _NYA + len("nya")}


def said(words: str, **cells: object) -> dict[str, object]:
    return {"text": words, **cells}


SARI = {"speaker": "Sari Wulandari", "role": "ketua pedagang", "stance": "protester"}
DAMAR = {"speaker": "Damar Jati", "role": "Bupati", "stance": "official", "country": "ID"}
ARTICLES = [
    Made(
        "pasar/mogok.txt",
        MOGOK,
        [
            said(RUGI, cue="kata", mention="Sari Wulandari", **SARI),
            said("sabar", kind="mixed", **DAMAR),
            said("salah alamat", kind="mixed", cue="Menurut", mention="Bupati Damar Jati", **DAMAR),
            said("Pasar tetap dibuka,", cue="ujarnya", mention="nya", **NYA, **DAMAR),
            said("Pasar Malam", kind="other"),
        ],
        "2026-03-02",
    ),
    Made(
        "pelabuhan/kapal.txt",
        "Kapal Lestari tiba. Duta Besar Hana Lindqvist memuji sambutan itu. Kantor tutup pukul 5'.",
        [said("sambutan itu", kind="indirect", cue="memuji", mention="Duta Besar Hana Lindqvist",
              speaker="Hana Lindqvist", role="Duta Besar", stance="foreign_government", country="SE")],
        "2026-03-09",
        problems=[("unpaired_mark", "84", "closing mark without an opening one")],
    ),
    Made(
        "tanpa tanggal.txt",
        "“Sepi,” keluh warga.",
        [said("Sepi,", cue="keluh", mention="warga", speaker="warga", stance="other")],
    ),
]  # fmt: skip


def made(folder: Path, articles: list[Made], *, safe: bool = False) -> Path:
    write_tables(folder, articles, safe=safe)
    given = [Source(one.article_id, one.date, one.text) for one in articles]
    return write_page(folder, sources=given, spreadsheet_safe=safe)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browsing(tmp_path_factory.mktemp("browser")) as found:
        yield found


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("page"), ARTICLES)


@pytest.fixture(autouse=True)
def quiet(browser: Browser) -> Iterator[None]:
    """Every test begins large, light and without kept corrections, and ends without complaints."""
    browser.size(1200, 900)
    browser.scheme("light")
    browser.complaints()
    yield
    assert browser.complaints() == []
    browser.run("localStorage.clear()")


def rows(browser: Browser) -> list[str]:
    return browser.all("#quotes-list .words")


# --- reading ----------------------------------------------------------------------------------------


def test_a_figure_leads_to_its_quotes(browser: Browser, page: Path) -> None:
    browser.open(page)
    assert browser.text("h1") == "Who said what"
    browser.find("#overview svg a[href='#quotes?stance=official']").click()
    browser.settled()
    assert browser.text("#quotes-count") == "3 quotes of 6"
    assert rows(browser) == ["sabar", "salah alamat", "Pasar tetap dibuka,"]
    assert browser.run("return document.activeElement.id") == "quotes-title"
    assert browser.run("return document.querySelector('#quotes-form [value=official]').checked")


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ("", 5),
        ("kind=other", 1),
        ("kind=mixed,indirect", 3),
        ("stance=protester,other", 2),
        ("stance=-", 0),
        ("speaker=s-Damar+Jati", 3),
        ("speaker=s-Damar+Jati&kind=direct", 1),
        ("article=pasar%2Fmogok.txt", 4),
        ("text=SALAH++alamat", 1),
        ("text=.", 0),
        ("text=%5B(", 0),
        ("who=bupati", 3),
        ("who=lindqvist", 1),
        ("in=pelabuhan", 1),
        ("from=2026-03-03", 1),
        ("to=2026-03-03", 4),
        ("from=2026-03-02&to=2026-03-09", 5),
        ("speaker=nobody", 0),
    ],
)
def test_filters(browser: Browser, page: Path, filters: str, found: int) -> None:
    browser.open(page, f"#quotes?{filters}")
    extra = 1 if filters in ("", "stance=protester,other") else 0  # the undated article
    expected = found + extra if filters == "" else found
    assert len(rows(browser)) == expected
    assert browser.text("#quotes-count").split()[0] == str(expected)
    assert browser.text("#status").split()[0] == str(expected)


def test_filters_by_hand_are_kept_in_the_address(browser: Browser, page: Path) -> None:
    browser.open(page, "#quotes")
    browser.find("#quotes-form [name=text]").send_keys("pasar")
    browser.until("return location.hash === '#quotes?text=pasar'")
    assert rows(browser) == ["Pasar tetap dibuka,"]
    browser.find("#quotes-kinds [value=other]").send_keys(" ")
    browser.until("return location.hash.includes('kind=other')")
    assert rows(browser) == ["Pasar Malam"]
    browser.find("#quotes-clear").click()
    browser.until("return location.hash === '#quotes'")
    assert len(rows(browser)) == 6


def test_speakers_articles_and_problems(browser: Browser, page: Path) -> None:
    browser.open(page, "#speakers")
    assert browser.all("#speakers-list .who")[0] == "Damar Jati"
    browser.find("#speakers-form [name=q]").send_keys("duta")
    browser.until("return document.querySelectorAll('#speakers-list .who').length === 1")
    assert "Sweden" in browser.text("#speakers-list")
    browser.go("#articles?order=date")
    assert browser.all("#articles-list .name") == [
        "pelabuhan/kapal.txt",
        "pasar/mogok.txt",
        "tanpa tanggal.txt",
    ]
    browser.go("#problems?code=unpaired_mark")
    assert "closing mark without an opening one" in browser.text("#problems-list tbody")
    assert "84" in browser.text("#problems-list tbody")


def test_the_article_view_marks_every_quote_exactly(browser: Browser, page: Path) -> None:
    browser.open(page, "#article?id=pasar%2Fmogok.txt")
    words = lambda number: "".join(  # noqa: E731
        browser.run(
            "const marks = document.querySelectorAll(`mark[data-quote='${arguments[0]}']`);"
            "return [...marks].map((node) => node.textContent)",
            number,
        )
    )
    assert words(1) == "Kami rugi 𝄞 besar, dan bupati hanya bilang ‘’,"  # the nested one shows its own
    assert words(2) == "sabar"
    assert words(3) == "salah alamat"
    assert words(4) == "Pasar tetap dibuka,"
    assert browser.all("#article-text mark.nested") == ["sabar"]
    assert browser.all("#article-text .mention") == ["Sari Wulandari", "Bupati Damar Jati", "nya"]
    assert browser.all("#article-text .cue") == ["kata", "Menurut", "ujar", "nya"]
    plain = browser.run(
        "const copy = document.getElementById('article-text').cloneNode(true);"
        "copy.querySelectorAll('.marker').forEach((n) => n.remove());"
        "return [...copy.querySelectorAll('p')].map((n) => n.textContent)"
    )
    assert plain == [line for line in MOGOK.split("\r\n") if line]
    assert browser.all(".marker") == ["▲ 1", "■ 2", "■ 3", "■ 4", "– 5"]
    assert "protester, Sari Wulandari" in browser.run(
        "return document.querySelector('.marker').getAttribute('aria-label').replace('P', 'p')"
    )


def test_the_tip_tells_speaker_rule_and_confidence_to_mouse_and_keyboard(
    browser: Browser, page: Path
) -> None:
    from selenium.webdriver import ActionChains, Keys

    browser.open(page, "#article?id=pasar%2Fmogok.txt")
    assert not browser.find("#tip").is_displayed()
    ActionChains(browser.driver).move_to_element(browser.find("mark[data-quote='3']")).perform()
    browser.until("return !document.getElementById('tip').hidden")
    tip = browser.text("#tip")
    for part in ("Damar Jati", "Bupati", "■ Official, 91%", "Rule cue-after, confidence 93%"):
        assert part in tip
    ActionChains(browser.driver).send_keys(Keys.ESCAPE).perform()
    assert not browser.find("#tip").is_displayed()
    browser.run("document.querySelector('.marker[data-quote=\"1\"]').focus()")
    assert "Sari Wulandari" in browser.text("#tip")
    assert browser.find("#tip").is_displayed()
    assert browser.run("return document.activeElement.getAttribute('aria-describedby')") == "tip"
    ActionChains(browser.driver).send_keys(Keys.ENTER).perform()
    assert browser.run("return document.activeElement.id") == "note-1"


@pytest.mark.parametrize("view", ["overview", "quotes", "speakers", "articles", "problems", "corrections"])
def test_every_control_has_a_name_and_every_view_one_heading(browser: Browser, page: Path, view: str) -> None:
    browser.open(page, f"#{view}")
    shown = browser.run(
        "return [...document.querySelectorAll('main section.view:not([hidden]) h1')].map((n) => n.id)"
    )
    assert shown == [f"{view}-title"]
    assert browser.run("return document.querySelectorAll('.top [aria-current=page]').length") == 1
    nameless = browser.run(
        "return [...document.querySelectorAll('button, a[href]:not([tabindex=\"-1\"]), input, select')]"
        ".filter((n) => n.checkVisibility() && !(n.textContent.trim() || n.getAttribute('aria-label')"
        " || n.labels?.length)).map((n) => n.outerHTML)"
    )
    assert nameless == []
    tables = browser.run(
        "return [...document.querySelectorAll('table')]"
        ".filter((table) => !table.caption || !table.querySelector('th[scope=col]')).length"
    )
    assert tables == 0


def test_an_article_that_the_page_does_not_hold(browser: Browser, page: Path) -> None:
    browser.open(page, "#article?id=lain.txt")
    assert "does not hold this article" in browser.text("#article-text")
    browser.run("location.hash = '#nonsense'")
    browser.until("return !document.getElementById('overview').hidden")


# --- looks ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "view", ["overview", "quotes", "speakers", "articles", "problems", "article?id=pasar%2Fmogok.txt"]
)
def test_a_phone_scrolls_in_one_direction_only(browser: Browser, page: Path, view: str) -> None:
    browser.size(390, 844, mobile=True)
    browser.open(page, f"#{view}")
    assert browser.run("return document.documentElement.scrollWidth") <= 390


def test_the_share_of_voice_fits_a_small_phone(browser: Browser, page: Path) -> None:
    browser.size(320, 640, mobile=True)
    browser.open(page)
    spare = browser.run(
        "return [...document.querySelectorAll('#overview .scroll')].filter((node) => node.clientWidth)"
        ".map((node) => node.scrollWidth - node.clientWidth)"
    )
    assert spare[0] <= 0


@pytest.mark.parametrize(("score", "shown"), [("0.9978", "99%"), ("0.934", "93%"), ("1.0", "100%")])
def test_nearly_sure_is_not_sure(browser: Browser, tmp_path: Path, score: str, shown: str) -> None:
    made = Made("a.txt", "“Ya,” kata Ani.", [said("Ya,", speaker="Ani", rule="after", score=score)])
    write_tables(tmp_path, [made])
    write_page(tmp_path, sources=[Source("a.txt", None, made.text)])
    browser.open(tmp_path / "report.html", "#article?id=a.txt")
    assert f"after · {shown}" in browser.text("#note-1")


def test_dark_follows_the_system_and_the_button(browser: Browser, page: Path) -> None:
    ground = "return getComputedStyle(document.body).backgroundColor"
    browser.open(page)
    light = browser.run(ground)
    browser.scheme("dark")
    dark = browser.run(ground)
    assert light != dark
    bar = "return getComputedStyle(document.querySelector('#overview svg a path')).fill"
    dark_bar = browser.run(bar)
    browser.find("#theme").click()
    assert browser.run(ground) == light
    assert browser.run(bar) != dark_bar
    browser.open(page)
    assert browser.run(ground) == light  # the choice is kept


# --- correcting -----------------------------------------------------------------------------------------


def choose(browser: Browser, field: str, value: str) -> None:
    browser.run(
        "const field = document.getElementById('editor-form').elements[arguments[0]];"
        "field.value = arguments[1]; field.dispatchEvent(new Event('change'))",
        field,
        value,
    )


def correct(browser: Browser, place: int, **values: str) -> None:
    browser.run("document.querySelectorAll('#quotes-list button')[arguments[0]].click()", place)
    for field, value in values.items():
        choose(browser, field, value)
    browser.run("document.getElementById('status').textContent = ''")
    browser.find("#editor [value=save]").click()
    browser.until("return document.getElementById('status').textContent.includes('kept')")


def analysis(article: Made) -> Analysis:
    """The article as the pipeline would have read it."""
    names: list[str] = []
    quotes, speakers = [], []
    for cells in article.rows():
        row = {key: None if value == "" else value for key, value in cells.items()}
        if row["speaker"] and row["speaker"] not in names:
            names.append(row["speaker"])
            who = (row[key] for key in ("speaker", "speaker_type", "role", "country", "stance"))
            name, type_, *rest = who
            speakers.append(Profile(name, type_, rest[0], True, *rest[1:]))
        numbers = {
            "speaker_index": names.index(row["speaker"]) if row["speaker"] else -1,
            "stance_score": row["stance_score"] and float(row["stance_score"]),
            "score": row["score"] and float(row["score"]),
        }
        quotes.append(Quote(**{key: (row | numbers)[key] for key in Quote._fields}))
    return Analysis(
        article.article_id, len(article.text), "ID", article.date, tuple(quotes), tuple(speakers), ()
    )


@pytest.mark.parametrize("safe", [False, True])
def test_a_correction_goes_from_the_page_into_the_rows(browser: Browser, tmp_path: Path, safe: bool) -> None:
    words = '=1+1; "dua", tiga'
    sheet = Made(
        "-lembar.txt",
        f"“{words}” kata Sari.\nLalu sepi.",
        [said(words, speaker="Sari", stance="other", role="x")],
    )
    articles = [*ARTICLES, sheet]
    page = made(tmp_path, articles, safe=safe)
    browser.open(page, "#quotes")
    correct(browser, 0, stance="other")
    assert browser.text("#pending") == "1"
    correct(browser, 2, kind="other")
    # The one of kind other is not listed any more.
    correct(browser, 3, speaker="Hana Lindqvist Åberg", role="")
    correct(browser, 5, speaker="", role="ignored")
    browser.go("#quotes")
    assert len(browser.all("#quotes-list tr.fixed")) == 3
    browser.open(page, "#corrections")  # kept over a reload
    assert browser.text("#corrections-count") == "4 corrections"
    assert "side: Protester → Other" in browser.text("#corrections-list")
    path = browser.downloaded(lambda: browser.find("#download").click())
    assert path.read_bytes().startswith(b"\xef\xbb\xbfarticle_id,")
    with path.open(encoding="utf-8-sig", newline="") as lines:
        table = list(csv.DictReader(lines))
    assert [row["stance"] for row in table] == ["other", "(none)", "foreign_government", "(none)"]
    assert table[0]["context"].startswith("“Kami rugi")
    assert table[0]["context"].endswith("Selasa.")
    assert table[0]["focus_country"] == "ID"

    found = corrections.load(path, stances=("official", "protester", "foreign_government", "other"))
    first, second, _, last = (corrections.apply(analysis(one), found) for one in articles)
    assert (first.quotes[0].stance, first.quotes[0].stance_score, first.quotes[0].speaker) == (
        "other",
        1.0,
        "Sari Wulandari",
    )
    assert (first.quotes[2].kind, first.quotes[2].speaker) == ("other", None)
    assert (second.quotes[0].speaker, second.quotes[0].role) == ("Hana Lindqvist Åberg", None)
    assert (last.quotes[0].text, last.quotes[0].speaker, last.quotes[0].stance) == (words, None, None)
    assert corrections.misfits(found, tmp_path, spreadsheet_safe=safe) == []
    path.unlink()


def test_a_correction_for_all_quotes_of_a_speaker_in_the_article(browser: Browser, page: Path) -> None:
    browser.open(page, "#article?id=pasar%2Fmogok.txt")
    browser.find("#note-3 button").click()
    assert browser.text("#editor-same") == "Also for this speaker’s 2 other quotes in this article"
    choose(browser, "stance", "foreign_government")
    browser.find("#editor [name=same]").click()
    browser.find("#editor [value=save]").click()
    browser.until("return document.querySelectorAll('.note.fixed').length === 3")
    assert browser.all(".marker") == ["▲ 1", "◆ 2", "◆ 3", "◆ 4", "– 5"]
    kinds = browser.all("#article-quotes .head .part")
    assert kinds == ["Direct", "Mixed", "Mixed", "Direct", "Not speech"]
    browser.until("return document.activeElement.textContent === 'Corrected'")
    browser.find("#note-3 button").click()
    browser.find("#editor-undo").click()
    browser.until("return document.querySelectorAll('.note.fixed').length === 2")
    assert browser.text("#pending") == "2"


def test_a_known_speaker_brings_role_and_side_and_escape_keeps_nothing(browser: Browser, page: Path) -> None:
    from selenium.webdriver import ActionChains, Keys

    browser.open(page, "#quotes?stance=protester")
    browser.run("document.querySelector('#quotes-list button').click()")
    choose(browser, "speaker", "Damar Jati")
    values = browser.run(
        "return ['role', 'stance'].map((name) => document.getElementById('editor-form').elements[name].value)"
    )
    assert values == ["Bupati", "official"]
    choose(browser, "kind", "other")
    assert not browser.find("#editor [name=speaker]").is_enabled()
    ActionChains(browser.driver).send_keys(Keys.ESCAPE).perform()
    browser.until("return !document.getElementById('editor').open")
    assert browser.find("#pending").is_displayed() is False
    assert rows(browser) == [RUGI]


def test_corrections_can_be_discarded(browser: Browser, page: Path) -> None:
    browser.open(page, "#quotes")
    correct(browser, 0, stance="other")
    browser.go("#corrections")
    browser.run("window.confirm = () => true")
    browser.find("#discard").click()
    browser.until("return document.getElementById('pending').hidden")
    assert "Nothing corrected yet" in browser.text("#corrections-list")
    assert not browser.find("#download").is_enabled()


def test_the_whole_way_from_articles_to_a_corrected_report(browser: Browser, tmp_path: Path) -> None:
    articles = tmp_path / "berita"
    articles.mkdir()
    (articles / "pasar.txt").write_text(MOGOK, encoding="utf-8", newline="")
    (articles / "-1+1.txt").write_text("=“Sepi,” keluh Rudi Halim, Senin (2/3/2026).", encoding="utf-8")

    def report(*options: str) -> list[str]:
        command = [sys.executable, "-m", "quotes", "report", str(articles), "--out", str(tmp_path / "out")]
        done = subprocess.run(
            [*command, "--spreadsheet-safe", "--quiet", *options], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stderr.splitlines()

    assert report() == []
    page = tmp_path / "out" / "report.html"
    browser.open(page, "#quotes?text=sepi")
    assert browser.text("#quotes-list .who") == "Rudi Halim"
    assert "2026-03-02" in browser.text("#quotes-list tbody")
    before = browser.text("#quotes-list .side")
    correct(browser, 0, stance="protester" if "Protester" not in before else "other")
    browser.find("#quotes-list a.name").click()
    browser.settled()
    browser.find("#note-1 button").click()
    choose(browser, "role", "pedagang")
    browser.find("#editor [value=save]").click()
    browser.go("#corrections")
    path = browser.downloaded(lambda: browser.find("#download").click())
    with path.open("a", encoding="utf-8", newline="") as out:
        out.write("hilang.txt,0,4,Sepi,direct,Rudi,,other\r\n")
    said = report("--corrections", str(path))
    assert len(said) == 1
    assert said[0].endswith("row 3 (hilang.txt): no article of this run has this article_id")
    browser.open(page, "#quotes?text=sepi")
    assert browser.text("#quotes-list .side") != before
    assert "pedagang" in browser.text("#quotes-list tbody")
    assert report() == []  # without the file the rows are as they were
    browser.run("localStorage.clear()")
    browser.open(page, "#quotes?text=sepi")
    assert browser.text("#quotes-list .side") == before
    path.unlink()


# --- hostile articles -------------------------------------------------------------------------------------

EVIL = (
    "</script><script>window.hit=1</script><img src=x onerror='window.hit=2'><svg onload=window.hit=3>"
    "\u2028\u202eesrever\u202c \x00 {{7*7}} ${window.hit=4} \"'><a href='javascript:window.hit=5'>x</a><!--"
)


def test_a_hostile_article_stays_inert_in_every_view(browser: Browser, tmp_path: Path) -> None:
    everywhere = dict.fromkeys(("speaker", "role", "rule", "mention", "speaker_id"), EVIL)
    offsets = {"start": 1, "end": 1 + len(EVIL), "mention_start": 1, "mention_end": 2}
    evil = Made(
        f"javascript:window.hit=6//{EVIL}",
        f"“{EVIL}” kata {EVIL}",
        [said(EVIL, **everywhere, **offsets, stance="other", country="<b>", cue="kata")],
        "2026-01-01",
        "<i>",
        [("unpaired_mark", "0", EVIL)],
    )
    browser.open(made(tmp_path, [evil, *ARTICLES]))
    elements = "return [...document.querySelectorAll('script, img, iframe, object, embed, base, svg')].length"
    before = browser.run(elements)
    for view in ("overview", "quotes", "speakers", "articles", "problems", "corrections"):
        browser.go(f"#{view}")
    browser.run("document.querySelector('#quotes-list a.name').click()")
    browser.until("return !document.getElementById('article').hidden")
    browser.settled()
    assert "".join(
        browser.run("return [...document.querySelectorAll('mark')].map((n) => n.textContent)")
    ) == (EVIL.replace("\u2028", ""))
    browser.run("document.querySelector('.marker').focus()")
    browser.find("#note-1 button").click()
    assert browser.run("return document.getElementById('editor-quote').textContent") == EVIL
    browser.find("#editor [value=cancel]").click()
    browser.go(f"#quotes?text={'%3Cscript%3E'}&who=%3Cimg&article=%3Cimg%20src=x%20onerror=window.hit=7%3E")
    assert browser.run(elements) == before
    assert browser.run("return window.hit") is None
    assert browser.run("return [...document.links].every((a) => a.getAttribute('href').startsWith('#'))")
    inline = "return document.querySelectorAll('[onerror], [onload], [onclick], [style*=url]').length"
    assert browser.run(inline) == 0


# --- many -------------------------------------------------------------------------------------------------


def test_three_thousand_articles_stay_usable(browser: Browser, tmp_path: Path) -> None:
    articles = [
        Made(f"{number:04}/{one.article_id}", one.text, one.quotes, one.date)
        for number in range(1000)
        for one in ARTICLES
    ]
    browser.open(made(tmp_path, articles), "#quotes?stance=protester")
    assert browser.text("#quotes-count") == "1,000 quotes of 6,000"
    assert len(rows(browser)) == 50
    assert browser.text("#quotes-pager") == "EarlierPage 1 of 20Next"
    browser.run("document.querySelectorAll('#quotes-pager button')[1].click()")
    browser.until("return document.getElementById('quotes-pager').textContent.includes('Page 2')")
    seconds = browser.run(
        "const start = performance.now(); location.hash = '#quotes?text=dibuka';"
        "const drawn = () => location.hash.includes('dibuka')"
        " && document.querySelector('#quotes-list .words').textContent.includes('dibuka');"
        "return new Promise((done) => { const watch = setInterval(() => { if (drawn()) {"
        "clearInterval(watch); done((performance.now() - start) / 1000); } }, 5); })"
    )
    assert seconds < 2
    browser.go("#article?id=0999%2Fpasar%2Fmogok.txt")
    browser.until("return document.querySelectorAll('#article-text mark').length > 0")
    assert browser.run("return document.querySelectorAll('*').length") < 5000
