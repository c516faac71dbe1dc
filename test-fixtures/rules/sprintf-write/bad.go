//go:build !fixed

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
	// want sprintf-write "fmt.Sprintf makes a string that is only written to w.*often once more as bytes.*fmt.Fprintf"
	w.Write([]byte(fmt.Sprintf("%s: %d", name, n)))
	// want sprintf-write "written to rw"
	_, _ = rw.Write([]byte(fmt.Sprintf("<b>%s</b>", name)))
	// want sprintf-write "fmt.Fprint"
	if _, err := w.Write([]byte(fmt.Sprint(name, n))); err != nil {
		return
	}
	// want sprintf-write "written to w: each call allocates the text before"
	io.WriteString(w, fmt.Sprintf("%s: %d", name, n))
}

func (l *badLog) _(name string, n int) {
	// want sprintf-write "written to l.buf"
	l.buf.WriteString(fmt.Sprintf("%s: %d\n", name, n))
	// want sprintf-write "fmt.Sprintln makes .* fmt.Fprintln"
	l.file.WriteString(fmt.Sprintln(name, n))
}

func _(out *bufio.Writer, args []any) string {
	var sb strings.Builder
	for i, arg := range args {
		// want sprintf-write "written to sb"
		sb.WriteString(fmt.Sprintf("%d=%v;", i, arg))
	}
	// want sprintf-write "written to out"
	out.WriteString(fmt.Sprintf("%v and %v", args...))
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
	// want sprintf-write "written to w"
	w.WriteString(fmt.Sprintf("n=%d", n))
}

func _(w io.Writer, sb *strings.Builder, i int) {
	// want sprintf-write "written to sb"
	sb.WriteString(fmt.Sprint(i+1, "."))
	// want sprintf-write "written to w"
	io.WriteString(w, fmt.Sprintln(i+1))
}

// The arguments begin lines of their own.
func _(buf *strings.Builder, body, host string) {
	// want sprintf-write "written to buf"
	buf.WriteString(fmt.Sprintf(
		"POST / HTTP/1.1\r\n"+
			"Host: %s\r\n"+
			"Content-Length: %d\r\n\r\n",
		host, len(body)))
}

func _(buf *strings.Builder, body string) {
	buf.WriteString(
		// want sprintf-write "written to buf"
		fmt.Sprintf("Content-Length: %d\r\n"+
			"\r\n%s", len(body), body))
}

// What is put off or started gets its text now.
func _(w io.Writer, counts []int) {
	// want sprintf-write "written to w"
	defer io.WriteString(w, fmt.Sprintln("before:", counts))
	// want sprintf-write "written to w"
	go io.WriteString(w, fmt.Sprint(counts, "\n"))
	counts[0]++
}

// As where the method is called by itself.
func _(w *badWriter, n int) {
	// want sprintf-write "written to w"
	io.WriteString(w, fmt.Sprintf("n=%d", n))
}
