//go:build !fixed

package stringconcatloop

import (
	"fmt"
	"strings"
	"sync"
)

func _(names []string) string {
	s := ""
	for _, name := range names {
		s += name + "\n" // want string-concat-loop "s grows by concatenation in this loop"
	}
	return s
}

func _(names []string) string {
	var list string
	for i := 0; i < len(names); i++ {
		list = list + names[i] + ", " // want string-concat-loop "list grows"
	}
	return list
}

// It starts with something, and is extended after the loop too.
func _(names []string, prefix string) string {
	out := prefix + "("
	for _, name := range names {
		out += name // want string-concat-loop "out grows"
	}
	out += ")"
	return out
}

// Questions about its length are answered by the builder.
func _(names []string) (string, int) {
	s := ""
	for _, name := range names {
		if s != "" {
			s += ", " // want string-concat-loop "s grows"
		}
		s += name
	}
	return s, len(s)
}

// One finding for two loops, at the outer one.
func _(rows [][]string) string {
	table := ""
	for _, row := range rows {
		for _, cell := range row {
			table += cell // want string-concat-loop "table grows"
		}
		table += "\n"
	}
	return table
}

// The inner loop starts anew on every iteration of the outer one.
func _(rows [][]string) {
	for _, row := range rows {
		line := ""
		for _, cell := range row {
			line += cell // want string-concat-loop "line grows"
		}
		fmt.Println(line)
	}
}

// The loop reads it.
func _(names []string) string {
	s := ""
	for _, name := range names {
		s += name // want string-concat-loop "s grows"
		fmt.Println(s)
	}
	return s
}

func _(names []string) string {
	s := ""
	for _, name := range names {
		s += fmt.Sprint(len(s), s, name) // want string-concat-loop "s grows"
	}
	return s
}

// Parameters, results and captured variables stay strings: the builder is the loop's alone.
func _(s string, names []string) string {
	for _, name := range names {
		s += name // want string-concat-loop "s grows"
	}
	return s
}

func _(names []string) (s string) {
	for _, name := range names {
		s += name // want string-concat-loop "s grows"
	}
	return
}

func _(names []string) func() string {
	s := ""
	for _, name := range names {
		s += name // want string-concat-loop "s grows"
	}
	return func() string { return s }
}

// Other writes in the loop, named types: no fix.
func _(names []string) string {
	s := ""
	for _, name := range names {
		if name == "-" {
			s = ""
		}
		s += name // want string-concat-loop "s grows"
	}
	return s
}

type badText string

func _(names []badText) badText {
	var s badText
	for _, name := range names {
		s += name // want string-concat-loop "s grows"
	}
	return s
}

// Formatted text is written by fmt itself.
func _(names []string, total int) string {
	s := fmt.Sprintf("%d names:", total)
	for i, name := range names {
		s += fmt.Sprintf(" %d=%s", i, name) + ";" // want string-concat-loop "s grows"
	}
	return s
}

// As long as the length says.
func _(s string, width int) string {
	padded := s + ":"
	for len(padded) < width {
		padded += " " // want string-concat-loop "padded grows"
	}
	return padded
}

func _(names []string) string {
	s := ""
	for i, name := range names {
		s += strings.Repeat(" ", i+1) + string(name[i+1]) + ":" + fmt.Sprintln(i+1) // want string-concat-loop "s grows"
	}
	return s
}

// Two loops, and one that may return the result as it is.
func _(names []string, more int) (s string, err error) {
	for _, name := range names {
		if name == "" {
			return
		}
		s += name // want string-concat-loop "s grows"
	}
	s = "<" + s + ">"
turns:
	for i := 0; i < more; i++ { // numbers
		for j := range i {
			if j > 10 {
				continue turns
			}
			s += "-" // want string-concat-loop "s grows"
		}
	}
	return s, nil
}

// The length decides: the builder has to know it.
func _(s string, width int) string {
	for len(s) < width {
		s += " " // want string-concat-loop "s grows"
	}
	return s
}

// What is deferred may recover, or cannot.
func _(names []string) (s string) {
	defer badRecover()
	for _, name := range names {
		s += name // want string-concat-loop "s grows"
	}
	return s
}

func badRecover() { _ = recover() }

func _(mu *sync.Mutex, names []string) (s string) {
	mu.Lock()
	defer mu.Unlock()
	for _, name := range names {
		s += name // want string-concat-loop "s grows"
	}
	return s
}

// Somebody sees it before the loop is done, or it ends elsewhere: no fix.
func _(names []string) (s string) {
	defer func() { s += "!" }()
	for _, name := range names {
		s += name // want string-concat-loop "s grows"
	}
	return s
}

func _(s string, next func() string) string {
	for {
		more := next()
		if more == "" {
			return s
		}
		s += more // want string-concat-loop "s grows"
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
			s += cell // want string-concat-loop "s grows"
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
	s := ""
	for _, p := range people {
		s += p.first + p.rename() // want string-concat-loop "s grows"
	}
	return s
}

func _(names []string) string {
	s := ""
	for i, name := range names {
		// want string-concat-loop "s grows"
		s += fmt.Sprintf(
			"%d: %s\n", i, name,
		)
	}
	return s
}

// What is remarked on stays as it is.
func _(names []string) string {
	s := ""
	for i, name := range names {
		// want string-concat-loop "s grows"
		s += fmt. /* padded */ Sprintf("%d: %3s\n", i, name)
		s += fmt.Sprintf( /* not */ "%d: %s\n", i, name)
	}
	return s
}
