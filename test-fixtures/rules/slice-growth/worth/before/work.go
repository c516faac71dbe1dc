// Package worth collects a hundred squares.
package worth

var source = make([]int, 100)

func Work() []int {
	var squares []int
	for _, n := range source {
		squares = append(squares, n*n)
	}
	return squares
}
