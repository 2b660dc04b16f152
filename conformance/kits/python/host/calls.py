"""The calls of one host on its storage module that are not answered yet: spec/host.md, HO-11 to HO-13."""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional

from .config import Json

if TYPE_CHECKING:
    from .host import Host


class Calls:
    def __init__(self, host: Host) -> None:
        self.host = host
        self.crash()

    def crash(self) -> None:
        self.pending: list[Json] = []

    def make(self, vm: str, call: Json, caller: Optional[Json] = None) -> None:
        """`caller` says who waits for the answer: a power-on, a SET of the fallback, or nobody."""
        made = {"vm": vm, "call": call, "caller": caller}
        name = self.host.config.namespace(vm)
        if name is None:
            self.host.later(self.give_one_up, made)
            return
        known = self.host.storage.content(name)
        made["call"] = {"identity": known["identity"] if known else 1, **call}  # HO-13
        if caller is not None:  # who writes an intent, say, waits for nothing
            self.pending = [other for other in self.pending if other != made] + [made]  # HO-11
        self.host.later(self.host.storage.called, name, made["call"])

    def take_lock(self, vm: str, attempt: Optional[Json], caller: Json) -> None:
        """One call at a time: while one is under way for a power-on that was ended, the next one waits (HO-12)."""
        if any(made["vm"] == vm and made["caller"]["type"] == "PowerOn" for made in self.pending):
            return
        self.make(vm, {"type": "TakeLock", "host": self.host.config.self_id, "attempt": attempt}, caller)

    def with_lock(self, kind: str, vm: str, epoch: int) -> None:
        """ReleaseLock or ClearAttempts; what cannot be written is lost."""
        self.make(vm, {"type": kind, "host": self.host.config.self_id, "epoch": epoch})

    def set_state(self, vm: str, value: str, generation: int, caller: Optional[Json] = None) -> None:
        self.make(vm, {"type": "Set", "value": value, "generation": generation}, caller)

    def answered(self, number: int, name: str, call: Json, result: str, epoch: int) -> None:
        """`number` is that of the reign in which the call was made and answered."""
        vm = next((vm for vm in self.host.config.vms if self.host.config.namespace(vm) == name), None)
        waiting = self.pending if number == self.host.storage.number else []
        made = next((made for made in waiting if made["vm"] == vm and made["call"] == call), None)
        if made is None:
            self.give_back(vm, call, result, epoch)
        else:  # HO-11
            self.pending.remove(made)
            self.hand(made, result, epoch)

    def hand(self, made: Json, result: str, epoch: int) -> None:
        vm, caller, runtime = made["vm"], made["caller"], self.host.runtime
        if caller["type"] != "PowerOn":
            self.host.fallback.on_set(vm, made["call"], caller, result)
        elif runtime.is_starting(vm, caller["serial"]):
            runtime.on_lock(vm, result, epoch)
        else:
            self.give_back(vm, made["call"], result, epoch)
            runtime.take_lock(vm)

    def give_back(self, vm: str, call: Json, result: str, epoch: int) -> None:
        """HO-12: a lock that nobody waits for."""
        if call["type"] == "TakeLock" and result == "ok":
            self.with_lock("ReleaseLock", vm, epoch)

    def give_up(self) -> None:
        """HO-12: the directory's number has changed."""
        pending, self.pending = self.pending, []
        for made in pending:
            self.give_one_up(made)

    def give_one_up(self, made: Json) -> None:
        if made["caller"] is not None and made["caller"]["type"] == "PowerOn":
            self.host.runtime.on_lock(made["vm"], "failed", 0)
