"""The errors a user can meet, each one clear line and one exit status.

Every error that is the user's to mend derives from :class:`QuotesError`; the
command line prints its text on stderr, without a traceback, and leaves with
its ``exit_status`` (docs/contract: 2 usage or nothing readable, 3 the run
itself could not go on).
"""

from __future__ import annotations


class QuotesError(Exception):
    """Something the user can mend; the text names the file, the place and the remedy."""

    exit_status = 2


class UsageError(QuotesError):
    """Wrong options, a missing column, nothing to read."""


class LexiconError(QuotesError):
    """A lexicon file that does not load; names file and entry."""


class ModelError(QuotesError):
    """A stance artefact that does not load; names the file and the command that retrains."""


class LabelsError(QuotesError):
    """A labels or corrections table that cannot be used; names file, row and column."""


class GoldError(QuotesError):
    """A gold file that cannot be used; names file and line."""


class RunError(QuotesError):
    """The run itself could not go on: disk full, workers gone, folder locked."""

    exit_status = 3
