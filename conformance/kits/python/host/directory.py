"""The storage module: who directs, and what a host holds and knows. spec/directory.md."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Optional

from .config import Json
from .contract import first_content
from .objects import OwnedObject, version_of

if TYPE_CHECKING:
    from .host import Host


class Reign:
    """What the owner of the directory keeps: who has joined it, and the objects that it directs."""

    def __init__(self, storage: StorageModule) -> None:
        self.storage = storage
        self.self_id = storage.config.self_id
        self.number = storage.number
        self.members: dict[str, dict[str, Json]] = {}  # host -> what its components held when it joined
        self.objects = {name: OwnedObject(self, layout) for name, layout in storage.config.layouts.items()}

    def join(self, host: str, components: dict[str, Json]) -> None:  # DR-12
        self.members[host] = components
        for owned in self.objects.values():
            owned.on_joined(host)

    def send(self, to: str, kind: str, **fields: Any) -> None:
        self.storage.send(to, kind, number=self.number, **fields)

    def answer(self, name: str, made: Json, result: str, epoch: int) -> None:
        """Answers a call of this host, or of another."""
        if made["caller"] == self.self_id:
            self.storage.answer(name, made["call"], result, epoch)
        else:
            self.send(made["caller"], "Reply", object=name, call=made["call"], result=result, epoch=epoch)


class StorageModule:
    def __init__(self, host: Host) -> None:
        self.host = host
        self.config = host.config
        # durable: the highest number promised, and what the components hold; one that is lost is not there
        self.number = 0
        self.components = {
            name: first_entry(layout)
            for name, layout in sorted(self.config.layouts.items())
            if self.config.self_id in hosts_of(layout)
        }
        self.crash()

    def crash(self) -> None:  # DR-18
        self.reachable: list[str] = []
        self.owner: Optional[str] = None  # whom this host follows
        self.reign: Optional[Reign] = None  # its own
        self.known: dict[str, Json] = {}  # object -> what was published last; such an object is accessible

    def durable(self) -> Json:
        return {"number": self.number, "components": [self.components[name] for name in sorted(self.components)]}

    def keep(self, entry: Json) -> None:
        self.components[entry["object"]] = entry

    def learn(self, known: Json) -> None:
        self.known[known["object"]] = known

    def epoch(self, name: str) -> int:
        """That of the lock, as far as this host knows."""
        return self.known[name]["content"]["lock"]["epoch"] if name in self.known else 0

    def content(self, name: Optional[str]) -> Optional[Json]:
        """What this host knows of an object that is accessible from here."""
        return self.known[name]["content"] if name in self.known else None

    def access(self, vm: str) -> Json:
        """The two predicates of spec/storage.md."""
        if vm not in self.config.vms:
            return {"namespace": False, "all": False}
        known = [layout["object"] in self.known for layout in self.config.objects(vm)]
        return {"namespace": known[0], "all": all(known)}

    # Who directs

    def view_changed(self, reachable: list[str]) -> None:
        self.reachable = reachable
        lowest = min(reachable)
        if lowest == self.config.self_id:  # DR-01
            self.begin(self.number)
        elif self.owner != lowest:  # DR-02, DR-03
            self.leave()
            self.send(lowest, "Hello", number=self.number)

    def begin(self, above: int, untold: Optional[str] = None) -> None:
        """Begins a reign, above that number, without a word to that host."""
        self.number = self.config.own_number(above)
        self.owner, self.reign, self.known = None, Reign(self), {}  # CH-07
        for host in self.reachable:
            if host not in (self.config.self_id, untold):
                self.send(host, "Lead", number=self.number)
        self.reign.join(self.config.self_id, dict(self.components))

    def leave(self) -> None:
        """Gives the own reign, or the owner, up."""
        followed = [] if self.owner is None else [self.owner]
        others = followed if self.reign is None else [host for host in self.config.others if host in self.reign.members]
        self.owner, self.reign, self.known = None, None, {}  # CH-07
        for host in others:
            if host in self.reachable:
                self.send(host, "Left", number=self.number)

    def on_Hello(self, sender: str, message: Json) -> None:
        if self.reign is None or sender not in self.reachable:  # DR-07
            return
        if message["number"] >= self.number:  # DR-06
            self.begin(message["number"])
        elif sender not in self.reign.members:  # DR-05
            self.send(sender, "Lead", number=self.number)

    def on_Lead(self, sender: str, message: Json) -> None:
        if sender != min(self.reachable):  # DR-10
            return
        if message["number"] > self.number:  # DR-08
            if self.owner != sender:
                self.leave()
            self.number = message["number"]
            self.owner, self.known = sender, {}  # CH-07
            self.send(sender, "Joined", number=self.number, components=self.durable()["components"])
        elif self.owner != sender:  # DR-09
            self.send(sender, "Refused", number=message["number"], promised=self.number)

    def on_Refused(self, _sender: str, message: Json) -> None:
        if self.directs(message):  # DR-21, DR-22
            self.begin(max(self.number, message["promised"]))

    def on_Joined(self, sender: str, message: Json) -> None:
        if self.directs(message) and sender not in self.reign.members:  # DR-12, DR-13
            self.reign.join(sender, {entry["object"]: entry for entry in message["components"]})

    def on_Left(self, sender: str, message: Json) -> None:
        if self.directs(message) and sender in self.reign.members:  # DR-14
            self.begin(self.number, untold=sender)
        elif self.follows(sender, message):  # DR-15
            self.owner, self.known = None, {}  # CH-07

    def directs(self, message: Json) -> bool:
        return self.reign is not None and message["number"] == self.reign.number

    def follows(self, sender: str, message: Json) -> bool:
        return self.owner == sender and message["number"] == self.number

    # Components, and what is known

    def on_ComponentWrite(self, sender: str, message: Json) -> None:
        entry = message["entry"]
        if not self.follows(sender, message):  # OB-06
            self.send(sender, "Left", number=message["number"])
            return
        held = self.components.get(entry["object"])
        if held is None or version_of(entry) > version_of(held):  # OB-05, OB-22
            self.keep(entry)
            self.send(sender, "ComponentAck", number=self.number, object=entry["object"], version=entry["version"])

    def on_ComponentAck(self, sender: str, message: Json) -> None:
        if self.directs(message) and message["object"] in self.reign.objects:
            self.reign.objects[message["object"]].on_ack(sender, message["version"])

    def on_Publish(self, sender: str, message: Json) -> None:
        known = message["known"]
        before = self.known.get(known["object"])
        if self.follows(sender, message) and (before is None or version_of(known) > version_of(before)):  # CH-03, CH-04
            self.learn(known)

    def component_lost(self, name: str) -> None:  # OB-20
        self.components.pop(name, None)
        if self.reign is not None:
            self.begin(self.number)
        elif self.owner is not None:
            self.send(self.owner, "Hello", number=self.number)

    def absence_lasted(self, name: str) -> None:
        if self.reign is not None and name in self.reign.objects:
            self.reign.objects[name].recalculate()

    # Calls

    def called(self, name: str, call: Json) -> None:
        """A call of the own host."""
        if self.reign is not None:
            self.reign.objects[name].on_call(self.config.self_id, call)
        elif self.owner is not None and name in self.known:  # OB-15
            self.send(self.owner, "Call", number=self.number, object=name, call=call)
        else:  # OB-14
            self.answer(name, call, "failed", self.epoch(name))

    def on_Call(self, sender: str, message: Json) -> None:
        if self.directs(message) and message["object"] in self.reign.objects:  # OB-23
            self.reign.objects[message["object"]].on_call(sender, message["call"])

    def on_Reply(self, _sender: str, message: Json) -> None:  # OB-24
        number, name, call = message["number"], message["object"], message["call"]
        self.host.later(self.host.calls.answered, number, name, call, message["result"], message["epoch"])

    def answer(self, name: str, call: Json, result: str, epoch: int) -> None:
        self.host.later(self.host.calls.answered, self.number, name, call, result, epoch)

    def send(self, to: str, kind: str, **fields: Any) -> None:
        self.host.send_on("storage", to, {"type": kind, **fields})


def hosts_of(layout: Json) -> list[str]:
    return sorted(component["host"] for component in layout["components"])


def first_entry(layout: Json) -> Json:
    return {
        "object": layout["object"],
        "version": {"configuration": 0, "sequence": 0},
        "content": first_content(hosts_of(layout)),
        "voters": layout["components"],
        "former": None,
    }
