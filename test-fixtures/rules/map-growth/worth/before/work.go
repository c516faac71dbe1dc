// Package worth indexes a hundred numbers.
package worth

var source = make([]int, 100)

func Work() map[int]int {
	index := make(map[int]int)
	for i := range source {
		index[i] = i
	}
	return index
}
