"""Runs test vectors against a module of your own, with nothing but the standard library.

    holdfast conform vectors --out vectors
    python3 run_vectors.py vectors/ha.ndjson ha_module HaModule
"""

import importlib
import json
import sys


def same(expected, observed, ids):
    """Whether an observed value is the expected one; what stands for an id is learnt on the way."""
    if isinstance(expected, str) and expected[:1] in ("$", "?", "*"):
        if expected[0] != "$":  # the module may choose anew
            ids[expected[1:]] = observed
            return True
        return ids.setdefault(expected[1:], observed) == observed
    if isinstance(expected, dict) and isinstance(observed, dict):
        return expected.keys() == observed.keys() and all(same(expected[key], observed[key], ids) for key in expected)
    if isinstance(expected, list) and isinstance(observed, list):
        return len(expected) == len(observed) and all(same(e, o, ids) for e, o in zip(expected, observed))
    return type(expected) is type(observed) and expected == observed


def filled(value, ids):
    """An event, with what its ids stand for."""
    if isinstance(value, dict):
        return {key: filled(part, ids) for key, part in value.items()}
    if isinstance(value, list):
        return [filled(part, ids) for part in value]
    return ids.get(value[1:], value) if isinstance(value, str) and value[:1] == "$" else value


def ids_after(answer, optional, observed, ids):
    """The ids after these effects if this is the answer that they are, else None."""
    known, places = dict(ids), []
    for effect in observed:
        for place, expected in enumerate(answer["effects"]):
            tried = dict(known)
            if place not in places and same(expected, effect, tried):
                known = tried
                places.append(place)
                break
        else:
            if effect not in optional:
                return None
    if len(places) < len(answer["effects"]):
        return None
    return known if all(places.index(first) < places.index(second) for first, second in answer["order"]) else None


def without_needless(event, observed, running):
    """The effects but for cancelling what does not run, which does nothing; `running` lists the timers that do."""
    if event["type"] == "Crashed":
        running.clear()
    if event["type"] == "TimerFired" and event["timer"] in running:
        running.remove(event["timer"])
    kept = []
    for effect in observed:
        if effect["type"] == "CancelTimer":
            if effect["timer"] not in running:
                continue
            running.remove(effect["timer"])
        if effect["type"] == "SetTimer" and effect["timer"] not in running:
            running.append(effect["timer"])
        kept.append(effect)
    return kept


def run(vector, make):
    """None if what the module does is allowed; else the number of the step, what it did, and what was allowed."""
    module, ids, running = make(vector["config"]), {}, []
    for number, step in enumerate(vector["steps"], 1):
        optional = [filled(effect, ids) for effect in step["optional"]]
        event = filled(step["event"], ids)
        observed = without_needless(event, module.handle(event), running)
        known = [ids_after(answer, optional, observed, ids) for answer in step["allow"]]
        if all(after is None for after in known):
            return number, observed, step["allow"]
        if known[step["follow"]] is None:
            return None  # it may do that too; this vector does not go on there
        ids = known[step["follow"]]
    return None


if __name__ == "__main__":
    path, module, name = sys.argv[1:4]
    make = getattr(importlib.import_module(module), name)
    failed = 0
    for line in open(path, encoding="utf-8"):
        vector = json.loads(line)
        found = run(vector, make)
        if found is not None:
            failed += 1
            number, observed, allowed = found
            rules = sorted({rule for answer in allowed for rule in answer["rules"]})
            print(f"{vector['id']} step {number}: not what {', '.join(rules)} allow: {json.dumps(observed)}")
    print(f"{failed} failed")
    sys.exit(1 if failed else 0)
