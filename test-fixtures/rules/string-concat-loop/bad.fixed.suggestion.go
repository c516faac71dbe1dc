//go:build fixed && suggestion

package stringconcatloop

import (
	"fmt"
	"strings"
	"sync"
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

// The inner loop starts anew on every iteration of the outer one.
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

// Parameters, results and captured variables stay strings: the builder is the loop's alone.
func _(s string, names []string) string {
	var sBuilder strings.Builder
	for _, name := range names {
		sBuilder.WriteString(name)
	}
	s += sBuilder.String()
	return s
}

func _(names []string) (s string) {
	var sBuilder strings.Builder
	for _, name := range names {
		sBuilder.WriteString(name)
	}
	s += sBuilder.String()
	return
}

func _(names []string) func() string {
	s := ""
	var sBuilder strings.Builder
	for _, name := range names {
		sBuilder.WriteString(name)
	}
	s += sBuilder.String()
	return func() string { return s }
}

// Other writes in the loop, named types: no fix.
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

// Two loops, and one that may return the result as it is.
func _(names []string, more int) (s string, err error) {
	var sBuilder strings.Builder
	for _, name := range names {
		if name == "" {
			s += sBuilder.String()
			return
		}
		sBuilder.WriteString(name)
	}
	s += sBuilder.String()
	s = "<" + s + ">"
	var sBuilder2 strings.Builder
turns:
	for i := 0; i < more; i++ { // numbers
		for j := range i {
			if j > 10 {
				continue turns
			}
			sBuilder2.WriteString("-")
		}
	}
	s += sBuilder2.String()
	return s, nil
}

// The length decides: the builder has to know it.
func _(s string, width int) string {
	var sBuilder strings.Builder
	sBuilder.WriteString(s)
	for sBuilder.Len() < width {
		sBuilder.WriteString(" ")
	}
	s = sBuilder.String()
	return s
}

// What is deferred may recover, or cannot.
func _(names []string) (s string) {
	defer badRecover()
	var sBuilder strings.Builder
	for _, name := range names {
		sBuilder.WriteString(name)
	}
	s += sBuilder.String()
	return s
}

func badRecover() { _ = recover() }

func _(mu *sync.Mutex, names []string) (s string) {
	mu.Lock()
	defer mu.Unlock()
	var sBuilder strings.Builder
	for _, name := range names {
		sBuilder.WriteString(name)
	}
	s += sBuilder.String()
	return s
}

// Somebody sees it before the loop is done, or it ends elsewhere: no fix.
func _(names []string) (s string) {
	defer func() { s += "!" }()
	for _, name := range names {
		s += name
	}
	return s
}

func _(s string, next func() string) string {
	for {
		more := next()
		if more == "" {
			return s
		}
		s += more
	}
}

func _(s string, rows [][]string) string {
	seen := &s
rows:
	for _, row := range rows {
		for _, cell := range row {
			if cell == "" {
				break rows
			}
			s += cell
		}
	}
	return *seen
}

type badPerson struct{ first, last string }

func (p *badPerson) rename() string {
	p.first = "?"
	return p.last
}

// The call comes before what stands in front of it is read.
func _(people []*badPerson) string {
	var s strings.Builder
	for _, p := range people {
		s.WriteString(p.first + p.rename())
	}
	return s.String()
}

func _(names []string) string {
	var s strings.Builder
	for i, name := range names {
		fmt.Fprintf(&s,
			"%d: %s\n", i, name,
		)
	}
	return s.String()
}

// What is remarked on stays as it is.
func _(names []string) string {
	var s strings.Builder
	for i, name := range names {
		s.WriteString(fmt. /* padded */ Sprintf("%d: %3s\n", i, name))
		s.WriteString(fmt.Sprintf( /* not */ "%d: %s\n", i, name))
	}
	return s.String()
}
