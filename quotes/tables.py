"""The columns of the five tables, in the contract's order."""

from __future__ import annotations

QUOTES = (
    "article_id", "quote_id", "kind", "text", "start", "end",
    "cue", "cue_start", "cue_end", "mention", "mention_start", "mention_end",
    "speaker", "speaker_id", "speaker_type", "role", "country",
    "stance", "stance_score", "rule", "score",
)  # fmt: skip
SPEAKERS = (
    "speaker_id", "speaker", "speaker_type", "role", "country", "stance",
    "articles", "quotes", "direct", "mixed", "indirect", "words", "first_article",
)  # fmt: skip
ARTICLES = (
    "article_id", "focus_country", "characters", "quotes", "direct", "mixed", "indirect", "not_speech",
    "attributed", "official", "protester", "foreign_government", "other", "problems",
)  # fmt: skip
STANCE = ("stance", "kind", "quotes", "words", "speakers", "articles")
PROBLEMS = ("article_id", "code", "start", "message")
