"""Every figure of quotes evaluate on gold and predictions made by hand."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from quotes.errors import GoldError
from quotes.evaluation.compare import compare, compare_pfsa, same_name, same_speaker, tokens, trim
from quotes.evaluation.gold import GoldArticle, GoldQuote, PfsaArticle, load_gold
from quotes.evaluation.misses import misses, misses_pfsa
from quotes.evaluation.run import Evaluated
from quotes.evaluation.scores import (
    F1,
    Mean,
    Ratio,
    Scores,
    calibration_error,
    curve,
    score,
    score_pfsa,
)
from quotes.evaluation.text import Wanted, as_data, as_lines
from quotes.records import Analysis, Quote, Span

TEXT = (
    "Jakarta - “Harga beras naik,” kata Sri Wahyuni, pedagang. "
    "Ia menyebut keadaan itu “gawat sekali”. Buku “Laut” terjual habis. "
    "Budi Santoso mengatakan stok aman. “Siapa di sana?”"
)


def at(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def gold_quote(kind: str, words: str, **fields: Any) -> GoldQuote:
    spans = {key: at(fields[key]) if fields.get(key) else None for key in ("mention", "cue")}
    return GoldQuote(
        kind,  # type: ignore[arg-type]
        at(words),
        spans["mention"],
        fields.get("name"),
        fields.get("role"),
        spans["cue"],
        fields.get("stance"),
    )


def row(kind: str, words: str, text: str = TEXT, **fields: Any) -> Quote:
    span = at(words, text)
    cue = at(fields["cue"], text) if fields.get("cue") else None
    mention = at(fields["mention"], text) if fields.get("mention") else None
    return Quote(
        quote_id=1,
        kind=kind,  # type: ignore[arg-type]
        text=words,
        start=span.start,
        end=span.end,
        cue=fields.get("cue"),
        cue_start=cue.start if cue else None,
        cue_end=cue.end if cue else None,
        mention=fields.get("mention"),
        mention_start=mention.start if mention else None,
        mention_end=mention.end if mention else None,
        speaker=fields.get("speaker"),
        speaker_index=0 if fields.get("speaker") else -1,
        speaker_type=None,
        role=fields.get("role"),
        country=None,
        stance=fields.get("stance"),
        stance_score=fields.get("stance_score"),
        rule=fields.get("rule"),
        score=fields.get("score"),
    )


def analysis(*rows: Quote, focus: str | None = None, article_id: str = "a") -> Analysis:
    return Analysis(article_id, len(TEXT), focus, None, rows, (), ())


GOLD = GoldArticle(
    "a",
    TEXT,
    "ID",
    (
        gold_quote("direct", "Harga beras naik,", name="Sri Wahyuni", role="pedagang", cue="kata",
                   mention="Sri Wahyuni", stance="other"),
        gold_quote("mixed", "gawat sekali", name="Sri Wahyuni", role="pedagang", cue="menyebut",
                   mention="Ia", stance="other"),
        gold_quote("other", "Laut"),
        gold_quote("direct", "Siapa di sana?"),
    ),
    (gold_quote("indirect", "Budi Santoso mengatakan", name="Budi Santoso", cue="mengatakan",
                mention="Budi Santoso", stance="official"),),
)  # fmt: skip

RIGHT = (
    row("direct", "Harga beras naik,", speaker="Sri Wahyuni", cue="kata", mention="Sri Wahyuni",
        stance="other", stance_score=0.9, rule="r1", score=0.95),
    row("mixed", "gawat sekali", speaker="Sri Wahyuni", cue="menyebut", mention="Ia",
        stance="other", stance_score=0.8, rule="r2", score=0.85),
    row("other", "Laut"),
    row("direct", "Siapa di sana?", rule="none", score=0.2),
    row("indirect", "stok aman", speaker="Budi Santoso", cue="mengatakan", mention="Budi Santoso",
        stance="official", stance_score=0.7, rule="r3", score=0.9),
)  # fmt: skip


def scored(*rows: Quote, focus: str | None = "ID") -> Scores:
    return score([compare(GOLD, analysis(*rows, focus=focus))])


def swapped(index: int, **changes: Any) -> list[Quote]:
    rows = list(RIGHT)
    rows[index] = rows[index]._replace(**changes)
    return rows


def test_all_right() -> None:
    figures = scored(*RIGHT).figures
    assert figures["span_f1"] == F1(4, 4, 4)
    assert figures["span_f1_overlap"] == F1(4, 4, 4)
    assert figures["kind_accuracy"] == Ratio(4, 4)
    assert figures["attribution_accuracy"] == Ratio(2, 2)
    assert figures["name_exact"] == Ratio(2, 2)
    assert figures["abstention_accuracy"] == Ratio(1, 1)
    assert figures["cue_accuracy"] == Ratio(2, 2)
    assert figures["stance_accuracy"] == Ratio(2, 2)
    assert figures["stance_macro_f1"] == Mean(1.0, 2)
    assert figures["indirect_f1"] == F1(1, 1, 1)
    assert figures["indirect_speaker"] == Ratio(1, 1)
    assert figures["indirect_stance"] == Ratio(1, 1)
    assert figures["focus_country"] == Ratio(1, 1)
    assert figures["coverage"] == Ratio(2, 2)
    assert figures["answered_precision"] == Ratio(2, 2)
    assert not list(misses([compare(GOLD, analysis(*RIGHT, focus="ID"))]))


def test_nothing_predicted_is_all_wrong() -> None:
    figures = scored(focus=None).figures
    assert figures["span_f1"] == F1(0, 0, 4)
    assert figures["span_f1"].value == 0.0
    for name in ("kind_accuracy", "attribution_accuracy", "name_exact", "abstention_accuracy", "cue_accuracy",
                 "stance_accuracy", "focus_country"):  # fmt: skip
        assert figures[name].value == 0.0, name
    assert figures["indirect_f1"] == F1(0, 0, 1)
    assert figures["indirect_speaker"] == Ratio(0, 0)
    assert figures["indirect_speaker"].value is None


@pytest.mark.parametrize(
    ("index", "changes", "figure", "expected"),
    [
        (0, {"kind": "mixed"}, "kind_accuracy", Ratio(3, 4)),
        (0, {"speaker": "Budi Santoso"}, "attribution_accuracy", Ratio(1, 2)),
        (0, {"speaker": "Wahyuni"}, "attribution_accuracy", Ratio(2, 2)),
        (0, {"speaker": "Wahyuni"}, "name_exact", Ratio(1, 2)),
        (0, {"speaker": "SRI  wahyuni"}, "name_exact", Ratio(2, 2)),
        (3, {"speaker": "Sri Wahyuni"}, "abstention_accuracy", Ratio(0, 1)),
        (0, {"cue_start": 0, "cue_end": 7}, "cue_accuracy", Ratio(1, 2)),
        (0, {"cue_start": None, "cue_end": None}, "cue_accuracy", Ratio(1, 2)),
        (0, {"stance": "official"}, "stance_accuracy", Ratio(1, 2)),
        (0, {"stance": None}, "stance_accuracy", Ratio(1, 2)),
        (0, {"start": RIGHT[0].start + 1}, "span_f1", F1(3, 4, 4)),
        (0, {"start": RIGHT[0].start + 1}, "span_f1_overlap", F1(4, 4, 4)),
        (0, {"start": RIGHT[0].start + 1}, "attribution_accuracy", Ratio(2, 2)),
        # Less than half of the union: unmatched, so wrong everywhere.
        (0, {"start": RIGHT[0].end - 3}, "span_f1_overlap", F1(3, 4, 4)),
        (0, {"start": RIGHT[0].end - 3}, "kind_accuracy", Ratio(3, 4)),
        (0, {"start": RIGHT[0].end - 3}, "stance_accuracy", Ratio(1, 2)),
        (4, {"cue_start": 0, "cue_end": 7}, "indirect_f1", F1(0, 1, 1)),
        (4, {"speaker": "Sri Wahyuni"}, "indirect_speaker", Ratio(0, 1)),
        (4, {"stance": "other"}, "indirect_stance", Ratio(0, 1)),
        (0, {"speaker": None}, "coverage", Ratio(1, 2)),
        (0, {"speaker": None}, "answered_precision", Ratio(1, 1)),
        (3, {"speaker": "Sri Wahyuni"}, "answered_precision", Ratio(2, 3)),
    ],
)
def test_one_thing_wrong(index: int, changes: dict[str, Any], figure: str, expected: object) -> None:
    assert scored(*swapped(index, **changes)).figures[figure] == expected


def test_white_space_at_the_ends_is_no_miss() -> None:
    text = "A berkata, “ ya saja ”."
    gold = GoldArticle("w", text, None, (replace(GOLD.quotes[0], span=at("ya saja", text)),), ())
    comparison = compare(gold, analysis(row("direct", " ya saja ", text)))
    assert comparison.exact == frozenset({0})
    assert not comparison.false_spans


def test_a_second_row_on_the_same_span_is_false() -> None:
    assert scored(*RIGHT, RIGHT[0]).figures["span_f1"] == F1(4, 5, 4)


def test_inner_span_is_matched_with_itself_not_with_the_outer() -> None:
    text = "“Dia bilang «tidak mau» kemarin,” kata Ani."
    inner = replace(GOLD.quotes[0], span=at("tidak mau", text))
    outer = row("direct", "Dia bilang «tidak mau» kemarin,", text)
    right = row("mixed", "tidak mau", text)
    comparison = compare(GoldArticle("n", text, None, (inner,), ()), analysis(outer, right))
    assert comparison.pairs[0].found == right
    alone = compare(GoldArticle("n", text, None, (inner,), ()), analysis(outer))
    assert alone.pairs[0].found is None


@pytest.mark.parametrize(
    ("predicted", "name", "role", "mention", "expected"),
    [
        ("Saltanat Azirbek", "Saltanat Azirbek", "juru bicara kepolisian", None, True),
        ("Azirbek", "Saltanat Azirbek", None, None, True),  # part of the name
        ("juru bicara Azirbek", "Saltanat Azirbek", "juru bicara kepolisian", None, True),  # role helps
        ("juru bicara", "Saltanat Azirbek", "juru bicara kepolisian", None, False),  # role alone does not
        ("Azirbek Utama", "Saltanat Azirbek", None, None, True),  # token-F1 is 0.5
        ("Azirbek Utama Jaya", "Saltanat Azirbek", None, None, False),  # token-F1 is 0.4
        ("Ketua Saltanat Azirbek Yang Lama", "Saltanat Azirbek", None, None, True),  # gold inside
        ("pria itu", "Azirbek", None, "pria itu", True),  # the mention's words
        ("dia", "Azirbek", None, "dia", False),  # a pronoun is no name
        ("nya", "Azirbek", None, "nya", False),
        ("dia", "Azirbek", None, "dia Azirbek", False),  # pronoun dropped from the mention
        ("azirbek,", "AZIRBEK", None, None, True),
        ("", "Azirbek", None, None, False),
        (None, "Azirbek", None, None, False),
    ],
)
def test_speaker_rule(
    predicted: str | None, name: str, role: str | None, mention: str | None, expected: bool
) -> None:
    text = mention or "-"
    span = Span(0, len(mention)) if mention else None
    gold = GoldQuote("direct", Span(0, 1), span, name, role, None, None)
    assert same_speaker(predicted, gold, text) is expected


def test_tokens_and_names() -> None:
    assert tokens("PDI-P, (Jokowi)!") == {"pdi", "p", "jokowi"}
    assert same_name("Sri\n Wahyuni", "sri wahyuni")
    assert not same_name("Sri Wahyuni", "Sri Wahyuni S")
    assert trim(" ”ab” ", Span(0, 6), "”") == Span(2, 4)
    assert trim("   ", Span(0, 3)) == Span(0, 0)


def test_macro_f1_takes_labels_with_ten_rows() -> None:
    article = replace(
        GOLD,
        quotes=tuple(
            replace(GOLD.quotes[0], stance="protester" if n == 0 else "official" if n < 11 else "other")
            for n in range(21)
        ),
        indirect=(),
    )
    # Every row is matched with the one predicted span, whose stance is official.
    one = compare(article, analysis(RIGHT[0]._replace(stance="official")))
    result = score([one])
    assert result.stances is not None
    labels = {label.label: label for label in result.stances.labels}
    assert labels["official"].score == F1(10, 21, 10)
    assert labels["other"].score == F1(0, 0, 10)
    assert labels["protester"].score == F1(0, 0, 1)
    assert [name for name, label in labels.items() if label.in_macro] == ["official", "other"]
    assert result.figures["stance_macro_f1"].value == pytest.approx((20 / 31 + 0) / 2)
    assert result.figures["stance_accuracy"] == Ratio(10, 21)


def test_kappa_is_cohens() -> None:
    # Observed agreement 3/4, by chance (2·3 + 2·1)/16 = 1/2: kappa 1/2.
    article = replace(
        GOLD,
        quotes=(
            replace(GOLD.quotes[0], stance="official"),
            replace(GOLD.quotes[0], stance="official"),
            replace(GOLD.quotes[1], stance="official"),
            replace(GOLD.quotes[1], stance="other"),
        ),
    )
    rows = (RIGHT[0]._replace(stance="official"), RIGHT[1]._replace(stance="other"))
    result = score([compare(article, analysis(*rows))])
    assert result.stances is not None
    assert result.stances.predicted == ("official", "official", "other", "other")
    assert result.stances.kappa == pytest.approx(0.5)


def test_indirect_rows_are_used_once() -> None:
    twice = replace(GOLD, indirect=(GOLD.indirect[0], GOLD.indirect[0]))
    result = score([compare(twice, analysis(*RIGHT, focus="ID"))])
    assert result.figures["indirect_f1"] == F1(1, 1, 2)


def test_focus_country_only_where_the_gold_names_one() -> None:
    nowhere = compare(replace(GOLD, focus_country=None), analysis(focus="ID"))
    assert score([nowhere]).figures["focus_country"] == Ratio(0, 0)
    assert scored(*RIGHT, focus="MY").figures["focus_country"] == Ratio(0, 1)


def test_by_kind() -> None:
    by_kind = scored(*swapped(1, speaker="Budi Santoso")).by_kind
    assert by_kind["direct"]["attribution_accuracy"] == Ratio(1, 1)
    assert by_kind["mixed"]["attribution_accuracy"] == Ratio(0, 1)
    assert by_kind["other"] == {"kind_accuracy": Ratio(1, 1)}
    assert by_kind["indirect"]["f1"] == F1(1, 1, 1)


def test_curve() -> None:
    rows = swapped(1, speaker="Budi Santoso")  # wrong at 0.85, right at 0.95
    points = {p.min_score: p for p in curve([compare(GOLD, analysis(*rows))])}
    assert (points[0.0].answered, points[0.0].precision) == (Ratio(2, 2), Ratio(1, 2))
    assert (points[0.9].answered, points[0.9].precision) == (Ratio(1, 2), Ratio(1, 1))
    assert (points[1.0].answered, points[1.0].precision) == (Ratio(0, 2), Ratio(0, 0))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], None),
        ([(1.0, True), (1.0, True)], 0.0),
        ([(1.0, False)], 1.0),
        ([(0.75, True), (0.75, True), (0.75, True), (0.75, False)], 0.0),
        ([(0.95, True), (0.95, False), (0.15, False), (0.15, True)], 0.4),
        ([(0.05, True), (0.15, False)], 0.55),  # two bins, 0.95 and 0.15 off
    ],
)
def test_calibration_error(rows: list[tuple[float, bool]], expected: float | None) -> None:
    error = calibration_error(rows)
    assert error.rows == len(rows)
    assert error.value == (None if expected is None else pytest.approx(expected))


def test_misses_name_place_and_text() -> None:
    rows = swapped(0, speaker="Budi Santoso", stance="official")
    rows[1] = rows[1]._replace(start=rows[1].end - 2)
    found = {miss.type: miss for miss in misses([compare(GOLD, analysis(*rows, focus="MY"))])}
    assert set(found) == {"attribution", "stance", "span-missed", "span-false", "focus-country"}
    miss = found["attribution"]
    assert (miss.article_id, miss.start, miss.rule) == ("a", GOLD.quotes[0].span.start, "r1")
    assert "Sri Wahyuni (pedagang)" in miss.gold
    assert "Budi Santoso" in miss.predicted
    assert miss.context.startswith("Jakarta - “⟦Harga beras naik,⟧” kata Sri")
    assert len(miss.context) < 300


@pytest.mark.parametrize(
    ("index", "changes", "types"),
    [
        (0, {"speaker": "Wahyuni"}, {"name"}),
        (0, {"kind": "mixed"}, {"kind"}),
        (3, {"speaker": "Ani"}, {"abstention"}),
        (1, {"cue_start": None, "cue_end": None}, {"cue"}),
        (4, {"speaker": "Ani"}, {"indirect-speaker"}),
        (4, {"stance": "other"}, {"indirect-stance"}),
        (4, {"cue_start": 0, "cue_end": 5}, {"indirect-missed", "indirect-false"}),
    ],
)
def test_miss_types(index: int, changes: dict[str, Any], types: set[str]) -> None:
    comparison = compare(GOLD, analysis(*swapped(index, **changes), focus="ID"))
    assert {miss.type for miss in misses([comparison])} == types


PFSA_TEXT = "”Stok aman,” kata Budi Santoso. Lalu ”Harga turun,” ujarnya. Sri Wahyuni menolak rencana itu."


def pfsa(*extra: tuple[str, Span]) -> PfsaArticle:
    spans = [
        ("STATEMENT", at("”Stok aman,”", PFSA_TEXT)),
        ("CUE", at("kata", PFSA_TEXT)),
        ("PERSON", at("Budi Santoso", PFSA_TEXT)),
        ("STATEMENT", at("”Harga turun,”", PFSA_TEXT)),
        ("CUECOREF", at("ujarnya", PFSA_TEXT)),
        ("PERSON", at("Sri Wahyuni", PFSA_TEXT)),
        *extra,
    ]
    return PfsaArticle("p", PFSA_TEXT, tuple(sorted(spans, key=lambda pair: pair[1])))


PFSA_ROWS = (
    row("direct", "Stok aman,", PFSA_TEXT, cue="kata", mention="Budi Santoso"),
    row("direct", "Harga turun,", PFSA_TEXT, cue="ujarnya", mention="nya"),
)


def test_pfsa_all_right() -> None:
    comparison = compare_pfsa(pfsa(), analysis(*PFSA_ROWS))
    assert score_pfsa([comparison]).figures == {
        "span_recall": Ratio(2, 2),
        "cue_overlap": Ratio(2, 2),
        "mention_overlap": Ratio(1, 1),
        "mention_overlap_coref": Ratio(1, 2),  # the person after “ujarnya.” belongs to the next sentence
    }
    assert not list(misses_pfsa([comparison]))


def test_pfsa_wrong_and_missing() -> None:
    wrong = PFSA_ROWS[0]._replace(
        start=PFSA_ROWS[0].start + 2, cue_start=0, cue_end=1, mention_start=0, mention_end=1
    )
    comparison = compare_pfsa(pfsa(), analysis(wrong))
    figures = score_pfsa([comparison]).figures
    assert figures["span_recall"] == Ratio(0, 2)
    assert figures["cue_overlap"] == Ratio(0, 2)
    assert figures["mention_overlap"] == Ratio(0, 1)
    assert [m.type for m in misses_pfsa([comparison])] == [
        "pfsa-span", "pfsa-cue", "pfsa-mention", "pfsa-span", "pfsa-cue",
    ]  # fmt: skip


def test_pfsa_statements_outside_marks_do_not_count() -> None:
    comparison = compare_pfsa(pfsa(("STATEMENT", at("menolak rencana", PFSA_TEXT))), analysis(*PFSA_ROWS))
    assert len(comparison.statements) == 2


def test_pfsa_distances() -> None:
    far = "x" * 31
    text = f"”Stok aman,” {far} kata Budi. ”Harga turun,” ujar {'y' * 61} Ani."
    spans = (
        ("STATEMENT", at("”Stok aman,”", text)),
        ("CUE", at("kata", text)),
        ("STATEMENT", at("”Harga turun,”", text)),
        ("CUE", at("ujar", text)),
        ("PERSON", at("Ani", text)),
    )
    first, second = compare_pfsa(PfsaArticle("d", text, spans), analysis()).statements
    assert first.cue is None
    assert second.cue == at("ujar", text)
    assert second.person is None


OWN_LINE = {
    "id": "x",
    "text": "“Ya,” kata Ani.",
    "focus_country": None,
    "quotes": [{"kind": "direct", "start": 1, "end": 4, "mention": [11, 14], "name": "Ani", "role": None,
                "cue": [6, 10], "stance": "other"}],
    "indirect": [],
}  # fmt: skip


def edited(**changes: Any) -> str:
    quote = {**OWN_LINE["quotes"][0], **changes.pop("quote", {})}  # type: ignore[index,dict-item]
    return json.dumps({**OWN_LINE, "quotes": [quote], **changes})


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "not JSON"),
        ("[]", "a JSON object is needed"),
        (json.dumps({"id": "x"}), "'text' is missing"),
        (json.dumps({"id": "x", "text": "a"}), "neither 'quotes' nor 'spans'"),
        (edited(quotes={}), "'quotes' must be a list"),
        (edited(quotes=[1]), "quotes[0]: a JSON object is needed"),
        (edited(quote={"kind": "indirect"}), "kind 'indirect'"),
        (edited(quote={"end": 400}), "not a [start, end) inside the text"),
        (edited(quote={"start": 4}), "not a [start, end) inside the text"),
        (edited(quote={"start": "1"}), "not a [start, end) inside the text"),
        (edited(quote={"cue": [6]}), "quotes[0].cue"),
        (edited(quote={"name": 3}), "quotes[0].name: text or null"),
        (edited(indirect=[{"sentence": [0, 3], "cue": None}]), "needs its cue"),
        (edited(spans=[{"label": "X", "start": 0, "end": 1}]), "unknown label 'X'"),
    ],
)
def test_bad_gold_names_file_and_line(tmp_path: Path, line: str, says: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(edited() + "\n\n" + line + "\n", encoding="utf-8")
    with pytest.raises(GoldError) as caught:
        load_gold(path)
    assert f"{path}, line 3: " in str(caught.value)
    assert says in str(caught.value)


def test_gold_files_of_both_formats(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text("\ufeff" + edited() + "\n", encoding="utf-8")
    (own,) = load_gold(path)
    assert isinstance(own, GoldArticle)
    assert own.quotes[0].cue == Span(6, 10)
    spans = [{"label": "CUE", "start": 6, "end": 10}]
    path.write_text(json.dumps({"id": "p", "text": "“Ya,” kata Ani.", "spans": spans}), encoding="utf-8")
    (other,) = load_gold(path)
    assert isinstance(other, PfsaArticle)
    path.write_text(edited() + "\n" + json.dumps({"id": "p", "text": "a", "spans": []}), encoding="utf-8")
    with pytest.raises(GoldError, match="mixes"):
        load_gold(path)
    path.write_bytes(b"\xff\xfe\n")
    with pytest.raises(GoldError, match="not UTF-8"):
        load_gold(path)
    path.write_text("\n", encoding="utf-8")
    with pytest.raises(GoldError, match="no annotated article"):
        load_gold(path)


def test_lines_and_data_tell_the_same() -> None:
    one = compare(GOLD, analysis(*swapped(0, speaker="Budi Santoso"), focus="ID"))
    files = [Evaluated("d/a.jsonl", (one,), ()), Evaluated("d/b.jsonl", (one,), ())]
    files.append(Evaluated("d/p.jsonl", (), (compare_pfsa(pfsa(), analysis(*PFSA_ROWS)),)))
    wanted = Wanted(errors=True, types=frozenset({"attribution"}), curve=True)
    text = "\n".join(as_lines(files, wanted))
    assert "0.500 (2/4)" in text  # attribution, together
    assert "== attribution: 1" in text
    assert "== stance" not in text
    assert "rows: gold, columns: predicted" in text
    data = as_data(files, wanted)
    assert data["together"]["figures"]["attribution_accuracy"] == {"value": 0.5, "rows": 4, "right": 2}
    assert data["files"]["d/p.jsonl"]["figures"]["span_recall"]["value"] == 1.0
    assert [e["type"] for e in data["files"]["d/a.jsonl"]["errors"]] == ["attribution"]
    assert len(data["together"]["curve"]) == 21
    json.dumps(data)


def run_quotes(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "quotes", *arguments], capture_output=True, text=True, check=False
    )


def test_command_line(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(edited() + "\n", encoding="utf-8")
    done = run_quotes("evaluate", "--json", "--no-paragraphs", str(path))
    assert done.returncode == 0, done.stderr
    data = json.loads(done.stdout)
    assert data["files"][str(path)]["articles"] == 1
    assert data["files"][str(path)]["figures"]["span_f1"]["rows"] == 1
    table = run_quotes("evaluate", "--errors", str(path))
    assert "attribution accuracy" in table.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["evaluate"], "Missing argument"),
        (["evaluate", "nowhere.jsonl"], "nowhere.jsonl: cannot be read"),
        (["evaluate", "--only", "nonsense", "x.jsonl"], "--only: no such type nonsense"),
        (["evaluate", "--min-score", "2", "x.jsonl"], "--min-score"),
        (["nonsense"], "No such command"),
    ],
)
def test_wrong_usage_is_one_line_and_status_2(arguments: list[str], says: str) -> None:
    done = run_quotes(*arguments)
    assert done.returncode == 2
    assert says in done.stderr
    assert done.stderr.count("\n") == 1
    assert not done.stdout
