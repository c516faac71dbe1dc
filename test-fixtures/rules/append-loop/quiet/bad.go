//go:build !fixed

package quiet

func join(one, more []int) []int {
	all := make([]int, 0, 8)
	// want append-loop "appends one to all element by element"
	for _, each := range one {
		all = append(all, each)
	}
	return append(all, more...)
}
