//go:build fixed && suggestion

package sprintfwrite

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
)

type badLog struct {
	buf  bytes.Buffer
	file *os.File
}

func _(w io.Writer, rw http.ResponseWriter, name string, n int) {
	fmt.Fprintf(w, "%s: %d", name, n)
	_, _ = fmt.Fprintf(rw, "<b>%s</b>", name)
	if _, err := fmt.Fprint(w, name, n); err != nil {
		return
	}
	fmt.Fprintf(w, "%s: %d", name, n)
}

func (l *badLog) _(name string, n int) {
	fmt.Fprintf(&l.buf, "%s: %d\n", name, n)
	fmt.Fprintln(l.file, name, n)
}

func _(out *bufio.Writer, args []any) string {
	var sb strings.Builder
	for i, arg := range args {
		fmt.Fprintf(&sb, "%d=%v;", i, arg)
	}
	fmt.Fprintf(out, "%v and %v", args...)
	return sb.String()
}

type badWriter struct{ lines []string }

func (w *badWriter) Write(p []byte) (int, error) { return len(p), nil }

func (w *badWriter) WriteString(s string) (int, error) {
	w.lines = append(w.lines, s)
	return len(s), nil
}

// Its two methods do different things.
func _(w *badWriter, n int) {
	fmt.Fprintf(w, "n=%d", n)
}

func _(w io.Writer, sb *strings.Builder, i int) {
	fmt.Fprint(sb, i+1, ".")
	fmt.Fprintln(w, i+1)
}

// The arguments begin lines of their own.
func _(buf *strings.Builder, body, host string) {
	fmt.Fprintf(buf,
		"POST / HTTP/1.1\r\n"+
			"Host: %s\r\n"+
			"Content-Length: %d\r\n\r\n",
		host, len(body))
}

func _(buf *strings.Builder, body string) {
	buf.WriteString(
		fmt.Sprintf("Content-Length: %d\r\n"+
			"\r\n%s", len(body), body))
}

// What is put off or started gets its text now.
func _(w io.Writer, counts []int) {
	defer fmt.Fprintln(w, "before:", counts)
	go fmt.Fprint(w, counts, "\n")
	counts[0]++
}

// As where the method is called by itself.
func _(w *badWriter, n int) {
	fmt.Fprintf(w, "n=%d", n)
}
