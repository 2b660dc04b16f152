package host

import "encoding/json"

// What is stored of an object, and the calls that change it: spec/directory.md, spec/storage.md.

// version is of one write: which reign it belongs to, and its number there.
type version struct {
	Configuration int `json:"configuration"`
	Sequence      int `json:"sequence"`
}

func (v version) older(other version) bool {
	if v.Configuration != other.Configuration {
		return v.Configuration < other.Configuration
	}
	return v.Sequence < other.Sequence
}

type register struct {
	Value      string   `json:"value"`
	Generation int      `json:"generation"`
	Current    []string `json:"current"` // hosts whose component missed no write
}

type lock struct {
	Holder *string `json:"holder"`
	Epoch  int     `json:"epoch"`
}

func (l lock) isOf(host string) bool { return l.Holder != nil && *l.Holder == host }

type content struct {
	Identity int      `json:"identity"`
	Register register `json:"register"`
	Lock     lock     `json:"lock"`
	Attempts int      `json:"attempts"`
}

// entry is what a component holds. There are former voters while votes are being recalculated only.
type entry struct {
	Object  string      `json:"object"`
	Version version     `json:"version"`
	Content content     `json:"content"`
	Voters  []component `json:"voters"`
	Former  []component `json:"former"`
}

// known is what a host's replica of the directory has of an object.
type known struct {
	Object  string  `json:"object"`
	Version version `json:"version"`
	Content content `json:"content"`
}

// attempt is one that a primary has commanded.
type attempt struct {
	Generation int `json:"generation"`
	Number     int `json:"number"`
}

type call struct {
	Type       string   `json:"type"`
	Identity   int      `json:"identity"`
	Value      string   `json:"value"`
	Generation int      `json:"generation"`
	Host       string   `json:"host"`
	Epoch      int      `json:"epoch"`
	Attempt    *attempt `json:"attempt"`
}

// MarshalJSON writes the fields of the call's kind.
func (c call) MarshalJSON() ([]byte, error) {
	fields := object{"type": c.Type, "identity": c.Identity}
	switch c.Type {
	case "Set":
		fields["value"], fields["generation"] = c.Value, c.Generation
	case "TakeLock":
		fields["host"], fields["attempt"] = c.Host, c.Attempt
	case "ReleaseLock", "ClearAttempts", "Write":
		fields["host"], fields["epoch"] = c.Host, c.Epoch
	}
	return json.Marshal(fields)
}
