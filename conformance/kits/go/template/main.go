// Fill in your HA module here. An event of spec/messages.md comes in, and its effects go out, in order.
//
//	go build -o my-ha ./template && holdfast conform test -- ./my-ha
//
// As it stands it answers questions about accessibility, and nothing else. A good order to go on in: messages with
// another term, commands, registrations, the election, requests, what storage answers, timers, crashes.
package main

import (
	"encoding/json"

	"example.org/holdfast-kit/adapter"
)

// The repairs of spec/profiles.md that it keeps: it is judged by these.
var repairs = []string{"completion-report", "generations", "level-triggered", "namespace-query", "request-ids", "terms"}

type object = map[string]any

// HaModule starts as a secondary that has seen no term. Keep nothing outside of it.
type HaModule struct {
	Self  string   `json:"self"`
	Hosts []string `json:"hosts"`
	term  int
}

func begin(config json.RawMessage) (adapter.Module, error) {
	m := &HaModule{}
	return m, json.Unmarshal(config, m)
}

// Handle answers once nothing more happens by itself. No clock, no goroutines, no chance: timers are effects.
func (m *HaModule) Handle(raw json.RawMessage) ([]any, error) {
	var event struct {
		Type, From string
		Message    object
		Accessible map[string]bool // what your own storage module says at this moment
	}
	if err := json.Unmarshal(raw, &event); err != nil {
		return nil, err
	}
	if message := event.Message; event.Type == "Received" && message["type"] == "AccessQuery" { // FB-13
		yes := event.Accessible[message["scope"].(string)]
		answer := object{"type": "AccessAnswer", "accessible": yes, "reachable": []string{}}
		for _, field := range []string{"term", "vm", "generation", "round"} {
			answer[field] = message[field]
		}
		return []any{object{"type": "Send", "to": event.From, "message": answer}}, nil
	}
	return nil, nil
}

func main() {
	adapter.Serve("my HA module", repairs, adapter.Kind{Name: "ha", New: begin})
}
