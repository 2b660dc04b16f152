// Package ha is an HA module, written from spec/ alone: an external elector, the subset rule "any" with everybody
// asked at once, and all repairs that concern an HA module.
package ha

import (
	"encoding/json"
	"sort"
)

// Repairs are those of spec/profiles.md that this module keeps.
var Repairs = []string{
	"ask-everyone", "completion-report", "every-responder", "generations", "level-triggered", "namespace-query",
	"parallel-fallbacks", "request-ids", "terms", "timeouts",
}

type role int

const (
	secondary role = iota
	primary
	down
)

// registered names who waits for what: a newer registration takes the place of an older one (WT-03).
type registered struct{ vm, primary string }

type registration struct {
	id    requestID
	scope string
}

// Module is one host's HA module. Only the term outlives a crash.
type Module struct {
	self          string
	others        []string
	term          int
	role          role
	registrations map[registered]registration // of a secondary
	records       map[string]*record          // of a primary
	effects       []any                       // of the step that is under way
}

// New makes a secondary that has seen no term.
func New(raw json.RawMessage) (*Module, error) {
	var c config
	if err := json.Unmarshal(raw, &c); err != nil {
		return nil, err
	}
	m := &Module{self: c.Self}
	for _, host := range c.Hosts {
		if host != c.Self {
			m.others = append(m.others, host)
		}
	}
	m.become(secondary)
	return m, nil
}

// Handle takes one event and answers with what is to be done about it, in order.
func (m *Module) Handle(raw json.RawMessage) ([]any, error) {
	var e event
	if err := json.Unmarshal(raw, &e); err != nil {
		return nil, err
	}
	m.effects = nil
	if m.role != down || e.Type == "Restarted" { // TM-11
		m.handle(e)
	}
	return m.effects, nil
}

func (m *Module) handle(e event) {
	switch e.Type {
	case "Received":
		m.received(e.From, e.Message, e.Accessible)
	case "StorageReplied":
		m.storageReplied(e.Call, e.Result, e.Accessible)
	case "Request":
		m.request(e.VM, e.Value, e.Generation)
	case "AccessibilityChanged":
		m.accessibilityChanged(e.VM, e.Accessible)
	case "TimerFired":
		m.timerFired(e.Timer, e.Accessible)
	case "Elected":
		m.elected(e.Term)
	case "Crashed": // TM-09
		m.become(down)
	case "Restarted": // TM-10
		if m.role == down {
			m.become(secondary)
		}
	}
}

func (m *Module) do(e effect) { m.effects = append(m.effects, e) }

func (m *Module) tellOthers(message body) {
	for _, host := range m.others {
		m.do(send(host, message))
	}
}

// become forgets what was known in the old role.
func (m *Module) become(r role) {
	m.role = r
	m.registrations = map[registered]registration{}
	m.records = map[string]*record{}
}

// follow takes on a higher term; what is kept on disk comes first (TM-01, TM-04).
func (m *Module) follow(term int) {
	m.term = term
	m.do(persist(term))
	for _, r := range m.inOrder() {
		m.end(r)
	}
	m.become(secondary)
}

func (m *Module) elected(term int) {
	if m.role != secondary || term <= m.term {
		return // TM-06
	}
	m.follow(term)
	m.become(primary)
	m.tellOthers(body{"type": "Claim", "term": term}) // TM-05
}

func (m *Module) received(from string, msg message, accessible access) {
	if msg.Term < m.term {
		if msg.Type == "SetCommand" || msg.Type == "RestartCommand" { // TM-03
			m.do(send(from, body{"type": "Superseded", "term": m.term}))
		}
		return // TM-02
	}
	if msg.Term > m.term {
		m.follow(msg.Term)
	}
	switch msg.Type {
	case "AccessQuery": // FB-13
		answer := about("AccessAnswer", msg.requestID)
		m.do(send(from, answer.with("accessible", accessible.of(msg.Scope)).with("reachable", []string{})))
	case "SetCommand": // FB-17
		forPrimary := purpose{Type: "Command", From: from, Term: msg.Term, Round: msg.Round}
		m.do(callStorage(storageCall{msg.VM, msg.Value, msg.Generation, forPrimary}))
	case "WaitRegister":
		m.register(from, registration{msg.requestID, msg.Scope}, accessible)
	case "AccessAnswer":
		m.answered(from, msg, accessible)
	case "SetResult":
		m.commandEnded(from, msg, accessible)
	case "BecameAccessible":
		m.notified(msg.requestID)
	}
}

// register keeps what a primary waits for, unless there is nothing to wait for.
func (m *Module) register(from string, wanted registration, accessible access) {
	if m.role != secondary {
		return // WT-10
	}
	key := registered{wanted.id.VM, from}
	if kept, there := m.registrations[key]; there && wanted.id.earlier(kept.id) {
		return // WT-08
	}
	if accessible.of(wanted.scope) { // WT-04
		delete(m.registrations, key)
		m.do(send(from, about("BecameAccessible", wanted.id)))
		return
	}
	m.registrations[key] = wanted
}

func (m *Module) accessibilityChanged(vm string, accessible access) {
	if r, there := m.records[vm]; there && r.phase == waiting && accessible.Namespace {
		m.begin(r, r.round+1) // WT-06
	}
	for _, host := range m.others { // WT-05
		key := registered{vm, host}
		if kept, there := m.registrations[key]; there && accessible.of(kept.scope) {
			delete(m.registrations, key)
			m.do(send(host, about("BecameAccessible", kept.id)))
		}
	}
}

// inOrder lists the records by VM: the same events get the same effects in the same order.
func (m *Module) inOrder() []*record {
	all := []*record{}
	for _, r := range m.records {
		all = append(all, r)
	}
	sort.Slice(all, func(i, j int) bool { return all[i].vm < all[j].vm })
	return all
}
