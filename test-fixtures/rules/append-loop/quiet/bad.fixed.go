//go:build fixed

package quiet

func join(one, more []int) []int {
	all := make([]int, 0, 8)
	all = append(all, one...)
	return append(all, more...)
}
