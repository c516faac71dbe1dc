// No findings here.

package address

import "unsafe"

func goodElements(items []item) []*item {
	var all []*item
	for i := range items {
		all = append(all, &items[i])
	}
	return all
}

func goodCopied(items []item) []*item {
	var all []*item
	for _, it := range items {
		it := it
		all = append(all, &it)
	}
	return all
}

func goodReturned(items []item) *item {
	for _, it := range items {
		if it.id > 0 {
			return &it
		}
	}
	return nil
}

func goodBroken(items []item) (found *item) {
	for _, it := range items {
		if it.id > 0 {
			found = &it
			break
		}
	}
	return found
}

func goodPassed(items []item, run func(*item)) {
	for _, it := range items {
		run(&it)
	}
}

func goodWithinTurn(items []item) int {
	sum := 0
	for _, it := range items {
		p := &it
		sum += p.id
	}
	return sum
}

func goodValue(items []item) []item {
	var all []item
	for _, it := range items {
		p := &it
		p.id++
		all = append(all, it)
	}
	return all
}

var currentItem *item

// Each iteration replaces what the last one stored.
func goodReplaced(items []item, use func()) {
	for _, it := range items {
		currentItem = &it
		use()
	}
	currentItem = nil
}

func goodSliceVariable(rows [][]string) [][]string {
	var all [][]string
	for _, row := range rows {
		all = append(all, row[1:])
	}
	return all
}

// Spread, the elements are copied, not the array that holds them.
func goodSpread(items []item) []string {
	var all []string
	for _, it := range items {
		all = append(all, it.tags[:]...)
	}
	return all
}

// What the converted pointer points at is copied, not the pointer.
func goodDereferenced(items []item) [][4]string {
	var all [][4]string
	for _, it := range items {
		tags := *(*[4]string)(unsafe.Pointer(&it.tags))
		all = append(all, tags)
	}
	return all
}

type holder struct{ options *struct{ id *int } }

// The next iteration replaces what holds the pointer.
func goodOwnerReplaced(items []item, h *holder, use func(*holder)) {
	for _, it := range items {
		h.options = &struct{ id *int }{}
		if it.id > 0 {
			h.options.id = &it.id
		}
		use(h)
	}
}

// Only the last iteration's pointer is kept.
func goodAppendedToOther(items, old []*item, names []item) []*item {
	for _, it := range names {
		items = append(old, &it)
	}
	return items
}

// A pointer method that is called at once, a method that gets a copy, and pointers that are copied.
func goodMethods(all []tally, pointers []*tally) (adders []func(), values []func() int) {
	for _, each := range all {
		each.add()
		values = append(values, each.value)
		go each.value()
	}
	for _, each := range pointers {
		adders = append(adders, each.add)
		defer each.add()
	}
	return adders, values
}
