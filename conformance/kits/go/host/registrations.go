package host

import "fmt"

// What every host does for a primary that protects a VM: spec/fallback.md.

type registration struct {
	id    requestID
	scope string
}

func (a *ha) attendFallback(from string, m message) {
	switch m.Type {
	case "AccessQuery": // FB-13
		answer := with(about("AccessAnswer", m.requestID), "accessible", a.h.seen(m.VM).access.of(m.Scope))
		reachable := []string{}
		if a.h.Subsets == "partition" {
			reachable = a.h.storage.reachable
		}
		a.send(from, with(answer, "reachable", reachable))
	case "SetCommand": // FB-17, FB-18
		answered := func(_ call, result string, _ int) {
			a.send(from, with(about("SetResult", m.requestID), "result", result))
		}
		purpose := fmt.Sprint(from, m.requestID)
		set := call{Type: "Set", Value: m.Value, Generation: m.Generation}
		a.h.call(m.VM, set, caller{answered, nobody.giveUp, purpose})
	case "WaitRegister":
		a.register(asker{m.VM, from}, registration{m.requestID, m.Scope})
	}
}

// register keeps what a primary waits for, unless there is nothing to wait for.
func (a *ha) register(by asker, wanted registration) {
	if a.role != "secondary" {
		return // WT-10
	}
	if kept, there := a.registrations[by]; there && wanted.id.earlier(kept.id) {
		return // WT-08
	}
	a.registrations[by] = wanted // WT-03
	a.notifyIfAccessible(by)     // WT-04
}

func (a *ha) fallbackAccess(vm string) {
	if r := a.records[vm]; r != nil && r.phase == "waiting" && a.h.seen(vm).access.Namespace {
		a.begin(r, r.round+1) // WT-06
	}
	for _, host := range a.h.others {
		a.notifyIfAccessible(asker{vm, host}) // WT-05
	}
}

func (a *ha) notifyIfAccessible(by asker) {
	if kept, there := a.registrations[by]; there && a.h.seen(by.vm).access.of(kept.scope) {
		delete(a.registrations, by)
		a.send(by.primary, about("BecameAccessible", kept.id))
	}
}
