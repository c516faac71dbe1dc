//go:build fixed && !suggestion

package largevaluecopy

type badLarge struct {
	numbers [40]int
	name    string
	parts   [64]int
}

type badNames [64]string

// Local arrays that nothing can change meanwhile.
func badArrays(start badNames) (n int) {
	var table [64]int
	table[0] = 1
	for _, each := range &table {
		n += each
	}
	for i, name := range start { // kept
		n += i + len(name)
	}
	table[1] = 2
	return n
}

// Where the loop is repeated it is information.
func badRepeated(rounds []int) (n int) {
	var table [64]int
	table[0] = 1
	for _, round := range rounds {
		for _, each := range &table {
			n += each * round
		}
	}
	return n
}

var badTable [64]int

// Others may change these: a person looks.
func badShared(p *badLarge, lists [][64]int, at int, change func([]int)) (n int) {
	var local [64]int
	change(local[:])
	for _, each := range local {
		n += each
	}
	for _, each := range badTable {
		n += each
	}
	for _, each := range p.parts {
		n += each
	}
	for _, each := range lists[at] {
		n += each
	}
	for _, each := range lists[0] {
		n += each
	}
	return n
}

// Elements of which only parts are read.
func badElements(all []badLarge, array *[16]badLarge, load func() []badLarge) (n int) {
	for _, each := range all {
		n += len(each.name) + (each).numbers[2]
	}
	for at, each := range array {
		n += at + each.numbers[at]
	}
	for _, each := range load() {
		n += each.numbers[0]
	}
	return n
}

// Parameters and receivers of functions whose calls are all in view, one of them repeated.
//
//go:noinline
func badParameter(
	first badLarge,
	second *badLarge,
) int {
	return first.numbers[3] + second.numbers[1]
}

func (b badLarge) badReceiver() int {
	defer println()
	return b.numbers[3]
}

func badRecursive(b badLarge, n int) int {
	defer println()
	if n == 0 {
		return b.numbers[0]
	}
	return badRecursive(badLarge{name: b.name}, n-1)
}

func badCalledBetween(b badLarge) int {
	defer println()
	return b.numbers[3]
}

func badBetween(b *badLarge) int { return badCalledBetween(*b) }

func badCalls(all []*badLarge) (n int) {
	for _, each := range all {
		n += badParameter(*each, each) + each.badReceiver() + badBetween(each)
	}
	return n + badRecursive(*all[0], 3)
}

type badStore struct {
	current badLarge
	all     []badLarge
	byName  map[string]*badLarge
}

func (s *badStore) now() badLarge { return s.current }

func (s *badStore) at(i int) (badLarge, bool) {
	if i >= len(s.all) {
		return badLarge{}, false
	}
	return s.all[i], true
}

func (s *badStore) named(name string) badLarge { return *s.byName[name] }

// A variable that is a copy already: no fix.
func (s *badStore) find(name string) (badLarge, bool) {
	for i := range s.all {
		each := s.all[i]
		if each.name == name {
			return each, true
		}
	}
	return badLarge{}, false
}

func badResults(s *badStore, names []string) (n int) {
	for i, name := range names {
		n += s.now().numbers[i]
		if each, ok := s.at(i); ok {
			n += len(each.name)
		}
		named := s.named(name)
		n += named.parts[0]
		if found, ok := s.find(name); ok {
			n += found.numbers[0]
		}
	}
	return n
}
