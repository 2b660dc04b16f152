// The kit: an HA module, the storage modules of a cluster, and whole hosts.
//
//	go build -o my-kit ./kit && holdfast conform test --profile ha -- ./my-kit
//	holdfast conform test --profile host -- ./my-kit
package main

import (
	"encoding/json"

	"example.org/holdfast-kit/adapter"
	"example.org/holdfast-kit/ha"
	"example.org/holdfast-kit/host"
	"example.org/holdfast-kit/storage"
)

func main() {
	newHa := func(config json.RawMessage) (adapter.Module, error) { return ha.New(config) }
	newStorage := func(config json.RawMessage) (adapter.Module, error) { return storage.New(config) }
	newHost := func(config json.RawMessage) (adapter.Module, error) { return host.New(config) }
	// the repairs of a host have those of an HA module among them
	adapter.Serve("starter kit in Go", host.Repairs, adapter.Kind{Name: "ha", New: newHa},
		adapter.Kind{Name: "storage", New: newStorage}, adapter.Kind{Name: "host", New: newHost})
}
