"""Folders of any size: workers, resume, tables written as they come.

The input becomes batches (:mod:`~quotes.batch.feed`), a pool works on them
(:mod:`~quotes.batch.pools`, :mod:`~quotes.batch.work`), each gives a part
(:mod:`~quotes.batch.part`) that is kept in the output folder (:mod:`~quotes.batch.state`),
and the parts become the tables (:mod:`~quotes.batch.assemble`, :mod:`~quotes.batch.publish`).
"""

from __future__ import annotations

from quotes.batch.options import Options
from quotes.batch.run import run
from quotes.batch.summary import Summary

__all__ = ["Options", "Summary", "run"]
