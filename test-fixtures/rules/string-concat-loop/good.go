// No findings.

package stringconcatloop

import "strings"

func _(names []string) string {
	var s strings.Builder
	for _, name := range names {
		s.WriteString(name)
	}
	return s.String()
}

// Few iterations, or one.
func _(names [3]string) string {
	s := ""
	for _, name := range names {
		s += name
	}
	for _, name := range names {
		if name != "" {
			s += name
			break
		}
	}
	return s
}

// A string of the iteration's own.
func _(names []string) (n int) {
	for _, name := range names {
		line := name
		line += "\n"
		n += len(line)
	}
	return n
}

// Numbers, and a string that is set and not extended.
func _(names []string) (int, string) {
	n, last := 0, ""
	for _, name := range names {
		n += len(name)
		last = name + "!"
	}
	return n, last
}

// A function that is called once per iteration adds to its own.
func _(names []string) []string {
	var all []string
	for _, name := range names {
		quoted := func() string {
			s := "'"
			s += name
			return s + "'"
		}
		all = append(all, quoted())
	}
	return all
}

// It goes on only until the text is as it should be.
func _(s string) string {
	for len(s) > 0 && s[len(s)-1] != '/' {
		s += "/"
	}
	return s
}
