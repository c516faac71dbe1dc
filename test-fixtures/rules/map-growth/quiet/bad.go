//go:build !fixed

package quiet

func columns(names []string) map[string]int {
	at := make(map[string]int) // want map-growth "a loop puts len\(names\) elements into it"
	for i, name := range names {
		at[name] = i
	}
	return at
}
