// No findings: what says what is wrong. A file of its own, for good.go imports testing.

package interfaceboxing

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
)

type diagnostic struct{ text string }

type pass interface {
	report(d diagnostic)
	Reportf(at int, format string, values ...any)
}

// What is wrong with what was looked at.
func complain(p pass, names []string) {
	for i, name := range names {
		p.report(diagnostic{text: fmt.Sprintf("%s is too long, as %s is", name, names[0])})
		p.Reportf(i, "%s and %s", name, names[0])
	}
}

// The text of an error.
func cycle(names []string) error {
	var text bytes.Buffer
	text.WriteString("cycle: ")
	for _, name := range names {
		fmt.Fprintf(&text, "%q -> %q ", name, names[0])
	}
	return errors.New(text.String())
}

func mismatch(names []string) error {
	var format strings.Builder
	var values []any
	for _, name := range names {
		format.WriteString("%s ")
		values = append(values, name)
	}
	if format.Len() == 0 {
		return nil
	}
	return fmt.Errorf(format.String(), values...)
}
