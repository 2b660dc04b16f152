"""What a host says of its VMs, and what a primary makes of it: HO-04 to HO-08, FO-49."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Optional

from .config import Json

if TYPE_CHECKING:
    from .host import Host


class Reports:
    def __init__(self, host: Host) -> None:
        self.host = host
        self.config = host.config
        self.crash()

    def crash(self) -> None:
        self.runs_on: dict[str, str] = {}  # as primary: VM -> the host that said last that it runs it

    def report(self, vm: str) -> Optional[Json]:
        """How a VM fares here; None of one that is starting."""
        instance = self.host.runtime.of(vm)
        if instance.power == "starting":
            return None
        if instance.executes():
            return {"type": "running" if instance.power == "running" else "storageLost"}
        return {"type": "ended", "ending": instance.ending} if instance.ending else {"type": "absent"}

    def tell(self, vm: str) -> None:
        """HO-06, HO-08: to the primary, or as primary to itself."""
        report = self.report(vm)
        if report is not None:
            self.say("VmStatus", self.on_status, vm=vm, report=report)

    def publish(self, vm: str, standing: Json) -> None:
        """FO-49"""
        if self.config.placement == "publish":
            self.say("PlacePublished", self.host.failover.on_published, vm=vm, standing=standing)

    def say(self, kind: str, take: Callable[[str, Json], None], **fields: Any) -> None:
        """To whom this host follows; a primary takes its own word at once."""
        if self.host.ha.role == "primary":
            take(self.config.self_id, fields)
        elif self.host.ha.follows is not None:
            self.host.send(self.host.ha.follows, kind, term=self.host.ha.term, **fields)

    def tell_all(self) -> None:
        """With each Alive, and with each heartbeat of a primary."""
        for vm in self.host.runtime.instances:
            self.tell(vm)
            self.publish(vm, self.host.attendant.standing(vm))

    # As primary

    def on_status(self, sender: str, message: Json) -> None:
        if self.host.ha.role != "primary":
            return
        vm, report = message["vm"], message["report"]
        if report["type"] in ("running", "storageLost"):  # HO-07
            self.runs_on[vm] = sender
        elif self.runs_on.get(vm) == sender:
            del self.runs_on[vm]
        self.host.failover.reported(sender, vm, report)

    def on_done(self, vm: str, value: str, generation: int) -> None:
        """HO-04: the platform is told of a VM, and so is failover."""
        self.host.do("Report", vm=vm, value=value, generation=generation)
        if value == "protected":
            self.host.later(self.host.failover.protected, vm, generation, self.runs_on.get(vm))
        else:
            self.host.later(self.host.failover.unprotected, vm, generation)

    def on_learned(self, retrieval: Json) -> None:
        """HO-05"""
        self.host.failover.retrieved(retrieval)
        if retrieval["vm"] in self.runs_on:
            self.host.failover.reported(self.runs_on[retrieval["vm"]], retrieval["vm"], {"type": "running"})
