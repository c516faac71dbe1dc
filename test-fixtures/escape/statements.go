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
