package host

// The contract of a namespace object: spec/storage.md.

// apply carries a call out where the object is accessible. Reached are the hosts on the side of whoever carries it out.
func apply(c content, k call, reached func(host string) bool) (content, string) {
	if k.Type == "Create" && k.Identity > c.Identity { // ST-10
		free := lock{Epoch: c.Lock.Epoch}
		c = content{Identity: k.Identity, Register: c.Register, Lock: free}
		c.Register.Value = "unprotected"
		return written(c, reached), "ok"
	}
	if k.Type == "Create" || k.Identity != c.Identity {
		return c, "stale" // ST-08, ST-09
	}
	switch k.Type {
	case "Set":
		return set(c, k, reached)
	case "TakeLock":
		return takeLock(c, k, reached)
	}
	if !c.Lock.isOf(k.Host) || c.Lock.Epoch != k.Epoch {
		return c, "stale" // LK-05
	}
	switch k.Type {
	case "ReleaseLock": // LK-04
		c.Lock.Holder = nil
	case "ClearAttempts": // LK-08
		if c.Attempts == 0 {
			return c, "ok"
		}
		c.Attempts = 0
	case "Write": // LK-06
		return c, "ok"
	}
	return written(c, reached), "ok"
}

func set(c content, k call, reached func(host string) bool) (content, string) {
	switch kept := c.Register; {
	case k.Generation < kept.Generation || k.Generation == kept.Generation && k.Value != kept.Value: // ST-03
		return c, "stale"
	case k.Generation == kept.Generation: // ST-04
		return c, "ok"
	}
	c.Register.Value, c.Register.Generation, c.Attempts = k.Value, k.Generation, 0 // ST-02, ST-14
	return written(c, reached), "ok"
}

func takeLock(c content, k call, reached func(host string) bool) (content, string) {
	if holder := c.Lock.Holder; holder != nil && *holder != k.Host && reached(*holder) {
		return c, "held" // LK-02
	}
	c.Lock = lock{&k.Host, c.Lock.Epoch + 1}                               // LK-01, LK-03
	if k.Attempt != nil && k.Attempt.Generation == c.Register.Generation { // LK-07
		c.Attempts = larger(c.Attempts, k.Attempt.Number+1)
	}
	return written(c, reached), "ok"
}

// written: components that a write does not reach are stale from then on.
func written(c content, reached func(host string) bool) content {
	c.Register.Current = only(c.Register.Current, reached)
	return c
}

// isQuorum: more than half of all votes that an entry gives, on components that hold it and are current, one of them a
// replica; while votes are being recalculated, with the old votes too.
func (e entry) isQuorum(holds func(host string) bool) bool {
	return e.hasMajority(e.Voters, holds) && (e.Former == nil || e.hasMajority(e.Former, holds))
}

func (e entry) hasMajority(voters []component, holds func(host string) bool) bool {
	votes, held, replica := 0, 0, false
	for _, c := range voters {
		votes += c.Votes
		if holds(c.Host) && contains(e.Content.Register.Current, c.Host) {
			held += c.Votes
			replica = replica || c.Kind == "replica" && c.Votes > 0
		}
	}
	return 2*held > votes && replica
}
