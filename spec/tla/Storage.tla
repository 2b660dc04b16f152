------------------------------- MODULE Storage -------------------------------
(***************************************************************************)
(* How storage modules keep the namespace object of one VM with messages:  *)
(* a second statement of the rules of spec/directory.md and                *)
(* spec/storage.md under the hardened profile, for a checker that shares   *)
(* nothing with holdfast.  The names of rules stand where they apply.      *)
(* Every host has a component; no disk is lost, no vote recalculated, no   *)
(* lock taken.  The explorer's scene `storage`, with --unreduced, has as   *)
(* many distinct states.                                                   *)
(***************************************************************************)
EXTENDS Naturals, Sequences, FiniteSets

CONSTANTS
  Hosts,          \* 1 .. N, so that one is lower than another; each has a component with one vote
  Replicas,       \* the hosts whose component has data; the others have witnesses
  Links,          \* how the storage network may be cut: "partitions" or "graphs"
  Views,          \* how often it may change
  Toggles,        \* how often the user may power the VM on or off
  Crashes         \* how many storage modules may crash

VARIABLES
  views, toggles, crashes, \* what is left of each
  links,          \* by host: the hosts that it hears, itself among them
  user,           \* the generation that was wanted last; the calls that no host has made yet
  host,           \* by host: its storage module
  inbox,          \* by host: messages under way to it, each with its sender
  committed       \* what was committed last, and for which call

vars == <<views, toggles, crashes, links, user, host, inbox, committed>>

None == 0         \* no host
N == Cardinality(Hosts)
Lowest(hosts) == CHOOSE a \in hosts : \A b \in hosts : a <= b
Highest(a, b) == IF a > b THEN a ELSE b

Graphs ==
  {[a \in Hosts |-> {a} \cup {b \in Hosts : {a, b} \in up}] :
     up \in SUBSET {pair \in SUBSET Hosts : Cardinality(pair) = 2}}
Cuts == IF Links = "graphs" THEN Graphs
        ELSE {graph \in Graphs : \A a \in Hosts : \A b \in graph[a] : graph[b] = graph[a]}

-----------------------------------------------------------------------------
(* What a component holds: the version, which is the number of a reign and  *)
(* a count, and the contract's state.                                       *)

Entry(number, sequence, value, generation, current) ==
  [number |-> number, sequence |-> sequence, value |-> value, generation |-> generation, current |-> current]
Nothing == Entry(0, 0, "unprotected", 0, {})
Content(entry) == [value |-> entry.value, generation |-> entry.generation, current |-> entry.current]
Version(entry) == <<entry.number, entry.sequence>>

IsNewer(a, b) == a.number > b.number \/ (a.number = b.number /\ a.sequence > b.sequence)
Newest(entries) == CHOOSE a \in entries : \A b \in entries : ~IsNewer(b, a)

Quorum(current, hosts) ==                                             \* ST-01
  /\ 2 * Cardinality(current \cap hosts) > N
  /\ Replicas \cap current \cap hosts # {}

\* A SET under the contract, from a host that reaches `hosts`: the entry afterwards, and the answer.
Answered(entry, hosts, call) ==
  LET as(result, after) == [result |-> result, entry |-> after] IN
  IF ~Quorum(entry.current, hosts) THEN as("failed", entry)           \* ST-01
  ELSE IF call.generation = entry.generation /\ call.value = entry.value
       THEN as("ok", entry)                                           \* ST-04
  ELSE IF call.generation <= entry.generation THEN as("stale", entry) \* ST-03
  ELSE as("ok", [entry EXCEPT !.value = call.value, !.generation = call.generation,
                              !.current = @ \cap hosts])              \* ST-02

-----------------------------------------------------------------------------
(* A storage module: what it has promised and what its component holds,     *)
(* which survive a crash; whom it hears and whom it follows; its reign, if  *)
(* it directs; and what it knows, if the object is accessible.              *)

NoCall == [value |-> "none", generation |-> 0]
Work(type, from, call, result) == [type |-> type, from |-> from, call |-> call, result |-> result]
Rest == Work("none", None, NoCall, "none")

Reign(phase, joined, answers, entry, held, work, queue) ==
  [phase |-> phase, joined |-> joined, answers |-> answers, entry |-> entry, held |-> held,
   work |-> work, queue |-> queue]
NoReign == Reign("none", {}, {}, Nothing, {}, Rest, <<>>)

Asleep(number, held) ==
  [isUp |-> FALSE, number |-> number, held |-> held, reach |-> {}, owner |-> None,
   reign |-> NoReign, known |-> Nothing]

\* What a host does about an event is a step: where it stands then, what it has sent, what it has committed.
Begin(self) == [at |-> host[self], sent |-> {}, commits |-> {}]
Send(step, to, message) == [step EXCEPT !.sent = @ \cup {<<other, message>> : other \in to}]
Become(step, at) == [step EXCEPT !.at = at]
Ruling(step, reign) == [step EXCEPT !.at.reign = reign]

Numbered(type, from, number) == [type |-> type, from |-> from, number |-> number]
Holding(type, from, number, entry) == [type |-> type, from |-> from, number |-> number, entry |-> entry]

Propose(self, step, next, work, queue) ==                             \* OB-04
  LET at == step.at
      sequence == IF next.number = at.number THEN next.sequence + 1 ELSE 1
      entry == [next EXCEPT !.number = at.number, !.sequence = sequence]
      reign == Reign("serving", at.reign.joined, {}, entry, {self}, work, queue)
  IN Send(Become(step, [at EXCEPT !.held = entry, !.reign = reign]),
          at.reign.joined \ {self}, Holding("ComponentWrite", self, at.number, entry))

Run(self, step, taken, queue) ==                                      \* OB-12
  LET reign == step.at.reign
      answer == Answered(reign.entry, reign.joined, taken.call)
  IN Propose(self, step, answer.entry, Work("Call", taken.from, taken.call, answer.result), queue)

\* What is next where nothing is under way.
Proceed(self, step) ==
  LET reign == step.at.reign
      caughtUp == reign.held \ reign.entry.current
  IN IF reign.queue # <<>> THEN Run(self, step, Head(reign.queue), Tail(reign.queue))        \* OB-13
     ELSE IF caughtUp = {} THEN step
     ELSE Propose(self, step, [reign.entry EXCEPT !.current = @ \cup caughtUp],
                  Work("Resync", None, NoCall, "none"), <<>>)         \* OB-11

Reply(self, number, call, result) ==
  [type |-> "Reply", from |-> self, number |-> number, call |-> call, result |-> result]

Commit(self, step) ==                                                 \* OB-10
  LET at == step.at
      work == at.reign.work
      caller == IF work.type = "Call" THEN {work.from} \ {self} ELSE {}
      told == Send(step, at.reign.joined \ {self}, Holding("Publish", self, at.number, at.reign.entry))  \* CH-01
      answered == Send(told, caller, Reply(self, at.number, work.call, work.result))
  IN [answered EXCEPT !.at.known = at.reign.entry, !.at.reign.work = Rest,
                      !.commits = {[entry |-> at.reign.entry, call |-> work.call, result |-> work.result]}]

\* A host that has joined says what its component holds.
Admit(self, step, from, entry) ==                                     \* DR-12
  LET at == step.at
      reign == [at.reign EXCEPT !.joined = @ \cup {from}]
      written == Send(Ruling(step, reign), {from}, Holding("ComponentWrite", self, at.number, reign.entry))
      answers == reign.answers \cup {<<from, entry>>}
      newest == Newest({answer[2] : answer \in answers})
      gathered == Ruling(step, [reign EXCEPT !.answers = answers])
  IN IF reign.phase = "serving"
     THEN IF reign.work = Rest                                        \* OB-21, CH-02
          THEN Send(written, {from}, Holding("Publish", self, at.number, reign.entry)) ELSE written
     ELSE IF Quorum(newest.current, {answer[1] : answer \in answers})
     THEN Propose(self, gathered, newest, Work("Establish", None, NoCall, "none"), <<>>)     \* OB-01
     ELSE gathered                                                    \* OB-03

-----------------------------------------------------------------------------
(* Who directs.  No two hosts ever have a number in common.                 *)

NextNumber(self, above) == CHOOSE number \in (above + 1)..(above + N) : number % N = self - 1

Lead(self, step, above, to) ==                                        \* DR-01, CH-07
  LET at == step.at
      number == NextNumber(self, Highest(above, at.number))
      begun == [at EXCEPT !.number = number, !.owner = self, !.known = Nothing,
                          !.reign = [NoReign EXCEPT !.phase = "collecting"]]
      led == Send(Become(step, begun), to \ {self}, Numbered("Lead", self, number))
  IN Admit(self, led, self, at.held)

Leave(self, step) ==
  LET at == step.at
      concerned == IF at.reign.phase = "none" THEN {at.owner} ELSE at.reign.joined
  IN Send(Become(step, [at EXCEPT !.owner = None, !.reign = NoReign, !.known = Nothing]),
          (concerned \cap at.reach) \ {self}, Numbered("Left", self, at.number))

OnView(self, before, reach) ==
  LET step == [before EXCEPT !.at.reach = reach]
      first == Lowest(reach)
  IN IF first = self THEN Lead(self, step, step.at.number, reach)     \* DR-01
     ELSE IF first = step.at.owner THEN step                          \* DR-03
     ELSE Send(Leave(self, step), {first}, Numbered("Hello", self, step.at.number))          \* DR-02

OnHello(self, step, from, number) ==
  LET at == step.at IN
  IF at.reign.phase = "none" \/ from \notin at.reach THEN step        \* DR-07
  ELSE IF number >= at.number THEN Lead(self, step, number, at.reach) \* DR-06
  ELSE IF from \in at.reign.joined THEN step                          \* DR-07
  ELSE Send(step, {from}, Numbered("Lead", self, at.number))          \* DR-05

OnLead(self, step, from, number) ==
  LET at == step.at
      isOver == number <= at.number
      free == IF at.owner = from THEN step ELSE Leave(self, step)
      promised == [free.at EXCEPT !.number = number, !.owner = from, !.known = Nothing]
      refusal == [type |-> "Refused", from |-> self, number |-> number, promised |-> at.number]
  IN IF from # Lowest(at.reach) \/ (at.owner = from /\ isOver) THEN step                     \* DR-10
     ELSE IF isOver THEN Send(step, {from}, refusal)                  \* DR-09
     ELSE Send(Become(free, promised), {from}, Holding("Joined", self, number, at.held))     \* DR-08

OnRefused(self, step, number, promised) ==
  LET at == step.at IN
  IF at.reign.phase = "none" \/ number # at.number THEN step          \* DR-21
  ELSE Lead(self, step, promised, at.reach)                           \* DR-22

OnJoined(self, step, from, number, entry) ==
  LET at == step.at IN
  IF at.reign.phase = "none" \/ number # at.number \/ from \in at.reign.joined THEN step     \* DR-13
  ELSE Admit(self, step, from, entry)                                 \* DR-12

OnLeft(self, step, from, number) ==
  LET at == step.at IN
  IF number # at.number THEN step                                     \* DR-16
  ELSE IF at.owner = from THEN Become(step, [at EXCEPT !.owner = None, !.known = Nothing])   \* DR-15
  ELSE IF from \notin at.reign.joined THEN step                       \* DR-16
  ELSE Lead(self, step, number, at.reach \ {from})                    \* DR-14

-----------------------------------------------------------------------------
(* Members keep what their owner writes, and know what it publishes.        *)

OnWrite(self, step, from, number, entry) ==
  LET at == step.at
      ack == [type |-> "ComponentAck", from |-> self, number |-> number, version |-> Version(entry)]
  IN IF at.owner # from \/ number # at.number
     THEN Send(step, {from}, Numbered("Left", self, number))          \* OB-06
     ELSE IF IsNewer(entry, at.held)
     THEN Send(Become(step, [at EXCEPT !.held = entry]), {from}, ack) \* OB-05
     ELSE step                                                        \* OB-22

OnAck(self, step, from, number, version) ==
  LET at == step.at
      held == [step EXCEPT !.at.reign.held = @ \cup {from}]
      reign == held.at.reign
  IN IF at.reign.phase # "serving" \/ number # at.number \/ version # Version(at.reign.entry)
     THEN step                                                        \* OB-09
     ELSE IF reign.work = Rest THEN Proceed(self, held)               \* OB-08
     ELSE IF Quorum(reign.entry.current, reign.held) THEN Proceed(self, Commit(self, held))  \* OB-10
     ELSE held

OnPublish(self, step, from, number, entry) ==
  LET at == step.at IN
  IF at.owner = from /\ number = at.number /\ IsNewer(entry, at.known)
  THEN Become(step, [at EXCEPT !.known = entry])                      \* CH-03
  ELSE step                                                           \* CH-04

-----------------------------------------------------------------------------
(* Calls.                                                                   *)

Take(self, step, from, call) ==
  LET at == step.at
      taken == [from |-> from, call |-> call]
  IN IF at.reign.phase # "serving"
     THEN Send(step, {from} \ {self}, Reply(self, at.number, call, "failed"))                \* OB-14
     ELSE IF at.reign.work = Rest THEN Run(self, step, taken, at.reign.queue)                \* OB-12
     ELSE [step EXCEPT !.at.reign.queue = Append(@, taken)]           \* OB-13

OnCalled(self, step, call) ==
  LET at == step.at IN
  IF at.owner = self THEN Take(self, step, self, call)
  ELSE IF at.owner = None \/ at.known = Nothing THEN step             \* OB-14
  ELSE Send(step, {at.owner}, [type |-> "Call", from |-> self, number |-> at.number, call |-> call])  \* OB-15

OnCall(self, step, from, number, call) ==
  IF step.at.reign.phase = "none" \/ number # step.at.number THEN step                       \* OB-23
  ELSE Take(self, step, from, call)

On(self, step, message) ==
  LET from == message.from
      number == message.number
  IN CASE message.type = "Hello" -> OnHello(self, step, from, number)
       [] message.type = "Lead" -> OnLead(self, step, from, number)
       [] message.type = "Refused" -> OnRefused(self, step, number, message.promised)
       [] message.type = "Joined" -> OnJoined(self, step, from, number, message.entry)
       [] message.type = "Left" -> OnLeft(self, step, from, number)
       [] message.type = "ComponentWrite" -> OnWrite(self, step, from, number, message.entry)
       [] message.type = "ComponentAck" -> OnAck(self, step, from, number, message.version)
       [] message.type = "Publish" -> OnPublish(self, step, from, number, message.entry)
       [] message.type = "Call" -> OnCall(self, step, from, number, message.call)
       [] message.type = "Reply" -> step                              \* OB-24

-----------------------------------------------------------------------------
(* What may happen.                                                         *)

\* An owner may commit late what another has committed something after: nothing newer is undone by that.
Committed(commit) ==
  IF IsNewer(committed.entry, commit.entry)
  THEN [committed EXCEPT !.call = NoCall, !.result = "none", !.late = {Content(commit.entry)}]
  ELSE [entry |-> commit.entry, call |-> commit.call, result |-> commit.result, late |-> {}]

Takes(self, step, boxes) ==
  /\ host' = [host EXCEPT ![self] = step.at]
  /\ inbox' = [other \in Hosts |-> boxes[other] \cup {pair[2] : pair \in {p \in step.sent : p[1] = other}}]
  /\ committed' = IF step.commits = {} THEN committed
                  ELSE Committed(CHOOSE commit \in step.commits : TRUE)

StorageNetworkBecomes ==
  /\ views > 0
  /\ views' = views - 1
  /\ \E cut \in Cuts \ {links} : links' = cut
  /\ UNCHANGED <<toggles, crashes, user, host, inbox, committed>>

UserPowers ==
  LET generation == user.generation + 1
      value == IF generation % 2 = 1 THEN "protected" ELSE "unprotected"
  IN /\ toggles > 0
     /\ toggles' = toggles - 1
     /\ user' = [generation |-> generation,
                 pending |-> Append(user.pending, [value |-> value, generation |-> generation])]
     /\ UNCHANGED <<views, crashes, links, host, inbox, committed>>

Without(sequence, index) ==
  SubSeq(sequence, 1, index - 1) \o SubSeq(sequence, index + 1, Len(sequence))

\* Soon or late, on any host, and not in the order in which the user wanted it.
Calls(self) ==
  /\ host[self].isUp
  /\ \E index \in 1..Len(user.pending) :
       /\ Takes(self, OnCalled(self, Begin(self), user.pending[index]), inbox)
       /\ user' = [user EXCEPT !.pending = Without(@, index)]
  /\ UNCHANGED <<views, toggles, crashes, links>>

NoticesTheCut(self) ==
  /\ host[self].isUp
  /\ host[self].reach # links[self]
  /\ Takes(self, OnView(self, Begin(self), links[self]), inbox)
  /\ UNCHANGED <<views, toggles, crashes, links, user>>

\* Where the link is down, what is under way waits until it is up again.
Receives(self) ==
  /\ host[self].isUp
  /\ \E message \in inbox[self] :
       /\ message.from \in links[self]
       /\ Takes(self, On(self, Begin(self), message), [inbox EXCEPT ![self] = @ \ {message}])
  /\ UNCHANGED <<views, toggles, crashes, links, user>>

CrashesAt(self) ==                                                    \* DR-18
  /\ crashes > 0
  /\ host[self].isUp
  /\ crashes' = crashes - 1
  /\ host' = [host EXCEPT ![self] = Asleep(@.number, @.held)]
  /\ UNCHANGED <<views, toggles, links, user, inbox, committed>>

Restarts(self) ==                                                     \* DR-19
  /\ ~host[self].isUp
  /\ LET up == [host[self] EXCEPT !.isUp = TRUE]
     IN Takes(self, OnView(self, [at |-> up, sent |-> {}, commits |-> {}], links[self]), inbox)
  /\ UNCHANGED <<views, toggles, crashes, links, user>>

\* The network is whole, the lowest host directs, and everything has come to rest.
First == Entry(N, 1, "unprotected", 0, Hosts)

Init ==
  /\ views = Views
  /\ toggles = Toggles
  /\ crashes = Crashes
  /\ links = [self \in Hosts |-> Hosts]
  /\ user = [generation |-> 0, pending |-> <<>>]
  /\ host = [self \in Hosts |->
       [isUp |-> TRUE, number |-> N, held |-> First, reach |-> Hosts, owner |-> 1, known |-> First,
        reign |-> IF self = 1 THEN Reign("serving", Hosts, {}, First, Hosts, Rest, <<>>) ELSE NoReign]]
  /\ inbox = [self \in Hosts |-> {}]
  /\ committed = [entry |-> First, call |-> NoCall, result |-> "none", late |-> {}]

Next ==
  \/ StorageNetworkBecomes
  \/ UserPowers
  \/ \E self \in Hosts :
       Calls(self) \/ NoticesTheCut(self) \/ Receives(self) \/ CrashesAt(self) \/ Restarts(self)

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
(* Properties, under the names that they have in holdfast where they have   *)
(* one.                                                                     *)

MonotoneMeta ==
  [][/\ committed'.entry.generation >= committed.entry.generation
     /\ \A late \in committed'.late : late.generation <= committed'.entry.generation]_committed

\* What is committed lies on a quorum of components, or something newer does.
NoMinorityCommit ==
  Quorum(committed.entry.current, {self \in Hosts : ~IsNewer(committed.entry, host[self].held)})

OneReignPerNumber ==
  \A a, b \in Hosts :
    host[a].reign.phase # "none" /\ host[b].reign.phase # "none" /\ host[a].number = host[b].number => a = b
=============================================================================
