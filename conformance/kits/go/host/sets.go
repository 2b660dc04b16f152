package host

import "sort"

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
	sort.Strings(hosts)
	return hosts
}

// keysOf are sorted: the same events get the same effects in the same order.
func keysOf[T any](m map[string]T) []string {
	keys := []string{}
	for key := range m {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}

func contains(names []string, name string) bool {
	for _, each := range names {
		if each == name {
			return true
		}
	}
	return false
}

func isEqual[T comparable](a, b []T) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func larger(a, b int) int {
	if a > b {
		return a
	}
	return b
}

func smaller(a, b int) int {
	if a < b {
		return a
	}
	return b
}
