//go:build fixed

package quiet

func lengths(names []string) []int {
	all := make([]int, 0, len(names))
	for _, name := range names {
		all = append(all, len(name))
	}
	return all
}
