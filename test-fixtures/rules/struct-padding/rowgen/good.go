// No findings: of what a generator makes there are few.

package main

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

func main() { println(len(byName(nil))) }
