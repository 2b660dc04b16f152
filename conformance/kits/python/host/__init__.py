"""A whole host, written from spec/ alone: HA module, storage module and VM runtime, with the hosts' own election.

It keeps all repairs of spec/profiles.md. A file for each chapter, or part of one; the rules stand beside what keeps
them. Messages, events, effects and directory entries are the JSON of spec/messages.md, as plain dicts that are never
changed: what changes is made anew, so nothing has to be copied.

Begin with host.py, which takes an event and hands it to the part that it is for. What a part has to know across events
stands in its `crash`, which forgets all of it.
"""

from .host import Host

REPAIRS = [
    "ask-everyone",
    "cache-notices",
    "completion-report",
    "configuration-numbers",
    "directory-owner",
    "every-responder",
    "generations",
    "ghost-kill",
    "intent-generation",
    "level-triggered",
    "lock-registration",
    "namespace-query",
    "object-identity",
    "parallel-fallbacks",
    "periodic-retrieval",
    "quorum-recalculation",
    "request-ids",
    "resend",
    "shared-attempts",
    "storage-loss-trigger",
    "terms",
    "timeouts",
    "write-fencing",
]

__all__ = ["Host", "REPAIRS"]
