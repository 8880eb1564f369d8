"""The one exception family: every message is for the person at the desk, in Vietnamese, with place and remedy."""

from __future__ import annotations


class PlanReviewError(Exception):
    """Something a user can mend.

    message: what is wrong (Vietnamese, one sentence without a full stop at its end).
    place:   where (file, sheet, cell, line, parameter), empty where it does not apply.
    remedy:  what to do about it, empty where nothing can be done.
    """

    exit_code = 1

    def __init__(self, message: str, *, place: str = "", remedy: str = "") -> None:
        self.message, self.place, self.remedy = message, place, remedy
        super().__init__(message)

    def __str__(self) -> str:
        where = f" ({self.place})" if self.place else ""
        how = f" {self.remedy}." if self.remedy else ""
        return f"{self.message}{where}.{how}"

    def _render_traceback_(self) -> list[str]:
        """What IPython prints instead of a traceback: leadership and analysts read one sentence."""
        return [str(self)]

    def __reduce__(self):
        """Keep place and remedy when the error crosses a process boundary."""
        return _rebuild, (type(self), self.message, self.place, self.remedy)


def _rebuild(kind: type[PlanReviewError], message: str, place: str, remedy: str) -> PlanReviewError:
    return kind(message, place=place, remedy=remedy)


class UsageError(PlanReviewError):
    """The command or a parameter was used wrongly (exit code 2)."""

    exit_code = 2


class UnknownUnit(UsageError):
    """A unit code that is not in units.csv."""


class ReferenceDataError(PlanReviewError):
    """A file under data/reference cannot be used as it stands."""


class UnreadableFile(PlanReviewError):
    """A submitted file that no reader can open; its unit goes on without it."""


class StaleTables(PlanReviewError):
    """Tables under data/processed are absent, or older than what they were made from."""


class RunFailed(PlanReviewError):
    """A notebook or a document could not be made."""
