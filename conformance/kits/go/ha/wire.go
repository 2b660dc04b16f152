package ha

// What the module is told and what it answers with: spec/messages.md.

// config: fields that are not here are not for this module.
type config struct {
	Self  string   `json:"self"`
	Hosts []string `json:"hosts"`
}

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

// access is what the own storage module can use of one VM: its namespace object; all its objects.
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

// message holds the fields of every message that this module looks at.
type message struct {
	Type string `json:"type"`
	requestID
	Scope      string `json:"scope"`
	Accessible bool   `json:"accessible"`
	Value      string `json:"value"`
	Result     string `json:"result"`
}

// purpose comes back with the answer to a SET, so that nobody needs to remember whom it was for.
type purpose struct {
	Type  string `json:"type"`
	From  string `json:"from,omitempty"`
	Term  int    `json:"term"`
	Round int    `json:"round"`
}

type storageCall struct {
	VM         string  `json:"vm"`
	Value      string  `json:"value"`
	Generation int     `json:"generation"`
	Purpose    purpose `json:"purpose"`
}

func (c storageCall) id() requestID {
	return requestID{c.Purpose.Term, c.VM, c.Generation, c.Purpose.Round}
}

type timer struct {
	Type       string `json:"type"`
	VM         string `json:"vm"`
	Phase      string `json:"phase"`
	Generation int    `json:"generation"`
	Round      int    `json:"round"`
}

// event holds the fields of every event.
type event struct {
	Type       string      `json:"type"`
	VM         string      `json:"vm"`
	Value      string      `json:"value"`
	Generation int         `json:"generation"`
	From       string      `json:"from"`
	Message    message     `json:"message"`
	Call       storageCall `json:"call"`
	Result     string      `json:"result"`
	Accessible access      `json:"accessible"`
	Timer      timer       `json:"timer"`
	Term       int         `json:"term"`
}

// Effects and messages, as they are written. Each has just the fields of its kind.
type (
	effect map[string]any
	body   map[string]any
)

func send(to string, message body) effect {
	return effect{"type": "Send", "to": to, "message": message}
}

func persist(term int) effect { return effect{"type": "Persist", "durable": body{"term": term}} }

func callStorage(call storageCall) effect { return effect{"type": "CallStorage", "call": call} }

func setTimer(t timer) effect { return effect{"type": "SetTimer", "timer": t} }

func cancelTimer(t timer) effect { return effect{"type": "CancelTimer", "timer": t} }

// about is a message that carries the whole request id.
func about(kind string, id requestID) body {
	return body{"type": kind, "term": id.Term, "vm": id.VM, "generation": id.Generation, "round": id.Round}
}

func (m body) with(field string, value any) body {
	m[field] = value
	return m
}
