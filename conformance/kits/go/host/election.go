package host

// How the hosts elect a primary among themselves: spec/election.md.

// stand in a new round of an election.
func (a *ha) stand(rank string) {
	if a.role != "electing" {
		a.become("electing")
	}
	a.rank = rank
	a.h.setTimer(timer{Type: "Election"})
	a.candidacy()
}

func (a *ha) ownCandidacy() object {
	return object{"type": "Candidacy", "term": a.term, "datastores": a.h.Datastores}
}

func (a *ha) candidacy() { a.tellOthers(a.ownCandidacy()) }

func (a *ha) isOutrankedBy(host string, datastores int) bool { // EL-02
	if datastores != a.h.Datastores {
		return datastores > a.h.Datastores
	}
	return host > a.h.Self
}

func (a *ha) heardCandidacy(from string, m message) {
	if from == a.h.Self {
		return // EL-18
	}
	rank := "leading"
	if a.isOutrankedBy(from, m.Datastores) {
		rank = "beaten"
	}
	switch a.role {
	case "primary": // EL-05
		a.send(from, object{"type": "Claim", "term": a.term})
	case "electing":
		if rank == "leading" { // EL-04
			a.send(from, a.ownCandidacy())
		}
		if rank == "beaten" || a.rank == "alone" { // EL-03
			a.rank = rank
		}
	case "secondary":
		if a.following == "" || a.following == from && m.Term >= a.term { // EL-07, else EL-06
			a.stand(rank)
		}
	case "isolated": // EL-16
		a.stand(rank)
	}
}

func (a *ha) roundIsOver() {
	switch a.rank {
	case "beaten": // EL-08
		a.stand("alone")
	case "leading":
		a.win()
	default: // EL-10
		a.h.do(object{"type": "CheckIsolation"})
		a.h.setTimer(timer{Type: "Election"})
	}
}

func (a *ha) isolationChecked(reached bool) {
	switch {
	case a.role == "electing" && a.rank == "alone" && reached: // EL-11
		a.win()
	case a.role == "electing" && a.rank == "alone": // EL-12
		a.become("isolated")
	case a.role == "isolated" && reached: // EL-14
		a.stand("alone")
	case a.role == "isolated" && !a.responded: // EL-15
		a.responded = true
		if a.h.IsolationResponse == "power-off" {
			a.h.runtime.isolated()
		}
	case a.role == "primary" && !reached && a.hearsNobody(): // LV-11
		a.become("isolated")
	}
}

func (a *ha) win() { // EL-09
	a.become("primary")
	a.see(a.h.ownNumber(a.term))
	a.tellOthers(object{"type": "Claim", "term": a.term})
	a.watchHosts()
	a.readBack() // HO-01
}
