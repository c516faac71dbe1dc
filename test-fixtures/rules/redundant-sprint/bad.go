//go:build !fixed

package redundantsprint

import "fmt"

type badName string

const badText = "text"

func _(s string, name badName, parts []string) []string {
	return []string{
		// want redundant-sprint "fmt.Sprintf copies s, which is a string already"
		fmt.Sprintf("%s", s),
		// want redundant-sprint "copies s"
		fmt.Sprintf("%v", s),
		// want redundant-sprint "fmt.Sprint copies s"
		fmt.Sprint(s),
		// want redundant-sprint "copies name"
		fmt.Sprint(name),
		// want redundant-sprint "copies parts\\[0\\]"
		fmt.Sprintf("%s", parts[0]),
		// want redundant-sprint "is given no value to print"
		fmt.Sprintf("text"),
		// want redundant-sprint "is given no value to print"
		fmt.Sprintf("100%%"),
		// want redundant-sprint "is given no value to print"
		fmt.Sprintf(badText),
		// want redundant-sprint "copies s"
		fmt.Sprintf("%s", s+"suffix"),
	}
}

// Percents that are spelled otherwise stay with the format that reads them.
func _() []string {
	return []string{
		// want redundant-sprint "is given no value to print"
		fmt.Sprintf("100\x25% sure"),
		// want redundant-sprint "is given no value to print"
		fmt.Sprintf("%\u0025, %%"),
		// want redundant-sprint "is given no value to print"
		fmt.Sprintf("100%%\t\x2d"),
	}
}

// Parentheses come where they are needed.
func _(a, b string) byte {
	// want redundant-sprint "copies a \\+ b"
	return fmt.Sprint(a + b)[0]
}

// A constant is folded here, where a value is not.
func _(s string) bool {
	// want redundant-sprint "no value"
	return s == fmt.Sprintf("yes")
}

// So it is in parentheses and conversions, and a key must not come twice.
func _(s string, name badName) (map[string]int, byte, int) {
	switch name {
	// want redundant-sprint "no value"
	case badName(fmt.Sprintf("a")), "b":
		return nil, 0, 0
	}
	switch s {
	// want redundant-sprint "copies .c."
	case (fmt.Sprint("c")), "d":
		return nil, 0, 0
	}
	// want redundant-sprint "no value"
	sizes := map[string]int{fmt.Sprintf("e"): 1, "f": 2}
	// want redundant-sprint "copies .abcdef."
	return sizes, string(fmt.Sprint("abcdef"))[5],
		// want redundant-sprint "copies .g."
		10 / len(badName(fmt.Sprint("g")))
}

// Values of a literal and arguments of other calls are as they were.
func _() map[string]badName {
	return map[string]badName{
		// want redundant-sprint "no value"
		"a": badName(fmt.Sprintf("b")),
	}
}

func _(names []string) (n int) {
	for _, name := range names {
		// want redundant-sprint "copies name"
		n += len(fmt.Sprint(name))
	}
	return n
}

// Lines that are indented for the call are left as they are.
func _(key string) []string {
	return []string{
		// want redundant-sprint "copies"
		fmt.Sprint(
			key +
				": missing"),
	}
}
