"""Fill in your HA module here. Each method gets an event of spec/messages.md and answers with the list of effects.

    holdfast conform doctor -- python3 template.py
    holdfast conform test -- python3 template.py

As it stands it answers questions about accessibility, and nothing else. A good order to go on in: messages with another
term, commands, registrations, the election, requests.
"""

from holdfast_adapter import serve

# The repairs of spec/profiles.md that your module keeps: it is judged by these. Leave the list out for all of them.
REPAIRS = ["completion-report", "generations", "level-triggered", "namespace-query", "parallel-fallbacks", "request-ids", "terms"]


class HaModule:
    def __init__(self, config):
        """Starts anew: a secondary that has seen no term. Keep nothing outside of the object."""
        self.self_id = config["self"]
        self.others = [host for host in config["hosts"] if host != self.self_id]
        self.role = "secondary"
        self.term = 0

    def handle(self, event):
        """Answer once nothing more happens by itself. No clock, no threads, no chance: timers are effects."""
        if event["type"] == "Received":
            return self.on_message(event["from"], event["message"], event["accessible"])
        if event["type"] == "Request":
            return self.on_request(event["vm"], event["value"], event["generation"])
        if event["type"] == "StorageReplied":
            return self.on_storage_reply(event["call"], event["result"], event["accessible"])
        if event["type"] == "AccessibilityChanged":
            return self.on_accessibility(event["vm"], event["accessible"])
        if event["type"] == "TimerFired":
            return self.on_timer(event["timer"], event["accessible"])
        if event["type"] == "Elected":
            return self.on_elected(event["term"])
        if event["type"] == "Crashed":
            return self.on_crash()
        if event["type"] == "Restarted":
            return self.on_restart()
        return []

    def on_message(self, sender, message, accessible):
        """TM-01: a higher term comes first. `accessible` is what your own storage module says at this moment."""
        if message["type"] == "AccessQuery":  # FB-13
            answer = {field: message[field] for field in ("term", "vm", "generation", "round")}
            answer.update(type="AccessAnswer", accessible=accessible[message["scope"]], reachable=[])
            return [{"type": "Send", "to": sender, "message": answer}]
        return []

    def on_request(self, vm, value, generation):
        """FB-01 to FB-04: the platform wants this protection state."""
        return []

    def on_storage_reply(self, call, result, accessible):
        """FB-05 to FB-09, FB-18: the own storage module has answered a SET; `call` is as you made it."""
        return []

    def on_accessibility(self, vm, accessible):
        """WT-05, WT-06: the own storage module says what it can access now."""
        return []

    def on_timer(self, timer, accessible):
        """TO-01 to TO-04, WT-07: a timer of yours has run out; it is named as you set it."""
        return []

    def on_elected(self, term):
        """TM-05, TM-06: this host has won the election of the term."""
        return []

    def on_crash(self):
        """TM-09: all is lost but what is durable. What follows is ignored until a restart (TM-11)."""
        return []

    def on_restart(self):
        """TM-10: a secondary that knows only what is durable."""
        return []


if __name__ == "__main__":
    serve("my HA module", {"ha": HaModule}, REPAIRS)
