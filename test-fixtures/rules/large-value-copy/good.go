package largevaluecopy

import (
	"sort"
	"sync"
)

type goodLarge struct {
	numbers [40]int
	name    string
}

type goodSmall struct {
	numbers [30]int
}

// Below the size.
func goodSizes(all []goodSmall) (n int) {
	var few [32]int
	few[0] = 1
	for _, each := range all {
		n += each.numbers[0]
	}
	for _, each := range few {
		n += each
	}
	return n
}

// Without a variable for the elements nothing is copied, nor through a pointer or a slice.
func goodUncopied() (n int) {
	var table [64]int
	table[0] = 1
	for i := range table {
		n += i
	}
	for i, _ := range table {
		n += i
	}
	for _, each := range &table {
		n += each
	}
	for _, each := range table[:] {
		n += each
	}
	return n
}

// The loop goes over what was there when it began.
func goodSnapshots(all []goodLarge) (n int) {
	var table [64]int
	for i, each := range table {
		table[63-i] = each + 1
	}
	for i, each := range table {
		p := &table[i]
		*p = each + n
	}
	for i, each := range all {
		all[0].numbers[1] = i
		n += each.numbers[1]
	}
	for i, each := range all {
		all[i], all[0] = all[0], all[i]
		n += len(each.name)
	}
	return n
}

func (g goodLarge) total() int { return g.numbers[0] }

func (g *goodLarge) clear() { g.name = "" }

// Copies of their own: written, handed on whole, captured, asked for their address.
func goodCopies(all []goodLarge, take func(goodLarge)) (got []goodLarge) {
	for _, each := range all {
		each.name = "copy"
		got = append(got, each)
	}
	for _, each := range all {
		take(each)
	}
	for _, each := range all {
		each.clear()
		println(each.total())
	}
	for _, each := range all {
		sort.Slice(got, func(i, j int) bool { return got[i].name < each.name })
	}
	var last goodLarge
	for _, last = range all {
		println(last.name)
	}
	return append(got, last)
}

// Elements without an address, and few of them.
func goodElsewhere(byName map[string]goodLarge, sent chan goodLarge) (n int) {
	for _, each := range byName {
		n += each.numbers[0]
	}
	for each := range sent {
		n += each.numbers[0]
	}
	for _, each := range []goodLarge{{name: "a"}, {name: "b"}} {
		n += len(each.name)
	}
	return n
}

var goodTable [64]goodLarge

func init() {
	for _, each := range goodTable {
		println(each.name)
	}
}

const goodChecks = false

// Not compiled.
func goodLeftOut() {
	if goodChecks {
		for _, each := range goodTable {
			println(each.name)
		}
	}
}

func goodGeneric[T any](all []T, sizes [64]T, use func(T)) {
	for _, each := range sizes {
		use(each)
	}
	for _, each := range all {
		use(each)
	}
}

// Small enough to be inlined.
func goodInlined(g goodLarge) int { return g.numbers[3] + len(g.name) }

//go:noinline
func GoodExported(g goodLarge) int { return g.numbers[3] }

//go:noinline
func goodValue(g goodLarge) int { return g.numbers[3] }

//go:noinline
func goodSpawned(g goodLarge) int { return g.numbers[3] }

//go:noinline
func goodWritten(g goodLarge) int {
	g.numbers[3]++
	return g.numbers[3]
}

//go:noinline
func goodPointer(g *goodLarge) int { return g.numbers[3] }

//go:noinline
func goodUncalled(g goodLarge) int { return g.numbers[3] }

type goodReader interface{ goodRead() int }

//go:noinline
func (g goodLarge) goodRead() int { return g.numbers[3] }

// Called, but not again and again.
//
//go:noinline
func goodOnce(g goodLarge) int { return g.numbers[3] }

func goodCalls(g goodLarge, r goodReader) (n int) {
	apply := goodValue
	n = goodOnce(g)
	for n < 100 {
		go goodSpawned(g)
		n += goodInlined(g) + GoodExported(g) + apply(g) + goodWritten(g) + goodPointer(&g) + g.goodRead() + r.goodRead()
	}
	return n
}

type goodStore struct {
	mu      sync.Mutex
	current goodLarge
	all     map[int]goodLarge
}

// The lock means a copy.
func (s *goodStore) locked() goodLarge {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.current
}

// Made here, and not stored; or in a map, whose elements have no address.
func (s *goodStore) made(n int) goodLarge {
	made := s.current
	made.numbers[0] = n
	return made
}

func (s *goodStore) keyed(n int) goodLarge { return s.all[n] }

// Callers change it, or keep it.
func (s *goodStore) own() goodLarge { return s.current }

// Others may call it.
func (s *goodStore) Current() goodLarge { return s.current }

// Of a receiver that is a copy itself.
func (s goodPair) first() goodLarge { return s.one }

type goodPair struct{ one, other goodLarge }

// Once is not felt.
func (s *goodStore) once() goodLarge { return s.current }

func goodResults(s *goodStore, pair *goodPair, keep func(goodLarge)) (n int) {
	n = s.once().numbers[0]
	for i := range 10 {
		n += s.locked().numbers[i] + s.made(i).numbers[i] + s.keyed(i).numbers[i] + s.Current().numbers[i] + pair.first().numbers[i]
		own := s.own()
		own.numbers[0]++
		keep(own)
	}
	return n
}
