"""What every host does for the fallback of a primary: it answers, writes, and says when it can access a VM."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .config import Json

if TYPE_CHECKING:
    from .host import Host


class Registrations:
    def __init__(self, host: Host) -> None:
        self.host = host
        self.crash()

    def crash(self) -> None:
        self.kept: dict[tuple[str, str], Json] = {}  # VM and primary -> WaitRegister

    def on_query(self, sender: str, message: Json) -> None:  # FB-13
        is_accessible = self.host.storage.access(message["vm"])[message["scope"]]
        self.host.send(sender, "AccessAnswer", **request_id(message), accessible=is_accessible, reachable=[])

    def on_command(self, sender: str, message: Json) -> None:  # FB-17
        caller = {"type": "Command", "from": sender, **request_id(message)}
        self.host.calls.set_state(message["vm"], message["value"], message["generation"], caller)

    def on_register(self, sender: str, message: Json) -> None:
        if self.host.ha.role != "secondary":  # WT-10
            return
        key = message["vm"], sender
        if key in self.kept and age(message) < age(self.kept[key]):  # WT-08
            return
        self.kept[key] = message  # WT-03
        if self.host.storage.access(message["vm"])[message["scope"]]:  # WT-04
            self.notify(key)

    def on_access(self, vm: str, access: Json) -> None:  # WT-05
        for key in [key for key, message in self.kept.items() if key[0] == vm and access[message["scope"]]]:
            self.notify(key)

    def notify(self, key: tuple[str, str]) -> None:
        self.host.send(key[1], "BecameAccessible", **request_id(self.kept.pop(key)))


def request_id(message: Json) -> Json:
    """What an answer echoes."""
    return {field: message[field] for field in ("term", "vm", "generation", "round")}


def age(message: Json) -> tuple[int, int, int]:
    """A registration with a smaller one is of an earlier round."""
    return message["term"], message["generation"], message["round"]
