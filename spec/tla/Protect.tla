------------------------------- MODULE Protect -------------------------------
(***************************************************************************)
(* How the protection state of one VM is written, with the partition       *)
(* fallback: a second statement of the rules of spec/fallback.md and       *)
(* spec/storage.md, for a checker that shares nothing with holdfast.  The  *)
(* names of rules stand where they apply.  There is one primary for good;  *)
(* no message, answer or host is lost.  The explorer's scene `protect`,    *)
(* with --unreduced, has as many distinct states.                          *)
(***************************************************************************)
EXTENDS Naturals, Sequences, FiniteSets

CONSTANTS
  Hosts,          \* the hosts of the cluster
  Primary,        \* the one that is primary
  Home,           \* the hosts with a component of the namespace object
  HomeReplicas,   \* those of them with a replica; the others have witnesses
  Disk,           \* the same for the VM's disk, which is never written
  DiskReplicas,
  Repairs,        \* the repairs that are on
  SubsetRule,     \* whom the primary may ask next: "any", "one" or "all"
  Views,          \* how often the storage network may change
  Toggles         \* how often the user may power the VM on or off

VARIABLES
  views, toggles, \* what is left of both
  view,           \* the sides of the storage network
  register,       \* the namespace object: state, generation, current components
  platform,       \* what the user wants, whether that is due, what was reported
  fallback,       \* where the primary stands with the VM
  watch,          \* by host: the registration that a secondary keeps, as a set of one or none
  told,           \* by host: the last that its storage module has announced
  inbox,          \* by host: messages under way to it
  calls           \* by host: SETs called there and not answered, in order

vars == <<views, toggles, view, register, platform, fallback, watch, told, inbox, calls>>

Secondaries == Hosts \ {Primary}
None == "none"
Has(repair) == repair \in Repairs
Other(value) == IF value = "protected" THEN "unprotected" ELSE "protected"

-----------------------------------------------------------------------------
(* Storage.  Every component has one vote. *)

Partitions ==
  {sides \in SUBSET ((SUBSET Hosts) \ {{}}) :
     /\ UNION sides = Hosts
     /\ \A a, b \in sides : a = b \/ a \cap b = {}}

SideOf(host) == CHOOSE side \in view : host \in side

Quorum(components, replicas, current, side) ==                        \* ST-01
  /\ 2 * Cardinality(current \cap side) > Cardinality(components)
  /\ replicas \cap current \cap side # {}

HomeAt(side) == Quorum(Home, HomeReplicas, register.current, side)

\* What the primary asks about: FB-11, FB-12.
Access(host) ==
  /\ HomeAt(SideOf(host))
  /\ Has("namespace-query") \/ Quorum(Disk, DiskReplicas, Disk, SideOf(host))

\* The answer to a SET on a host, and the register after it.
CallOf(id, value) == [id |-> id, generation |-> id.generation, value |-> value]

Answered(host, call) ==
  LET as(result, after) == [result |-> result, register |-> after] IN
  IF ~HomeAt(SideOf(host)) THEN as("failed", register)                \* ST-01
  ELSE IF /\ Has("generations")                                       \* ST-04
          /\ call.generation = register.generation
          /\ call.value = register.value
       THEN as("ok", register)
  ELSE IF Has("generations") /\ call.generation <= register.generation
       THEN as("stale", register)                                     \* ST-03
  ELSE as("ok", [value |-> call.value,                                \* ST-02
                 generation |-> call.generation,
                 current |-> register.current \cap SideOf(host)])

-----------------------------------------------------------------------------
(* The primary.  Each operator below is a set of outcomes: where it stands  *)
(* afterwards, what it sends, whether it calls SET, what it reports.        *)

Stands(phase, of, asked, awaited, positive, commanded) ==
  [phase |-> phase, value |-> of.value, generation |-> of.generation, round |-> of.round,
   asked |-> asked, awaited |-> awaited, positive |-> positive, commanded |-> commanded]

At(phase, of) == Stands(phase, of, {}, {}, {}, None)

Outcome(to, sent) == [fallback |-> to, sent |-> sent, calls |-> FALSE, reports |-> FALSE]
Ignored == {Outcome(fallback, {})}

Id(of) == [generation |-> of.generation, round |-> of.round]
Message(type, of) == [type |-> type, from |-> Primary, id |-> Id(of)]
Command(of) == [type |-> "SetCommand", from |-> Primary, id |-> Id(of), value |-> of.value]

NextRound(of) == [of EXCEPT !.round = IF Has("request-ids") THEN @ + 1 ELSE @]

StartRound(of) == {[fallback |-> At("setting", of), sent |-> {}, calls |-> TRUE, reports |-> FALSE]}

Complete == {[fallback |-> At("idle", fallback), sent |-> {}, calls |-> FALSE,
              reports |-> Has("completion-report")]}                  \* FB-05, FB-06
Outdate == {Outcome(At("idle", fallback), {})}                        \* FB-08

GiveUp ==
  IF Has("level-triggered") /\ Access(Primary) THEN StartRound(NextRound(fallback))   \* WT-02
  ELSE {Outcome(At("waiting", fallback),                              \* WT-01
                {<<host, Message("WaitRegister", fallback)>> : host \in Secondaries})}

AskFurther(asked) ==                                                  \* FB-09, FB-10
  LET unasked == Secondaries \ asked
      subsets == CASE SubsetRule = "any" -> (SUBSET unasked) \ {{}}
                   [] SubsetRule = "one" -> {{host} : host \in unasked}
                   [] SubsetRule = "all" -> {unasked}
  IN IF unasked = {} THEN GiveUp
     ELSE {Outcome(Stands("querying", fallback, asked \cup subset, subset, {}, None),
                   {<<host, Message("AccessQuery", fallback)>> : host \in subset}) : subset \in subsets}

CommandOneOf(asked, awaited, positive) ==                             \* FB-14
  {Outcome(Stands("commanding", fallback, asked, awaited, positive \ {host}, host),
           {<<host, Command(fallback)>>}) : host \in positive}

AfterFailure ==
  IF ~Has("every-responder") THEN AskFurther(fallback.asked)          \* FB-22
  ELSE IF fallback.positive # {}
       THEN CommandOneOf(fallback.asked, fallback.awaited, fallback.positive)     \* FB-19
  ELSE IF fallback.awaited = {} THEN AskFurther(fallback.asked)
  ELSE {Outcome(Stands("querying", fallback, fallback.asked, fallback.awaited, {}, None), {})}  \* FB-20

IsForeign(id) == Has("request-ids") /\ id # Id(fallback)              \* FB-23

OnRequest(value, generation) ==
  LET isKnown == fallback.phase # None
      memory == [value |-> value, generation |-> generation,
                 round |-> IF isKnown /\ generation = fallback.generation THEN NextRound(fallback).round ELSE 0]
  IN IF isKnown /\ Has("generations") /\ generation < fallback.generation THEN Ignored     \* FB-03
     ELSE IF /\ isKnown /\ fallback.phase # "idle"                    \* FB-04
             /\ generation = fallback.generation /\ value = fallback.value
          THEN Ignored
     ELSE {[outcome EXCEPT !.reports = ~Has("completion-report")] : outcome \in StartRound(memory)}  \* FB-01, FB-07

OnOwnReply(call, result) ==
  IF fallback.phase # "setting" \/ call.id # Id(fallback) THEN Ignored            \* FB-24
  ELSE CASE result = "ok" -> Complete
         [] result = "stale" -> Outdate
         [] result = "failed" -> AskFurther({})

OnAnswer(host, message) ==
  LET awaited == fallback.awaited \ {host}
      positive == IF message.accessible THEN fallback.positive \cup {host} ELSE fallback.positive
      hear == {Outcome(Stands("querying", fallback, fallback.asked, awaited, positive, None), {})}
  IN IF \/ IsForeign(message.id)
        \/ fallback.phase \notin {"querying", "commanding"}
        \/ host \notin fallback.awaited THEN Ignored                  \* FB-25
     ELSE IF fallback.phase = "commanding"                            \* FB-21
       THEN {Outcome(Stands("commanding", fallback, fallback.asked, awaited, positive, fallback.commanded), {})}
     ELSE IF positive # {}
       THEN CommandOneOf(fallback.asked, awaited, positive) \cup (IF awaited = {} THEN {} ELSE hear)  \* FB-15
     ELSE IF awaited = {} THEN AskFurther(fallback.asked) ELSE hear   \* FB-16

OnResult(host, message) ==
  IF IsForeign(message.id) \/ fallback.phase # "commanding" \/ host # fallback.commanded THEN Ignored
  ELSE CASE message.result = "ok" -> Complete
         [] message.result = "stale" -> Outdate
         [] message.result = "failed" -> AfterFailure

OnNotice(message) ==
  IF IsForeign(message.id) \/ fallback.phase # "waiting" THEN Ignored
  ELSE StartRound(NextRound(fallback))                                    \* WT-06

-----------------------------------------------------------------------------
(* What an outcome changes. *)

Sent(boxes, sent) == [host \in Hosts |-> boxes[host] \cup {pair[2] : pair \in {p \in sent : p[1] = host}}]

\* A storage module announces changes from the moment at which its host begins to wait.
Listening(host, before, after, isNews) ==
  told' = [told EXCEPT ![host] =
             IF ~after THEN None ELSE IF before /\ ~isNews THEN @ ELSE IF Access(host) THEN "yes" ELSE "no"]

\* The primary takes one of these outcomes; `boxes` and `pending` are what its event has left.
Takes(outcomes, boxes, pending, report, isNews) ==
  \E outcome \in outcomes :
    /\ fallback' = outcome.fallback
    /\ inbox' = Sent(boxes, outcome.sent)
    /\ calls' = IF outcome.calls
                THEN [pending EXCEPT ![Primary] = Append(@, CallOf(Id(outcome.fallback), outcome.fallback.value))]
                ELSE pending
    /\ platform' = [report EXCEPT !.reported =
                      IF outcome.reports /\ outcome.fallback.generation > @ THEN outcome.fallback.generation ELSE @]
    /\ Listening(Primary, fallback.phase = "waiting", outcome.fallback.phase = "waiting", isNews)

-----------------------------------------------------------------------------
(* The environment and the user. *)

StorageNetworkBecomes ==
  /\ views > 0
  /\ \E after \in Partitions \ {view} :
       LET using == {side \in after : HomeAt(side)} IN
       /\ view' = after
       /\ register' = [register EXCEPT !.current = @ \cup (Home \cap UNION using)]     \* ST-06, ST-07
  /\ views' = views - 1
  /\ UNCHANGED <<toggles, platform, fallback, watch, told, inbox, calls>>

UserPowers ==                                                         \* PL-01
  /\ toggles > 0
  /\ toggles' = toggles - 1
  /\ platform' = [platform EXCEPT !.value = Other(@), !.generation = @ + 1, !.due = TRUE]
  /\ UNCHANGED <<views, view, register, fallback, watch, told, inbox, calls>>

-----------------------------------------------------------------------------
(* What happens by itself. *)

PlatformHandsOver ==                                                  \* PL-02
  /\ platform.due
  /\ Takes(OnRequest(platform.value, platform.generation), inbox, calls, [platform EXCEPT !.due = FALSE], FALSE)
  /\ UNCHANGED <<views, toggles, view, register, watch>>

StorageAnswers(host) ==
  /\ calls[host] # <<>>
  /\ LET call == Head(calls[host])
         answer == Answered(host, call)
         pending == [calls EXCEPT ![host] = Tail(@)]
         message == [type |-> "SetResult", from |-> host, id |-> call.id, result |-> answer.result]
     IN /\ register' = answer.register
        /\ IF host = Primary
           THEN Takes(OnOwnReply(call, answer.result), inbox, pending, platform, FALSE)
           ELSE /\ inbox' = Sent(inbox, {<<Primary, message>>})       \* FB-18
                /\ calls' = pending
                /\ UNCHANGED <<platform, fallback, told>>
  /\ UNCHANGED <<views, toggles, view, watch>>

PrimaryReceives ==
  \E message \in inbox[Primary] :
    LET boxes == [inbox EXCEPT ![Primary] = @ \ {message}] IN
    /\ Takes(CASE message.type = "AccessAnswer" -> OnAnswer(message.from, message)
               [] message.type = "SetResult" -> OnResult(message.from, message)
               [] message.type = "BecameAccessible" -> OnNotice(message),
             boxes, calls, platform, FALSE)
    /\ UNCHANGED <<views, toggles, view, register, watch>>

Notice(host, id) == [type |-> "BecameAccessible", from |-> host, id |-> id]
IsOlder(a, b) == a.generation < b.generation \/ (a.generation = b.generation /\ a.round < b.round)

Queried(host, message) ==                                             \* FB-13
  /\ message.type = "AccessQuery"
  /\ inbox' = Sent([inbox EXCEPT ![host] = @ \ {message}],
                   {<<Primary, [type |-> "AccessAnswer", from |-> host, id |-> message.id,
                                accessible |-> Access(host)]>>})
  /\ UNCHANGED <<watch, told, calls>>

Commanded(host, message) ==                                           \* FB-17
  /\ message.type = "SetCommand"
  /\ calls' = [calls EXCEPT ![host] = Append(@, CallOf(message.id, message.value))]
  /\ inbox' = [inbox EXCEPT ![host] = @ \ {message}]
  /\ UNCHANGED <<watch, told>>

Registered(host, message) ==
  LET boxes == [inbox EXCEPT ![host] = @ \ {message}]
      isWaiting == watch[host] # {}
  IN /\ message.type = "WaitRegister"
     /\ IF Has("request-ids") /\ (\E kept \in watch[host] : IsOlder(message.id, kept))  \* WT-08
        THEN inbox' = boxes /\ UNCHANGED <<watch, told>>
        ELSE IF Has("level-triggered") /\ Access(host)                \* WT-04
        THEN /\ watch' = [watch EXCEPT ![host] = {}]
             /\ inbox' = Sent(boxes, {<<Primary, Notice(host, message.id)>>})
             /\ Listening(host, isWaiting, FALSE, TRUE)
        ELSE /\ watch' = [watch EXCEPT ![host] = {message.id}]        \* WT-03
             /\ inbox' = boxes
             /\ Listening(host, isWaiting, TRUE, TRUE)
     /\ UNCHANGED calls

SecondaryReceives(host) ==
  /\ \E message \in inbox[host] : Queried(host, message) \/ Commanded(host, message) \/ Registered(host, message)
  /\ UNCHANGED <<views, toggles, view, register, platform, fallback>>

\* A storage module says what its host can access now, until it has said that it can.
StorageAnnounces(host) ==
  /\ ~(Access(host) /\ told[host] = "yes")
  /\ IF host = Primary
     THEN /\ fallback.phase = "waiting"
          /\ Takes(IF Access(host) THEN StartRound(NextRound(fallback)) ELSE Ignored, inbox, calls, platform, TRUE)  \* WT-06
          /\ UNCHANGED watch
     ELSE /\ watch[host] # {}
          /\ IF Access(host)
             THEN /\ watch' = [watch EXCEPT ![host] = {}]             \* WT-05
                  /\ inbox' = Sent(inbox, {<<Primary, Notice(host, id)>> : id \in watch[host]})
                  /\ Listening(host, TRUE, FALSE, TRUE)
             ELSE /\ Listening(host, TRUE, TRUE, TRUE)                \* WT-09
                  /\ UNCHANGED <<watch, inbox>>
          /\ UNCHANGED <<platform, fallback, calls>>
  /\ UNCHANGED <<views, toggles, view, register>>

-----------------------------------------------------------------------------

Init ==
  /\ views = Views
  /\ toggles = Toggles
  /\ view = {Hosts}
  /\ register = [value |-> "unprotected", generation |-> 0, current |-> Home]
  /\ platform = [value |-> "unprotected", generation |-> 0, due |-> FALSE, reported |-> 0]
  /\ fallback = At(None, [value |-> None, generation |-> 0, round |-> 0])
  /\ watch = [host \in Hosts |-> {}]
  /\ told = [host \in Hosts |-> None]
  /\ inbox = [host \in Hosts |-> {}]
  /\ calls = [host \in Hosts |-> <<>>]

Next ==
  \/ StorageNetworkBecomes
  \/ UserPowers
  \/ PlatformHandsOver
  \/ PrimaryReceives
  \/ \E host \in Hosts : StorageAnswers(host) \/ StorageAnnounces(host)
  \/ \E host \in Secondaries : SecondaryReceives(host)

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
(* Properties, under the names that they have in holdfast. *)

NoResurrection ==
  ~(/\ platform.value = "unprotected"
    /\ platform.reported = platform.generation
    /\ register.value = "protected")

ReportedImpliesDurable == platform.reported <= register.generation

MonotoneMeta ==
  [][\/ register'.generation > register.generation
     \/ register'.generation = register.generation /\ register'.value = register.value]_register
=============================================================================
