package host

// Restarting a VM: the check before, the answer of the commanded host, and what follows a failed attempt
// (spec/failover.md).

// restartVM begins a round.
func (a *ha) restartVM(i *item) {
	i.host = ""
	i.round++
	switch {
	case a.isSpent(i):
		a.exhaust(i, true)
	case !a.h.stored(i.vm): // FO-13
		a.to(i, "queued")
	default: // FO-14
		a.to(i, "checking")
		a.ask(i, a.h.Self)
	}
}

// started, or not: the commanded host has answered.
func (a *ha) started(i *item, host, result string) {
	switch result {
	case "ok": // FO-26
		i.host = host
		a.settle(i, i.value, i.generation, 0)
	case "refused": // FO-36
		a.settle(i, "unprotected", i.generation, 0)
	case "capacity": // FO-27
		delete(i.published, host) // FO-50
		a.waitForRoom(i)
	case "failed":
		a.attemptFailed(i, false)
	default:
		i.published = map[string]standing{} // FO-50
		a.attemptFailed(i, true)
	}
}

func (a *ha) attemptFailed(i *item, hasNews bool) {
	i.attempts++
	i.hasNews = hasNews
	switch {
	case a.h.stored(i.vm): // FO-29
		a.to(i, "rechecking")
		a.ask(i, a.h.Self)
	case a.isSpent(i):
		a.exhaust(i, false)
	default: // FO-28
		a.toTimed(i, "delayed")
	}
}

// rechecked: the own host has said after a failed attempt whether it can access the VM.
func (a *ha) rechecked(i *item, canBeUsed bool) {
	switch {
	case a.isSpent(i):
		a.exhaust(i, i.hasNews && a.h.Placement != "try" || !canBeUsed)
	case canBeUsed: // FO-30
		a.toTimed(i, "delayed")
	default: // FO-16
		a.waitForAccess(i)
	}
}

// exhaust: only a change helps now, unless a host that can start the VM already says something new (FO-31).
func (a *ha) exhaust(i *item, hasNews bool) {
	level := hasNews && a.h.Scope == "all" && a.h.stored(i.vm)
	if level {
		i.published = map[string]standing{} // FO-50
	}
	a.await(i, "exhausted", wanted{Level: level})
}
