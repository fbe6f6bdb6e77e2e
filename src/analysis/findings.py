"""What a check saw: the rows of the findings table, made by any floor."""

from dataclasses import dataclass

SEVERITIES = ("error", "warning", "note")


@dataclass(frozen=True)
class Finding:
    """One row of the findings table.

    `message` is English and `message_vi` Vietnamese; `figures` holds the ids of the figures concerned, and `article`
    the file stem where the finding is about one article as a whole.
    """

    check: str
    severity: str
    message: str
    message_vi: str
    indicator: str | None = None
    place: str | None = None
    article: str | None = None
    figures: tuple[str, ...] = ()

    def __post_init__(self):
        if self.severity not in SEVERITIES:
            raise ValueError(f"severity {self.severity!r} is not one of {', '.join(SEVERITIES)}")
