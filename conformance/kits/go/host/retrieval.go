package host

// How a primary learns which VMs are protected: spec/retrieval.md.

// get is GET on this host.
func (a *ha) get() []retrieval {
	told := []retrieval{}
	for _, l := range a.h.VMs {
		if home := a.h.seen(l.VM).home; home != nil { // ST-11, ST-12
			told = append(told, retrieval{l.VM, home.Register.Value, home.Register.Generation, home.Attempts})
		}
	}
	return told
}

func (a *ha) readBack() { // RT-01
	a.tellOthers(object{"type": "Retrieve", "term": a.term})
	a.h.setTimer(timer{Type: "Retrieval"})
	term := a.term
	a.h.later(func() {
		if a.role == "primary" && a.term == term {
			a.learn(a.get())
		}
	})
}

// learn what GET says of several VMs: of each by itself, so that turns are given in between (FO-18).
func (a *ha) learn(told []retrieval) {
	for n := len(told) - 1; n >= 0; n-- {
		r := told[n]
		a.h.next(func() { a.learnOf(r) })
	}
}

func (a *ha) learnOf(r retrieval) {
	if had, there := a.read[r.VM]; there && r.Generation <= had.Generation {
		return // RT-08
	}
	a.read[r.VM] = r                        // RT-06, RT-07
	if host := a.runsOn[r.VM]; host != "" { // HO-05
		a.h.next(func() { a.reported(host, r.VM, report{Type: "running"}) })
	}
	a.retrieved(r)
}
