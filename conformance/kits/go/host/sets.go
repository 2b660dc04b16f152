package host

import "slices"

// Lists of hosts are short, sorted and never changed in place.

func without(hosts []string, host string) []string {
	rest := []string{}
	for _, each := range hosts {
		if each != host {
			rest = append(rest, each)
		}
	}
	return rest
}

func only(hosts []string, among func(host string) bool) []string {
	kept := []string{}
	for _, each := range hosts {
		if among(each) {
			kept = append(kept, each)
		}
	}
	return kept
}

func hostsOf(components []component) []string {
	hosts := []string{}
	for _, c := range components {
		hosts = append(hosts, c.Host)
	}
	slices.Sort(hosts)
	return hosts
}

// keysOf are sorted: the same events get the same effects in the same order.
func keysOf[T any](m map[string]T) []string {
	keys := []string{}
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
