//go:build !fixed || !suggestion

package address

type item struct {
	id   int
	name string
	tags [4]string
}

func appended(items []item) []*item {
	var all []*item
	for _, it := range items {
		all = append(all, &it) // want loop-variable-address "loop variable it is kept beyond the iteration"
	}
	return all
}

func inMap(items []item) map[string]*item {
	byName := make(map[string]*item)
	for i, it := range items {
		println(i)
		byName[it.name] = &it // want loop-variable-address "."
	}
	return byName
}

func fieldOf(items []item) []*string {
	var names []*string
	for _, it := range items {
		names = append(names, &it.name) // want loop-variable-address "loop variable it"
	}
	return names
}

func sliced(items []item) [][]string {
	var tags [][]string
	for _, it := range items {
		tags = append(tags, it.tags[:2]) // want loop-variable-address "."
	}
	return tags
}

func counter(n int) []*int {
	var all []*int
	for i := 0; i < n; i++ {
		all = append(all, &i) // want loop-variable-address "loop variable i "
	}
	return all
}

func sent(items []item, to chan<- *item) {
	for _, it := range items {
		to <- &it // want loop-variable-address "sent on a channel"
	}
}

func spawned(items []item, run func(*item)) {
	for _, it := range items {
		go run(&it) // want loop-variable-address "given to a goroutine"
	}
}

func inLiteral(items []item) []struct{ it *item } {
	var all []struct{ it *item }
	for _, it := range items {
		all = append(all, struct{ it *item }{it: &it}) // want loop-variable-address "."
	}
	return all
}

func last(items []item) (found *item) {
	for _, it := range items {
		if it.id > 0 {
			found = &it // want loop-variable-address "."
		}
	}
	return found
}

func spreadLiteral(items []item) []*item {
	var all []*item
	for _, it := range items {
		all = append(all, []*item{&it}...) // want loop-variable-address "kept beyond the iteration"
	}
	return all
}

func converted(items []item) []*[4]string {
	var all []*[4]string
	for _, it := range items {
		all = append(all, (*[4]string)(&it.tags)) // want loop-variable-address "kept beyond the iteration"
	}
	return all
}

func ownerKept(items []item, h *holder, use func(*holder)) {
	h.options = &struct{ id *int }{}
	for _, it := range items {
		if it.id > 0 {
			h.options.id = &it.id // want loop-variable-address "kept beyond the iteration"
		}
		use(h)
	}
}

type tally struct{ n int }

func (c *tally) add() { c.n++ }

func (c tally) value() int { return c.n }

type ledger struct{ tally tally }

func started(all []tally) {
	for _, each := range all {
		go each.add() // want loop-variable-address "loop variable each is given to a goroutine"
	}
}

func deferred(all []ledger) {
	for _, each := range all {
		defer each.tally.add() // want loop-variable-address "loop variable each is given to a deferred call"
	}
}

func methods(all []tally) (adders []func()) {
	for _, each := range all {
		adders = append(adders, each.add) // want loop-variable-address "loop variable each is kept beyond the iteration"
	}
	return adders
}
