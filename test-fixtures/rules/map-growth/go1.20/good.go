// No findings.

package mapgrowth

func _(items []string) map[string]int {
	at := make(map[string]int, len(items))
	for i, item := range items {
		at[item] = i
	}
	return at
}
