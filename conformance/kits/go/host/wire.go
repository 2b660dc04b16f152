package host

import "encoding/json"

// What a host is told and what it answers with: spec/messages.md.

type object = map[string]any

// requestID says which attempt of which primary a message is about.
type requestID struct {
	Term       int    `json:"term"`
	VM         string `json:"vm"`
	Generation int    `json:"generation"`
	Round      int    `json:"round"`
}

// earlier: the term counts first, then the user's intent, then the attempt.
func (id requestID) earlier(other requestID) bool {
	if id.Term != other.Term {
		return id.Term < other.Term
	}
	if id.Generation != other.Generation {
		return id.Generation < other.Generation
	}
	return id.Round < other.Round
}

// access is what this host can use of one VM: its namespace object; all its objects.
type access struct {
	Namespace bool `json:"namespace"`
	All       bool `json:"all"`
}

func (a access) of(scope string) bool {
	if scope == "all" {
		return a.All
	}
	return a.Namespace
}

// standing is what a host says of itself as a place for a VM.
type standing struct {
	Accessible bool    `json:"accessible"`
	Capacity   bool    `json:"capacity"`
	Holder     *string `json:"holder"` // of the VM's lock
}

func (s standing) isLocked() bool { return s.Holder != nil }

// wanted is what a primary registers for: room too; that it is so already, or only that it comes to be so.
type wanted struct {
	Capacity bool `json:"capacity"`
	Level    bool `json:"level"`
}

// retrieval is what GET tells of one VM.
type retrieval struct {
	VM         string `json:"vm"`
	Value      string `json:"value"`
	Generation int    `json:"generation"`
	Attempts   int    `json:"attempts"`
}

type ending struct {
	Clean  bool `json:"clean"`
	Intent *int `json:"intent"`
}

// report is a host's word on a VM.
type report struct {
	Type   string  `json:"type"`
	Ending *ending `json:"ending,omitempty"`
}

// outcome is how a power-on went.
type outcome struct {
	Type   string `json:"type"`
	Holder string `json:"holder,omitempty"`
}

// result is a text in SetResult and Reply, and an outcome in RestartResult.
type result struct{ outcome }

func (r *result) UnmarshalJSON(raw []byte) error {
	if len(raw) > 0 && raw[0] == '"' {
		return json.Unmarshal(raw, &r.Type)
	}
	return json.Unmarshal(raw, &r.outcome)
}

// message holds the fields of every message, of either network.
type message struct {
	Type string `json:"type"`
	requestID
	Datastores int         `json:"datastores"`
	Scope      string      `json:"scope"`
	Accessible bool        `json:"accessible"`
	Value      string      `json:"value"`
	Result     result      `json:"result"`
	Standing   standing    `json:"standing"`
	Attempt    int         `json:"attempt"`
	Wanted     wanted      `json:"wanted"`
	Retrievals []retrieval `json:"retrievals"`
	Report     report      `json:"report"`

	Number     int     `json:"number"`
	Promised   int     `json:"promised"`
	Components []entry `json:"components"`
	Entry      entry   `json:"entry"`
	Object     string  `json:"object"`
	Version    version `json:"version"`
	Known      known   `json:"known"`
	Call       call    `json:"call"`
	Epoch      int     `json:"epoch"`
}

// timer is all its fields together: spec/timers.md. Each kind has just some of them.
type timer struct {
	Type       string `json:"type"`
	VM         string `json:"vm"`
	Phase      string `json:"phase"`
	Stage      string `json:"stage"`
	Generation int    `json:"generation"`
	Round      int    `json:"round"`
	Attempt    int    `json:"attempt"`
	Host       string `json:"host"`
	Object     string `json:"object"`
}

// MarshalJSON writes the fields of the timer's kind.
func (t timer) MarshalJSON() ([]byte, error) {
	fields := object{"type": t.Type}
	switch t.Type {
	case "Host":
		fields["host"] = t.Host
	case "Ghost":
		fields["vm"] = t.VM
	case "Absence":
		fields["object"] = t.Object
	case "Fallback":
		fields["vm"], fields["phase"], fields["generation"], fields["round"] = t.VM, t.Phase, t.Generation, t.Round
	case "Failover":
		fields["vm"], fields["stage"], fields["round"], fields["attempt"] = t.VM, t.Stage, t.Round, t.Attempt
	}
	return json.Marshal(fields)
}

// event holds the fields of every event.
type event struct {
	Type       string          `json:"type"`
	From       string          `json:"from"`
	Network    string          `json:"network"`
	Message    message         `json:"message"`
	Timer      timer           `json:"timer"`
	Reachable  json.RawMessage `json:"reachable"` // hosts; of IsolationChecked, whether the address was reached
	VM         string          `json:"vm"`
	Value      string          `json:"value"`
	Generation int             `json:"generation"`
	Epoch      int             `json:"epoch"`
	Identity   int             `json:"identity"`
	Object     string          `json:"object"`
	Host       string          `json:"host"`
	Ping       bool            `json:"ping"`
	Heartbeat  string          `json:"heartbeat"`
}

// about is a message that carries the whole request id.
func about(kind string, id requestID) object {
	return object{"type": kind, "term": id.Term, "vm": id.VM, "generation": id.Generation, "round": id.Round}
}

func with(o object, field string, value any) object {
	o[field] = value
	return o
}
