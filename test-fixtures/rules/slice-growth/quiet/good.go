package quiet

import "strings"

type tree struct{ parts []tree }

// For people who look for something.
func (t tree) DebugString() string {
	parts := []string{}
	for _, part := range t.parts {
		parts = append(parts, part.DebugString())
	}
	return strings.Join(parts, ",")
}

// Once, when the program starts.
func loadConfig(names []string) []tree {
	all := []tree{}
	for range names {
		all = append(all, tree{})
	}
	return all
}
