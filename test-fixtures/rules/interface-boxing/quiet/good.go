package quiet

type setting struct{ value any }

// What the data is made of.
func settings(names []string) (all []setting) {
	for _, name := range names {
		all = append(all, setting{value: name})
	}
	return all
}
