"""One number of a paper, counted again."""

from typing import NamedTuple

MILLION = 1_000_000


class Row(NamedTuple):
    """One number, or one list of numbers, of a network.

    Attributes:
        what: what is counted.
        counted: by `cnnlib.plans`.
        keras: what Keras counts, None where it counts no such thing.
        said: what the paper says, None where it says nothing.
        unit: of the paper's number; it is rounded to whole units.
        shown: the paper's number in its own form, as "60 million".
        seen: "words": in a transcript of the paper; "quoted": as others quote it;
            "unseen": nowhere that could be read.
        why: the reason for a difference, or a word on an agreement.
    """

    what: str
    counted: int | str | list
    keras: int | str | list | None = None
    said: int | str | list | None = None
    unit: int = 1
    shown: str | None = None
    seen: str = "words"
    why: str = ""

    def verdict(self):
        """Compare the three.

        Raises:
            ValueError: if Keras counts another number, or a difference has no reason.
        """
        if self.keras not in (None, self.counted):
            raise ValueError(f"{self.what}: {self.counted}, but Keras {self.keras}")
        if self.said is None:
            agrees = ["Keras agrees"] if self.keras is not None else []
            return "; ".join(filter(None, [*agrees, self.why]))
        exact = self.said == self.counted
        if not exact and self.unit > 1:
            units = (self.counted + self.unit // 2) // self.unit
            if units * self.unit == self.said:
                return "; ".join(filter(None, ["agrees, rounded", self.why]))
        if not exact and not self.why:
            raise ValueError(f"{self.what}: {self.counted}, said {self.said}: why?")
        return f"differs: {self.why}" if not exact else "agrees"

    def fields(self):
        """Return the row as the ledger holds it."""
        text = self.said if self.shown is None else self.shown
        if isinstance(text, list):
            text = ", ".join(map(str, text))
        return {
            "what": self.what,
            "said": f"{text:,}" if isinstance(text, int) else text,
            "seen": None if self.said is None else self.seen,
            "counted": self.counted,
            "keras": self.keras,
            "verdict": self.verdict(),
        }
