// Package worth hands out ten closures over one variable that is set beforehand.
package worth

var (
	wide  bool
	funcs = make([]func(int) int, 10)
)

func Work() {
	width := 1
	if wide {
		width = 2
	}
	for i := range funcs {
		funcs[i] = func(n int) int { return n * width }
	}
}
