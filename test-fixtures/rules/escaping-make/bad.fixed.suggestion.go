//go:build fixed && suggestion

package escapingmake

import (
	"io"
	"net/http"
	"slices"
)

func scratch(lines []string) (sum int) {
	var counts []int
	for _, line := range lines {
		counts = append(counts[:0], make([]int, len(line))...)
		for i := range line {
			counts[i]++
		}
		sum += total(counts)
	}
	return sum
}

func capacity(lines []string) (sum int) {
	var counts []int
	for _, line := range lines {
		counts = slices.Grow(counts[:0], len(line))
		for i := range line {
			counts = append(counts, i)
		}
		sum += total(counts)
	}
	return sum
}

func large(turns int, read func() byte) (sum int) {
	var block []byte
	for range turns {
		block = append(block[:0], make([]byte, 1<<17)...)
		for i := range block {
			block[i] = read()
		}
		sum += int(block[turns])
	}
	return sum
}

func handed(r io.Reader, sizes []int) (sum int) {
	var buffer []byte
	for _, size := range sizes {
		buffer = append(buffer[:0], make([]byte, size)...)
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
		t.rows[i] = make([]int, width)
	}
}

func seldom(lines []string) (sum int) {
	var counts []int
	for _, line := range lines {
		if len(line) > 80 {
			counts = append(counts[:0], make([]int, len(line))...)
			sum += total(counts)
		}
	}
	return sum
}

func served(w http.ResponseWriter, r *http.Request) {
	block := make([]int, 1<<14)
	block[len(r.Method)] = 1
	if total(block) > 1 {
		w.WriteHeader(http.StatusNotFound)
	}
}

// What is remarked on is not rewritten.
func remarked(lines []string) (sum int) {
	for _, line := range lines {
		counts := make([]int /* by letter */, 0, len(line))
		counts = append(counts, sum)
		sum += total(counts)
	}
	return sum
}
