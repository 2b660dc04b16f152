package ha

// The primary's side: its own SET, the questions, one command at a time, and the wait (spec/fallback.md).

type phase string

const (
	idle       phase = "idle"
	setting    phase = "setting"
	querying   phase = "querying"
	commanding phase = "commanding"
	waiting    phase = "waiting"
)

// record is what a primary knows of one VM: the last request, the round, and where the round stands.
type record struct {
	vm         string
	value      string
	generation int
	round      int
	phase      phase
	unasked    []string
	awaited    []string // asked, and not heard of
	positive   []string // said yes, and not commanded yet
	commanded  string
}

func (m *Module) id(r *record) requestID { return requestID{m.term, r.vm, r.generation, r.round} }

func (r *record) timer() timer {
	return timer{"Fallback", r.vm, string(r.phase), r.generation, r.round}
}

// enter ends one phase and begins another, with their timers.
func (m *Module) enter(r *record, next phase) {
	m.end(r)
	r.phase = next
	m.do(setTimer(r.timer()))
}

// end leaves the record idle.
func (m *Module) end(r *record) {
	if r.phase != idle {
		m.do(cancelTimer(r.timer()))
	}
	r.phase = idle
}

func (m *Module) request(vm, value string, generation int) {
	if m.role != primary {
		return // FB-02
	}
	r, there := m.records[vm]
	if !there {
		r = &record{vm: vm, phase: idle, generation: -1}
		m.records[vm] = r
	}
	if generation < r.generation {
		return // FB-03
	}
	if generation == r.generation && value == r.value && r.phase != idle {
		return // FB-04
	}
	round := 0
	if generation == r.generation {
		round = r.round + 1
	}
	m.end(r)
	r.value, r.generation = value, generation
	m.begin(r, round)
}

// begin starts a round with the own SET (FB-01).
func (m *Module) begin(r *record, round int) {
	m.end(r)
	r.round = round
	r.unasked = append([]string{}, m.others...)
	r.awaited, r.positive, r.commanded = nil, nil, ""
	own := purpose{Type: "Own", Term: m.term, Round: round}
	m.do(callStorage(storageCall{r.vm, r.value, r.generation, own}))
	m.enter(r, setting)
}

// current is the record that an answer belongs to, if it stands in that phase of that very round (FB-23, FB-24, FB-25).
func (m *Module) current(id requestID, expected phase) *record {
	r, there := m.records[id.VM]
	if !there || m.id(r) != id || r.phase != expected {
		return nil
	}
	return r
}

func (m *Module) storageReplied(call storageCall, result string, accessible access) {
	if call.Purpose.Type == "Command" { // FB-18
		m.do(send(call.Purpose.From, about("SetResult", call.id()).with("result", result)))
		return
	}
	if r := m.current(call.id(), setting); r != nil {
		m.setEnded(r, result, accessible)
	}
}

// setEnded: here or on the commanded host, a SET has been answered, or counts as failed.
func (m *Module) setEnded(r *record, result string, accessible access) {
	switch result {
	case "ok": // FB-05, FB-06
		m.end(r)
		m.do(effect{"type": "Report", "vm": r.vm, "value": r.value, "generation": r.generation})
	case "stale": // FB-08
		m.end(r)
	default:
		m.goOn(r, accessible)
	}
}

// goOn does the next best thing once nothing is to be hoped of what was tried last.
func (m *Module) goOn(r *record, accessible access) {
	switch {
	case len(r.positive) > 0: // FB-14, FB-19
		r.commanded, r.positive = r.positive[0], r.positive[1:]
		m.do(send(r.commanded, about("SetCommand", m.id(r)).with("value", r.value)))
		m.enter(r, commanding)
	case len(r.awaited) > 0: // FB-16, FB-20
		if r.phase != querying {
			m.enter(r, querying)
		}
	case len(r.unasked) > 0: // FB-09, FB-10
		for _, host := range r.unasked {
			m.do(send(host, about("AccessQuery", m.id(r)).with("scope", "namespace"))) // FB-11
		}
		r.awaited, r.unasked = r.unasked, nil
		m.enter(r, querying)
	case accessible.Namespace: // WT-02
		m.begin(r, r.round+1)
	default:
		m.wait(r)
	}
}

func (m *Module) wait(r *record) { // WT-01, WT-07
	m.tellOthers(about("WaitRegister", m.id(r)).with("scope", "namespace"))
	m.enter(r, waiting)
}

func (m *Module) answered(from string, msg message, accessible access) {
	r := m.current(msg.requestID, querying)
	if r == nil {
		r = m.current(msg.requestID, commanding) // FB-21
	}
	if r == nil || !contains(r.awaited, from) {
		return // FB-25
	}
	r.awaited = without(r.awaited, from)
	if msg.Accessible {
		r.positive = append(r.positive, from)
	}
	if r.phase == querying {
		m.goOn(r, accessible)
	}
}

func (m *Module) commandEnded(from string, msg message, accessible access) {
	if r := m.current(msg.requestID, commanding); r != nil && r.commanded == from {
		m.setEnded(r, msg.Result, accessible)
	}
}

func (m *Module) notified(id requestID) {
	if r := m.current(id, waiting); r != nil {
		m.begin(r, r.round+1) // WT-06
	}
}

func (m *Module) timerFired(t timer, accessible access) {
	r := m.current(requestID{m.term, t.VM, t.Generation, t.Round}, phase(t.Phase))
	if r == nil || t.Type != "Fallback" {
		return // TO-04
	}
	switch r.phase {
	case querying: // TO-01
		r.awaited = nil
		m.goOn(r, accessible)
	case waiting:
		m.wait(r)
	default: // TO-02, TO-03
		m.goOn(r, accessible)
	}
}

func contains(hosts []string, host string) bool {
	for _, each := range hosts {
		if each == host {
			return true
		}
	}
	return false
}

func without(hosts []string, host string) []string {
	rest := []string{}
	for _, each := range hosts {
		if each != host {
			rest = append(rest, each)
		}
	}
	return rest
}
