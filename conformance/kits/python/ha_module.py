"""An HA module, written from spec/ (roles, fallback, messages), with the repairs named below. The rules stand beside.

    holdfast conform test --profile ha -- python3 ha_module.py
"""

from holdfast_adapter import serve

REPAIRS = [
    "completion-report",
    "every-responder",
    "generations",
    "level-triggered",
    "namespace-query",
    "parallel-fallbacks",
    "request-ids",
    "resend",
    "terms",
    "timeouts",
]
SCOPE = "namespace"  # FB-11


class HaModule:
    def __init__(self, config):
        self.self_id = config["self"]
        self.others = [host for host in config["hosts"] if host != self.self_id]
        self.term = 0
        self.start()

    def start(self):
        """A secondary that knows nothing but its term (TM-10)."""
        self.role = "secondary"
        self.records = {}  # primary: VM -> how far its fallback is
        self.watches = {}  # secondary: (VM, primary) -> registration

    def handle(self, event):
        kind = event["type"]
        if self.role == "down":  # TM-11
            if kind == "Restarted":
                self.start()
            return []
        handler = getattr(self, "on_" + kind, None)
        return handler(event) if handler else []

    # Roles and terms

    def on_Crashed(self, _event):
        self.role = "down"
        return []

    def on_Elected(self, event):
        if self.role != "secondary" or event["term"] <= self.term:  # TM-06
            return []
        self.role, self.term = "primary", event["term"]
        self.records, self.watches = {}, {}
        return [self.persist(), *(self.send(host, {"type": "Claim", "term": self.term}) for host in self.others)]

    def on_Received(self, event):
        message = event["message"]
        effects = []
        if message["term"] < self.term:  # TM-02, TM-03
            refuses = message["type"] == "SetCommand"
            return [self.send(event["from"], {"type": "Superseded", "term": self.term})] if refuses else []
        if message["term"] > self.term:  # TM-01
            effects = [effect for record in self.records.values() for effect in record.stop_timer()]
            self.term = message["term"]
            self.start()
            effects.insert(0, self.persist())  # TM-04
        handler = getattr(self, "on_message_" + message["type"], None)
        return effects + (handler(event["from"], message, event["accessible"]) if handler else [])

    def persist(self):
        return {"type": "Persist", "durable": {"term": self.term}}

    @staticmethod
    def send(host, message):
        return {"type": "Send", "to": host, "message": message}

    # For other primaries

    def on_message_AccessQuery(self, sender, query, accessible):  # FB-13
        answer = {"type": "AccessAnswer", "accessible": accessible[query["scope"]], "reachable": []}
        return [self.send(sender, {**echo(query), **answer})]

    def on_message_SetCommand(self, sender, command, _accessible):  # FB-17
        purpose = {"type": "Command", "from": sender, "term": command["term"], "round": command["round"]}
        return [call_storage(command["vm"], command["value"], command["generation"], purpose)]

    def on_message_WaitRegister(self, sender, registration, accessible):
        if self.role != "secondary":  # WT-10
            return []
        key = (registration["vm"], sender)
        kept = self.watches.get(key)
        if kept is not None and age(registration) < age(kept):  # WT-08
            return []
        self.watches[key] = registration  # WT-03
        return self.notify(key) if accessible[registration["scope"]] else []  # WT-04

    def notify(self, key):
        return [self.send(key[1], {**echo(self.watches.pop(key)), "type": "BecameAccessible"})]

    # As primary: whatever is about a VM that is in work here

    def on_Request(self, event):
        if self.role != "primary":  # FB-02
            return []
        known = self.records.get(event["vm"])
        if known is None:
            self.records[event["vm"]] = Record(self, event, 0)
            return self.records[event["vm"]].start_round()
        if event["generation"] < known.generation:  # FB-03
            return []
        is_same = event["generation"] == known.generation
        if is_same and event["value"] == known.value and known.phase != "idle":  # FB-04
            return []
        stopped = known.stop_timer()
        record = self.records[event["vm"]] = Record(self, event, known.round + 1 if is_same else 0)
        return stopped + record.start_round()

    def on_StorageReplied(self, event):
        call, purpose = event["call"], event["call"]["purpose"]
        if purpose["type"] == "Command":  # FB-18
            answer = {"type": "SetResult", "term": purpose["term"], "vm": call["vm"], "generation": call["generation"]}
            return [self.send(purpose["from"], {**answer, "round": purpose["round"], "result": event["result"]})]
        record = self.records.get(call["vm"])
        running = {"term": purpose["term"], "generation": call["generation"], "round": purpose["round"]}
        if record is None or record.phase != "setting" or not record.is_of_round(running):  # FB-24
            return []
        return record.on_result(event["result"], event["accessible"])

    def on_message_AccessAnswer(self, sender, answer, accessible):
        record = self.record_for(answer)
        return record.on_answer(sender, answer["accessible"], accessible) if record else []

    def on_message_SetResult(self, sender, result, accessible):
        record = self.record_for(result)
        expected = record is not None and record.phase == "commanding" and record.commanded == sender  # FB-25
        return record.on_result(result["result"], accessible) if expected else []

    def on_message_BecameAccessible(self, _sender, notice, _accessible):
        record = self.record_for(notice)
        return record.wake() if record is not None and record.phase == "waiting" else []  # WT-06

    def record_for(self, message):  # FB-23, FB-25
        record = self.records.get(message["vm"])
        return record if record is not None and record.is_of_round(message) else None

    def on_AccessibilityChanged(self, event):
        vm, accessible = event["vm"], event["accessible"]
        record = self.records.get(vm)
        if record is not None and record.phase == "waiting" and accessible[SCOPE]:  # WT-06
            return record.wake()
        due = [key for key, watch in self.watches.items() if key[0] == vm and accessible[watch["scope"]]]
        return [effect for key in due for effect in self.notify(key)]  # WT-05

    def on_TimerFired(self, event):
        timer = event["timer"]
        record = self.records.get(timer["vm"])
        return record.on_timer(event["accessible"]) if record and record.timer() == timer else []  # TO-04


class Record:
    """The fallback of one VM. Asks everyone at once, and commands the first that says yes."""

    def __init__(self, module, request, attempt):
        self.module = module
        self.vm, self.value, self.generation = request["vm"], request["value"], request["generation"]
        self.round = attempt
        self.phase = "idle"
        self.forget()

    def forget(self):
        self.asked, self.awaited, self.positive, self.commanded = [], [], [], None

    def request_id(self):
        return {"term": self.module.term, "vm": self.vm, "generation": self.generation, "round": self.round}

    def is_of_round(self, message):
        mine = self.request_id()
        return all(message[field] == mine[field] for field in ("term", "generation", "round"))

    def timer(self):
        if self.phase == "idle":
            return None
        name = {"vm": self.vm, "phase": self.phase, "generation": self.generation, "round": self.round}
        return {"type": "Fallback", **name}

    def stop_timer(self):
        return [] if self.phase == "idle" else [{"type": "CancelTimer", "timer": self.timer()}]

    def enter(self, phase, effects):
        stopped = self.stop_timer()
        self.phase = phase
        started = [] if phase == "idle" else [{"type": "SetTimer", "timer": self.timer()}]
        return stopped + effects + started

    def start_round(self):  # FB-01
        self.forget()
        purpose = {"type": "Own", "term": self.module.term, "round": self.round}
        self.phase = "idle"
        return self.enter("setting", [call_storage(self.vm, self.value, self.generation, purpose)])

    def wake(self):  # WT-02, WT-06
        stopped = self.stop_timer()
        self.round += 1
        return stopped + self.start_round()

    def on_result(self, result, accessible):
        if result == "ok":  # FB-05, FB-06
            report = {"type": "Report", "vm": self.vm, "value": self.value, "generation": self.generation}
            return self.enter("idle", [report])
        if result == "stale":  # FB-08
            return self.enter("idle", [])
        return self.after_failure(accessible)

    def after_failure(self, accessible):
        if self.phase == "commanding" and self.positive:  # FB-19
            return self.command()
        if self.phase == "commanding" and self.awaited:  # FB-20
            return self.enter("querying", [])
        return self.ask(accessible)

    def ask(self, accessible):
        others = [host for host in self.module.others if host not in self.asked]
        if not others:
            return self.give_up(accessible)
        self.asked, self.awaited, self.positive = self.asked + others, others, []
        query = {**self.request_id(), "type": "AccessQuery", "scope": SCOPE}
        return self.enter("querying", [HaModule.send(host, query) for host in others])  # FB-09, FB-10

    def on_answer(self, sender, says_yes, accessible):
        if self.phase not in ("querying", "commanding") or sender not in self.awaited:  # FB-25
            return []
        self.awaited = [host for host in self.awaited if host != sender]
        if says_yes:
            self.positive = self.positive + [sender]
        if self.phase == "commanding":  # FB-21
            return []
        if self.positive:
            return self.command()
        return [] if self.awaited else self.ask(accessible)  # FB-16

    def command(self):  # FB-14
        self.commanded, *self.positive = self.positive
        message = {**self.request_id(), "type": "SetCommand", "value": self.value}
        return self.enter("commanding", [HaModule.send(self.commanded, message)])

    def give_up(self, accessible):
        return self.wake() if accessible[SCOPE] else self.register()  # WT-02

    def register(self):  # WT-01, WT-07
        message = {**self.request_id(), "type": "WaitRegister", "scope": SCOPE}
        return self.enter("waiting", [HaModule.send(host, message) for host in self.module.others])

    def on_timer(self, accessible):
        if self.phase == "waiting":
            return self.register()
        if self.phase == "querying":  # TO-01
            self.awaited = []
            return self.ask(accessible)
        return self.after_failure(accessible)  # TO-02, TO-03


def echo(message):
    return {field: message[field] for field in ("term", "vm", "generation", "round")}


def age(registration):
    return registration["term"], registration["generation"], registration["round"]


def call_storage(vm, value, generation, purpose):
    return {"type": "CallStorage", "call": {"vm": vm, "value": value, "generation": generation, "purpose": purpose}}


if __name__ == "__main__":
    serve("starter kit in Python", {"ha": HaModule}, REPAIRS)
