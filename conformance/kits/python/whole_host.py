"""A whole host in a process of its own: the package `host`.

    holdfast conform test --profile host -- python3 whole_host.py
"""

from holdfast_adapter import serve
from host import REPAIRS, Host

if __name__ == "__main__":
    serve("starter kit in Python", {"host": Host}, REPAIRS)
