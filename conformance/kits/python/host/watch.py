"""What a host notices of itself, and tells its own parts: HO-14, HO-17, and the notices of CH-05."""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional

from .config import Json

if TYPE_CHECKING:
    from .host import Host


class Watch:
    def __init__(self, host: Host) -> None:
        self.host = host
        self.config = host.config
        self.crash()

    def crash(self) -> None:
        self.told: dict[str, Optional[Json]] = {}  # VM -> what the HA module was told of its objects
        self.seen: dict[str, Json] = {}
        self.standings: dict[str, Json] = {}
        self.reports: dict[str, Optional[Json]] = {}

    def begin(self) -> None:
        """What is so before anything happens is no news."""
        for vm in self.config.vms:
            self.told[vm] = self.of_storage(vm)
            self.seen[vm] = self.host.runtime.seen(vm)
            self.standings[vm] = self.host.attendant.standing(vm)
            self.reports[vm] = self.host.reports.report(vm)

    def of_storage(self, vm: str) -> Json:
        """Accessibility, and what GET tells but for the count of attempts."""
        content = self.host.storage.content(self.config.namespace(vm))
        register = content and (content["identity"], content["register"]["value"], content["register"]["generation"])
        return {"access": self.host.storage.access(vm), "register": register}

    def announce(self) -> None:
        """CH-05: the storage module notifies the HA module of what has changed."""
        changed = []
        for vm, before in self.told.items():
            after = self.of_storage(vm)
            if after != before:
                self.told[vm] = after
                changed.append(vm)
        for vm in self.told if self.config.is_coarse and changed else changed:  # CH-08
            self.host.later(self.host.ha.on_storage_changed, vm, self.told[vm]["access"])

    def look(self) -> None:
        """HO-14: what has changed of a VM, in storage or because of what runs here."""
        runtime, attendant, reports = self.host.runtime, self.host.attendant, self.host.reports
        for vm in list(runtime.instances):
            seen = runtime.seen(vm)
            if seen != self.seen.get(vm):
                self.seen[vm] = seen
                runtime.storage_changed(vm, seen)
        for vm in list(runtime.instances):
            standing, report = attendant.standing(vm), reports.report(vm)
            if standing != self.standings.get(vm):
                self.standings[vm] = standing
                self.host.later(attendant.on_standing_changed, vm, standing)
                self.host.later(reports.publish, vm, standing)
            if report != self.reports.get(vm):  # HO-06
                self.reports[vm] = report
                self.host.later(reports.tell, vm)

    def look_for_absent(self) -> None:
        """HO-17: a timer runs while votes are not those of the components that are there."""
        reign = self.host.storage.reign
        running = [timer["object"] for timer in self.host.timers if timer["type"] == "Absence"]
        for name in self.config.layouts:
            is_out_of_step = reign is not None and reign.objects[name].is_out_of_step()
            if is_out_of_step and name not in running:
                self.host.set_timer("Absence", object=name)
            if not is_out_of_step and name in running:
                self.host.cancel_timers(["Absence"], name=name)

    def on_absence(self, timer: Json) -> None:
        self.host.storage.absence_lasted(timer["object"])
