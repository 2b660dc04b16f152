--------------------------- MODULE TwoPhaseCommit ---------------------------
\* Two-phase commit for TLC, with the states of TwoPhase.tla of the TLA+ examples.

CONSTANT Managers

VARIABLES rm, tm, received, msgs
vars == <<rm, tm, received, msgs>>

Init == /\ rm = [m \in Managers |-> "working"]
        /\ tm = "undecided"
        /\ received = {}
        /\ msgs = {}

ReceiveVote(m) == /\ tm = "undecided"
                  /\ [type |-> "vote", from |-> m] \in msgs
                  /\ received' = received \cup {m}
                  /\ UNCHANGED <<rm, tm, msgs>>

Commit == /\ tm = "undecided"
          /\ received = Managers
          /\ tm' = "committed"
          /\ msgs' = msgs \cup {[type |-> "commit"]}
          /\ UNCHANGED <<rm, received>>

Abort == /\ tm = "undecided"
         /\ tm' = "aborted"
         /\ msgs' = msgs \cup {[type |-> "abort"]}
         /\ UNCHANGED <<rm, received>>

Prepare(m) == /\ rm[m] = "working"
              /\ rm' = [rm EXCEPT ![m] = "prepared"]
              /\ msgs' = msgs \cup {[type |-> "vote", from |-> m]}
              /\ UNCHANGED <<tm, received>>

ChooseToAbort(m) == /\ rm[m] = "working"
                    /\ rm' = [rm EXCEPT ![m] = "aborted"]
                    /\ UNCHANGED <<tm, received, msgs>>

ReceiveCommit(m) == /\ [type |-> "commit"] \in msgs
                    /\ rm' = [rm EXCEPT ![m] = "committed"]
                    /\ UNCHANGED <<tm, received, msgs>>

ReceiveAbort(m) == /\ [type |-> "abort"] \in msgs
                   /\ rm' = [rm EXCEPT ![m] = "aborted"]
                   /\ UNCHANGED <<tm, received, msgs>>

Next == \/ Commit
        \/ Abort
        \/ \E m \in Managers : \/ ReceiveVote(m)
                               \/ Prepare(m)
                               \/ ChooseToAbort(m)
                               \/ ReceiveCommit(m)
                               \/ ReceiveAbort(m)

Spec == Init /\ [][Next]_vars

Consistent == \A m, n \in Managers : ~(rm[m] = "committed" /\ rm[n] = "aborted")
=============================================================================
