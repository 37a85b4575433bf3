"""How often a task is tried, and how long it waits between."""

from dataclasses import dataclass

from faur.kernel.errors import Refusal


@dataclass(frozen=True, slots=True)
class Retry:
    """`times` tries in all; `first` seconds before the second, then `factor` times as long, `most` seconds at most."""

    times: int = 8
    first: float = 1.0
    factor: float = 2.0
    most: float = 300.0

    def delay(self, failures: int, chance: float) -> float:
        """Seconds to wait after so many failures, 1 or more. `chance`, in [0, 1), spreads those who failed together.

        Between half of the step and the whole of it: "equal jitter", M. Brooker, Exponential Backoff And Jitter (2015).
        """
        step = min(self.most, self.first * self.factor ** min(failures - 1, 64))
        return step * (0.5 + chance / 2)

    def allows(self, error: BaseException, failures: int) -> bool:
        """Whether to try again after so many failures, the last of them `error`. A refusal that will stay is final."""
        if isinstance(error, Refusal) and not error.transient:
            return False
        return failures < self.times
