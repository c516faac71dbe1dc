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

// So it is in parentheses and conversions, and a key must not come twice.
func _(s string, name badName) (map[string]int, byte, int) {
	switch name {
	case badName(fmt.Sprintf("a")), "b":
		return nil, 0, 0
	}
	switch s {
	case (fmt.Sprint("c")), "d":
		return nil, 0, 0
	}
	sizes := map[string]int{fmt.Sprintf("e"): 1, "f": 2}
	return sizes, string(fmt.Sprint("abcdef"))[5],
		10 / len(badName(fmt.Sprint("g")))
}

// Values of a literal and arguments of other calls are as they were.
func _() map[string]badName {
	return map[string]badName{
		"a": badName("b"),
	}
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
