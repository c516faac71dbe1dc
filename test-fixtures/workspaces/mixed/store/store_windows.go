package store

func Copies(users []User) []string {
	var names []string
	for _, user := range users {
		names = append(names, user.Name) // want slice-growth "len\\(users\\)"
	}
	return names
}
