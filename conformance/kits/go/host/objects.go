package host

import "sort"

// What an owner does: it takes objects up, writes and commits entries, and carries out calls (spec/directory.md).

type reign struct {
	number  int
	members map[string]map[string]entry // by host and object: what they held when they joined
	objects map[string]*served          // those that are taken up
}

func (r *reign) isMember(host string) bool { return r.members[host] != nil }

// served is an object that the owner has taken up.
type served struct {
	entry     entry // that was written last
	holders   map[string]bool
	underWay  bool // it is not committed yet
	committed *entry
	answer    func() // what is to be answered once the entry is committed
	waiting   []waitingCall
}

type waitingCall struct {
	from string // this host, or the member that has passed it on
	call call
}

// joined: what a new member holds counts from now on.
func (s *storage) joined(host string, components []entry) {
	held := map[string]entry{}
	for _, e := range components {
		held[e.Object] = e
	}
	s.reign.members[host] = held
	for _, name := range s.names {
		o := s.reign.objects[name]
		if o == nil {
			s.takeUp(name)
			continue
		}
		if contains(s.layouts[name].hosts(), host) { // OB-21
			s.writeTo(host, o)
		}
		if !o.underWay { // CH-02
			s.publishTo(host, *o.committed)
		}
	}
}

func (s *storage) takeUp(name string) { // OB-01
	newest, found := entry{}, false
	for _, host := range keysOf(s.reign.members) {
		if e, there := s.reign.members[host][name]; there && (!found || newest.Version.older(e.Version)) {
			newest, found = e, true
		}
	}
	holds := func(host string) bool { _, there := s.reign.members[host][name]; return there }
	if !found || !newest.isQuorum(holds) {
		return
	}
	isNotLost := func(host string) bool { return holds(host) || !s.reign.isMember(host) }
	newest.Content.Register.Current = only(newest.Content.Register.Current, isNotLost)
	o := &served{}
	s.reign.objects[name] = o
	s.write(o, newest)
}

// write the next version, the own component first (OB-04).
func (s *storage) write(o *served, e entry) {
	sequence := 1
	if o.entry.Version.Configuration == s.reign.number {
		sequence = o.entry.Version.Sequence + 1
	}
	e.Version = version{s.reign.number, sequence}
	o.entry, o.holders, o.underWay = e, map[string]bool{}, true
	members := only(s.layouts[e.Object].hosts(), s.reign.isMember)
	if contains(members, s.h.Self) {
		s.keep(e)
		o.holders[s.h.Self] = true
	}
	for _, host := range without(members, s.h.Self) {
		s.writeTo(host, o)
	}
	s.commit(o)
}

func (s *storage) writeTo(host string, o *served) {
	s.send(host, object{"type": "ComponentWrite", "entry": o.entry, "number": s.reign.number})
}

func (s *storage) publishTo(host string, e entry) {
	s.send(host, object{"type": "Publish", "number": s.reign.number, "known": known{e.Object, e.Version, e.Content}})
}

func (s *storage) acknowledged(from, name string, v version) {
	if o := s.reign.objects[name]; o != nil && o.entry.Version == v && !o.holders[from] { // OB-08, else OB-09
		o.holders[from] = true
		if o.underWay {
			s.commit(o)
		} else {
			s.goOn(o)
		}
	}
}

// commit the entry if it can be (OB-10).
func (s *storage) commit(o *served) {
	if !o.entry.isQuorum(func(host string) bool { return o.holders[host] }) {
		return
	}
	e := o.entry
	o.committed, o.underWay = &e, false
	s.known[e.Object] = known{e.Object, e.Version, e.Content}
	for _, host := range without(keysOf(s.reign.members), s.h.Self) { // CH-01
		s.publishTo(host, e)
	}
	if answer := o.answer; answer != nil {
		o.answer = nil
		answer()
	}
	s.goOn(o)
}

// goOn with what comes after a committed entry.
func (s *storage) goOn(o *served) {
	next := o.entry
	current := next.Content.Register.Current
	all := append([]string{}, current...)
	for _, host := range keysOf(o.holders) {
		if !contains(current, host) {
			all = append(all, host)
		}
	}
	switch {
	case next.Former != nil: // OB-17
		next.Former = nil
		s.write(o, next)
	case len(o.waiting) > 0: // OB-13
		first := o.waiting[0]
		o.waiting = o.waiting[1:]
		s.carryOut(o, first)
	case len(all) > len(current): // OB-11
		sort.Strings(all)
		next.Content.Register.Current = all
		s.write(o, next)
	}
}

// accept a call of the own host, or of a member.
func (s *storage) accept(name string, c waitingCall) {
	o := s.reign.objects[name]
	switch {
	case o == nil: // OB-14
		s.answer(name, c, "failed", 0)
	case o.underWay: // OB-13
		o.waiting = append(o.waiting, c)
	default:
		s.carryOut(o, c)
	}
}

// carryOut: what results is written even where it is the same as before (OB-12).
func (s *storage) carryOut(o *served, c waitingCall) {
	next, result := o.entry, ""
	next.Content, result = apply(next.Content, c.call, s.reign.isMember)
	o.answer = func() { s.answer(next.Object, c, result, next.Content.Lock.Epoch) }
	s.write(o, next)
}

func (s *storage) answer(name string, c waitingCall, result string, epoch int) {
	if c.from == s.h.Self {
		s.h.answered(s.number, name, c.call, result, epoch)
		return
	}
	reply := object{"type": "Reply", "object": name, "call": c.call, "result": result, "epoch": epoch}
	s.send(c.from, with(reply, "number", s.reign.number))
}

// recalculated votes are those of the layout for the components that count.
func (s *storage) recalculated(name string, counts func(host string) bool) []component {
	votes, odd, voters := 0, -1, []component{}
	for _, c := range s.layouts[name].Components {
		if !counts(c.Host) {
			continue
		}
		if votes += c.Votes; odd < 0 && c.Votes > 0 && c.Kind == "replica" {
			odd = len(voters)
		}
		voters = append(voters, c)
	}
	if votes%2 == 0 && odd >= 0 {
		voters[odd].Votes++
	}
	return voters
}

// isOff: the components of an object that have votes are not those that are there, current or not.
func (s *storage) isOff(name string) bool {
	if s.reign == nil || s.reign.objects[name] == nil {
		return false
	}
	hosts := func(components []component) []string {
		names := []string{}
		for _, c := range components {
			names = append(names, c.Host)
		}
		return names
	}
	return !isEqual(hosts(s.reign.objects[name].entry.Voters), hosts(s.recalculated(name, s.reign.isMember)))
}

func (s *storage) absenceLasted(name string) { // OB-16
	if s.reign == nil || s.reign.objects[name] == nil || s.reign.objects[name].underWay {
		return // OB-19
	}
	o := s.reign.objects[name]
	next := o.entry
	isCurrent := func(host string) bool { return contains(next.Content.Register.Current, host) }
	counts := func(host string) bool { return s.reign.isMember(host) && isCurrent(host) }
	voters := s.recalculated(name, counts)
	if isEqual(voters, next.Voters) {
		return // OB-19
	}
	next.Former, next.Voters = next.Voters, voters
	s.write(o, next)
}
