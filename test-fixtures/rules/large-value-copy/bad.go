//go:build !fixed

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
	// want large-value-copy "before its first iteration this loop copies all of table, 512 bytes of \[64\]int, because it asks for each; over &table nothing is copied"
	for _, each := range table {
		n += each
	}
	// want large-value-copy "copies all of start, 1024 bytes of badNames, because it asks for name"
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
		// want large-value-copy "copies all of table"
		for _, each := range table {
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
	// want large-value-copy "copies all of local"
	for _, each := range local {
		n += each
	}
	// want large-value-copy "copies all of badTable"
	for _, each := range badTable {
		n += each
	}
	// want large-value-copy "copies all of p.parts"
	for _, each := range p.parts {
		n += each
	}
	// want large-value-copy "copies all of lists.at"
	for _, each := range lists[at] {
		n += each
	}
	// want large-value-copy "copies all of lists.0."
	for _, each := range lists[0] {
		n += each
	}
	return n
}

// Elements of which only parts are read.
func badElements(all []badLarge, array *[16]badLarge, load func() []badLarge) (n int) {
	// want large-value-copy "every iteration copies a whole badLarge, 848 bytes, into each, and reads parts of it; take a pointer"
	for _, each := range all {
		n += len(each.name) + (each).numbers[2]
	}
	// want large-value-copy "into each"
	for at, each := range array {
		n += at + each.numbers[at]
	}
	// want large-value-copy "into each"
	for _, each := range load() {
		n += each.numbers[0]
	}
	return n
}

// Parameters and receivers of functions whose calls are all in view, one of them repeated.
//
//go:noinline
func badParameter(
	// want large-value-copy "every call of badParameter copies a whole badLarge, 848 bytes, for first, and badParameter reads parts of it; pass a pointer"
	first badLarge,
	second *badLarge,
) int {
	return first.numbers[3] + second.numbers[1]
}

// want large-value-copy "every call of badReceiver copies a whole badLarge, 848 bytes, for b"
func (b badLarge) badReceiver() int {
	defer println()
	return b.numbers[3]
}

// want large-value-copy "for b"
func badRecursive(b badLarge, n int) int {
	defer println()
	if n == 0 {
		return b.numbers[0]
	}
	return badRecursive(badLarge{name: b.name}, n-1)
}

// want large-value-copy "for b"
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

// want large-value-copy "every call of now copies a whole badLarge, 848 bytes, out of s.current, and callers read parts of it; return a pointer"
func (s *badStore) now() badLarge { return s.current }

// want large-value-copy "every call of at copies a whole badLarge, 848 bytes, out of s.all\[i\]"
func (s *badStore) at(i int) (badLarge, bool) {
	if i >= len(s.all) {
		return badLarge{}, false
	}
	return s.all[i], true
}

// want large-value-copy "out of \*s.byName\[name\]"
func (s *badStore) named(name string) badLarge { return *s.byName[name] }

// A variable that is a copy already: no fix.
// want large-value-copy "every call of find copies a whole badLarge, 848 bytes, out of each"
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
