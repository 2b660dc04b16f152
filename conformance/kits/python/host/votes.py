"""Which components are a quorum, and how votes are given anew: spec/storage.md and spec/directory.md."""

from __future__ import annotations

from collections.abc import Container
from typing import Optional

from .config import Json


def are_quorum(voters: list[Json], hosts: Container[str]) -> bool:
    """Whether the components on these hosts have more than half of all votes, with a replica among them."""
    there = [component for component in voters if component["host"] in hosts]
    has_replica = any(component["kind"] == "replica" for component in there)
    return has_replica and 2 * sum(part["votes"] for part in there) > sum(part["votes"] for part in voters)


def is_quorum(entry: Json, hosts: Container[str]) -> bool:
    """The same of those that the entry names as current; while votes are recalculated, with the former ones too."""
    current = [host for host in entry["content"]["register"]["current"] if host in hosts]
    former = entry["former"]
    return are_quorum(entry["voters"], current) and (former is None or are_quorum(former, current))


def recalculated(components: list[Json], hosts: Container[str]) -> Optional[list[Json]]:
    """The votes of the components on these hosts only; None where no replica is left (OB-19)."""
    left = [component for component in components if component["host"] in hosts]
    first = next((component for component in left if component["kind"] == "replica"), None)
    if first is None:
        return None
    spare = 1 - sum(component["votes"] for component in left) % 2
    return [{**part, "votes": part["votes"] + spare} if part is first else part for part in left]
