// The same HA module with one fault, so that you see the suite find it: it waits for ever for the host that it has
// commanded (TO-02).
package main

import (
	"encoding/json"

	"example.org/holdfast-kit/adapter"
	"example.org/holdfast-kit/ha"
)

type broken struct{ *ha.Module }

func (b broken) Handle(raw json.RawMessage) ([]any, error) {
	var event struct {
		Type  string
		Timer struct{ Phase string }
	}
	if err := json.Unmarshal(raw, &event); err != nil {
		return nil, err
	}
	if event.Type == "TimerFired" && event.Timer.Phase == "commanding" {
		return nil, nil
	}
	return b.Module.Handle(raw)
}

func begin(config json.RawMessage) (adapter.Module, error) {
	module, err := ha.New(config)
	return broken{module}, err
}

func main() {
	adapter.Serve("starter kit in Go, broken", ha.Repairs, adapter.Kind{Name: "ha", New: begin})
}
