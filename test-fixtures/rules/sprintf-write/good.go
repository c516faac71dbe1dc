// No findings.

package sprintfwrite

import (
	"bytes"
	"fmt"
	"io"
	"strings"
)

type goodStrings struct{}

func (goodStrings) WriteString(s string) (int, error) { return len(s), nil }

// No io.Writer, and a value that would be copied into one.
func _(s goodStrings, w io.StringWriter, n int) {
	s.WriteString(fmt.Sprintf("n=%d", n))
	w.WriteString(fmt.Sprintf("n=%d", n))
}

// Text that is used otherwise too, or made otherwise.
func _(w io.Writer, b *strings.Builder, name string, n int) string {
	text := fmt.Sprintf("%s: %d", name, n)
	w.Write([]byte(text))
	w.Write([]byte(name))
	b.WriteString(name)
	w.Write(fmt.Appendf(nil, "%s: %d", name, n))
	fmt.Fprintf(w, "%s: %d", name, n)
	return text
}

type goodLines struct{}

func (goodLines) Write(line string) { _ = line }

func _(lines goodLines, n int) {
	lines.Write(fmt.Sprintf("n=%d", n))
}

func _(b bytes.Buffer, n int) {
	_ = append([]byte(nil), fmt.Sprintf("n=%d", n)...)
	_ = b
}

// The names are those of variables, whose package may have another name here.
func _(b *bytes.Buffer, w io.Writer, n int) {
	Sprintf, WriteString := fmt.Sprintf, io.WriteString
	b.WriteString(Sprintf("%d|%d", n, n))
	WriteString(w, Sprintf("%d|%d", n, n))
}
