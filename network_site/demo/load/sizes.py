"""How much of everything a network of a given size holds."""

from dataclasses import dataclass, fields


@dataclass(frozen=True)
class Sizes:
    """The whole; `at` gives a part of it."""

    organisations: int = 2_000
    members: int = 10_000
    body_spaces: int = 30
    records: int = 20_000
    practices: int = 5_000
    days: int = 500
    forums: int = 30
    threads: int = 10_000
    posts: int = 200_000
    registrations: int = 15_000
    items: int = 5_000

    @classmethod
    def at(cls, scale):
        """The sizes at a scale, never less than one of each.

        A number of posts less than that of threads would leave a thread without its first.
        """
        return cls(
            **{one.name: max(1, round(one.default * scale)) for one in fields(cls)}
        )
