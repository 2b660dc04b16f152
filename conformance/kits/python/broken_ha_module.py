"""The same HA module with one fault, so that you see the suite find it: it reports success before the SET is done.

    holdfast conform test --profile ha -- python3 broken_ha_module.py
"""

from ha_module import REPAIRS, HaModule
from holdfast_adapter import serve


class BrokenHaModule(HaModule):
    def on_Request(self, event):
        effects = super().on_Request(event)
        report = {key: event[key] for key in ("vm", "value", "generation")}
        return [*effects, {"type": "Report", **report}] if effects else effects


if __name__ == "__main__":
    serve("starter kit in Python, broken", {"ha": BrokenHaModule}, REPAIRS)
