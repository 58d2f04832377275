"""The confidence of an attribution: what it rises with, the file it lies in, how it is trained."""

from __future__ import annotations

import json
import sys
from functools import cache
from pathlib import Path

import pytest

from quotes.attribution.confidence import Confidence, dump, features, read_confidence, shipped
from quotes.attribution.evidence import Evidence
from quotes.engine import default_engine
from quotes.errors import ModelError
from quotes.evaluation.gold import GoldArticle, load_gold
from quotes.evaluation.scores import calibration_error
from quotes.lexicon import load
from quotes.pipeline import Engine, analyze_batch
from quotes.reader import read
from quotes.records import Analysis, Article, Statement
from quotes.resolver import RULES

ROOT = Path(__file__).resolve().parent.parent
GOLD = sorted((ROOT / "fixtures" / "gold").glob("*.jsonl"))
SHARED = ROOT.parent / "shared" / "gold"

sys.path.insert(0, str(ROOT / "tools"))
import compare_ranking as ranking  # noqa: E402
import train_confidence as training  # noqa: E402

SURE = Evidence("after", "bare", "0", "full", "full", "named", "0", "other")
PRONOUN = Evidence("after", "bare", "0", "pronoun", "full", "person", "1", "same")

TEXT = (
    "Kapolres Bima AKBP Rahmat Hidayat menggelar jumpa pers di Bima.\n"
    '"Kami sudah menahan dua orang," kata Rahmat Hidayat, Senin.\n'
    "Warga berkumpul di depan kantor. Jalan ditutup. Toko-toko tidak buka. Hujan turun. Pasar sepi.\n"
    '"Kami hanya ingin keadilan," katanya.\n'
)


# --- the model ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("surer", "less_sure"),
    [
        (SURE, SURE._replace(mention="described", speaker="things")),
        (SURE, SURE._replace(speaker="place", mention="body")),
        (SURE, SURE._replace(gap="many")),
        (SURE, SURE._replace(rule="carrier", cue="noun", mention="none", gap="none")),
        (SURE, PRONOUN._replace(back="far", turn="other")),
        (PRONOUN, PRONOUN._replace(back="2")),
        (PRONOUN, PRONOUN._replace(back="far")),
        (PRONOUN, PRONOUN._replace(mention="many", speaker="group", how="many")),
        (PRONOUN, PRONOUN._replace(rule="turn", cue="none", gap="none", mention="none", how="last")),
        (PRONOUN, PRONOUN._replace(speaker="place")),
    ],
)
def test_better_evidence_scores_higher(surer: Evidence, less_sure: Evidence) -> None:
    assert shipped().score(surer) > shipped().score(less_sure)


def test_scores_are_probabilities_and_strange_evidence_is_no_error() -> None:
    for rule in (*RULES, "no such rule"):
        assert 0 < shipped().score(SURE._replace(rule=rule)) < 1


def test_features_name_every_fact_and_the_pairs() -> None:
    names = features(PRONOUN)
    assert names[: len(Evidence._fields)] == [f"{k}={v}" for k, v in PRONOUN._asdict().items()]
    assert set(names[len(Evidence._fields) :]) == {
        "mention+speaker=pronoun+full",
        "rule+mention=after+pronoun",
    }


def test_every_rule_met_in_training_is_a_rule_of_the_resolver() -> None:
    rules = {name.removeprefix("rule=") for name in shipped().weights if name.startswith("rule=")}
    assert {"after", "before", "indirect", "woven"} <= rules <= set(RULES)


# --- the file ----------------------------------------------------------------------------------


def _shipped_data() -> dict[str, object]:
    data = json.loads((ROOT / "quotes" / "attribution" / "confidence.json").read_text(encoding="utf-8"))
    assert isinstance(data, dict)
    return data


def _probe(score: float) -> list[object]:
    return [{"evidence": SURE._asdict(), "score": score}]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"format": 99}, "format 99"),
        ({"kind": "quotes stance model"}, "no confidence model"),
        ({"bias": 5.0}, "probe 1"),
        ({"bias": "much"}, "no numbers"),
        ({"weights": []}, "no numbers"),
        ({"weights": {"rule=after": None}}, "no numbers"),
        ({"weights": {"weather=fine": 1.0}}, "'weather=fine'"),
        ({"probes": []}, "no probes"),
        ({"probes": _probe(0.123)}, "probe 1"),
        ({"probes": [{"evidence": {"rule": "after"}, "score": 0.9}]}, "probe 1 cannot be read"),
    ],
)
def test_a_file_that_does_not_fit_is_refused(tmp_path: Path, change: dict[str, object], told: str) -> None:
    path = tmp_path / "confidence.json"
    path.write_text(json.dumps(_shipped_data() | change), encoding="utf-8")
    with pytest.raises(ModelError) as refused:
        read_confidence(path)
    assert told in str(refused.value)
    assert str(refused.value).endswith("python tools/train_confidence.py")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("key", ["format", "training", "probes", "bias", "weights"])
def test_a_file_that_lacks_a_part_is_refused(tmp_path: Path, key: str) -> None:
    data = _shipped_data()
    del data[key]
    path = tmp_path / "confidence.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(ModelError, match=key):
        read_confidence(path)


@pytest.mark.parametrize("content", [None, b"", b"[]", b"{", b"\xff\xfe"])
def test_what_is_no_model_is_refused(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "confidence.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ModelError, match="train_confidence"):
        read_confidence(path)


def test_a_model_comes_back_as_it_was_written(tmp_path: Path) -> None:
    model = Confidence({"rule=after": 1.5, "how=named": -0.25}, 0.5, {"rows": 3})
    path = tmp_path / "confidence.json"
    path.write_text(dump(model, [SURE, PRONOUN]), encoding="utf-8")
    again = read_confidence(path)
    assert (again.weights, again.bias, again.about) == (model.weights, model.bias, model.about)
    assert again.score(PRONOUN) == model.score(PRONOUN)


# --- training ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def articles() -> list[GoldArticle]:
    found = [gold for path in GOLD for gold in load_gold(path) if isinstance(gold, GoldArticle)]
    assert len(found) > 100
    return found


@pytest.fixture(scope="module")
def rows(articles: list[GoldArticle]) -> list[training.Example]:
    return training.examples(articles, load())


def test_the_same_rows_in_any_order_give_the_same_file(rows: list[training.Example]) -> None:
    some = rows[:400]
    texts = [
        dump(training.train(order, {"gold_sha256": "x"}).model, training.probes(order))
        for order in (some, some[::-1])
    ]
    assert texts[0] == texts[1]
    assert texts[0] != dump(training.train(rows[:300], {"gold_sha256": "x"}).model, training.probes(some))


def test_the_shipped_model_was_trained_on_the_fixtures_as_they_are() -> None:
    assert shipped().about["gold_sha256"] == training.fingerprint(GOLD), (
        "the fixtures changed; run: python tools/train_confidence.py"
    )


def test_scores_are_calibrated_on_articles_not_trained_on(rows: list[training.Example]) -> None:
    ordered = sorted(rows)
    scores = training.train(ordered, {}).scores
    assert (
        calibration_error([(float(s), r.right) for s, r in zip(scores, ordered, strict=True)]).value or 0
    ) < 0.05
    _rises([(float(s), r.right) for s, r in zip(scores, ordered, strict=True)])


def _rises(scored: list[tuple[float, bool]]) -> None:
    shares = []
    for threshold in (0.0, 0.7, 0.9, 0.98):
        kept = [right for score, right in scored if score >= threshold]
        shares.append(sum(kept) / len(kept))
    assert shares == sorted(shares)
    assert 1 - shares[-1] < 0.5 * (1 - shares[0])


@cache
def _other(name: str) -> list[training.Example]:
    return training.examples(training.load_articles([SHARED / name]), load())


@pytest.mark.parametrize("name", ["kompas-dev.jsonl", "ntrex-dev.jsonl"])
def test_scores_are_calibrated_on_other_outlets(name: str) -> None:
    if not (SHARED / name).is_file():
        pytest.skip(f"../shared/gold/{name} is not there")
    scored = [(shipped().score(row.evidence), row.right) for row in _other(name)]
    assert (calibration_error(scored).value or 0) <= 0.05
    for indirect in (False, True):
        rows = [row for row in _other(name) if row.indirect == indirect]
        ranked = sorted((-shipped().score(row.evidence), row.right) for row in rows)
        sure = [right for _, right in ranked[: round(0.6 * len(ranked))]]
        assert sum(sure) >= 0.97 * len(sure)


def test_the_comparison_without_weights_is_that_of_the_rules(articles: list[GoldArticle]) -> None:
    rows = ranking.choices(articles[:60], load())
    ruled = sum(any(c.chosen and c.right for c in row.candidates) for row in rows)
    assert len(rows) > 100
    assert all(sum(c.chosen for c in row.candidates) == 1 for row in rows)
    assert ranking.ranked({}, rows, 0.0) == (ruled, 0)
    assert ranking.ranked({"named": -9.0}, rows, 0.0)[0] < ruled


# --- in the house ------------------------------------------------------------------------------


def _statements(text: str = TEXT) -> tuple[Statement, ...]:
    return read(Article("a", text), load()).statements


def test_a_name_beside_the_quote_is_surer_than_a_pronoun_far_away() -> None:
    named, far = (row for row in _statements() if row.kind == "direct")
    assert named.speaker == far.speaker >= 0
    assert named.score > 0.98 > far.score


def test_a_row_without_a_speaker_has_no_confidence() -> None:
    for text in ('"Selamat datang di kota kami."', 'Film "Laskar Pelangi" diputar.'):
        assert [(row.speaker, row.score) for row in _statements(text)] == [(-1, 0.0)]


@pytest.fixture(scope="module")
def engine() -> Engine:
    return default_engine()


def _analysis(engine: Engine, min_score: float) -> Analysis:
    chosen = Engine(engine.lexicon, engine.model, min_score=min_score)
    return analyze_batch([Article("a", TEXT)], chosen)[0]


def test_min_score_leaves_the_speaker_empty_and_the_rest_as_it_was(engine: Engine) -> None:
    everything, sure, nothing = (_analysis(engine, limit) for limit in (0.0, 0.98, 1.0))
    assert [row.speaker for row in everything.quotes] == ["Rahmat Hidayat"] * 2
    assert [row.speaker for row in sure.quotes] == ["Rahmat Hidayat", None]
    assert [row.speaker for row in nothing.quotes] == [None, None]
    for less in (sure, nothing):
        for one, other in zip(everything.quotes, less.quotes, strict=True):
            assert (one.start, one.cue, one.mention, one.rule, one.score) == (
                other.start, other.cue, other.mention, other.rule, other.score,
            )  # fmt: skip
    emptied = sure.quotes[1]
    assert (emptied.role, emptied.country, emptied.stance, emptied.stance_score) == (None,) * 4
    assert [who.name for who in sure.speakers] == ["Rahmat Hidayat"]
    assert nothing.speakers == ()


def test_min_score_keeps_speakers_and_rows_together(engine: Engine, articles: list[GoldArticle]) -> None:
    chosen = Engine(engine.lexicon, engine.model, min_score=0.95)
    for analysis in analyze_batch([Article(gold.article_id, gold.text) for gold in articles[:20]], chosen):
        used = [row.speaker_index for row in analysis.quotes if row.speaker_index >= 0]
        assert sorted(set(used)) == list(range(len(analysis.speakers)))
        for row in analysis.quotes:
            if row.speaker_index >= 0:
                assert analysis.speakers[row.speaker_index].name == row.speaker
                assert row.score is not None
                assert row.score >= 0.95
