"""The adapter protocol holdfast/1 on standard input and output: JSON lines, one answer to each request, in order.

Give `serve` a function that makes a module of a configuration. A module has one method, `handle(event)`, which answers
with the list of effects. Log to standard error: standard output is for answers only. Standard library only.
"""

import json
import sys
import traceback


def refused(code, message):
    return {"ok": False, "error": {"code": code, "message": message}}


def serve(name, modules, repairs=None, version="1.0.0", capabilities=None):
    """`modules` names, for each kind of module, what makes one of a configuration: {"ha": HaModule}."""
    capabilities = {"hosts": 16, **(capabilities or {})}
    running = {}  # by host: a cluster may have several in one process, and they share nothing
    for line in sys.stdin:
        request = json.loads(line)
        command = request.get("cmd")
        host = request.get("host")
        try:
            if command == "hello":
                answer = {
                    "ok": True,
                    "protocol": "holdfast/1",
                    "implementation": {"name": name, "version": version, "language": "python"},
                    "modules": list(modules),
                }
                answer["capabilities"] = capabilities
                if repairs is not None:
                    answer["repairs"] = repairs
            elif command == "reset" and request.get("module") not in modules:
                answer = refused("unsupported", f"no module {request.get('module')}")
            elif command == "reset":
                running[host] = modules[request["module"]](request["config"])
                answer = {"ok": True}
            elif command == "step" and host not in running:
                answer = refused("bad-request", "a step before the first reset")
            elif command == "step":
                answer = {"ok": True, "effects": running[host].handle(request["event"])}
            elif command == "probe" and capabilities.get("probe"):
                answer = {"ok": True, "state": running[host].state()}
            elif command == "bye":
                answer = {"ok": True}
            else:
                answer = refused("unsupported", f"no command {command}")
        except Exception as error:  # a fault of the module is told, and ends nothing
            traceback.print_exc()
            answer = refused("internal", f"{type(error).__name__}: {error}")
        answer["id"] = request.get("id")
        sys.stdout.write(json.dumps(answer, separators=(",", ":")) + "\n")
        sys.stdout.flush()
        if command == "bye":
            return
