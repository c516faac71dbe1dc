package legacy

func Names(users []string) []string {
	var names []string
	for _, user := range users {
		names = append(names, user+"x")
	}
	return names
}
