//go:build !fixed

package quiet

func lengths(names []string) []int {
	all := []int{}
	for _, name := range names {
		all = append(all, len(name)) // want slice-growth "append in this loop grows all from empty"
	}
	return all
}

// What may fail makes no error of it.
func drawn(names []string, draw func([]int) error) error {
	all := []int{}
	for _, name := range names {
		all = append(all, len(name)) // want slice-growth "append in this loop grows all from empty"
	}
	return draw(all)
}

// A handful on each iteration of a loop.
func each(names []string, draw func([]int)) {
	for _, name := range names {
		all := []int{}
		for i := range 12 {
			all = append(all, len(name)+i) // want slice-growth "append in this loop grows all from empty"
		}
		draw(all)
	}
}
