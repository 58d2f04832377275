"""Indirect statements: clauses that report what somebody said, without quotation marks.

``stretch`` has the words of a sentence and what they may be in a clause; ``attachment``
tells how a verb hangs in its sentence, ``complement`` what follows it, ``subject`` whose
verb it is, ``speakers`` who can speak at all; ``reading`` puts these together.
"""

from quotes.indirect.reading import Report, reports_in

__all__ = ["Report", "reports_in"]
