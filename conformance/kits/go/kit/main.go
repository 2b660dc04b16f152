// The kit: an HA module, and the storage modules of a cluster.
//
//	go build -o my-kit ./kit && holdfast conform test --profile ha -- ./my-kit
package main

import (
	"encoding/json"

	"example.org/holdfast-kit/adapter"
	"example.org/holdfast-kit/ha"
	"example.org/holdfast-kit/storage"
)

func main() {
	newHa := func(config json.RawMessage) (adapter.Module, error) { return ha.New(config) }
	newStorage := func(config json.RawMessage) (adapter.Module, error) { return storage.New(config) }
	adapter.Serve("starter kit in Go", ha.Repairs,
		adapter.Kind{Name: "ha", New: newHa}, adapter.Kind{Name: "storage", New: newStorage})
}
