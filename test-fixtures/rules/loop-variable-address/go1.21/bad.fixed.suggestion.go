//go:build fixed && suggestion

package address

type item struct {
	id   int
	name string
	tags [4]string
}

func appended(items []item) []*item {
	var all []*item
	for _, it := range items {
		it := it
		all = append(all, &it)
	}
	return all
}

func inMap(items []item) map[string]*item {
	byName := make(map[string]*item)
	for i, it := range items {
		it := it
		println(i)
		byName[it.name] = &it
	}
	return byName
}

func fieldOf(items []item) []*string {
	var names []*string
	for _, it := range items {
		it := it
		names = append(names, &it.name)
	}
	return names
}

func sliced(items []item) [][]string {
	var tags [][]string
	for _, it := range items {
		it := it
		tags = append(tags, it.tags[:2])
	}
	return tags
}

func counter(n int) []*int {
	var all []*int
	for i := 0; i < n; i++ {
		i := i
		all = append(all, &i)
	}
	return all
}

func sent(items []item, to chan<- *item) {
	for _, it := range items {
		it := it
		to <- &it
	}
}

func spawned(items []item, run func(*item)) {
	for _, it := range items {
		it := it
		go run(&it)
	}
}

func inLiteral(items []item) []struct{ it *item } {
	var all []struct{ it *item }
	for _, it := range items {
		it := it
		all = append(all, struct{ it *item }{it: &it})
	}
	return all
}

func last(items []item) (found *item) {
	for _, it := range items {
		it := it
		if it.id > 0 {
			found = &it
		}
	}
	return found
}

func spreadLiteral(items []item) []*item {
	var all []*item
	for _, it := range items {
		it := it
		all = append(all, []*item{&it}...)
	}
	return all
}

func converted(items []item) []*[4]string {
	var all []*[4]string
	for _, it := range items {
		it := it
		all = append(all, (*[4]string)(&it.tags))
	}
	return all
}

func ownerKept(items []item, h *holder, use func(*holder)) {
	h.options = &struct{ id *int }{}
	for _, it := range items {
		it := it
		if it.id > 0 {
			h.options.id = &it.id
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
		each := each
		go each.add()
	}
}

func deferred(all []ledger) {
	for _, each := range all {
		each := each
		defer each.tally.add()
	}
}

func methods(all []tally) (adders []func()) {
	for _, each := range all {
		each := each
		adders = append(adders, each.add)
	}
	return adders
}
