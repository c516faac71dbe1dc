// No findings.

package slicegrowth

func _(items []string) []string {
	names := make([]string, 0, len(items))
	for _, item := range items {
		names = append(names, item+"!")
	}
	return names
}
