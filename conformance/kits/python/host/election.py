"""Who becomes primary, and isolation: spec/election.md."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .config import Json

if TYPE_CHECKING:
    from .host import Host


class Election:
    def __init__(self, host: Host) -> None:
        self.host = host
        self.config = host.config
        self.crash()

    def crash(self) -> None:
        self.standing = "alone"  # of an electing host; or leading, beaten
        self.has_responded = False  # of an isolated one

    def enter(self) -> None:
        self.host.ha.become("electing")
        self.begin_round()

    def begin_round(self) -> None:
        self.standing = "alone"
        self.stand()
        self.host.set_timer("Election")

    def stand(self) -> None:
        """The own Candidacy, to every other host."""
        self.host.send_others("Candidacy", term=self.host.ha.term, datastores=self.config.datastores)

    def isolate(self) -> None:  # EL-12, LV-11
        self.host.ha.become("isolated")
        self.host.set_timer("Isolation")

    def on_silence(self, _timer: Json) -> None:  # EL-01
        if self.host.ha.role == "secondary":
            self.enter()

    def on_election(self, _timer: Json) -> None:
        if self.host.ha.role != "electing":  # EL-18
            return
        if self.standing == "beaten":  # EL-08
            self.begin_round()
        elif self.standing == "leading":  # EL-09
            self.host.ha.win()
        else:  # EL-10
            self.host.do("CheckIsolation")
            self.host.set_timer("Election")

    def on_isolation(self, _timer: Json) -> None:  # EL-13
        if self.host.ha.role == "isolated":
            self.stand()
            self.host.do("CheckIsolation")
            self.host.set_timer("Isolation")

    def on_isolation_checked(self, is_reached: bool) -> None:
        role = self.host.ha.role
        if role == "electing" and self.standing == "alone":  # EL-11, EL-12
            self.host.ha.win() if is_reached else self.isolate()
        elif role == "isolated" and is_reached:  # EL-14
            self.enter()
        elif role == "isolated" and not self.has_responded:  # EL-15
            self.has_responded = True
            if self.config.powers_off:
                self.host.later(self.host.runtime.on_isolated)
        elif role == "primary" and not is_reached and self.host.liveness.hears_nobody():  # LV-11
            self.isolate()

    def on_candidacy(self, sender: str, message: Json) -> None:
        if sender not in self.config.others:  # EL-18
            return
        role, follows = self.host.ha.role, self.host.ha.follows
        if role == "primary":  # EL-05
            self.host.send(sender, "Claim", term=self.host.ha.term)
        elif role == "electing":
            self.hear(sender, message)
        elif role == "secondary" and follows == sender and message["term"] < self.host.ha.term:
            return
        elif role == "isolated" or follows in (None, sender):  # EL-07, EL-16; else EL-06
            self.enter()
            self.standing = "beaten" if self.is_outranked_by(sender, message) else "leading"

    def hear(self, sender: str, message: Json) -> None:
        if self.is_outranked_by(sender, message):  # EL-03
            self.standing = "beaten"
            return
        self.host.send(sender, "Candidacy", term=self.host.ha.term, datastores=self.config.datastores)  # EL-04
        if self.standing == "alone":
            self.standing = "leading"

    def is_outranked_by(self, sender: str, message: Json) -> bool:  # EL-02
        return (message["datastores"], sender) > (self.config.datastores, self.config.self_id)
