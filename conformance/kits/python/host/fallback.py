"""The primary's part of the fallback: spec/fallback.md.

It asks everyone at once, as the subset rules `any` and `all` allow (FB-26 to FB-30, of the others, are not kept), and
commands the first that says yes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Optional

from .config import Json
from .registrations import request_id

if TYPE_CHECKING:
    from .host import Host

SCOPE = "namespace"  # FB-11


@dataclass
class Record:
    """How far the fallback of one VM is."""

    vm: str
    value: str
    generation: int
    round: int = 0
    phase: str = "idle"  # or setting, querying, commanding, waiting
    asked: list[str] = field(default_factory=list)
    awaited: list[str] = field(default_factory=list)
    positive: list[str] = field(default_factory=list)  # said yes, and were not commanded yet
    commanded: Optional[str] = None


class Fallback:
    def __init__(self, host: Host) -> None:
        self.host = host
        self.crash()

    def crash(self) -> None:
        self.records: dict[str, Record] = {}

    def on_request(self, vm: str, value: str, generation: int) -> None:
        if self.host.ha.role != "primary":  # FB-02
            return
        known = self.records.get(vm)
        is_same = known is not None and generation == known.generation
        if known is not None and generation < known.generation:  # FB-03
            return
        if is_same and value == known.value and known.phase != "idle":  # FB-04
            return
        self.stop_timer(vm)
        self.records[vm] = Record(vm, value, generation, known.round + 1 if is_same else 0)
        self.set_state(self.records[vm])

    def set_state(self, record: Record) -> None:  # FB-01
        record.asked, record.awaited, record.positive, record.commanded = [], [], [], None
        caller = {"type": "Own", "term": self.host.ha.term, "round": record.round}
        self.host.calls.set_state(record.vm, record.value, record.generation, caller)
        self.enter(record, "setting")

    def begin_round(self, record: Record) -> None:  # WT-02, WT-06
        record.round += 1
        self.set_state(record)

    def enter(self, record: Record, phase: str) -> None:
        self.stop_timer(record.vm)
        record.phase = phase
        if phase != "idle":
            name = {"vm": record.vm, "phase": phase, "generation": record.generation, "round": record.round}
            self.host.set_timer("Fallback", **name)

    def stop_timer(self, vm: str) -> None:
        self.host.cancel_timers(["Fallback"], vm=vm)

    # What became of a SET

    def on_set(self, vm: str, call: Json, caller: Json, result: str) -> None:
        """The own storage module has answered."""
        if caller["type"] == "Command":  # FB-18
            self.host.send(caller["from"], "SetResult", **request_id(caller), result=result)
            return
        record = self.running({"vm": vm, "generation": call["generation"], **caller}, "setting")  # FB-24
        if record is not None:
            self.conclude(record, result)

    def on_result(self, sender: str, message: Json) -> None:
        record = self.running(message, "commanding")
        if record is not None and record.commanded == sender:  # FB-25
            self.conclude(record, message["result"])

    def conclude(self, record: Record, result: str) -> None:
        if result == "failed":
            self.go_on(record)
            return
        self.enter(record, "idle")  # FB-05, FB-08
        if result == "ok":  # FB-06
            self.host.reports.on_done(record.vm, record.value, record.generation)

    def go_on(self, record: Record) -> None:
        """A SET has failed: whoever else has said yes, or may say so, or was not asked yet."""
        if record.positive:  # FB-19
            self.command(record)
        elif record.awaited:  # FB-20
            self.enter(record, "querying")
        else:
            self.ask(record)

    # Questions

    def ask(self, record: Record) -> None:  # FB-09, FB-10
        record.awaited = [host for host in self.host.config.others if host not in record.asked]
        record.asked = record.asked + record.awaited
        for host in record.awaited:
            self.host.send(host, "AccessQuery", **self.id_of(record), scope=SCOPE)
        if record.awaited:
            self.enter(record, "querying")
        elif self.host.storage.access(record.vm)[SCOPE]:  # WT-02
            self.begin_round(record)
        else:  # WT-01
            self.wait(record)

    def on_answer(self, sender: str, message: Json) -> None:
        record = self.running(message, "querying", "commanding")
        if record is None or sender not in record.awaited:  # FB-25
            return
        record.awaited.remove(sender)
        if message["accessible"]:
            record.positive.append(sender)
        if record.phase == "querying":  # FB-21
            self.decide(record)

    def decide(self, record: Record) -> None:
        if record.positive:  # FB-14
            self.command(record)
        elif not record.awaited:  # FB-16
            self.ask(record)

    def command(self, record: Record) -> None:
        record.commanded = record.positive.pop(0)
        self.host.send(record.commanded, "SetCommand", **self.id_of(record), value=record.value)
        self.enter(record, "commanding")

    # Waiting

    def wait(self, record: Record) -> None:  # WT-01, WT-07
        self.host.send_others("WaitRegister", **self.id_of(record), scope=SCOPE)
        self.enter(record, "waiting")

    def on_accessible(self, _sender: str, message: Json) -> None:  # WT-06
        record = self.running(message, "waiting")
        if record is not None:
            self.begin_round(record)

    def on_access(self, vm: str, access: Json) -> None:  # WT-06, WT-09
        record = self.records.get(vm)
        if record is not None and record.phase == "waiting" and access[SCOPE]:
            self.begin_round(record)

    def on_timer(self, timer: Json) -> None:
        record = self.running({**timer, "term": self.host.ha.term}, timer["phase"])
        if record is None:  # TO-04
            return
        if record.phase == "waiting":  # WT-07
            self.wait(record)
        elif record.phase == "querying":  # TO-01
            record.awaited = []
            self.decide(record)
        else:  # TO-02, TO-03
            self.go_on(record)

    def running(self, message: Json, *phases: str) -> Optional[Record]:
        """The record whose round that is and which is in such a phase (FB-23, FB-25)."""
        record = self.records.get(message["vm"])
        is_running = record is not None and record.phase in phases
        return record if is_running and request_id(message) == self.id_of(record) else None

    def id_of(self, record: Record) -> Json:
        return {"term": self.host.ha.term, "vm": record.vm, "generation": record.generation, "round": record.round}
