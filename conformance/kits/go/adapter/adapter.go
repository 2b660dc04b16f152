// Package adapter speaks holdfast/1 on standard input and output: JSON lines, one answer to each request, in order.
// Log to standard error: standard output is for answers only.
package adapter

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
)

// A Module takes one event, and answers with what is to be done, in order.
type Module interface {
	Handle(event json.RawMessage) ([]any, error)
}

// A Kind is a kind of module, "ha" or "storage", and what makes one of a configuration.
type Kind struct {
	Name string
	New  func(config json.RawMessage) (Module, error)
}

type request struct {
	ID, Config, Event json.RawMessage
	Cmd, Host, Module string
}

type answer map[string]any

func refused(code, message string) answer {
	return answer{"ok": false, "error": answer{"code": code, "message": message}}
}

// Serve answers requests until it is told goodbye or standard input ends. It is judged by the repairs that it names.
func Serve(name string, repairs []string, kinds ...Kind) {
	lines, out := bufio.NewReader(os.Stdin), json.NewEncoder(os.Stdout)
	running := map[string]Module{} // by host: a cluster may have several in one process, and they share nothing
	for {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			return
		}
		var r request
		_ = json.Unmarshal(line, &r) // what cannot be read is no command
		a := respond(r, running, name, repairs, kinds)
		a["id"] = r.ID
		if out.Encode(a) != nil || r.Cmd == "bye" {
			return
		}
	}
}

func respond(r request, running map[string]Module, name string, repairs []string, kinds []Kind) (a answer) {
	defer func() { // a fault of the module is told, and ends nothing
		if fault := recover(); fault != nil {
			a = refused("internal", fmt.Sprint(fault))
		}
	}()
	switch {
	case r.Cmd == "hello":
		names := []string{}
		for _, kind := range kinds {
			names = append(names, kind.Name)
		}
		who := answer{"name": name, "version": "1.0.0", "language": "go"}
		return answer{"ok": true, "protocol": "holdfast/1", "implementation": who, "modules": names, "repairs": repairs,
			"capabilities": answer{"hosts": 16}}
	case r.Cmd == "reset":
		for _, kind := range kinds {
			if kind.Name == r.Module {
				made, err := kind.New(r.Config)
				running[r.Host] = made
				return done(answer{"ok": true}, err)
			}
		}
		return refused("unsupported", "no module "+r.Module)
	case r.Cmd == "step" && running[r.Host] == nil:
		return refused("bad-request", "a step before the first reset")
	case r.Cmd == "step":
		effects, err := running[r.Host].Handle(r.Event)
		return done(answer{"ok": true, "effects": append([]any{}, effects...)}, err)
	case r.Cmd == "bye":
		return answer{"ok": true}
	}
	return refused("unsupported", "no command "+r.Cmd)
}

func done(a answer, err error) answer {
	if err != nil {
		return refused("bad-request", err.Error())
	}
	return a
}
