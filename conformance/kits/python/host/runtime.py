"""The VM runtime: spec/runtime.md."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Optional

from .config import Json

if TYPE_CHECKING:
    from .host import Host


@dataclass
class Instance:
    """A VM on this host."""

    power: str = "stopped"  # or starting, running, stalled
    epoch: int = 0  # with which it has taken the lock
    request: Optional[Json] = None  # the power-on, while it is starting
    serial: int = 0  # tells this power-on from others
    ending: Optional[Json] = None  # how it ended here, until it runs here again

    def executes(self) -> bool:
        return self.power in ("running", "stalled")


class Runtime:
    def __init__(self, host: Host) -> None:
        self.host = host
        self.config = host.config
        self.crash()

    def crash(self) -> None:  # RS-10
        self.instances = {vm: Instance() for vm in self.config.vms}
        self.serial = 0

    def of(self, vm: str) -> Instance:
        return self.instances.setdefault(vm, Instance())

    def has_room(self) -> bool:
        return sum(instance.power != "stopped" for instance in self.instances.values()) < self.config.capacity

    def seen(self, vm: str) -> Json:
        """What this host sees of a VM: `access`, and `home` where the namespace object is accessible."""
        content = self.host.storage.content(self.config.namespace(vm))
        home = None
        if content is not None:
            register = content["register"]
            lock = self.lock(vm, content["lock"])
            home = {"lock": lock, "value": register["value"], "generation": register["generation"]}
        return {"access": self.host.storage.access(vm), "home": home}

    def lock(self, vm: str, replica: Json) -> Json:
        """Of an instance whose epoch the replica of the directory has not heard of yet it is the own one (HO-11)."""
        instance = self.of(vm)
        lags = instance.executes() and replica["epoch"] < instance.epoch
        return self.own_lock(instance) if lags else replica

    def own_lock(self, instance: Instance) -> Json:
        return {"holder": self.config.self_id, "epoch": instance.epoch}

    # Power-on

    def power_on(self, request: Json) -> None:
        vm = request["vm"]
        instance = self.of(vm)
        if instance.power == "running":  # RS-02
            self.answer(request, {"type": "ok"})
        elif instance.power != "stopped":  # RS-02
            self.answer(request, {"type": "locked", "holder": self.config.self_id})
        elif request["by"] == "primary" and not self.has_room():  # RS-03
            self.answer(request, {"type": "capacity"})
        else:  # RS-01
            self.serial += 1
            instance.power, instance.request, instance.serial = "starting", request, self.serial
            self.take_lock(vm)

    def take_lock(self, vm: str) -> None:
        """For the power-on that is under way, if one is."""
        instance, attempt = self.of(vm), None
        if instance.power != "starting":
            return
        request = instance.request
        if request["by"] == "primary":
            attempt = {"generation": request["generation"], "number": request["attempt"]}
        self.host.calls.take_lock(vm, attempt, {"type": "PowerOn", "serial": instance.serial})

    def is_starting(self, vm: str, serial: int) -> bool:
        instance = self.of(vm)
        return instance.power == "starting" and instance.serial == serial

    def on_lock(self, vm: str, result: str, epoch: int) -> None:
        instance, seen = self.of(vm), self.seen(vm)
        if instance.power != "starting":  # RS-17
            return
        request, is_command = instance.request, instance.request["by"] == "primary"
        if result != "ok":  # RS-05
            holder = seen["home"]["lock"]["holder"] if result == "held" and seen["home"] else None
            is_known = holder not in (None, self.config.self_id)
            self.deny(instance, {"type": "locked", "holder": holder} if is_known else {"type": "inaccessible"})
        elif not seen["access"]["all"]:  # RS-07
            self.release(vm, epoch)
            self.deny(instance, {"type": "inaccessible"})
        elif is_command and is_unwanted(request, seen["home"]):  # RS-11
            self.release(vm, epoch)
            self.deny(instance, {"type": "refused"})
        else:  # RS-04
            instance.power, instance.epoch, instance.request, instance.ending = "running", epoch, None, None
            if is_command:
                self.host.calls.with_lock("ClearAttempts", vm, epoch)
            self.answer(request, {"type": "ok"})

    def deny(self, instance: Instance, result: Json) -> None:
        instance.power = "stopped"
        self.answer(instance.request, result)

    def answer(self, request: Json, result: Json) -> None:  # HO-15
        if request["by"] == "user":
            self.host.do("PoweredOn", vm=request["vm"], generation=request["generation"], result=result)
        else:
            self.host.later(self.host.attendant.on_power_on_ended, request, result)

    def release(self, vm: str, epoch: int) -> None:
        self.host.calls.with_lock("ReleaseLock", vm, epoch)

    # Its end

    def power_off(self, vm: str, generation: int) -> None:
        self.host.calls.set_state(vm, "unprotected", generation)  # RS-09
        self.end(vm, is_clean=True, intent=generation)  # RS-06

    def end(self, vm: str, is_clean: bool, intent: Optional[int]) -> None:
        """The instance, or the power-on that is under way, ends here; nothing of a VM that is stopped does."""
        instance = self.of(vm)
        if instance.power == "stopped":
            return
        instance.ending = self.ending(vm, is_clean, intent)
        if instance.power == "starting":
            self.deny(instance, {"type": "failed"})
            return
        instance.power = "stopped"
        self.release(vm, instance.epoch)

    def ending(self, vm: str, is_clean: bool, intent: Optional[int]) -> Json:
        is_written = self.seen(vm)["access"]["namespace"]
        return {"clean": is_clean if is_written else self.config.clean_by_default, "intent": intent}

    def kill(self, vm: str) -> None:
        self.end(vm, is_clean=False, intent=None)

    def on_ghost(self, timer: Json) -> None:  # RS-12
        if self.of(timer["vm"]).power == "stalled":
            self.kill(timer["vm"])

    def on_isolated(self) -> None:  # HO-16, RS-15
        for vm in self.instances:
            self.kill(vm)

    def migrated_in(self, vm: str, epoch: int) -> None:  # RS-16
        instance = self.of(vm)
        if instance.power == "stopped":
            instance.power, instance.epoch, instance.ending = "running", epoch, None

    def migrated_out(self, vm: str) -> None:  # RS-16
        instance = self.of(vm)
        if instance.executes():
            instance.power, instance.ending = "stopped", None

    def storage_changed(self, vm: str, seen: Json) -> None:
        """This host sees something else of the VM than before."""
        instance, home = self.of(vm), seen["home"]
        if instance.executes() and home and home["lock"] != self.own_lock(instance):  # RS-14
            self.kill(vm)
        elif instance.power == "running" and not seen["access"]["all"]:  # RS-20
            instance.power = "stalled"
            self.host.set_timer("Ghost", vm=vm)
        elif instance.power == "stalled" and seen["access"]["all"]:  # RS-18
            instance.power = "running"
            self.host.cancel_timers(["Ghost"], vm=vm)
        elif instance.power == "stopped" and home and home["lock"]["holder"] == self.config.self_id:  # RS-13
            self.release(vm, home["lock"]["epoch"])


def is_unwanted(request: Json, home: Optional[Json]) -> bool:
    """RS-11: the user has meant something else since."""
    if home is None or home["generation"] < request["generation"]:
        return False
    return home["generation"] > request["generation"] or home["value"] == "unprotected"
