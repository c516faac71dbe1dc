//go:build fixed && suggestion

package stringconcatloop

import (
	"fmt"
	"strings"
)

func _(names []string) string {
	var s strings.Builder
	for _, name := range names {
		s.WriteString(name)
		s.WriteString("\n")
	}
	return s.String()
}

func _(names []string) string {
	var list strings.Builder
	for i := 0; i < len(names); i++ {
		list.WriteString(names[i])
		list.WriteString(", ")
	}
	return list.String()
}

// It starts with something, and is extended after the loop too.
func _(names []string, prefix string) string {
	var out strings.Builder
	out.WriteString(prefix + "(")
	for _, name := range names {
		out.WriteString(name)
	}
	out.WriteString(")")
	return out.String()
}

// Questions about its length are answered by the builder.
func _(names []string) (string, int) {
	var s strings.Builder
	for _, name := range names {
		if s.Len() > 0 {
			s.WriteString(", ")
		}
		s.WriteString(name)
	}
	return s.String(), s.Len()
}

// One finding for two loops, at the outer one.
func _(rows [][]string) string {
	var table strings.Builder
	for _, row := range rows {
		for _, cell := range row {
			table.WriteString(cell)
		}
		table.WriteString("\n")
	}
	return table.String()
}

// The inner loop starts anew on every turn of the outer one.
func _(rows [][]string) {
	for _, row := range rows {
		var line strings.Builder
		for _, cell := range row {
			line.WriteString(cell)
		}
		fmt.Println(line.String())
	}
}

// The loop reads it.
func _(names []string) string {
	var s strings.Builder
	for _, name := range names {
		s.WriteString(name)
		fmt.Println(s.String())
	}
	return s.String()
}

func _(names []string) string {
	var s strings.Builder
	for _, name := range names {
		s.WriteString(fmt.Sprint(s.Len(), s.String(), name))
	}
	return s.String()
}

// Parameters, results, captured variables, other writes, named types: no fix.
func _(s string, names []string) string {
	for _, name := range names {
		s += name
	}
	return s
}

func _(names []string) (s string) {
	for _, name := range names {
		s += name
	}
	return
}

func _(names []string) func() string {
	s := ""
	for _, name := range names {
		s += name
	}
	return func() string { return s }
}

func _(names []string) string {
	s := ""
	for _, name := range names {
		if name == "-" {
			s = ""
		}
		s += name
	}
	return s
}

type badText string

func _(names []badText) badText {
	var s badText
	for _, name := range names {
		s += name
	}
	return s
}

// Formatted text is written by fmt itself.
func _(names []string, total int) string {
	var s strings.Builder
	fmt.Fprintf(&s, "%d names:", total)
	for i, name := range names {
		fmt.Fprintf(&s, " %d=%s", i, name)
		s.WriteString(";")
	}
	return s.String()
}

// As long as the length says.
func _(s string, width int) string {
	var padded strings.Builder
	padded.WriteString(s + ":")
	for padded.Len() < width {
		padded.WriteString(" ")
	}
	return padded.String()
}

func _(names []string) string {
	var s strings.Builder
	for i, name := range names {
		s.WriteString(strings.Repeat(" ", i+1))
		s.WriteString(string(name[i+1]))
		s.WriteString(":")
		fmt.Fprintln(&s, i+1)
	}
	return s.String()
}
