"""What every host does for the failover of a primary: spec/failover.md, FO-42 to FO-48."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .config import Json
from .registrations import age, request_id

if TYPE_CHECKING:
    from .host import Host


class Attendant:
    def __init__(self, host: Host) -> None:
        self.host = host
        self.config = host.config
        self.crash()

    def crash(self) -> None:
        self.kept: dict[tuple[str, str], Json] = {}  # VM and primary -> PlaceRegister
        self.was_placeable: dict[tuple[str, str], bool] = {}

    def standing(self, vm: str) -> Json:
        """FO-42"""
        instance, seen = self.host.runtime.of(vm), self.host.runtime.seen(vm)
        is_accessible = seen["access"][self.config.scope]
        if instance.executes():
            return {"accessible": is_accessible, "capacity": True, "holder": self.config.self_id}
        holder = seen["home"]["lock"]["holder"] if seen["home"] else None
        if holder == self.config.self_id or holder not in self.host.storage.reachable:
            holder = None
        has_room = instance.power != "starting" and self.host.runtime.has_room()
        return {"accessible": is_accessible, "capacity": has_room, "holder": holder}

    def is_placeable(self, vm: str, standing: Json, wanted: Json) -> bool:
        """Whether the VM can be started here."""
        if wanted["capacity"] and not standing["capacity"]:
            return False
        return not self.config.is_stored(vm) or is_usable(standing)

    def on_query(self, sender: str, message: Json) -> None:
        self.host.send(sender, "PlaceAnswer", **request_id(message), standing=self.standing(message["vm"]))

    def on_command(self, sender: str, message: Json) -> None:  # FO-43
        command = {"by": "primary", "from": sender, "attempt": message["attempt"], **request_id(message)}
        self.host.later(self.host.runtime.power_on, command)

    def on_power_on_ended(self, command: Json, result: Json) -> None:  # FO-44
        self.host.send(command["from"], "RestartResult", **request_id(command), result=result)

    def on_register(self, sender: str, message: Json) -> None:
        vm, wanted = message["vm"], message["wanted"]
        key = vm, sender
        if key in self.kept and age(message) < age(self.kept[key]):  # FO-48
            return
        is_placeable = self.is_placeable(vm, self.standing(vm), wanted)
        self.kept[key], self.was_placeable[key] = message, is_placeable  # FO-46
        if is_placeable and wanted["level"]:  # FO-45
            self.notify(key)

    def on_standing_changed(self, vm: str, standing: Json) -> None:  # FO-47
        for key in [key for key in self.kept if key[0] == vm]:
            was_placeable = self.was_placeable[key]
            self.was_placeable[key] = self.is_placeable(vm, standing, self.kept[key]["wanted"])
            if self.was_placeable[key] and not was_placeable:
                self.notify(key)

    def notify(self, key: tuple[str, str]) -> None:
        self.host.send(key[1], "BecamePlaceable", **request_id(self.kept.pop(key)))


def is_usable(standing: Json) -> bool:
    """Accessible, and nobody holds its lock (FO-17)."""
    return standing["accessible"] and standing["holder"] is None
