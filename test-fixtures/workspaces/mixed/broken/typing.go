// Package broken is being typed: the unfinished function loses its findings, the others keep theirs without fixes.
package broken

func Before(users []string) []string {
	var names []string
	for _, user := range users {
		names = append(names, user+"x") // want slice-growth "len\\(users\\)"
	}
	return names
}

func Typing(users []string) []string {
	var names []string
	for _, user := range users {
		names = append(names, user+"x")
	if len(users) {
	return names
}

func After(users []string) []string {
	var names []string
	for _, user := range users {
		names = append(names, user+"x") // want slice-growth "len\\(users\\)"
	}
	return names
}
