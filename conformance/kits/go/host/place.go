package host

import (
	"sort"
)

// A place for a VM: whose turn it is, who is asked, who is chosen, and what is waited for where there is none
// (spec/failover.md).

func (a *ha) upHosts() []string { return only(a.h.Hosts, a.isUp) }

// turns places those that are queued, as far as there is leave to (FO-18).
func (a *ha) turns() {
	busy, queued := 0, []*item{}
	for _, vm := range keysOf(a.items) {
		switch i := a.items[vm]; i.stage {
		case "placing", "starting":
			busy++
		case "queued":
			queued = append(queued, i)
		}
	}
	sort.SliceStable(queued, func(x, y int) bool {
		return a.h.plans[queued[x].vm].Priority > a.h.plans[queued[y].vm].Priority
	})
	if len(queued) > 0 && busy < a.h.Concurrency {
		a.place(queued[0])
		a.h.next(a.turns)
	}
}

func (a *ha) place(i *item) {
	i.stage, i.round = "placing", i.round+1
	i.candidates, i.crowded = nil, false
	switch a.h.Placement {
	case "try": // FO-20
		i.candidates = a.upHosts()
		a.choose(i)
	case "publish": // FO-51
		for _, host := range a.upHosts() {
			if s, there := i.published[host]; there {
				a.consider(i, host, s)
			}
		}
		a.choose(i)
	default: // FO-19
		i.awaited = a.upHosts()
		for _, host := range i.awaited {
			a.ask(i, host)
		}
		a.h.setTimer(i.timer())
	}
}

func (a *ha) ask(i *item, host string) { a.send(host, about("PlaceQuery", a.itemID(i))) }

// consider what a host says of itself as a place.
func (a *ha) consider(i *item, host string, s standing) {
	isAccessible := !a.h.stored(i.vm) || s.Accessible && !s.isLocked() // FO-17
	if isAccessible && s.Capacity {
		i.candidates = append(i.candidates, host)
	}
	i.crowded = i.crowded || isAccessible && !s.Capacity
}

// heardOf: this host is awaited no longer; all are heard before one is chosen (FO-22).
func (a *ha) heardOf(i *item, host string) {
	if i.awaited = without(i.awaited, host); len(i.awaited) == 0 {
		a.choose(i)
	}
}

func (a *ha) choose(i *item) {
	switch {
	case len(i.candidates) > 0: // FO-23
		sort.Strings(i.candidates)
		host := i.candidates[0]
		if a.h.Placement == "try" { // another one in each round: the first may never have room
			host = i.candidates[i.round%len(i.candidates)]
		}
		a.toTimed(i, "starting")
		i.commanded = host
		a.send(host, with(about("RestartCommand", a.itemID(i)), "attempt", i.attempts))
	case i.crowded: // FO-24
		a.waitForRoom(i)
	default: // FO-25
		a.waitForAccess(i)
	}
}

func (a *ha) waitForAccess(i *item) { a.await(i, "waiting", wanted{Level: true}) }

func (a *ha) waitForRoom(i *item) { a.await(i, "lacking", wanted{Capacity: true, Level: true}) }

// await a change: the hosts are to say when there is one.
func (a *ha) await(i *item, stage string, w wanted) {
	a.to(i, stage)
	i.wanted = w
	a.registerWithAll(i)
}

// registerWithAll that are up: now, and again after a while (FO-55).
func (a *ha) registerWithAll(i *item) {
	if a.h.Placement == "publish" {
		return
	}
	for _, host := range a.upHosts() {
		a.registerWith(i, host, i.wanted)
	}
	a.h.setTimer(i.timer())
}

func (a *ha) registerWith(i *item, host string, w wanted) {
	a.send(host, with(about("PlaceRegister", a.itemID(i)), "wanted", w))
}

// canBeStarted: a host says so (FO-33).
func (a *ha) canBeStarted(i *item) {
	if !i.waits() {
		return
	}
	if i.stage == "exhausted" { // FO-35
		i.attempts = 0
	}
	a.to(i, "queued")
}

// published: a host says unasked how the VM stands there (FO-50, FO-52).
func (a *ha) published(from, vm string, s standing) {
	i := a.items[vm]
	if i == nil || a.h.Placement != "publish" || !a.isUp(from) {
		return
	}
	w := wanted{Capacity: i.stage == "lacking"}
	isNews := a.h.Scope == "all"
	if before, there := i.published[from]; there {
		isNews = !a.h.canStart(vm, w, before)
	}
	i.published[from] = s
	if a.h.canStart(vm, w, s) && (i.stage != "exhausted" || isNews) {
		a.canBeStarted(i)
	}
}
