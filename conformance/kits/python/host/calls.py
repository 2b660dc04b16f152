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
        self.epochs: dict[str, tuple[int, int]] = {}  # object -> identity, and the newest epoch that an answer told

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
            self.pending.append(made)
        self.host.later(self.host.storage.called, name, made["call"])

    def take_lock(self, vm: str, attempt: Optional[Json], caller: Json) -> None:
        self.make(vm, {"type": "TakeLock", "host": self.host.config.self_id, "attempt": attempt}, caller)

    def with_lock(self, kind: str, vm: str, epoch: int) -> None:
        """ReleaseLock or ClearAttempts; what cannot be written is lost."""
        self.make(vm, {"type": kind, "host": self.host.config.self_id, "epoch": epoch})

    def set_state(self, vm: str, value: str, generation: int, caller: Optional[Json] = None) -> None:
        self.make(vm, {"type": "Set", "value": value, "generation": generation}, caller)

    def answered(self, name: str, call: Json, result: str, epoch: int) -> None:
        self.note_epoch(name, call["identity"], epoch)
        vm = next((vm for vm in self.host.config.vms if self.host.config.namespace(vm) == name), None)
        made = next((made for made in self.pending if made["vm"] == vm and made["call"] == call), None)
        if made is not None:  # HO-11
            self.pending.remove(made)
            self.hand(made, result, epoch)
        elif call["type"] == "TakeLock" and result == "ok":  # HO-12
            self.with_lock("ReleaseLock", vm, epoch)

    def hand(self, made: Json, result: str, epoch: int) -> None:
        caller = made["caller"]
        if caller["type"] == "PowerOn":
            self.host.runtime.on_lock(made["vm"], caller["serial"], result, epoch)
        else:
            self.host.fallback.on_set(made["vm"], made["call"], caller, result)

    def give_up(self) -> None:
        """HO-12: the directory's number has changed."""
        pending, self.pending = self.pending, []
        for made in pending:
            self.give_one_up(made)

    def give_one_up(self, made: Json) -> None:
        if made["caller"] is not None and made["caller"]["type"] == "PowerOn":
            self.host.runtime.on_lock(made["vm"], made["caller"]["serial"], "failed", 0)

    def note_epoch(self, name: str, identity: int, epoch: int) -> None:
        self.epochs[name] = max(self.epochs.get(name, (0, 0)), (identity, epoch))

    def lock(self, name: str) -> Json:
        """The lock as the replica of the directory has it, unless an answer has told of a newer epoch (HO-11)."""
        content = self.host.storage.known[name]["content"]
        identity, epoch = self.epochs.get(name, (0, 0))
        is_newer = identity == content["identity"] and epoch > content["lock"]["epoch"]
        return {"holder": None, "epoch": epoch} if is_newer else content["lock"]
