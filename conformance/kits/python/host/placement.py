"""How a place for a VM is found: hosts are asked, publish how it stands there, or are tried. FO-18 to FO-25, FO-51."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .attendant import is_usable
from .config import Json

if TYPE_CHECKING:
    from .failover import Failover, Vm


class Placement:
    def __init__(self, failover: Failover) -> None:
        self.failover = failover
        self.host = failover.host
        self.config = failover.config

    def turn(self) -> None:
        """FO-18: as many VMs as may be are placed, the one of the highest priority first."""
        while True:
            inventory = self.failover.in_order()
            queued = [known for known in inventory if known.stage == "queued"]
            busy = [known for known in inventory if known.stage in ("placing", "starting")]
            if not queued or len(busy) >= self.config.concurrency:
                return
            self.place(max(queued, key=lambda known: self.config.priority(known.vm)))

    def place(self, known: Vm) -> None:
        hosts = self.failover.hosts_up()
        known.round += 1
        known.standings, known.awaited, known.stage = {}, [], "placing"
        if self.config.placement == "ask":  # FO-19
            known.awaited = hosts
            self.failover.enter(known, "placing", with_timer=True)
            for host in hosts:
                self.host.send(host, "PlaceQuery", **self.failover.id_of(known))
        elif self.config.placement == "publish":  # FO-51
            published = self.failover.published
            known.standings = {host: published[known.vm, host] for host in hosts if (known.vm, host) in published}
            self.decide(known)
        else:  # FO-20: begins with another one each round
            self.command(known, hosts[known.round % len(hosts)])

    def hear(self, known: Vm, sender: str, standing: Json) -> None:
        if sender in known.awaited:
            known.awaited = [host for host in known.awaited if host != sender]
            known.standings = {**known.standings, sender: standing}
            self.decide_if_all_are_heard(known)

    def lose(self, known: Vm, hosts: list[str]) -> None:
        """These count as a no (FO-37, FO-53). That one has said that it has no room counts on."""
        known.awaited = [host for host in known.awaited if host not in hosts]
        known.standings = {
            host: standing
            for host, standing in known.standings.items()
            if host not in hosts or not standing["capacity"]
        }
        self.decide_if_all_are_heard(known)

    def decide_if_all_are_heard(self, known: Vm) -> None:  # FO-22
        if not known.awaited:
            self.decide(known)

    def decide(self, known: Vm) -> None:
        able = [host for host, standing in known.standings.items() if self.can_start(known, standing)]
        with_room = [host for host in sorted(able) if known.standings[host]["capacity"]]
        if with_room:  # FO-23
            self.command(known, with_room[0])
        elif able:  # FO-24
            self.failover.wait(known, "lacking")
        else:  # FO-25
            self.failover.wait(known, "waiting")

    def can_start(self, known: Vm, standing: Json) -> bool:
        """Whether the VM can be started where it stands so, room apart."""
        return not self.config.is_stored(known.vm) or is_usable(standing)

    def command(self, known: Vm, host: str) -> None:
        known.host = host
        self.failover.enter(known, "starting", with_timer=True)
        self.host.send(host, "RestartCommand", **self.failover.id_of(known), attempt=known.attempts)
