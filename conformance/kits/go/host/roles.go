package host

import (
	"encoding/json"
)

// The HA module: terms and roles (spec/roles.md). Its other chapters have a file each.

type ha struct {
	h    *Host
	term int // durable
	role string
	kept map[asker]*placeRegistration // whatever the role

	// of an electing or isolated host
	rank      string // alone, leading or beaten
	responded bool

	// of a secondary
	following     string
	registrations map[asker]registration

	// of a primary
	states  map[string]string // of the other hosts
	records map[string]*record
	read    map[string]retrieval
	runsOn  map[string]string // which host said last that it runs the VM
	items   map[string]*item
}

// asker names who asks about what.
type asker struct{ vm, primary string }

func newHa(h *Host) *ha { return &ha{h: h} }

func (a *ha) crash() { // TM-09
	a.role, a.kept = "down", map[asker]*placeRegistration{}
	a.forget()
}

func (a *ha) restart() { a.become("secondary") } // TM-10

func (a *ha) forget() {
	a.rank, a.responded, a.following = "", false, ""
	a.registrations = map[asker]registration{}
	a.states, a.runsOn = map[string]string{}, map[string]string{}
	a.records, a.items = map[string]*record{}, map[string]*item{}
	a.read = map[string]retrieval{}
}

// become forgets what was known in the old role, and stops its timers.
func (a *ha) become(role string) {
	a.h.cancelTimers(func(t timer) bool { return t.Type != "Ghost" && t.Type != "Absence" })
	a.forget()
	a.role = role
	switch role {
	case "secondary":
		a.h.setTimer(timer{Type: "Silence"})
	case "isolated":
		a.h.setTimer(timer{Type: "Isolation"})
	}
}

func (a *ha) see(term int) {
	a.term, a.h.unsaved = term, true // TM-04
}

func (a *ha) send(to string, m object) {
	if to != a.h.Self {
		a.h.send("ha", to, m)
		return
	}
	var own message // HO-10
	written, _ := json.Marshal(m)
	if err := json.Unmarshal(written, &own); err != nil {
		panic(err) // this host has written it
	}
	a.h.later(func() { a.received(to, own) })
}

func (a *ha) tellOthers(m object) {
	for _, host := range a.h.others {
		a.send(host, m)
	}
}

func (a *ha) received(from string, m message) {
	if !contains(a.h.Hosts, from) {
		return
	}
	if m.Term < a.term && m.Type != "Candidacy" {
		if m.Type == "SetCommand" || m.Type == "RestartCommand" { // TM-03
			a.send(from, object{"type": "Superseded", "term": a.term})
		}
		return // TM-02
	}
	if m.Term > a.term { // TM-01
		a.see(m.Term)
		a.become("secondary")
	}
	switch m.Type {
	case "Candidacy":
		a.heardCandidacy(from, m)
	case "Claim":
		a.heardClaim(from)
	case "AccessQuery", "SetCommand", "WaitRegister":
		a.attendFallback(from, m)
	case "PlaceQuery", "RestartCommand", "PlaceRegister":
		a.attendFailover(from, m)
	case "Retrieve": // RT-03, RT-04
		a.send(from, object{"type": "Retrieved", "term": m.Term, "retrievals": a.get()})
	}
	if a.role == "primary" {
		a.receivedAsPrimary(from, m)
	}
}

func (a *ha) receivedAsPrimary(from string, m message) {
	switch m.Type {
	case "Alive":
		a.heardAlive(from)
	case "AccessAnswer", "SetResult", "BecameAccessible":
		a.fallbackReceived(from, m)
	case "Retrieved":
		a.learn(m.Retrievals)
	case "PlaceAnswer", "RestartResult", "BecamePlaceable":
		a.failoverReceived(from, m)
	case "VmStatus":
		a.vmReported(from, m.VM, m.Report)
	case "PlacePublished":
		a.published(from, m.VM, m.Standing)
	}
}

func (a *ha) timerFired(t timer) {
	switch {
	case t.Type == "Silence" && a.role == "secondary": // EL-01
		a.stand("alone")
	case t.Type == "Election" && a.role == "electing":
		a.roundIsOver()
	case t.Type == "Isolation" && a.role == "isolated": // EL-13
		a.candidacy()
		a.h.do(object{"type": "CheckIsolation"})
		a.h.setTimer(t)
	case a.role != "primary": // EL-18, LV-09, TO-04
	case t.Type == "Heartbeat":
		a.heartbeat()
	case t.Type == "Host":
		a.silent(t.Host)
	case t.Type == "Retrieval": // RT-05
		a.readBack()
	case t.Type == "Fallback":
		a.fallbackTimer(t)
	case t.Type == "Failover":
		a.failoverTimer(t)
	}
}

// accessibilityChanged: the storage module announces it.
func (a *ha) accessibilityChanged(vm string) {
	a.fallbackAccess(vm)
	if a.role == "primary" { // RT-02
		a.readBack()
	}
}
