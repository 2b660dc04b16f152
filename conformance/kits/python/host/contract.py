"""What becomes of a call: the contract of spec/storage.md, with the lock, for one accessible object."""

from __future__ import annotations

from collections.abc import Container

from .config import Json

Outcome = tuple[Json, str]  # the content afterwards, and the result


def first_content(hosts: list[str], identity: int = 1) -> Json:
    """An object that has just been created, current on these hosts."""
    return {
        "identity": identity,
        "register": {"value": "unprotected", "generation": 0, "current": hosts},
        "lock": {"holder": None, "epoch": 0},
        "attempts": 0,
    }


def carry_out(content: Json, call: Json, reached: Container[str]) -> Outcome:
    """A call, where those hosts are reached. A content that has not changed is the very same dict."""
    if call["type"] == "Create":
        return create(content, call["identity"], reached)
    if call["identity"] != content["identity"]:  # ST-08
        return content, "stale"
    if call["type"] == "Set":
        return set_state(content, call, reached)
    if call["type"] == "TakeLock":
        return take_lock(content, call, reached)
    if content["lock"] != {"holder": call["host"], "epoch": call["epoch"]}:  # LK-05
        return content, "stale"
    if call["type"] == "ReleaseLock":  # LK-04
        return written(content, reached, lock={"holder": None, "epoch": call["epoch"]}), "ok"
    if call["type"] == "ClearAttempts":  # LK-08
        return written(content, reached, attempts=0), "ok"
    return content, "ok"  # LK-06


def create(content: Json, identity: int, reached: Container[str]) -> Outcome:
    if identity <= content["identity"]:  # ST-09
        return content, "stale"
    free = {"holder": None, "epoch": content["lock"]["epoch"]}
    off = {**content["register"], "value": "unprotected"}
    return written(content, reached, identity=identity, register=off, lock=free, attempts=0), "ok"  # ST-10


def set_state(content: Json, call: Json, reached: Container[str]) -> Outcome:
    register = content["register"]
    if call["generation"] == register["generation"] and call["value"] == register["value"]:  # ST-04
        return content, "ok"
    if call["generation"] <= register["generation"]:  # ST-03
        return content, "stale"
    register = {**register, "value": call["value"], "generation": call["generation"]}
    return written(content, reached, register=register, attempts=0), "ok"  # ST-02, ST-14


def take_lock(content: Json, call: Json, reached: Container[str]) -> Outcome:
    lock, attempt, attempts = content["lock"], call["attempt"], content["attempts"]
    if lock["holder"] not in (None, call["host"]) and lock["holder"] in reached:  # LK-02
        return content, "held"
    if attempt is not None and attempt["generation"] == content["register"]["generation"]:  # LK-07
        attempts = max(attempts, attempt["number"] + 1)
    taken = {"holder": call["host"], "epoch": lock["epoch"] + 1}
    return written(content, reached, lock=taken, attempts=attempts), "ok"  # LK-01, LK-03


def still_current(content: Json, reached: Container[str]) -> list[str]:
    return [host for host in content["register"]["current"] if host in reached]


def written(content: Json, reached: Container[str], **changes: object) -> Json:
    """The content with these changes; who is not reached misses them, if they are any."""
    after = {**content, **changes}
    if after == content:
        return content
    return {**after, "register": {**after["register"], "current": still_current(content, reached)}}
