// Package worth hands out a closure on each of ten iterations.
package worth

var funcs = make([]func() int, 10)

func Work() {
	for i := range funcs {
		i := i
		funcs[i] = func() int { return i }
	}
}
