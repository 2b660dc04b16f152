"""One object, as its owner directs it: spec/directory.md, Objects and What hosts know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional

from .config import Json
from .contract import carry_out
from .votes import is_quorum, recalculated

if TYPE_CHECKING:
    from .directory import Reign


def version_of(entry: Json) -> tuple[int, int]:
    """Versions are compared by configuration number first."""
    return entry["version"]["configuration"], entry["version"]["sequence"]


class OwnedObject:
    def __init__(self, reign: Reign, layout: Json) -> None:
        self.reign = reign
        self.name: str = layout["object"]
        self.components: list[Json] = layout["components"]
        self.entry: Optional[Json] = None  # written last; None until the object is taken up
        self.holders: list[str] = []  # those that hold it
        self.is_committed = False
        self.call: Optional[Json] = None  # for which it was written: with the caller and the result
        self.waiting: list[Json] = []  # OB-13

    def has_component(self, host: str) -> bool:
        return any(component["host"] == host for component in self.components)

    def on_joined(self, host: str) -> None:
        if self.entry is None:
            self.take_up()
            return
        if self.has_component(host):  # OB-21
            self.reign.send(host, "ComponentWrite", entry=self.entry)
        if self.is_committed:  # CH-02
            self.publish([host])

    def take_up(self) -> None:
        """OB-01, OB-03: as soon as the members' components are a quorum by the newest entry among them."""
        members = self.reign.members
        held = {host: entries[self.name] for host, entries in members.items() if self.name in entries}
        newest = max(held.values(), key=version_of, default=None)
        if newest is None or not is_quorum(newest, held):
            return
        lost = [host for host in members if host not in held]
        current = newest["content"]["register"]["current"]
        self.write(with_current(newest, [host for host in current if host not in lost]))

    def write(self, entry: Json) -> None:
        """OB-04: as the next version, to every component whose host has joined, the own one first."""
        before = entry["version"]
        sequence = before["sequence"] + 1 if before["configuration"] == self.reign.number else 1
        self.entry = {**entry, "version": {"configuration": self.reign.number, "sequence": sequence}}
        self.is_committed = False
        own = self.reign.self_id
        self.holders = [own] if self.has_component(own) else []
        if self.holders:
            self.reign.storage.keep(self.entry)
        for component in sorted(self.components, key=lambda each: each["host"]):
            if component["host"] != own and component["host"] in self.reign.members:
                self.reign.send(component["host"], "ComponentWrite", entry=self.entry)
        self.look()

    def on_ack(self, sender: str, version: Json) -> None:
        """OB-08; any other is ignored (OB-09)."""
        is_holder = self.has_component(sender) and sender in self.reign.members and sender not in self.holders
        if self.entry is not None and version == self.entry["version"] and is_holder:
            self.holders.append(sender)
            self.look()

    def look(self) -> None:
        """What may follow now that somebody more holds the entry, or somebody calls."""
        if not self.is_committed and is_quorum(self.entry, self.holders):
            self.commit()
        if self.is_committed:
            self.go_on()

    def commit(self) -> None:
        """OB-10, CH-01: those that hold it are a quorum of it."""
        self.is_committed = True
        self.reign.storage.learn(self.known())
        self.publish([host for host in self.reign.members if host != self.reign.self_id])
        if self.call is not None:
            self.reign.answer(self.name, self.call, self.call["result"], self.entry["content"]["lock"]["epoch"])
            self.call = None

    def go_on(self) -> None:
        current = self.entry["content"]["register"]["current"]
        resynced = [host for host in self.holders if host not in current]
        if self.entry["former"] is not None:  # OB-17
            self.write({**self.entry, "former": None})
        elif self.waiting:  # OB-12
            self.call = self.waiting.pop(0)
            content, result = carry_out(self.entry["content"], self.call["call"], self.reign.members)
            self.call["result"] = result
            self.write({**self.entry, "content": content})
        elif resynced:  # OB-11
            self.write(with_current(self.entry, sorted(current + resynced)))

    def on_call(self, caller: str, call: Json) -> None:
        made = {"caller": caller, "call": call}
        if self.entry is None:  # OB-14
            self.reign.answer(self.name, made, "failed", self.reign.storage.epoch(self.name))
            return
        self.waiting.append(made)
        self.look()

    def recalculate(self) -> None:
        """OB-16, OB-19: the votes of those that are there and current, once old and new ones agree to that."""
        if not self.is_committed:
            return
        current = self.entry["content"]["register"]["current"]
        voters = recalculated(self.components, [host for host in current if host in self.reign.members])
        if voters is not None and voters != self.entry["voters"]:
            self.write({**self.entry, "voters": voters, "former": self.entry["voters"]})

    def is_out_of_step(self) -> bool:
        """Whether the components that have votes are not those that are there (HO-17)."""
        if self.entry is None:
            return False
        voting = {component["host"] for component in self.entry["voters"]}
        return voting != {component["host"] for component in self.components if component["host"] in self.reign.members}

    def known(self) -> Json:
        return {field: self.entry[field] for field in ("object", "version", "content")}

    def publish(self, hosts: list[str]) -> None:
        for host in sorted(hosts):
            self.reign.send(host, "Publish", known=self.known())


def with_current(entry: Json, current: list[str]) -> Json:
    content = entry["content"]
    return {**entry, "content": {**content, "register": {**content["register"], "current": current}}}
