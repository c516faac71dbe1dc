//go:build fixed && !suggestion

package writeconversion

import (
	"bufio"
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
)

type badText string

type badStringWriter interface {
	io.Writer
	io.StringWriter
}

type badPage struct {
	*bufio.Writer
	buf bytes.Buffer
}

func _(w *bufio.Writer, name string, label badText) error {
	for range 10 {
		w.Write([]byte(name))
	}
	if _, err := w.Write([]byte(label)); err != nil {
		return err
	}
	w.Write([]byte("GET " + name + "\r\n"))
	_, err := w.Write([]byte("\r\n"))
	return err
}

func _(w badStringWriter, rec *httptest.ResponseRecorder, name string) {
	w.Write([]byte(name))
	rec.WriteString(name)
	os.Stdout.WriteString(name)
}

func (p *badPage) _(name string, data []byte) {
	p.Write([]byte(name))
	p.WriteString(string(data))
	p.buf.WriteString(string(data[1:]))
	p.buf.WriteString(string(p.buf.Bytes()))
}

func _(sb *strings.Builder, file *os.File, data []byte, parts [][]byte) {
	sb.Write(data)
	if _, err := file.Write(parts[0]); err != nil {
		return
	}
}

func _(w io.Writer, rw http.ResponseWriter, data []byte) {
	var buf bytes.Buffer
	io.WriteString(w, string(data))
	_, _ = io.WriteString(rw, string(data))
	buf.Write(data)
}

func _(w io.Writer, buf *bytes.Buffer) {
	io.WriteString(w, string(buf.Bytes()))
}

func _(w io.Writer, data []byte, at int) {
	io.WriteString(w, string(data[at+1:at+4]))
}

type badSink struct{ w io.Writer }

func (s *badSink) Write(p []byte) (int, error) { return s.w.Write(p) }

func (s *badSink) WriteString(text string) (int, error) { return io.WriteString(s.w, text) }

func _(s *badSink, name string, data []byte) {
	s.Write([]byte(name))
	s.WriteString(string(data))
}

const badSeparator rune = ';'

func _(sb *strings.Builder, buf *bytes.Buffer, w *bufio.Writer) {
	sb.WriteByte('a')
	buf.WriteByte('\n')
	w.WriteByte(byte(badSeparator))
}

// A file takes texts and bytes alike, so that the buffer in front of it hands on both in one piece; a connection gets other portions.
func _(conn io.Writer, file *os.File, name string) {
	w := bufio.NewWriter(file)
	defer w.Flush()
	w.WriteString(name)
	slow := bufio.NewWriterSize(conn, 16)
	slow.Write([]byte(name))
	moved := bufio.NewWriter(file)
	moved.Write([]byte(name))
	moved.Reset(conn)
}

// The caller may have got the bytes from the buffer; what the function has made itself is its own.
func _(buf *bytes.Buffer, data []byte, parts func() []byte) {
	buf.WriteString(string(data))
	buf.Write(parts())
	var own strings.Builder
	own.Write(data)
	var local bytes.Buffer
	local.Write(data)
	func(again []byte) {
		buf.WriteString(string(again))
	}(data)
}

// What is put off gets its text now; a string stays as it is.
func _(own *strings.Builder, file *os.File, line []byte, text string) {
	defer own.WriteString(string(line))
	defer file.WriteString(text)
	copy(line, "new")
}
