package host

// What every host does for a primary that restarts a VM: spec/failover.md.

type placeRegistration struct {
	id     requestID
	wanted wanted
	could  bool // it could be started here when that was looked at last
}

// canStart: whether a VM can be started on a host that stands so.
func (h *Host) canStart(vm string, w wanted, s standing) bool {
	return (s.Capacity || !w.Capacity) && (!h.stored(vm) || s.Accessible && !s.isLocked())
}

func (a *ha) attendFailover(from string, m message) {
	switch m.Type {
	case "PlaceQuery": // FO-42
		a.send(from, with(about("PlaceAnswer", m.requestID), "standing", a.h.standing(m.VM)))
	case "RestartCommand": // FO-43
		a.h.later(func() { a.h.runtime.powerOn(powerOn{from: from, id: m.requestID, attempt: m.Attempt}) })
	case "PlaceRegister":
		a.registerPlace(asker{m.VM, from}, m)
	}
}

func (a *ha) registerPlace(by asker, m message) {
	if kept := a.kept[by]; kept != nil && m.requestID.earlier(kept.id) {
		return // FO-48
	}
	can := a.h.canStart(m.VM, m.Wanted, a.h.standing(m.VM))
	a.kept[by] = &placeRegistration{m.requestID, m.Wanted, can} // FO-46
	if can && m.Wanted.Level {                                  // FO-45
		a.tellPlaceable(by)
	}
}

func (a *ha) standingChanged(vm string, now standing) {
	for _, host := range a.h.Hosts {
		by := asker{vm, host}
		if kept := a.kept[by]; kept != nil {
			could := kept.could
			kept.could = a.h.canStart(vm, kept.wanted, now)
			if kept.could && !could { // FO-47
				a.tellPlaceable(by)
			}
		}
	}
	a.publish(vm, now) // FO-49
}

func (a *ha) tellPlaceable(by asker) {
	a.send(by.primary, about("BecamePlaceable", a.kept[by].id))
	delete(a.kept, by)
}

func (a *ha) powerOnEnded(p powerOn, o outcome) { // FO-44
	a.send(p.from, with(about("RestartResult", p.id), "result", o))
}
