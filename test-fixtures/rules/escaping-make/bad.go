//go:build !fixed

package escapingmake

import (
	"io"
	"net/http"
)

func scratch(lines []string) (sum int) {
	for _, line := range lines {
		counts := make([]int, len(line)) // want escaping-make "make\(\[\]int, len\(line\)\) has a length known only at run time: one allocation on every iteration of the loop that needs more than 32 bytes"
		for i := range line {
			counts[i]++
		}
		sum += total(counts)
	}
	return sum
}

func capacity(lines []string) (sum int) {
	for _, line := range lines {
		counts := make([]int, 0, len(line)) // want escaping-make "though nothing keeps it beyond the iteration"
		for i := range line {
			counts = append(counts, i)
		}
		sum += total(counts)
	}
	return sum
}

func large(turns int, read func() byte) (sum int) {
	for range turns {
		block := make([]byte, 1<<17) // want escaping-make "takes 131072 bytes, more than the 64 KiB"
		for i := range block {
			block[i] = read()
		}
		sum += int(block[turns])
	}
	return sum
}

func handed(r io.Reader, sizes []int) (sum int) {
	for _, size := range sizes {
		buffer := make([]byte, size) // want escaping-make "goes to the heap because it is passed to r.Read.*If nothing keeps it"
		n, err := r.Read(buffer)
		if err != nil {
			return sum
		}
		sum += n
	}
	return sum
}

func kept(t *table, height, width int) {
	for i := 0; i < height; i++ {
		t.rows[i] = make([]int, width) // want escaping-make "each of the same length. Make one slice for all iterations"
	}
}

func seldom(lines []string) (sum int) {
	for _, line := range lines {
		if len(line) > 80 {
			counts := make([]int, len(line)) // want escaping-make "on each iteration that gets here"
			sum += total(counts)
		}
	}
	return sum
}

func served(w http.ResponseWriter, r *http.Request) {
	block := make([]int, 1<<14) // want escaping-make "goes to the heap: one allocation of 131072 bytes on every call. Take it from a sync.Pool"
	block[len(r.Method)] = 1
	if total(block) > 1 {
		w.WriteHeader(http.StatusNotFound)
	}
}

// What is remarked on is not rewritten.
func remarked(lines []string) (sum int) {
	for _, line := range lines {
		// want escaping-make "though nothing keeps it beyond the iteration"
		counts := make([]int /* by letter */, 0, len(line))
		counts = append(counts, sum)
		sum += total(counts)
	}
	return sum
}
