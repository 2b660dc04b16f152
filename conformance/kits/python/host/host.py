"""HA module, storage module and VM runtime as one host: spec/host.md."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any, Optional

from .attendant import Attendant
from .calls import Calls
from .config import Config, Json
from .directory import StorageModule
from .election import Election
from .failover import Failover
from .fallback import Fallback
from .ha import HaModule
from .liveness import Liveness
from .registrations import Registrations
from .reports import Reports
from .retrieval import Retrieval
from .runtime import Runtime
from .watch import Watch


class Host:
    """Takes one event at a time, and answers with its effects. Its parts call each other through it."""

    def __init__(self, config: Json) -> None:
        """A host that is down, with the disk that it has when the cluster is created."""
        self.config = Config(config)
        self.storage = StorageModule(self)
        self.calls = Calls(self)
        self.runtime = Runtime(self)
        self.ha = HaModule(self)
        self.election = Election(self)
        self.liveness = Liveness(self)
        self.fallback = Fallback(self)
        self.registrations = Registrations(self)
        self.retrieval = Retrieval(self)
        self.failover = Failover(self)
        self.attendant = Attendant(self)
        self.reports = Reports(self)
        self.watch = Watch(self)
        self.parts = [part for part in vars(self).values() if hasattr(part, "crash")]
        self.effects: list[Json] = []
        self.queue: deque[tuple[Callable[..., None], tuple[Any, ...]]] = deque()
        self.saved = self.durable()
        self.crash()

    def durable(self) -> Json:
        """What survives a crash."""
        return {"ha": {"term": self.ha.term}, "storage": self.storage.durable()}

    def crash(self) -> None:  # HO-20
        self.is_up = False
        self.timers: list[Json] = []  # those that run
        for part in self.parts:
            part.crash()

    def handle(self, event: Json) -> list[Json]:
        """One step: the event, and all that it brings about by itself."""
        self.effects = []
        if event["type"] == "Crashed":
            self.crash()
        elif event["type"] == "Restarted" if not self.is_up else event["type"] != "Restarted":  # DR-20, HO-20
            self.step(event)
        return self.effects

    def step(self, event: Json) -> None:
        number = self.storage.number
        self.later(getattr(self, "on_" + event["type"]), event)
        while self.queue:
            act, given = self.queue.popleft()
            act(*given)
            self.watch.announce()
            if not self.queue and self.storage.number != number:
                number = self.storage.number
                self.calls.give_up()
            if not self.queue:
                self.watch.look()
        self.watch.look_for_absent()
        if self.durable() != self.saved:  # HO-19
            self.saved = self.durable()
            self.effects.insert(0, {"type": "Persist", "durable": self.saved})

    # Events

    def on_Restarted(self, event: Json) -> None:
        self.is_up = True
        self.watch.begin()
        self.ha.restart()
        self.storage.view_changed(event["reachable"])

    def on_ViewChanged(self, event: Json) -> None:
        self.storage.view_changed(event["reachable"])

    def on_Received(self, event: Json) -> None:
        if event["network"] == "ha":
            self.ha.received(event["from"], event["message"])
        else:
            getattr(self.storage, "on_" + event["message"]["type"])(event["from"], event["message"])

    def on_TimerFired(self, event: Json) -> None:
        timer = event["timer"]
        if timer in self.timers:
            self.timers.remove(timer)
        on_timer = {
            "Silence": self.election.on_silence,
            "Election": self.election.on_election,
            "Isolation": self.election.on_isolation,
            "Heartbeat": self.liveness.on_heartbeat,
            "Host": self.liveness.on_host,
            "Fallback": self.fallback.on_timer,
            "Retrieval": self.retrieval.on_timer,
            "Failover": self.failover.on_timer,
            "Ghost": self.runtime.on_ghost,
            "Absence": self.watch.on_absence,
        }
        on_timer[timer["type"]](timer)

    def on_Request(self, event: Json) -> None:
        self.fallback.on_request(event["vm"], event["value"], event["generation"])

    def on_IsolationChecked(self, event: Json) -> None:
        self.election.on_isolation_checked(event["reachable"])

    def on_Probed(self, event: Json) -> None:
        self.liveness.on_probed(event["host"], event["ping"], event["heartbeat"])

    def on_PowerOn(self, event: Json) -> None:
        self.runtime.power_on({"by": "user", "vm": event["vm"], "generation": event["generation"]})

    def on_PowerOff(self, event: Json) -> None:
        self.runtime.power_off(event["vm"], event["generation"])

    def on_MigratedIn(self, event: Json) -> None:
        self.runtime.migrated_in(event["vm"], event["epoch"])

    def on_MigratedOut(self, event: Json) -> None:
        self.runtime.migrated_out(event["vm"])

    def on_Created(self, event: Json) -> None:
        self.calls.make(event["vm"], {"type": "Create", "identity": event["identity"]})

    def on_ComponentLost(self, event: Json) -> None:
        self.storage.component_lost(event["object"])

    # What its parts order

    def do(self, kind: str, **fields: Any) -> None:
        self.effects.append({"type": kind, **fields})

    def later(self, act: Callable[..., None], *given: Any) -> None:
        """In this step, after what was put off before (HO-10)."""
        self.queue.append((act, given))

    def send_on(self, network: str, to: str, message: Json) -> None:
        self.do("Send", to=to, network=network, message=message)

    def send(self, to: str, kind: str, **fields: Any) -> None:
        """A message of the HA module; one to the own host arrives in the same step."""
        message = {"type": kind, **fields}
        if to == self.config.self_id:
            self.later(self.ha.received, to, message)
        else:
            self.send_on("ha", to, message)

    def send_others(self, kind: str, **fields: Any) -> None:
        for host in self.config.others:
            self.send(host, kind, **fields)

    def set_timer(self, kind: str, **name: Any) -> None:
        timer = {"type": kind, **name}
        if timer not in self.timers:
            self.timers.append(timer)
        self.do("SetTimer", timer=timer)

    def cancel_timers(self, kinds: list[str], vm: Optional[str] = None, name: Optional[str] = None) -> None:
        """Those that run, of these kinds: all, or those about that VM, or that object."""
        for timer in list(self.timers):
            is_about = vm in (None, timer.get("vm")) and name in (None, timer.get("object"))
            if timer["type"] in kinds and is_about:
                self.timers.remove(timer)
                self.do("CancelTimer", timer=timer)
