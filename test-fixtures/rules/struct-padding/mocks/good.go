// No findings: of what serves tests there are few.

package mocks

type user struct {
	isAdmin   bool
	name      string
	isBlocked bool
}

func byName(names []string) []user {
	all := make([]user, len(names))
	for i, name := range names {
		all[i] = user{name: name}
	}
	return all
}
