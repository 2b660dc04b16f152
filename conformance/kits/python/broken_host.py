"""The same host with one fault, so that you see the suite find it; and with another one, if you name that:

    holdfast conform test --profile host -- python3 broken_host.py
    holdfast conform test --profile host -- python3 broken_host.py "waits for the silent"
"""

import sys

from holdfast_adapter import serve
from host import REPAIRS, Host


def commands_one_host_only(host):
    """FB-19, FB-20: when the commanded host fails, it forgets who else has said yes, or may say so."""
    host.fallback.go_on = host.fallback.ask


def waits_for_the_silent(host):
    """FO-53, FO-54: a host that does not answer holds up a restart for ever."""
    on_timer = host.failover.on_timer
    host.failover.on_timer = lambda timer: None if timer["stage"] in ("placing", "starting") else on_timer(timer)


SLIPS = {"commands one host only": commands_one_host_only, "waits for the silent": waits_for_the_silent}


def broken_host(config):
    host = Host(config)
    slip = SLIPS[sys.argv[1]] if len(sys.argv) > 1 else commands_one_host_only
    slip(host)
    return host


if __name__ == "__main__":
    serve("starter kit in Python, broken", {"host": broken_host}, REPAIRS)
