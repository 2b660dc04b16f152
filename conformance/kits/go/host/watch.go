package host

import (
	"reflect"
)

// What a host sees of its VMs, and who is told when that changes (HO-14, CH-05).

// seen is what the own replica of the directory tells of a VM; home is its namespace object, where that is accessible.
type seen struct {
	access access
	home   *content
}

// holder of the lock, "" if there is none or it is not known.
func (s seen) holder() string {
	if s.home == nil || s.home.Lock.Holder == nil {
		return ""
	}
	return *s.home.Lock.Holder
}

// watched is what the runtime is told of.
type watched struct {
	access     access
	lock       *lock
	value      string
	generation int
}

func (s seen) watched() watched {
	if s.home == nil {
		return watched{access: s.access}
	}
	return watched{s.access, &s.home.Lock, s.home.Register.Value, s.home.Register.Generation}
}

// news is what the HA module is told of: it does not care for locks and attempts.
type news struct {
	access     access
	identity   int
	value      string
	generation int
}

func (s seen) news() news {
	if s.home == nil {
		return news{access: s.access}
	}
	return news{s.access, s.home.Identity, s.home.Register.Value, s.home.Register.Generation}
}

// told is what was said last, by VM.
type told struct {
	seen     map[string]watched
	news     map[string]news
	standing map[string]standing
	reports  map[string]report
}

func newTold() told {
	return told{map[string]watched{}, map[string]news{}, map[string]standing{}, map[string]report{}}
}

// start: a host that comes up has nothing to tell.
func (t told) start(h *Host) {
	for _, l := range h.VMs {
		now := h.seen(l.VM)
		t.seen[l.VM], t.news[l.VM] = now.watched(), now.news()
		t.standing[l.VM], t.reports[l.VM] = h.standing(l.VM), h.runtime.report(l.VM)
	}
}

func (h *Host) seen(vm string) seen {
	l := h.layouts[vm]
	s := seen{access: access{Namespace: h.storage.knows(l.Namespace.Object)}}
	s.access.All = s.access.Namespace
	for _, disk := range l.Disks {
		s.access.All = s.access.All && h.storage.knows(disk.Object)
	}
	if s.access.Namespace {
		home := h.storage.known[l.Namespace.Object].Content
		if i := h.runtime.of(vm); i.executes() && home.Lock.Epoch < i.epoch {
			home.Lock = lock{&h.Self, i.epoch} // HO-11: the replica has not heard of it
		}
		s.home = &home
	}
	return s
}

// standing is what this host says of itself as a place for the VM (FO-42).
func (h *Host) standing(vm string) standing {
	s, state := h.seen(vm), h.runtime.state(vm)
	now := standing{Accessible: s.access.of(h.Scope), Capacity: h.runtime.hasRoom() && state != starting}
	if state == running || state == stalled {
		now.Capacity, now.Holder = true, &h.Self
	} else if holder := s.holder(); holder != h.Self && contains(h.storage.reachable, holder) {
		now.Holder = &holder
	}
	return now
}

// notify: the storage module tells the HA module what has changed as soon as it has (CH-05).
func (h *Host) notify() {
	changed := map[string]bool{}
	for _, l := range h.VMs {
		if now := h.seen(l.VM).news(); now != h.told.news[l.VM] {
			h.told.news[l.VM], changed[l.VM] = now, true
		}
	}
	for _, l := range h.VMs {
		if vm := l.VM; changed[vm] || len(changed) > 0 && h.Notices == "coarse" { // CH-08
			h.later(func() { h.ha.accessibilityChanged(vm) })
		}
	}
}

// look for what is told when nothing else of the step is left (HO-14).
func (h *Host) look() {
	for _, l := range h.VMs {
		now := h.seen(l.VM)
		if before := h.told.seen[l.VM]; !reflect.DeepEqual(before, now.watched()) {
			h.told.seen[l.VM] = now.watched()
			h.runtime.storageChanged(l.VM, now)
		}
	}
	for _, l := range h.VMs {
		if now := h.standing(l.VM); !reflect.DeepEqual(now, h.told.standing[l.VM]) {
			h.told.standing[l.VM] = now
			h.ha.standingChanged(l.VM, now)
		}
		h.noticeReport(l.VM)
	}
}

// noticeReport: nothing is said of a VM that is starting, so whatever comes after that is a change.
func (h *Host) noticeReport(vm string) {
	if h.runtime.state(vm) == starting {
		delete(h.told.reports, vm)
		return
	}
	now := h.runtime.report(vm)
	if before, there := h.told.reports[vm]; !there || !reflect.DeepEqual(before, now) {
		h.told.reports[vm] = now
		h.ha.say(vm, now)
	}
}

// watchAbsence keeps a timer for each object whose votes are not those of the components that are there (HO-17).
func (h *Host) watchAbsence() {
	for _, name := range h.storage.names {
		off, t := h.storage.isOff(name), timer{Type: "Absence", Object: name}
		switch {
		case off && !h.absent[name]:
			h.absent[name] = true
			h.setTimer(t)
		case !off && h.absent[name]:
			delete(h.absent, name)
			h.cancelTimer(t)
		}
	}
}
