package quiet

// Callers write the arguments out.
func set(names ...string) map[string]bool {
	all := make(map[string]bool)
	for _, name := range names {
		all[name] = true
	}
	return all
}

func pairs(values ...string) map[string]string {
	all := make(map[string]string)
	for i := 0; i < len(values); i += 2 {
		all[values[i]] = values[i+1]
	}
	return all
}

// Once, when the program starts.
func setupNames(ids map[string]int) map[int]string {
	names := make(map[int]string)
	for name, id := range ids {
		names[id] = name
	}
	return names
}
