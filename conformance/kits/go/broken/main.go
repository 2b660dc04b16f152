// The same modules with one fault each, so that you see the suite find it: the HA module waits for ever for the host that
// it has commanded (TO-02), and the host acknowledges what its component is told to hold and does not persist it (HO-19).
package main

import (
	"encoding/json"

	"example.org/holdfast-kit/adapter"
	"example.org/holdfast-kit/ha"
	"example.org/holdfast-kit/host"
)

type brokenHa struct{ *ha.Module }

func (b brokenHa) Handle(raw json.RawMessage) ([]any, error) {
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

type brokenHost struct{ *host.Host }

func (b brokenHost) Handle(raw json.RawMessage) ([]any, error) {
	var event struct{ Message struct{ Type string } }
	if err := json.Unmarshal(raw, &event); err != nil {
		return nil, err
	}
	effects, err := b.Host.Handle(raw)
	if event.Message.Type == "ComponentWrite" && len(effects) > 1 {
		effects = effects[1:]
	}
	return effects, err
}

func main() {
	newHa := func(config json.RawMessage) (adapter.Module, error) {
		module, err := ha.New(config)
		return brokenHa{module}, err
	}
	newHost := func(config json.RawMessage) (adapter.Module, error) {
		module, err := host.New(config)
		return brokenHost{module}, err
	}
	adapter.Serve("starter kit in Go, broken", host.Repairs, adapter.Kind{Name: "ha", New: newHa},
		adapter.Kind{Name: "host", New: newHost})
}
