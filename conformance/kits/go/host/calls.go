package host

import "reflect"

// Calls of the HA module and the runtime on the storage module of their host.

// caller is told how its call went, or that the call was given up.
// Of calls alike for one purpose the last one waits instead of the others (HO-11); "": each waits for itself.
type caller struct {
	answer  func(k call, result string, epoch int)
	giveUp  func()
	purpose string
}

// nobody waits for the answer: it goes to whoever waits for one to the same call, if anybody does.
var nobody = caller{giveUp: func() {}}

type pendingCall struct {
	object string
	call   call
	caller caller
}

// call makes a call about a VM's namespace object, later in this step.
func (h *Host) call(vm string, k call, from caller) {
	l, there := h.layouts[vm]
	if !there { // HO-12
		from.giveUp()
		return
	}
	name := l.Namespace.Object
	if k.Type != "Create" { // HO-13
		k.Identity = larger(1, h.storage.known[name].Content.Identity)
	}
	h.later(func() {
		if from.answer != nil {
			h.wait(pendingCall{name, k, from})
		}
		h.storage.called(name, k)
	})
}

func (h *Host) wait(made pendingCall) {
	others := []pendingCall{}
	for _, p := range h.pending {
		isAlike := p.object == made.object && reflect.DeepEqual(p.call, made.call)
		if made.caller.purpose == "" || p.caller.purpose != made.caller.purpose || !isAlike {
			others = append(others, p)
		}
	}
	h.pending = append(others, made)
}

// answered: an answer belongs to whoever has waited for it longest (HO-11).
// number is that of the reign in which the call was made and answered.
func (h *Host) answered(number int, name string, k call, result string, epoch int) {
	vm := h.ofVM[name]
	for i, p := range h.pending {
		if number == h.storage.number && p.object == name && reflect.DeepEqual(p.call, k) {
			h.pending = append(append([]pendingCall{}, h.pending[:i]...), h.pending[i+1:]...)
			h.later(func() { p.caller.answer(k, result, epoch) })
			return
		}
	}
	h.giveBack(vm, k, result, epoch)
}

// giveBack a lock that nobody waits for (HO-12).
func (h *Host) giveBack(vm string, k call, result string, epoch int) {
	if k.Type == "TakeLock" && result == "ok" {
		h.release(vm, epoch)
	}
}

// awaitsLock: a call for the VM's lock is not answered yet.
func (h *Host) awaitsLock(vm string) bool {
	for _, p := range h.pending {
		if p.call.Type == "TakeLock" && h.ofVM[p.object] == vm {
			return true
		}
	}
	return false
}

// giveUp what was called in an earlier reign (HO-12).
func (h *Host) giveUp() {
	calls := h.pending
	h.pending = nil
	for _, p := range calls {
		p.caller.giveUp()
	}
}

func (h *Host) release(vm string, epoch int) {
	h.call(vm, call{Type: "ReleaseLock", Host: h.Self, Epoch: epoch}, nobody)
}
