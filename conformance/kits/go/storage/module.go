// Package storage is the contract of spec/storage.md for one VM: the storage modules of a cluster together, with one
// atomic register between them.
package storage

import "encoding/json"

type component struct {
	Host  string `json:"host"`
	Kind  string `json:"kind"`
	Votes int    `json:"votes"`
}

type layout struct {
	Components []component `json:"components"`
}

type config struct {
	Hosts []string `json:"hosts"`
	VM    struct {
		Namespace layout   `json:"namespace"`
		Disks     []layout `json:"disks"`
	} `json:"vm"`
}

type event struct {
	Type       string     `json:"type"`
	Host       string     `json:"host"`
	Value      string     `json:"value"`
	Generation int        `json:"generation"`
	View       [][]string `json:"view"`
}

// Module is the namespace object of one VM, and the storage network as it is.
type Module struct {
	config     config
	view       [][]string
	value      string
	generation int
	stale      map[string]bool // hosts whose component of the namespace object missed a SET
}

// New makes an object that nothing was written to, in a network that is whole.
func New(raw json.RawMessage) (*Module, error) {
	m := &Module{value: "unprotected", stale: map[string]bool{}}
	if err := json.Unmarshal(raw, &m.config); err != nil {
		return nil, err
	}
	m.view = [][]string{m.config.Hosts}
	return m, nil
}

// Handle takes one event.
func (m *Module) Handle(raw json.RawMessage) ([]any, error) {
	var e event
	if err := json.Unmarshal(raw, &e); err != nil {
		return nil, err
	}
	switch e.Type {
	case "Set":
		return []any{map[string]any{"type": "Reply", "result": m.set(m.side(e.Host), e.Value, e.Generation)}}, nil
	case "Ask":
		return []any{map[string]any{"type": "Access", "accessible": m.access(m.side(e.Host))}}, nil
	case "ViewChanged":
		m.view = e.View
		m.resync()
	}
	return nil, nil
}

func (m *Module) set(side map[string]bool, value string, generation int) string {
	switch {
	case !accessible(m.config.VM.Namespace, side, m.stale): // ST-01
		return "failed"
	case generation < m.generation || generation == m.generation && value != m.value: // ST-03
		return "stale"
	case generation == m.generation: // ST-04
		return "ok"
	}
	m.value, m.generation = value, generation // ST-02
	for _, c := range m.config.VM.Namespace.Components {
		if !side[c.Host] {
			m.stale[c.Host] = true
		}
	}
	return "ok"
}

// resync makes the components current again that are where the object is accessible (ST-06, ST-07).
func (m *Module) resync() {
	for _, hosts := range m.view {
		side := setOf(hosts)
		if accessible(m.config.VM.Namespace, side, m.stale) {
			for host := range side {
				delete(m.stale, host)
			}
			return
		}
	}
}

// access tells the two predicates apart. Nobody writes to the disks here, so their components are all current.
func (m *Module) access(side map[string]bool) map[string]bool {
	namespace := accessible(m.config.VM.Namespace, side, m.stale)
	all := namespace
	for _, disk := range m.config.VM.Disks {
		all = all && accessible(disk, side, nil)
	}
	return map[string]bool{"namespace": namespace, "all": all}
}

// accessible: more than half of all votes, on components that are reached and current, one of them a replica.
func accessible(object layout, side, stale map[string]bool) bool {
	votes, reached, replica := 0, 0, false
	for _, c := range object.Components {
		votes += c.Votes
		if side[c.Host] && !stale[c.Host] {
			reached += c.Votes
			replica = replica || c.Kind == "replica"
		}
	}
	return 2*reached > votes && replica
}

func (m *Module) side(host string) map[string]bool {
	for _, hosts := range m.view {
		if side := setOf(hosts); side[host] {
			return side
		}
	}
	return map[string]bool{}
}

func setOf(hosts []string) map[string]bool {
	set := map[string]bool{}
	for _, host := range hosts {
		set[host] = true
	}
	return set
}
