// Package worth copies a hundred numbers.
package worth

var source = make([]int, 100)

func Work() []int {
	var all []int
	for _, n := range source {
		all = append(all, n)
	}
	return all
}
