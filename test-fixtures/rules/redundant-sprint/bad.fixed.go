//go:build fixed && !suggestion

package redundantsprint

import "fmt"

type badName string

const badText = "text"

func _(s string, name badName, parts []string) []string {
	return []string{
		s,
		s,
		s,
		string(name),
		parts[0],
		"text",
		"100%",
		badText,
		s + "suffix",
	}
}

// Percents that are spelled otherwise stay with the format that reads them.
func _() []string {
	return []string{
		fmt.Sprintf("100\x25% sure"),
		fmt.Sprintf("%\u0025, %%"),
		"100%\t\x2d",
	}
}

// Parentheses come where they are needed.
func _(a, b string) byte {
	return (a + b)[0]
}

// A constant is folded here, where a value is not.
func _(s string) bool {
	return s == fmt.Sprintf("yes")
}

func _(names []string) (n int) {
	for _, name := range names {
		n += len(name)
	}
	return n
}

// Lines that are indented for the call are left as they are.
func _(key string) []string {
	return []string{
		fmt.Sprint(
			key +
				": missing"),
	}
}
