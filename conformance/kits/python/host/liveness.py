"""Heartbeats, and what a primary makes of a host's silence: spec/liveness.md, HO-03."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .config import Json

if TYPE_CHECKING:
    from .host import Host

UP = ("running", "unreachable")  # to failover; the others are gone


class Liveness:
    def __init__(self, host: Host) -> None:
        self.host = host
        self.config = host.config
        self.crash()

    def crash(self) -> None:
        self.condition = dict.fromkeys(self.config.others, "running")

    def begin(self) -> None:
        """A host has been elected."""
        self.beat()
        for host in self.config.others:
            self.host.set_timer("Host", host=host)

    def beat(self) -> None:
        self.host.send_others("Claim", term=self.host.ha.term)
        self.host.set_timer("Heartbeat")

    def is_up(self, host: str) -> bool:
        return host == self.config.self_id or self.condition.get(host) in UP

    def hears_nobody(self) -> bool:
        return "running" not in self.condition.values()

    def conclude(self, host: str, condition: str) -> None:
        was_up = self.is_up(host)
        self.condition[host] = condition
        if self.is_up(host) != was_up:  # HO-03
            self.host.later(self.host.failover.host_changed, host)

    def on_heartbeat(self, _timer: Json) -> None:
        if self.host.ha.role != "primary":  # LV-09
            return
        self.beat()  # LV-01
        if self.hears_nobody():  # LV-10
            self.host.do("CheckIsolation")
        self.host.reports.tell_all()

    def on_alive(self, sender: str, _message: Json) -> None:
        if self.host.ha.role == "primary" and sender in self.condition:  # LV-03
            self.host.set_timer("Host", host=sender)
            self.conclude(sender, "running")

    def on_host(self, timer: Json) -> None:  # LV-04
        host = timer["host"]
        if self.host.ha.role != "primary" or host not in self.condition:  # LV-09
            return
        if self.condition[host] == "running":
            self.conclude(host, "unreachable")
        self.host.do("Probe", host=host)
        self.host.set_timer("Host", host=host)

    def on_probed(self, host: str, answers_ping: bool, heartbeat: str) -> None:
        is_silent = self.condition.get(host, "running") != "running"
        if self.host.ha.role != "primary" or not is_silent:  # LV-09
            return
        without_ping = {"isolated": "isolated", "well": "partitioned", "none": "failed"}  # LV-06, LV-07, LV-08
        self.conclude(host, "unreachable" if answers_ping else without_ping[heartbeat])  # LV-05
