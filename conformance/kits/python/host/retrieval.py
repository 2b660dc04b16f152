"""Reading protection states back, with GET on every host: spec/retrieval.md."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .config import Json

if TYPE_CHECKING:
    from .host import Host


class Retrieval:
    def __init__(self, host: Host) -> None:
        self.host = host
        self.crash()

    def crash(self) -> None:
        self.generations: dict[str, int] = {}  # as primary: VM -> that of what was read back

    def read_back(self) -> None:  # RT-01
        self.host.send_others("Retrieve", term=self.host.ha.term)
        self.host.set_timer("Retrieval")
        self.host.later(self.learn, self.host.ha.term, None)

    def on_storage_changed(self) -> None:  # RT-02
        if self.host.ha.role == "primary":
            self.read_back()

    def on_timer(self, _timer: Json) -> None:  # RT-05
        if self.host.ha.role == "primary":
            self.read_back()

    def on_retrieve(self, sender: str, _message: Json) -> None:  # RT-03, RT-04
        self.host.send(sender, "Retrieved", term=self.host.ha.term, retrievals=self.get())

    def on_retrieved(self, _sender: str, message: Json) -> None:
        self.learn(message["term"], message["retrievals"])

    def get(self) -> list[Json]:
        """GET of the own storage module: what it knows of the VMs that are accessible from here."""
        found = []
        for vm in sorted(self.host.config.vms):
            content = self.host.storage.content(self.host.config.namespace(vm))
            if content is not None:
                state = {field: content["register"][field] for field in ("value", "generation")}
                found.append({"vm": vm, **state, "attempts": content["attempts"]})
        return found

    def learn(self, term: int, retrievals: list[Json] | None) -> None:
        """None stands for the own GET, which is called when its turn has come."""
        if self.host.ha.role != "primary" or term != self.host.ha.term:  # RT-08
            return
        for retrieval in self.get() if retrievals is None else retrievals:
            vm, generation = retrieval["vm"], retrieval["generation"]
            if generation > self.generations.get(vm, -1):  # RT-06, RT-07
                self.generations[vm] = generation
                self.host.later(self.host.reports.on_learned, retrieval)
