"""The primary's part of failover: which VMs are to be restarted, and on which list they are. spec/failover.md."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Optional

from .attendant import is_usable
from .config import Json
from .placement import Placement
from .registrations import request_id

if TYPE_CHECKING:
    from .host import Host

WAITS = ("waiting", "exhausted", "lacking")


@dataclass
class Vm:
    """What the primary knows of a VM that is, or was, protected."""

    vm: str
    value: str
    generation: int
    attempts: int = 0  # that have failed
    round: int = 0
    stage: str = "watched"
    host: Optional[str] = None  # where it runs, or has been commanded to start, as far as the primary knows
    awaited: list[str] = field(default_factory=list)  # placing: who was asked and has not answered
    standings: dict[str, Json] = field(default_factory=dict)  # placing: what the others have answered
    level: bool = True  # waiting: whether a host where it can be started already is to say so at once
    is_news: bool = False  # rechecking: whether a host that can start it says something new by that (FO-31)


class Failover:
    def __init__(self, host: Host) -> None:
        self.host = host
        self.config = host.config
        self.placement = Placement(self)
        self.crash()

    def crash(self) -> None:  # HO-01, HO-02
        self.inventory: dict[str, Vm] = {}
        self.published: dict[tuple[str, str], Json] = {}  # VM and host -> standing

    def hosts_up(self) -> list[str]:
        return [host for host in self.config.hosts if self.host.liveness.is_up(host)]

    # What is known of a VM

    def protected(self, vm: str, generation: int, host: Optional[str]) -> None:
        known = self.renew(vm, "protected", generation)
        if known is None:  # FO-02
            return
        known.host = host  # FO-01
        if host is None or not self.host.liveness.is_up(host):  # FO-39
            self.restart(known)
        self.placement.turn()

    def unprotected(self, vm: str, generation: int) -> None:
        self.renew(vm, "unprotected", generation)  # FO-03
        self.placement.turn()

    def retrieved(self, retrieval: Json) -> None:
        known = self.renew(retrieval["vm"], retrieval["value"], retrieval["generation"])
        if known is not None and known.value == "protected":  # FO-39, FO-40
            known.attempts = min(retrieval["attempts"], len(self.config.schedule))
            self.restart(known)
        self.placement.turn()

    def renew(self, vm: str, value: str, generation: int) -> Optional[Vm]:
        """Takes the VM from every list, if that is news (FO-02)."""
        known = self.inventory.get(vm)
        if known is None:
            known = self.inventory[vm] = Vm(vm, value, generation)
            return known
        is_off = generation == known.generation and value == "unprotected" != known.value
        if generation <= known.generation and not is_off:
            return None
        self.settle(known)
        known.value, known.generation, known.host = value, generation, None
        return known

    def reported(self, sender: str, vm: str, report: Json) -> None:
        """A host's word on a VM."""
        known = self.inventory.get(vm)
        if known is None or not self.host.liveness.is_up(sender):  # FO-34
            return
        is_there = known.stage == "watched" and known.host == sender
        intent = report["ending"]["intent"] if report["type"] == "ended" else None
        if intent is not None and intent > known.generation:  # FO-09
            self.renew(vm, "unprotected", intent)
        elif known.value == "unprotected":  # FO-03
            return
        elif report["type"] == "running":  # FO-12
            attempts = 0 if known.stage == "starting" and known.host == sender else known.attempts
            self.settle(known, sender)
            known.attempts = attempts
        elif is_there:  # FO-05, FO-07, FO-10
            self.restart(known)
        self.placement.turn()

    def host_changed(self, host: str) -> None:
        if self.host.liveness.is_up(host):
            self.on_back(host)
        else:
            self.on_gone(host)
        self.placement.turn()

    def on_gone(self, host: str) -> None:
        for vm in self.config.vms:  # FO-50
            self.published.pop((vm, host), None)
        for known in self.in_order():
            if known.stage == "watched" and known.value == "protected" and known.host is not None:
                if known.host == host or self.config.is_stored(known.vm):  # FO-04, FO-05
                    self.restart(known)
            elif known.stage == "placing":  # FO-37
                self.placement.lose(known, [host])
            elif known.stage == "starting" and known.host == host:  # FO-37
                self.fail(known, is_news=True)

    def on_back(self, host: str) -> None:  # FO-38
        if self.config.placement == "publish":
            return
        for known in self.in_order():
            if known.stage in WAITS:
                self.register(known, host, level=True)

    def in_order(self) -> list[Vm]:
        return [self.inventory[vm] for vm in sorted(self.inventory)]

    # Stages

    def enter(self, known: Vm, stage: str, with_timer: bool = False) -> None:
        self.host.cancel_timers(["Failover"], vm=known.vm)
        known.stage = stage
        if with_timer:
            self.set_timer(known)

    def set_timer(self, known: Vm) -> None:
        name = {"vm": known.vm, "stage": known.stage, "round": known.round, "attempt": known.attempts}
        self.host.set_timer("Failover", **name)

    def settle(self, known: Vm, host: Optional[str] = None) -> None:
        """On no list."""
        self.enter(known, "watched")
        known.host, known.attempts = host, 0

    def restart(self, known: Vm) -> None:
        known.round += 1
        if known.attempts >= len(self.config.schedule):
            self.exhaust(known, is_news=True)
        elif self.config.is_stored(known.vm):  # FO-14
            self.check(known, "checking")
        else:  # FO-13
            self.enter(known, "queued")

    def check(self, known: Vm, stage: str) -> None:
        """Asks the own host whether the VM can be accessed."""
        self.enter(known, stage)
        self.host.send(self.config.self_id, "PlaceQuery", **self.id_of(known))

    def on_checked(self, known: Vm, standing: Json) -> None:
        can_start = is_usable(standing)  # FO-17
        if known.stage == "rechecking" and known.attempts >= len(self.config.schedule):
            self.exhaust(known, is_news=known.is_news or not can_start)
        elif not can_start:  # FO-16
            self.wait(known, "waiting")
        elif known.stage == "rechecking":  # FO-30
            self.enter(known, "delayed", with_timer=True)
        else:  # FO-15
            self.enter(known, "queued")

    def fail(self, known: Vm, is_news: bool) -> None:
        """An attempt has failed. `is_news`: where a host could start the VM all the same, that is something new."""
        known.attempts += 1
        known.is_news = is_news and self.config.placement != "try"
        if self.config.is_stored(known.vm):  # FO-29
            self.check(known, "rechecking")
        elif known.attempts >= len(self.config.schedule):
            self.exhaust(known, is_news=False)
        else:  # FO-28
            self.enter(known, "delayed", with_timer=True)

    def exhaust(self, known: Vm, is_news: bool) -> None:  # FO-31
        is_news = is_news and self.config.scope == "all" and self.config.is_stored(known.vm)
        if is_news:
            self.forget_published(known)
        self.wait(known, "exhausted", level=is_news)

    def wait(self, known: Vm, stage: str, level: bool = True) -> None:
        self.enter(known, stage)
        known.level = level
        self.register_with_all(known)

    def register_with_all(self, known: Vm) -> None:
        """Now, and again after a while (FO-55)."""
        if self.config.placement != "publish":
            for host in self.hosts_up():
                self.register(known, host, known.level)
            self.set_timer(known)

    def register(self, known: Vm, host: str, level: bool) -> None:
        wanted = {"capacity": known.stage == "lacking", "level": level}
        self.host.send(host, "PlaceRegister", **self.id_of(known), wanted=wanted)

    def wake(self, known: Vm) -> None:
        if known.stage == "exhausted":  # FO-35
            known.attempts = 0
        self.enter(known, "queued")

    # Messages and timers

    def on_answer(self, sender: str, message: Json) -> None:
        known = self.of(message)
        if known is None:
            return
        if known.stage in ("checking", "rechecking") and sender == self.config.self_id:
            self.on_checked(known, message["standing"])
        elif known.stage == "placing":
            self.placement.hear(known, sender, message["standing"])
        self.placement.turn()

    def on_result(self, sender: str, message: Json) -> None:
        known = self.of(message, "starting")
        if known is None or known.host != sender:  # FO-34
            return
        result = message["result"]["type"]
        if result == "ok":  # FO-26
            self.settle(known, sender)
        elif result == "refused":  # FO-36
            self.settle(known)
            known.value = "unprotected"
        elif result == "capacity":  # FO-27
            self.published.pop((known.vm, sender), None)
            self.wait(known, "lacking")
        else:
            if result in ("locked", "inaccessible"):
                self.forget_published(known)
            self.fail(known, is_news=result in ("locked", "inaccessible"))
        self.placement.turn()

    def on_placeable(self, _sender: str, message: Json) -> None:  # FO-33
        known = self.of(message, *WAITS)
        if known is not None:
            self.wake(known)
            self.placement.turn()

    def on_timer(self, timer: Json) -> None:
        known = self.inventory.get(timer["vm"])
        if known is None or timer != {**timer, "stage": known.stage, "round": known.round, "attempt": known.attempts}:
            return
        if known.stage == "delayed":  # FO-32
            self.enter(known, "queued")
        elif known.stage == "placing":  # FO-53
            self.placement.lose(known, list(known.awaited))
        elif known.stage == "starting":  # FO-54
            self.fail(known, is_news=True)
        elif known.stage in WAITS:  # FO-55
            self.register_with_all(known)
        self.placement.turn()

    def on_published(self, sender: str, message: Json) -> None:  # FO-50, FO-52
        is_believed = self.host.ha.role == "primary" and self.host.liveness.is_up(sender)
        if not is_believed or self.config.placement != "publish":
            return
        vm, standing = message["vm"], message["standing"]
        before, self.published[vm, sender] = self.published.get((vm, sender)), standing
        known = self.inventory.get(vm)
        if known is None or known.stage not in WAITS or not self.placement.can_start(known, standing):
            return
        was_so = before is not None and self.placement.can_start(known, before)
        is_news = not was_so and (before is not None or self.config.scope == "all")
        if known.stage == "waiting" or (standing["capacity"] if known.stage == "lacking" else is_news):
            self.wake(known)
            self.placement.turn()

    def forget_published(self, known: Vm) -> None:  # FO-50
        for host in self.config.hosts:
            self.published.pop((known.vm, host), None)

    def of(self, message: Json, *stages: str) -> Optional[Vm]:
        """The VM that a message is about, if it is of the round that runs (FO-34)."""
        known = self.inventory.get(message["vm"])
        is_running = known is not None and request_id(message) == self.id_of(known)
        return known if is_running and (not stages or known.stage in stages) else None

    def id_of(self, known: Vm) -> Json:
        return {"term": self.host.ha.term, "vm": known.vm, "generation": known.generation, "round": known.round}
