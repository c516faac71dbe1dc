//go:build fixed

package older

type index map[string]int

func _(terms index, term []byte) int {
	if n, ok := terms[string(term)]; ok {
		return n
	}
	if terms[string(term)] > 0 {
		return 1
	}
	// kept
	kept := string(term)
	return terms[kept]
}

// The blanks are those of the new place.
func _(terms index, line []byte, at, end int) int {
	return terms[string(line[at+1:end])] + 1
}

func summed(counts map[string]int, term []byte) (sum int) {
	sum += counts[string(term)]
	return sum
}
