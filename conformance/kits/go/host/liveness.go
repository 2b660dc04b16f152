package host

// Heartbeats, what silence means, and what hosts say of their VMs: spec/liveness.md, spec/host.md.

// watchHosts: a new primary takes everyone to be running.
func (a *ha) watchHosts() {
	for _, host := range a.h.others {
		a.states[host] = "running"
		a.h.setTimer(timer{Type: "Host", Host: host})
	}
	a.h.setTimer(timer{Type: "Heartbeat"})
}

func (a *ha) heartbeat() {
	a.tellOthers(object{"type": "Claim", "term": a.term}) // LV-01
	a.h.setTimer(timer{Type: "Heartbeat"})
	if a.hearsNobody() { // LV-10
		a.h.do(object{"type": "CheckIsolation"})
	}
	a.sayAll()
}

func (a *ha) heardClaim(from string) {
	if from == a.h.Self || a.role == "primary" {
		return // TM-08
	}
	if a.role != "secondary" { // EL-17
		a.become("secondary")
	}
	a.following = from // LV-02
	a.h.setTimer(timer{Type: "Silence"})
	a.send(from, object{"type": "Alive", "term": a.term})
	a.sayAll()
}

func (a *ha) heardAlive(from string) {
	if a.states[from] != "" { // LV-03
		a.stateIs(from, "running")
		a.h.setTimer(timer{Type: "Host", Host: from})
	}
}

func (a *ha) silent(host string) { // LV-04
	if a.states[host] == "running" {
		a.stateIs(host, "unreachable")
	}
	a.h.do(object{"type": "Probe", "host": host})
	a.h.setTimer(timer{Type: "Host", Host: host})
}

func (a *ha) probed(host string, ping bool, heartbeat string) {
	switch {
	case a.role != "primary" || a.states[host] == "" || a.states[host] == "running": // LV-09
	case ping: // LV-05
		a.stateIs(host, "unreachable")
	case heartbeat == "isolated": // LV-06
		a.stateIs(host, "isolated")
	case heartbeat == "well": // LV-07
		a.stateIs(host, "partitioned")
	default: // LV-08
		a.stateIs(host, "failed")
	}
}

func (a *ha) hearsNobody() bool {
	for _, state := range a.states {
		if state == "running" {
			return false
		}
	}
	return true
}

func isGone(state string) bool {
	return state == "failed" || state == "partitioned" || state == "isolated"
}

func (a *ha) isUp(host string) bool { return !isGone(a.states[host]) }

func (a *ha) stateIs(host, state string) { // HO-03
	wasUp := a.isUp(host)
	a.states[host] = state
	switch isUp := a.isUp(host); {
	case isUp && !wasUp:
		a.hostIsBack(host)
	case !isUp && wasUp:
		a.hostIsGone(host)
	}
}

// sayAll that the primary is to know of the VMs here (HO-06, FO-49).
func (a *ha) sayAll() {
	for _, l := range a.h.VMs {
		if a.h.runtime.state(l.VM) != starting {
			a.say(l.VM, a.h.runtime.report(l.VM))
		}
		a.publish(l.VM, a.h.standing(l.VM))
	}
}

func (a *ha) say(vm string, r report) {
	if a.role == "primary" {
		a.vmReported(a.h.Self, vm, r)
	} else if a.following != "" { // HO-08
		a.send(a.following, object{"type": "VmStatus", "term": a.term, "vm": vm, "report": r})
	}
}

func (a *ha) publish(vm string, s standing) {
	if a.h.Placement != "publish" {
		return
	}
	if a.role == "primary" {
		a.published(a.h.Self, vm, s)
	} else if a.following != "" {
		a.send(a.following, object{"type": "PlacePublished", "term": a.term, "vm": vm, "standing": s})
	}
}

func (a *ha) vmReported(from, vm string, r report) { // HO-07
	if r.Type == "running" || r.Type == "storageLost" {
		a.runsOn[vm] = from
	} else if a.runsOn[vm] == from {
		delete(a.runsOn, vm)
	}
	a.reported(from, vm, r)
}
