package host

// The VM runtime: spec/runtime.md.

type power int

const (
	stopped power = iota
	starting
	running
	stalled
)

// powerOn is the user's, or a primary's command.
type powerOn struct {
	byUser  bool
	from    string
	id      requestID
	attempt int
}

// instance of a VM on this host. Each power-on that is tried makes another.
type instance struct {
	state   power
	epoch   int // with which it has taken the lock
	request powerOn
	ending  *ending // how the last one ended, if one did
}

func (i *instance) executes() bool { return i.state == running || i.state == stalled }

type runtime struct {
	h         *Host
	instances map[string]*instance
}

func (r *runtime) crash() { r.instances = map[string]*instance{} } // RS-10

func (r *runtime) of(vm string) *instance {
	if r.instances[vm] == nil {
		r.instances[vm] = &instance{}
	}
	return r.instances[vm]
}

func (r *runtime) state(vm string) power { return r.of(vm).state }

func (r *runtime) hasRoom() bool {
	used := 0
	for _, i := range r.instances {
		if i.state != stopped {
			used++
		}
	}
	return used < r.h.Capacity
}

// report is what this host says of a VM (HO-06).
func (r *runtime) report(vm string) report {
	switch i := r.of(vm); {
	case i.state == running:
		return report{Type: "running"}
	case i.state == stalled:
		return report{Type: "storageLost"}
	case i.state == stopped && i.ending != nil:
		return report{Type: "ended", Ending: i.ending}
	}
	return report{Type: "absent"}
}

func (r *runtime) answer(p powerOn, o outcome) {
	if p.byUser { // HO-15
		r.h.do(object{"type": "PoweredOn", "vm": p.id.VM, "generation": p.id.Generation, "result": o})
		return
	}
	r.h.later(func() { r.h.ha.powerOnEnded(p, o) })
}

func (r *runtime) powerOn(p powerOn) {
	vm := p.id.VM
	before := r.of(vm)
	switch {
	case before.state == running: // RS-02
		r.answer(p, outcome{Type: "ok"})
		return
	case before.state != stopped: // RS-02
		r.answer(p, outcome{Type: "locked", Holder: r.h.Self})
		return
	case !p.byUser && !r.hasRoom(): // RS-03
		r.answer(p, outcome{Type: "capacity"})
		return
	}
	i := &instance{state: starting, request: p, ending: before.ending}
	r.instances[vm] = i
	if !r.h.awaitsLock(vm) { // HO-12
		r.takeLock(vm, i)
	}
}

// takeLock for a power-on. If it is ended before the answer, the next one waits until the answer is there (HO-12).
func (r *runtime) takeLock(vm string, i *instance) {
	take := call{Type: "TakeLock", Host: r.h.Self}
	if p := i.request; !p.byUser { // RS-01
		take.Attempt = &attempt{p.id.Generation, p.attempt}
	}
	answered := func(k call, result string, epoch int) {
		if now := r.of(vm); now == i && i.state == starting {
			r.lockAnswered(vm, i, result, epoch)
		} else {
			r.h.giveBack(vm, k, result, epoch)
			if now.state == starting {
				r.takeLock(vm, now)
			}
		}
	}
	givenUp := func() {
		if now := r.of(vm); now.state == starting {
			r.deny(now, outcome{Type: "inaccessible"}) // HO-12
		}
	}
	r.h.call(vm, take, caller{answer: answered, giveUp: givenUp})
}

func (r *runtime) deny(i *instance, o outcome) {
	i.state = stopped
	r.answer(i.request, o)
}

func (r *runtime) lockAnswered(vm string, i *instance, result string, epoch int) {
	s := r.h.seen(vm)
	switch {
	case result == "held" && s.holder() != "" && s.holder() != r.h.Self: // RS-05
		r.deny(i, outcome{Type: "locked", Holder: s.holder()})
	case result != "ok": // RS-05
		r.deny(i, outcome{Type: "inaccessible"})
	case !s.access.All: // RS-07
		r.h.release(vm, epoch)
		r.deny(i, outcome{Type: "inaccessible"})
	case !i.request.byUser && isRefused(i.request, s.home): // RS-11
		r.h.release(vm, epoch)
		r.deny(i, outcome{Type: "refused"})
	default: // RS-04
		i.state, i.epoch, i.ending = running, epoch, nil
		if !i.request.byUser {
			r.h.call(vm, call{Type: "ClearAttempts", Host: r.h.Self, Epoch: epoch}, nobody)
		}
		r.answer(i.request, outcome{Type: "ok"})
	}
}

// isRefused: the user has meant something else since.
func isRefused(p powerOn, home *content) bool {
	if home == nil || home.Register.Generation < p.id.Generation {
		return false
	}
	return home.Register.Generation > p.id.Generation || home.Register.Value == "unprotected"
}

func (r *runtime) powerOff(vm string, generation int) {
	i := r.of(vm)
	before := i.state
	if before != stopped {
		i.state, i.ending = stopped, &ending{Clean: r.h.seen(vm).access.Namespace || r.h.CleanByDefault, Intent: &generation}
	}
	r.h.call(vm, call{Type: "Set", Value: "unprotected", Generation: generation}, nobody) // RS-09
	r.ended(vm, before)
}

// ended: the lock goes back, whether or not the object can be accessed (RS-06).
func (r *runtime) ended(vm string, before power) {
	if i := r.of(vm); before == starting {
		r.answer(i.request, outcome{Type: "failed"})
	} else if before != stopped {
		r.h.release(vm, i.epoch)
	}
}

func (r *runtime) kill(vm string) {
	i := r.of(vm)
	before := i.state
	i.state, i.ending = stopped, &ending{Clean: !r.h.seen(vm).access.Namespace && r.h.CleanByDefault}
	r.ended(vm, before)
}

func (r *runtime) ghostDue(vm string) { // RS-12
	if r.state(vm) == stalled {
		r.kill(vm)
	}
}

func (r *runtime) isolated() { // RS-15
	for _, l := range r.h.VMs {
		if r.state(l.VM) != stopped {
			r.kill(l.VM)
		}
	}
}

func (r *runtime) migratedIn(vm string, epoch int) { // RS-16
	if i := r.of(vm); i.state == stopped {
		i.state, i.epoch, i.ending = running, epoch, nil
	}
}

func (r *runtime) migratedOut(vm string) { // RS-16
	if i := r.of(vm); i.executes() {
		i.state, i.ending = stopped, nil
	}
}

// storageChanged: this host sees something else of the VM than before.
func (r *runtime) storageChanged(vm string, s seen) {
	i, ghost := r.of(vm), timer{Type: "Ghost", VM: vm}
	switch {
	case i.executes() && s.home != nil && !(s.home.Lock.isOf(r.h.Self) && s.home.Lock.Epoch == i.epoch): // RS-14
		r.kill(vm)
	case i.state == running && !s.access.All: // RS-20
		i.state = stalled
		r.h.setTimer(ghost)
	case i.state == stalled && s.access.All: // RS-18
		i.state = running
		r.h.cancelTimer(ghost)
	case i.state == stopped && s.home != nil && s.home.Lock.isOf(r.h.Self): // RS-13
		r.h.release(vm, s.home.Lock.Epoch)
	}
}
