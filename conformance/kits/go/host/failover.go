package host

// The primary's inventory: which VMs it watches over, and what it is told of them (spec/failover.md).

// item is what a primary knows of one VM.
type item struct {
	vm         string
	value      string
	generation int
	host       string // where it runs, as far as known
	attempts   int    // that have failed
	stage      string
	round      int

	awaited    []string // hosts that were asked for a place
	candidates []string // hosts that said yes
	crowded    bool     // somebody can access it and has no room
	commanded  string
	hasNews    bool   // a host that can start it already says something new (FO-31)
	wanted     wanted // while it waits
	published  map[string]standing
}

func (i *item) waits() bool {
	return contains([]string{"waiting", "exhausted", "lacking"}, i.stage)
}

func (i *item) timer() timer {
	return timer{Type: "Failover", VM: i.vm, Stage: i.stage, Round: i.round, Attempt: i.attempts}
}

func (a *ha) item(vm string) *item {
	if a.items[vm] == nil {
		a.items[vm] = &item{vm: vm, stage: "watched", generation: -1, published: map[string]standing{}}
	}
	return a.items[vm]
}

func (a *ha) itemID(i *item) requestID { return requestID{a.term, i.vm, i.generation, i.round} }

func (a *ha) isSpent(i *item) bool { return i.attempts >= len(a.h.Schedule) }

// to another stage; whose turn it is then is seen before anything else of the step is done.
func (a *ha) to(i *item, stage string) {
	a.h.cancelTimers(func(t timer) bool { return t.Type == "Failover" && t.VM == i.vm })
	i.stage, i.awaited, i.commanded = stage, nil, ""
	a.h.next(a.turns)
}

// toTimed: a stage that ends by itself.
func (a *ha) toTimed(i *item, stage string) {
	a.to(i, stage)
	a.h.setTimer(i.timer())
}

// settle puts a VM on no list: this is the user's intent with it now.
func (a *ha) settle(i *item, value string, generation, attempts int) {
	i.value, i.generation, i.attempts = value, generation, attempts
	a.to(i, "watched")
}

// protected: the platform has been told so; host is where the VM runs, or "".
func (a *ha) protected(vm string, generation int, host string) {
	i := a.item(vm)
	if generation <= i.generation {
		return // FO-02
	}
	a.settle(i, "protected", generation, 0) // FO-01
	if host != "" && a.isUp(host) {
		i.host = host
	} else {
		a.restartVM(i) // FO-39
	}
}

func (a *ha) unprotected(vm string, generation int) {
	i := a.item(vm)
	if generation > i.generation || generation == i.generation && i.value != "unprotected" {
		a.settle(i, "unprotected", generation, 0) // FO-03
	}
}

// retrieved: GET has told of it.
func (a *ha) retrieved(r retrieval) {
	i := a.item(r.VM)
	if r.Value == "unprotected" {
		a.unprotected(r.VM, r.Generation)
	} else if r.Generation > i.generation {
		a.settle(i, "protected", r.Generation, smaller(r.Attempts, len(a.h.Schedule))) // FO-40
		a.restartVM(i)                                                                 // FO-39
	}
}

// reported: a host's word on a VM.
func (a *ha) reported(from, vm string, r report) {
	i := a.items[vm]
	if i == nil || !a.isUp(from) {
		return // FO-34
	}
	switch {
	case r.Type == "running": // FO-12
		attempts := i.attempts
		if i.commanded == from || i.stage == "watched" && i.host == from {
			attempts = 0
		}
		i.host = from
		a.settle(i, i.value, i.generation, attempts)
	case r.Type == "ended" && r.Ending.Intent != nil && *r.Ending.Intent > i.generation: // FO-09
		a.settle(i, "unprotected", *r.Ending.Intent, 0)
	case i.value == "protected" && i.host == from && i.stage == "watched": // FO-05, FO-07, FO-10
		a.restartVM(i)
	}
}

func (a *ha) hostIsBack(host string) {
	if a.h.Placement == "publish" {
		return
	}
	for _, vm := range keysOf(a.items) {
		if i := a.items[vm]; i.waits() { // FO-38
			a.registerWith(i, host, wanted{Capacity: i.wanted.Capacity, Level: true})
		}
	}
}

func (a *ha) hostIsGone(host string) {
	for _, vm := range keysOf(a.items) {
		i := a.items[vm]
		delete(i.published, host) // FO-50
		switch {
		case i.stage == "placing": // FO-37
			i.candidates = without(i.candidates, host)
			a.heardOf(i, host)
		case i.stage == "starting" && i.commanded == host: // FO-37
			a.attemptFailed(i, true)
		case i.stage == "watched" && i.value == "protected" && i.host != "": // FO-05
			a.restartVM(i)
		}
	}
}

func (a *ha) failoverReceived(from string, m message) {
	i := a.items[m.VM]
	if i == nil || a.itemID(i) != m.requestID {
		return // FO-34
	}
	switch {
	case m.Type == "BecamePlaceable":
		a.canBeStarted(i)
	case m.Type == "RestartResult" && i.stage == "starting" && i.commanded == from:
		a.started(i, from, m.Result.Type)
	case m.Type == "PlaceAnswer":
		a.placeAnswered(i, from, m.Standing)
	}
}

func (a *ha) placeAnswered(i *item, from string, s standing) {
	canBeUsed := s.Accessible && !s.isLocked()
	switch {
	case i.stage == "checking" && canBeUsed: // FO-15
		a.to(i, "queued")
	case i.stage == "checking": // FO-16
		a.waitForAccess(i)
	case i.stage == "rechecking":
		a.rechecked(i, canBeUsed)
	case i.stage == "placing" && contains(i.awaited, from):
		a.consider(i, from, s)
		a.heardOf(i, from)
	}
}

func (a *ha) failoverTimer(t timer) {
	i := a.items[t.VM]
	if i == nil || i.timer() != t {
		return // FO-34
	}
	switch i.stage {
	case "delayed": // FO-32
		a.to(i, "queued")
	case "placing": // FO-53
		i.awaited = nil
		a.choose(i)
	case "starting": // FO-54
		a.attemptFailed(i, true)
	case "lacking", "waiting", "exhausted": // FO-55
		a.registerWithAll(i)
	}
}
