"""The configuration of a host: spec/configuration.md."""

from __future__ import annotations

from typing import Any, Optional

Json = dict[str, Any]  # an object of JSON, as spec/messages.md lays it out


class Config:
    """What a host is told once, and never changes."""

    def __init__(self, given: Json) -> None:
        self.self_id: str = given["self"]
        self.hosts: list[str] = given["hosts"]
        self.others = [host for host in self.hosts if host != self.self_id]
        self.vms: dict[str, Json] = {vm["vm"]: vm for vm in given["vms"]}
        self.layouts: dict[str, Json] = {layout["object"]: layout for vm in self.vms for layout in self.objects(vm)}
        self.plans: dict[str, Json] = {plan["vm"]: plan for plan in given["plans"]}
        self.datastores: int = given["datastores"]
        self.powers_off: bool = given["isolationResponse"] == "power-off"
        self.placement: str = given["placement"]
        self.scope: str = given["scope"]
        self.schedule: list[int] = given["schedule"]
        self.concurrency: int = given["concurrency"]
        self.is_coarse: bool = given["notices"] == "coarse"
        self.capacity: int = given["capacity"]
        self.clean_by_default: bool = given["cleanByDefault"]

    def objects(self, vm: str) -> list[Json]:
        """The layouts of a VM's objects, the namespace object first."""
        layout = self.vms[vm]
        return [layout["namespace"], *layout["disks"]]

    def namespace(self, vm: str) -> Optional[str]:
        """The namespace object of a VM, or None where the VM has no layout."""
        return self.vms[vm]["namespace"]["object"] if vm in self.vms else None

    def is_stored(self, vm: str) -> bool:
        """Whether the VM's files are in the object store, as they are without a plan."""
        return vm not in self.plans or self.plans[vm]["stored"]

    def priority(self, vm: str) -> int:
        return self.plans[vm]["priority"] if vm in self.plans else 0

    def own_number(self, above: int) -> int:
        """The lowest number above that one which no other host uses, for a term (EL-09) or a reign (DR-01)."""
        place, count = self.hosts.index(self.self_id), len(self.hosts)
        return above + 1 + (place - above - 1) % count
