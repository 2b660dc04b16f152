package host

// The primary's side of the fallback: its own SET, the questions, one command at a time, and the wait
// (spec/fallback.md); the subset rule is "any" with everybody asked at once.

// record is what a primary knows of one VM: the last request, the round, and where the round stands.
type record struct {
	vm         string
	value      string
	generation int
	round      int
	phase      string // idle, setting, querying, commanding or waiting
	unasked    []string
	awaited    []string // asked, and not heard of
	positive   []string // said yes, and not commanded yet
	commanded  string
}

func (a *ha) id(r *record) requestID { return requestID{a.term, r.vm, r.generation, r.round} }

func (r *record) timer() timer {
	return timer{Type: "Fallback", VM: r.vm, Phase: r.phase, Generation: r.generation, Round: r.round}
}

// enter ends one phase and begins another, with their timers.
func (a *ha) enter(r *record, phase string) {
	a.end(r)
	r.phase = phase
	a.h.setTimer(r.timer())
}

// end leaves the record idle.
func (a *ha) end(r *record) {
	a.h.cancelTimer(r.timer())
	r.phase = "idle"
}

func (a *ha) request(vm, value string, generation int) {
	if a.role != "primary" {
		return // FB-02
	}
	r, there := a.records[vm]
	if !there {
		r = &record{vm: vm, phase: "idle", generation: -1}
		a.records[vm] = r
	}
	if generation < r.generation {
		return // FB-03
	}
	if generation == r.generation && value == r.value && r.phase != "idle" {
		return // FB-04
	}
	round := 0
	if generation == r.generation {
		round = r.round + 1
	}
	a.end(r)
	r.value, r.generation = value, generation
	a.begin(r, round)
}

// begin starts a round with the own SET (FB-01).
func (a *ha) begin(r *record, round int) {
	a.end(r)
	r.round = round
	r.unasked, r.awaited, r.positive, r.commanded = a.h.others, nil, nil, ""
	id := a.id(r)
	a.enter(r, "setting")
	answered := func(_ call, result string, _ int) {
		if now := a.current(id, "setting"); now != nil {
			a.setEnded(now, result)
		}
	}
	// a SET that is given up hears nothing, and its timer fires (HO-12)
	a.h.call(r.vm, call{Type: "Set", Value: r.value, Generation: r.generation}, caller{answer: answered, giveUp: nobody.giveUp})
}

// current is the record that an answer belongs to, if it stands in that phase of that very round (FB-23, FB-24, FB-25).
func (a *ha) current(id requestID, phase string) *record {
	r, there := a.records[id.VM]
	if !there || a.id(r) != id || r.phase != phase {
		return nil
	}
	return r
}

// setEnded: here or on the commanded host, a SET has been answered.
func (a *ha) setEnded(r *record, result string) {
	switch result {
	case "ok": // FB-05, FB-06
		a.end(r)
		a.h.do(object{"type": "Report", "vm": r.vm, "value": r.value, "generation": r.generation})
		if r.value == "protected" { // HO-04
			a.protected(r.vm, r.generation, a.runsOn[r.vm])
		} else {
			a.unprotected(r.vm, r.generation)
		}
	case "stale": // FB-08
		a.end(r)
	default:
		a.goOn(r)
	}
}

// goOn does the next best thing once nothing is to be hoped of what was tried last.
func (a *ha) goOn(r *record) {
	switch {
	case len(r.positive) > 0: // FB-14, FB-19
		r.commanded, r.positive = r.positive[0], r.positive[1:]
		a.send(r.commanded, with(about("SetCommand", a.id(r)), "value", r.value))
		a.enter(r, "commanding")
	case len(r.awaited) > 0: // FB-16, FB-20
		if r.phase != "querying" {
			a.enter(r, "querying")
		}
	case len(r.unasked) > 0: // FB-09, FB-10
		for _, host := range r.unasked {
			a.send(host, with(about("AccessQuery", a.id(r)), "scope", "namespace")) // FB-11
		}
		r.awaited, r.unasked = r.unasked, nil
		a.enter(r, "querying")
	case a.h.seen(r.vm).access.Namespace: // WT-02
		a.begin(r, r.round+1)
	default:
		a.wait(r)
	}
}

func (a *ha) wait(r *record) { // WT-01, WT-07
	a.tellOthers(with(about("WaitRegister", a.id(r)), "scope", "namespace"))
	a.enter(r, "waiting")
}

func (a *ha) fallbackReceived(from string, m message) {
	switch m.Type {
	case "AccessAnswer":
		a.answered(from, m)
	case "SetResult":
		if r := a.current(m.requestID, "commanding"); r != nil && r.commanded == from {
			a.setEnded(r, m.Result.Type)
		}
	case "BecameAccessible":
		if r := a.current(m.requestID, "waiting"); r != nil {
			a.begin(r, r.round+1) // WT-06
		}
	}
}

func (a *ha) answered(from string, m message) {
	r := a.current(m.requestID, "querying")
	if r == nil {
		r = a.current(m.requestID, "commanding") // FB-21
	}
	if r == nil || !contains(r.awaited, from) {
		return // FB-25
	}
	r.awaited = without(r.awaited, from)
	if m.Accessible {
		r.positive = append(r.positive, from)
	}
	if r.phase == "querying" {
		a.goOn(r)
	}
}

func (a *ha) fallbackTimer(t timer) {
	r := a.records[t.VM]
	if r == nil || r.timer() != t {
		return // TO-04
	}
	switch r.phase {
	case "querying": // TO-01
		r.awaited = nil
		a.goOn(r)
	case "waiting":
		a.wait(r)
	default: // TO-02, TO-03
		a.goOn(r)
	}
}
