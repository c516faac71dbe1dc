// Nothing is copied, nothing is won, or somebody else speaks of it.

package writeconversion

import (
	"bufio"
	"bytes"
	"fmt"
	"hash"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"
)

func _(w io.Writer, rw http.ResponseWriter, sum hash.Hash, name string) {
	w.Write([]byte(name))
	rw.Write([]byte(name))
	sum.Write([]byte(name))
	io.WriteString(w, name)
}

func _(buf *bytes.Buffer, sb *strings.Builder, name string) {
	buf.Write([]byte(name))
	sb.Write([]byte(name))
	sb.WriteString(name)
	os.Stdout.Write([]byte("a constant is copied on the stack\n"))
}

func _(w *bufio.Writer, name string, n int) {
	w.Write([]byte(fmt.Sprintf("%s %d", name, n)))
	w.WriteString(fmt.Sprintf("%s %d", name, n))
}

func _(sb *strings.Builder, r rune, runes []rune) (int, error) {
	sb.WriteRune('é')
	sb.WriteRune(r)
	sb.WriteString(string(r))
	sb.WriteString(string(runes))
	return sb.WriteRune('a')
}

// Each of its methods calls the other.
type goodLog struct{ lines []string }

func (l *goodLog) Write(p []byte) (int, error) { return l.WriteString(string(p)) }

func (l *goodLog) WriteString(line string) (int, error) {
	l.lines = append(l.lines, line)
	return len(line), nil
}

type goodFile struct{ f io.Writer }

func (g *goodFile) Write(p []byte) (int, error) { return g.f.Write(p) }

func (g *goodFile) WriteString(s string) (int, error) { return g.Write([]byte(s)) }

func _(l *goodLog, g *goodFile, name string, data []byte) {
	l.WriteString(string(data))
	g.Write([]byte(name))
}

// Its WriteString is another thing.
type goodOther struct{ w io.Writer }

func (o goodOther) Write(p []byte) (int, error) { return o.w.Write(p) }

func (goodOther) WriteString(string) {}

func _(o goodOther, name string) {
	o.Write([]byte(name))
}

type goodHandle interface {
	io.Writer
	WriteString(s string) (int, error)
}

func _(h goodHandle, name string) {
	h.Write([]byte(name))
}

func goodTest(t *testing.T, w *bufio.Writer, name string) {
	w.Write([]byte(name))
}

func _(w *bufio.Writer, name string) {
	type byte = int8
	_ = []byte{1}
	string := func(b []int8) string { return name }
	w.WriteString(string(nil))
}
