"""Terms and roles: spec/roles.md. What each part of the HA module does about a message stands in that part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional

from .config import Json

if TYPE_CHECKING:
    from .host import Host

TIMERS = ["Silence", "Election", "Isolation", "Heartbeat", "Host", "Fallback", "Retrieval", "Failover"]


class HaModule:
    """`role` is electing, primary, secondary or isolated; the host knows whether it is down."""

    def __init__(self, host: Host) -> None:
        self.host = host
        self.config = host.config
        self.term = 0  # durable: the highest that was seen
        self.crash()

    def crash(self) -> None:  # TM-09
        self.role = "secondary"
        self.follows: Optional[str] = None

    def restart(self) -> None:  # TM-10
        self.become("secondary")
        self.host.set_timer("Silence")

    def become(self, role: str) -> None:
        """Whoever changes role forgets what it knew in the old one, and stops its timers."""
        self.host.cancel_timers(TIMERS)
        self.role, self.follows = role, None
        for part in ("election", "liveness", "fallback", "registrations", "retrieval", "failover", "reports"):
            getattr(self.host, part).crash()

    def received(self, sender: str, message: Json) -> None:
        if message["term"] < self.term and message["type"] in ("SetCommand", "RestartCommand"):  # TM-03
            self.host.send(sender, "Superseded", term=self.term)
            return
        if message["term"] < self.term and message["type"] != "Candidacy":  # TM-02
            return
        if message["term"] > self.term:  # TM-01, TM-04
            self.term = message["term"]
            self.become("secondary")
            self.host.set_timer("Silence")
        on_message = {
            "Claim": self.on_claim,
            "Superseded": self.on_superseded,
            "Candidacy": self.host.election.on_candidacy,
            "Alive": self.host.liveness.on_alive,
            "AccessQuery": self.host.registrations.on_query,
            "SetCommand": self.host.registrations.on_command,
            "WaitRegister": self.host.registrations.on_register,
            "AccessAnswer": self.host.fallback.on_answer,
            "SetResult": self.host.fallback.on_result,
            "BecameAccessible": self.host.fallback.on_accessible,
            "Retrieve": self.host.retrieval.on_retrieve,
            "Retrieved": self.host.retrieval.on_retrieved,
            "VmStatus": self.host.reports.on_status,
            "PlaceQuery": self.host.attendant.on_query,
            "RestartCommand": self.host.attendant.on_command,
            "PlaceRegister": self.host.attendant.on_register,
            "PlaceAnswer": self.host.failover.on_answer,
            "RestartResult": self.host.failover.on_result,
            "BecamePlaceable": self.host.failover.on_placeable,
            "PlacePublished": self.host.failover.on_published,
        }
        on_message[message["type"]](sender, message)

    def on_superseded(self, _sender: str, _message: Json) -> None:
        """TM-08: it says no more than its term."""

    def on_claim(self, sender: str, _message: Json) -> None:
        if self.role == "primary" or sender not in self.config.others:  # TM-08
            return
        if self.role != "secondary":  # EL-17
            self.become("secondary")
        self.follows = sender  # LV-02
        self.host.set_timer("Silence")
        self.host.send(sender, "Alive", term=self.term)
        self.host.reports.tell_all()

    def win(self) -> None:  # EL-09
        self.term = self.config.own_number(self.term)
        self.become("primary")
        self.host.liveness.begin()
        self.host.retrieval.read_back()  # HO-01

    def on_storage_changed(self, vm: str, access: Json) -> None:
        """The storage module announces what it can access now."""
        self.host.fallback.on_access(vm, access)
        self.host.registrations.on_access(vm, access)
        self.host.retrieval.on_storage_changed()
