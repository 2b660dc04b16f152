// Package host is a whole host, written from spec/ alone: an HA module, a storage module and a VM runtime, composed as
// spec/host.md says, with the hosts' own election and all repairs. It shares no types with the packages ha and storage,
// so that each can be read, and taken, by itself.
package host

// Repairs are those of spec/profiles.md that this host keeps.
var Repairs = []string{
	"ask-everyone", "cache-notices", "completion-report", "configuration-numbers", "directory-owner", "every-responder",
	"generations", "ghost-kill", "intent-generation", "level-triggered", "lock-registration", "namespace-query",
	"object-identity", "parallel-fallbacks", "periodic-retrieval", "quorum-recalculation", "request-ids", "resend",
	"shared-attempts", "storage-loss-trigger", "terms", "timeouts", "write-fencing",
}

// The configuration of a host: spec/configuration.md and spec/messages.md.

type component struct {
	Host  string `json:"host"`
	Kind  string `json:"kind"`
	Votes int    `json:"votes"`
}

type layout struct {
	Object     string      `json:"object"`
	Kind       string      `json:"kind"`
	Components []component `json:"components"`
}

// hosts are those that have a component of the object, sorted.
func (l layout) hosts() []string { return hostsOf(l.Components) }

type vmLayout struct {
	VM        string   `json:"vm"`
	Namespace layout   `json:"namespace"`
	Disks     []layout `json:"disks"`
}

func (v vmLayout) objects() []layout { return append([]layout{v.Namespace}, v.Disks...) }

// plan is how a VM is to be restarted.
type plan struct {
	VM       string `json:"vm"`
	Stored   bool   `json:"stored"`
	Priority int    `json:"priority"`
}

type config struct {
	Self              string     `json:"self"`
	Hosts             []string   `json:"hosts"`
	VMs               []vmLayout `json:"vms"`
	Datastores        int        `json:"datastores"`
	IsolationResponse string     `json:"isolationResponse"`
	Subsets           string     `json:"subsets"`
	Plans             []plan     `json:"plans"`
	Placement         string     `json:"placement"`
	Scope             string     `json:"scope"`
	Schedule          []int      `json:"schedule"`
	Concurrency       int        `json:"concurrency"`
	Notices           string     `json:"notices"`
	Capacity          int        `json:"capacity"`
	CleanByDefault    bool       `json:"cleanByDefault"`
}
