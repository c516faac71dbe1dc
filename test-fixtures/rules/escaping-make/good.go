// No findings.

package escapingmake

import (
	"errors"
	"fmt"
	"sort"
)

type empty struct{}

func once(n int) int {
	return total(make([]int, n))
}

func constant(turns int) (sum int) {
	for range turns {
		counts := make([]int, 64)
		sum += total(counts)
	}
	return sum
}

func reused(lines []string) (sum int) {
	var counts []int
	for _, line := range lines {
		counts = append(counts[:0], make([]int, len(line))...)
		sum += total(counts)
	}
	return sum
}

func grown(lines []string) (sum int) {
	var counts []int
	for _, line := range lines {
		if cap(counts) < len(line) {
			counts = make([]int, len(line))
		}
		counts = counts[:len(line)]
		sum += total(counts)
	}
	return sum
}

func lazily(lines []string) (sum int) {
	var counts []int
	for _, line := range lines {
		if counts == nil {
			counts = make([]int, len(line))
		}
		sum += total(counts)
	}
	return sum
}

func lazilyAndLeft(lines []int) (sum int) {
	var changed []int
	for i, line := range lines {
		if changed != nil {
			changed[i] = line
			continue
		}
		changed = make([]int, len(lines))
		copy(changed, lines[:i])
	}
	return total(changed)
}

func differentLengths(t *table, lengths []int) {
	for i, n := range lengths {
		t.rows[i] = make([]int, n)
	}
}

func returned(lengths []int) []int {
	for _, n := range lengths {
		if n > 3 {
			return make([]int, n)
		}
	}
	return nil
}

func sent(to chan<- []int, n int) {
	for {
		to <- make([]int, n)
	}
}

func gathered(lengths []int) (all [][]int) {
	for _, n := range lengths {
		all = append(all, make([]int, n))
	}
	return all
}

func grownInAnother(lines [][]int, n int) (sum int) {
	for _, line := range lines {
		if cap(line)-len(line) < n {
			wider := make([]int, len(line), len(line)+n)
			copy(wider, line)
			line = wider
		}
		sum += total(line)
	}
	return sum
}

func triesAgain(fill func([]byte) int) string {
	for size := 128; ; size *= 2 {
		buffer := make([]byte, size)
		if n := fill(buffer); n < size {
			return string(buffer[:n])
		}
	}
}

func triesWithAsMuchAsAsked(fill func([]byte, *int) bool) string {
	n := 100
	for {
		buffer := make([]byte, n)
		if fill(buffer, &n) {
			return string(buffer)
		}
	}
}

func untilItIsGood(fill func([]byte) error, n int) (int, error) {
	for {
		buffer := make([]byte, n)
		if err := fill(buffer); err != nil {
			return 0, err
		}
		if buffer[0] != 0 {
			return int(buffer[0]), nil
		}
	}
}

func (t *table) sortAndKeep(row []int) {
	sort.Slice(row, func(i, j int) bool { return row[i] < row[j] })
	t.rows = append(t.rows, row)
}

func sortedAndKept(t *table, lines []string) {
	for _, line := range lines {
		row := make([]int, len(line))
		t.sortAndKeep(row)
	}
}

func stored(t *table, lines []string) {
	for _, line := range lines {
		t.add(make([]int, len(line)))
	}
}

func storedAndLent(t *table, lines []string, fill func([]int)) {
	for i, line := range lines {
		row := make([]int, len(line))
		fill(row)
		t.rows[i] = row
	}
}

func noSize(turns, n int) (sum int) {
	for range turns {
		sum += len(make([]empty, n))
	}
	return sum
}

func failing(lines []string) error {
	for _, line := range lines {
		if len(line) > 80 {
			marks := make([]byte, len(line))
			return errors.New(fmt.Sprint("too long", marks))
		}
	}
	return nil
}
