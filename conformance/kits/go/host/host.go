package host

import "encoding/json"

// Host is an HA module, a storage module and a VM runtime. They call each other through it, within one step.
type Host struct {
	config
	others  []string
	place   int // among the hosts
	layouts map[string]vmLayout
	plans   map[string]plan
	ofVM    map[string]string // by namespace object

	ha      *ha
	storage *storage
	runtime *runtime

	up      bool
	timers  []timer
	pending []pendingCall
	told    told
	absent  map[string]bool // objects with a timer for those who are absent

	// of the step that is under way
	effects []any
	queue   []func()
	unsaved bool // something has changed that survives a crash
}

// New makes a host that is down, with the disk that it has when the cluster is created.
func New(raw json.RawMessage) (*Host, error) {
	h := &Host{layouts: map[string]vmLayout{}, plans: map[string]plan{}, ofVM: map[string]string{}}
	if err := json.Unmarshal(raw, &h.config); err != nil {
		return nil, err
	}
	for i, host := range h.Hosts {
		if host == h.Self {
			h.place = i
		} else {
			h.others = append(h.others, host)
		}
	}
	for _, vm := range h.VMs {
		h.layouts[vm.VM] = vm
		h.ofVM[vm.Namespace.Object] = vm.VM
	}
	for _, p := range h.Plans {
		h.plans[p.VM] = p
	}
	h.ha, h.storage, h.runtime = newHa(h), newStorage(h), &runtime{h: h}
	h.crash()
	return h, nil
}

// crash forgets all but what is durable (HO-20).
func (h *Host) crash() {
	h.up, h.timers, h.pending, h.queue = false, nil, nil, nil
	h.told, h.absent = newTold(), map[string]bool{}
	h.storage.crash()
	h.ha.crash()
	h.runtime.crash()
}

// Handle takes one event and answers with what is to be done about it, in order.
func (h *Host) Handle(raw json.RawMessage) ([]any, error) {
	var e event
	if err := json.Unmarshal(raw, &e); err != nil {
		return nil, err
	}
	h.effects, h.unsaved = nil, false
	switch {
	case e.Type == "Crashed":
		h.crash()
	case h.up:
		h.step(func() { h.take(e) })
	case e.Type == "Restarted":
		h.step(func() { h.restart(hosts(e.Reachable)) })
	}
	return h.effects, nil
}

func (h *Host) step(begin func()) {
	number := h.storage.number
	begin()
	h.notify()
	for again := true; again; again = len(h.queue) > 0 {
		for len(h.queue) > 0 {
			next := h.queue[0]
			h.queue = h.queue[1:]
			next()
			h.notify()
		}
		if h.storage.number != number {
			number = h.storage.number
			h.giveUp()
		}
		if len(h.queue) == 0 {
			h.look()
		}
	}
	h.watchAbsence()
	if h.unsaved { // HO-19
		durable := object{"ha": object{"term": h.ha.term},
			"storage": object{"number": h.storage.number, "components": h.storage.held()}}
		h.effects = append([]any{object{"type": "Persist", "durable": durable}}, h.effects...)
	}
}

func (h *Host) restart(reachable []string) {
	h.up = true
	h.ha.restart()
	h.told.start(h)
	h.storage.viewChanged(reachable)
}

func (h *Host) take(e event) {
	switch e.Type {
	case "ViewChanged":
		h.storage.viewChanged(hosts(e.Reachable))
	case "Received":
		if e.Network == "storage" {
			h.storage.received(e.From, e.Message)
		} else {
			h.ha.received(e.From, e.Message)
		}
	case "TimerFired":
		h.timerFired(e.Timer)
	case "Request":
		h.ha.request(e.VM, e.Value, e.Generation)
	case "IsolationChecked":
		h.ha.isolationChecked(string(e.Reachable) == "true")
	case "Probed":
		h.ha.probed(e.Host, e.Ping, e.Heartbeat)
	case "PowerOn":
		h.runtime.powerOn(powerOn{byUser: true, id: requestID{VM: e.VM, Generation: e.Generation}})
	case "PowerOff":
		h.runtime.powerOff(e.VM, e.Generation)
	case "MigratedIn":
		h.runtime.migratedIn(e.VM, e.Epoch)
	case "MigratedOut":
		h.runtime.migratedOut(e.VM)
	case "Created":
		h.call(e.VM, call{Type: "Create", Identity: e.Identity}, nobody)
	case "ComponentLost":
		h.storage.componentLost(e.Object)
	}
}

func hosts(raw json.RawMessage) []string {
	var names []string
	_ = json.Unmarshal(raw, &names) // what is no list names nobody
	return names
}

func (h *Host) timerFired(t timer) {
	h.stopped(t)
	switch t.Type {
	case "Ghost":
		h.runtime.ghostDue(t.VM)
	case "Absence":
		delete(h.absent, t.Object)
		h.storage.absenceLasted(t.Object)
	default:
		h.ha.timerFired(t)
	}
}

// ownNumber is the lowest above that one whose remainder by the number of hosts is this host's place: no two hosts ever
// claim the same term, or begin reigns of the same number.
func (h *Host) ownNumber(above int) int {
	number := above + 1
	for number%len(h.Hosts) != h.place {
		number++
	}
	return number
}

// stored: a VM without a plan is in the object store.
func (h *Host) stored(vm string) bool {
	p, there := h.plans[vm]
	return !there || p.Stored
}

func (h *Host) do(effect object) { h.effects = append(h.effects, effect) }

// later: in this step, after what was put off before (HO-10).
func (h *Host) later(act func()) { h.queue = append(h.queue, act) }

// next: in this step, before whatever was put off.
func (h *Host) next(act func()) { h.queue = append([]func(){act}, h.queue...) }

func (h *Host) send(network, to string, m object) {
	h.do(object{"type": "Send", "to": to, "network": network, "message": m})
}

func (h *Host) setTimer(t timer) {
	h.stopped(t)
	h.timers = append(h.timers, t)
	h.do(object{"type": "SetTimer", "timer": t})
}

func (h *Host) cancelTimers(which func(t timer) bool) {
	for _, t := range append([]timer{}, h.timers...) {
		if which(t) {
			h.stopped(t)
			h.do(object{"type": "CancelTimer", "timer": t})
		}
	}
}

func (h *Host) cancelTimer(t timer) {
	h.cancelTimers(func(running timer) bool { return running == t })
}

// stopped notes that a timer does not run any more.
func (h *Host) stopped(t timer) {
	rest := []timer{}
	for _, running := range h.timers {
		if running != t {
			rest = append(rest, running)
		}
	}
	h.timers = rest
}
