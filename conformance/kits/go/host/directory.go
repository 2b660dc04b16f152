package host

// The storage module: who directs, and what each host knows (spec/directory.md). What is directed is in objects.go.

type storage struct {
	h       *Host
	layouts map[string]layout
	names   []string // of the objects, in the order of the configuration

	// durable
	number     int // the highest that this host has promised itself to
	components map[string]entry

	reachable []string
	owner     string // that it follows; this host itself while it directs; "" for nobody
	reign     *reign // while it directs
	known     map[string]known
}

func newStorage(h *Host) *storage {
	s := &storage{h: h, layouts: map[string]layout{}, components: map[string]entry{}}
	for _, vm := range h.VMs {
		for _, l := range vm.objects() {
			s.layouts[l.Object] = l
			s.names = append(s.names, l.Object)
			if contains(l.hosts(), h.Self) {
				first := content{Identity: 1, Register: register{Value: "unprotected", Current: l.hosts()}}
				s.components[l.Object] = entry{Object: l.Object, Voters: l.Components, Content: first}
			}
		}
	}
	return s
}

func (s *storage) crash() { // DR-18
	s.reachable = nil
	s.follow("")
}

func (s *storage) promise(number int) {
	s.number, s.h.unsaved = number, true
}

func (s *storage) keep(e entry) {
	s.components[e.Object], s.h.unsaved = e, true
}

func (s *storage) send(to string, m object) { s.h.send("storage", to, m) }

// held is what the components hold, sorted by object.
func (s *storage) held() []entry {
	entries := []entry{}
	for _, name := range keysOf(s.components) {
		entries = append(entries, s.components[name])
	}
	return entries
}

// viewChanged: whom this host reaches, sorted, itself among them.
func (s *storage) viewChanged(reachable []string) {
	s.reachable = reachable
	switch lowest := reachable[0]; {
	case lowest == s.h.Self: // DR-01
		s.begin(s.number, "")
	case lowest != s.owner: // DR-02, else DR-03
		s.leave()
		s.send(lowest, object{"type": "Hello", "number": s.number})
	}
}

// leave gives the own reign, or the owner, up.
func (s *storage) leave() {
	left := []string{s.owner}
	if s.reign != nil {
		left = without(keysOf(s.reign.members), s.h.Self)
	}
	for _, host := range left {
		if contains(s.reachable, host) {
			s.send(host, object{"type": "Left", "number": s.number})
		}
	}
	s.follow("")
}

// follow an owner: what was known is forgotten, and nothing is accessible until he says so (CH-07).
func (s *storage) follow(owner string) {
	s.owner, s.reign, s.known = owner, nil, map[string]known{}
}

func (s *storage) knows(object string) bool {
	_, there := s.known[object]
	return there
}

// begin a reign above that number, of which one host, or "", hears nothing.
func (s *storage) begin(above int, except string) {
	s.promise(s.h.ownNumber(larger(above, s.number)))
	s.follow(s.h.Self)
	s.reign = &reign{number: s.number, members: map[string]map[string]entry{}, objects: map[string]*served{}}
	for _, host := range s.reachable {
		if host != s.h.Self && host != except {
			s.send(host, object{"type": "Lead", "number": s.number})
		}
	}
	s.joined(s.h.Self, s.held())
}

func (s *storage) received(from string, m message) {
	switch {
	case m.Type == "Hello":
		s.greeted(from, m.Number)
	case m.Type == "Lead":
		s.ledBy(from, m.Number)
	case m.Type == "Reply": // OB-24
		s.h.answered(m.Number, m.Object, m.Call, m.Result.Type, m.Epoch)
	case s.reign != nil && m.Number == s.reign.number && m.Type != "ComponentWrite":
		s.directs(from, m)
	case s.reign == nil && m.Number == s.number && from == s.owner:
		s.follows(from, m)
	case m.Type == "ComponentWrite": // OB-06
		s.send(from, object{"type": "Left", "number": m.Number})
	}
}

func (s *storage) greeted(from string, number int) {
	switch {
	case s.reign == nil || !contains(s.reachable, from): // DR-07
	case number >= s.reign.number: // DR-06
		s.begin(number, "")
	case !s.reign.isMember(from): // DR-05
		s.send(from, object{"type": "Lead", "number": s.reign.number})
	}
}

// ledBy: whoever has another owner or a reign of its own reaches no lower host, and ignores this.
func (s *storage) ledBy(from string, number int) {
	switch {
	case len(s.reachable) == 0 || from != s.reachable[0]: // DR-10
	case number > s.number: // DR-08
		s.promise(number)
		s.follow(from)
		s.send(from, object{"type": "Joined", "number": number, "components": s.held()})
	case from != s.owner: // DR-09
		s.send(from, object{"type": "Refused", "promised": s.number, "number": number})
	}
}

// directs: a message of the own reign.
func (s *storage) directs(from string, m message) {
	isMember := s.reign.isMember(from)
	switch {
	case m.Type == "Refused": // DR-22
		s.begin(m.Promised, "")
	case m.Type == "Joined" && !isMember: // DR-12
		s.joined(from, m.Components)
	case m.Type == "Left" && isMember: // DR-14
		s.begin(s.number, from)
	case m.Type == "ComponentAck" && isMember:
		s.acknowledged(from, m.Object, m.Version)
	case m.Type == "Call": // OB-23
		s.accept(m.Object, waitingCall{from, m.Call})
	}
}

// follows: a message of the owner, with the promised number.
func (s *storage) follows(owner string, m message) {
	switch m.Type {
	case "Left": // DR-15
		s.follow("")
	case "ComponentWrite":
		if kept, there := s.components[m.Entry.Object]; there && !kept.Version.older(m.Entry.Version) {
			return // OB-22
		}
		s.keep(m.Entry) // OB-05
		ack := object{"type": "ComponentAck", "object": m.Entry.Object, "version": m.Entry.Version, "number": m.Number}
		s.send(owner, ack)
	case "Publish":
		if had, there := s.known[m.Known.Object]; !there || had.Version.older(m.Known.Version) { // CH-03
			s.known[m.Known.Object] = m.Known
		}
	}
}

// componentLost: a disk of this host is empty (OB-20).
func (s *storage) componentLost(name string) {
	if _, there := s.components[name]; there {
		delete(s.components, name)
		s.h.unsaved = true
	}
	if s.reign != nil {
		s.begin(s.number, "")
	} else if s.owner != "" {
		s.send(s.owner, object{"type": "Hello", "number": s.number})
	}
}

// called: a call of the own host.
func (s *storage) called(name string, k call) {
	switch {
	case s.reign != nil:
		s.accept(name, waitingCall{s.h.Self, k})
	case !s.knows(name): // OB-14
		s.h.answered(s.number, name, k, "failed", 0)
	default: // OB-15
		s.send(s.owner, object{"type": "Call", "object": name, "call": k, "number": s.number})
	}
}
