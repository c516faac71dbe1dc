//go:build fixed

package quiet

func lengths(names []string) []int {
	all := make([]int, 0, len(names))
	for _, name := range names {
		all = append(all, len(name))
	}
	return all
}

// What may fail makes no error of it.
func drawn(names []string, draw func([]int) error) error {
	all := make([]int, 0, len(names))
	for _, name := range names {
		all = append(all, len(name))
	}
	return draw(all)
}

// A handful on each iteration of a loop.
func each(names []string, draw func([]int)) {
	for _, name := range names {
		all := make([]int, 0, 12)
		for i := range 12 {
			all = append(all, len(name)+i)
		}
		draw(all)
	}
}
