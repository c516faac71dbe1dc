package escape

// Maps keep the keys of what is counted up in them.

type key struct{ a, b int }

func counts(words map[string]int, a, b string, text []byte) {
	words[a+b]++          // heap
	words[string(text)]-- // heap
	words[a]++
	(words[a+b])++ // heap
}

func countsBoxed(all map[any]int, n int) {
	all[n]++ // heap
}

func countsPointers(all map[*key]int) {
	k := key{} // heap
	all[&k]++
}

func countsElsewhere(all map[string][]int, text []byte) {
	all[string(text)][0]++
}

// Lengths that a variable always has.

func constantLength() byte {
	n := 64<<10 + 1
	return make([]byte, n)[0] // heap
}

func constantCapacity() int {
	n, m := 5, 1<<20
	return cap(make([]byte, n, m)) // heap
}

func smallLength() byte {
	n := 64 << 10
	return make([]byte, n)[0]
}

func computedLength() byte {
	n := 64<<10 + 1
	return make([]byte, n-1)[0]
}

func changedLength() byte {
	n := 5
	n = 64<<10 + 1
	return make([]byte, n)[0]
}
