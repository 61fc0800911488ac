"""One's own record to parameters of FSRS that fit it, by `fsrs-rs-python`, the fitter of Anki.

What was fitted is believed only where it predicts better what it has not seen: the last fifth of the
reviews. Then it is fitted to all of them.
"""

from collections.abc import Iterable, Sequence

from quizgen.model import Frozen, Review
from quizgen.study.schedule import GRADES, Schedule, default_parameters, study_day, within_bounds

FEWEST = 400
"""How many reviews on a later day than the one before are needed: with fewer, chance is fitted."""

_TRIED = 5


class Recalled(Frozen, frozen=True, kw_only=True):
    """A review to be predicted from those before it: (grade, days since the one before) of each."""

    at: float
    reviews: tuple[tuple[int, int], ...]


class Fit(Frozen, frozen=True, kw_only=True):
    """Parameters with the log loss on the reviews that were held back: as it was, and by them."""

    parameters: tuple[float, ...]
    before: float
    after: float
    held_back: int

    @property
    def is_better(self) -> bool:
        """Whether they predict what they had not seen better than those of before."""
        return self.after < self.before


def recalls_of(reviews: Sequence[Review], schedule: Schedule) -> list[Recalled]:
    """What the reviews of one task let be predicted: each one on a later day than that before it."""
    found: list[Recalled] = []
    steps: list[tuple[int, int]] = []
    before: int | None = None
    for one in sorted(reviews, key=lambda one: (one.at, one.rating)):
        day = study_day(one.at, schedule)
        steps.append((GRADES[one.rating], day - before if before is not None else 0))
        if before is not None and day > before:
            found.append(Recalled(at=one.at, reviews=tuple(steps)))
        before = day
    return found


def fitted(recalls: Iterable[Recalled], parameters: tuple[float, ...]) -> Fit:
    """The parameters that fit, against those of now (none are those of FSRS).

    Raises ImportError where `fsrs-rs-python` is not there.
    """
    from fsrs_rs_python import FSRS, FSRSItem, FSRSReview

    ordered = sorted(recalls, key=lambda one: (one.at, one.reviews))
    items = [FSRSItem([FSRSReview(*step) for step in one.reviews]) for one in ordered]
    cut = len(items) - len(items) // _TRIED
    seen, unseen = items[:cut], items[cut:]
    now = parameters or default_parameters()

    def loss(those: Sequence[float]) -> float:
        return float(FSRS(list(those)).evaluate(unseen).log_loss)

    trial = within_bounds(FSRS([]).compute_parameters(seen))
    return Fit(
        parameters=within_bounds(FSRS([]).compute_parameters(items)),
        before=loss(now),
        after=loss(trial),
        held_back=len(unseen),
    )
