//go:build fixed && suggestion

package mapgrowth

// Go 1.20 has no max; a hint below zero counts as none, but a product of two is above.

func _(items []string) map[string]int {
	at := make(map[string]int, len(items))
	for i, item := range items {
		at[item] = i
	}
	return at
}

func _(n int) map[int]int {
	squares := make(map[int]int, n)
	for i := 0; i < n; i++ {
		squares[i] = i * i
	}
	return squares
}

func _(width, height int) map[[2]int]int {
	cells := make(map[[2]int]int, height*width)
	for y := 0; y < height; y++ {
		for x := 0; x < width; x++ {
			cells[[2]int{x, y}] = x * y
		}
	}
	return cells
}
