//go:build !fixed

package older

type index map[string]int

func _(terms index, term []byte) int {
	// want map-key-conversion "key copies term only to be looked up: compilers before Go 1.25, which this module allows"
	key := string(term)
	if n, ok := terms[key]; ok {
		return n
	}
	// want map-key-conversion "again copies term"
	if again := string(term); terms[again] > 0 {
		return 1
	}
	// kept
	kept := string(term) // want map-key-conversion "kept copies"
	return terms[kept]
}

// The blanks are those of the new place.
func _(terms index, line []byte, at, end int) int {
	// want map-key-conversion "key copies line"
	key := string(line[at+1 : end])
	return terms[key] + 1
}

func summed(counts map[string]int, term []byte) (sum int) {
	// want map-key-conversion "key copies term"
	key := string(term)
	sum += counts[key]
	return sum
}
