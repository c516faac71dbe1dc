//go:build fixed && suggestion

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
		w.WriteString(name)
	}
	if _, err := w.WriteString(string(label)); err != nil {
		return err
	}
	w.WriteString("GET " + name + "\r\n")
	_, err := w.WriteString("\r\n")
	return err
}

func _(w badStringWriter, rec *httptest.ResponseRecorder, name string) {
	w.WriteString(name)
	rec.WriteString(name)
	os.Stdout.WriteString(name)
}

func (p *badPage) _(name string, data []byte) {
	p.WriteString(name)
	p.Write(data)
	p.buf.Write(data[1:])
	p.buf.Write(p.buf.Bytes())
}

func _(sb *strings.Builder, file *os.File, data []byte, parts [][]byte) {
	sb.Write(data)
	if _, err := file.Write(parts[0]); err != nil {
		return
	}
}

func _(w io.Writer, rw http.ResponseWriter, data []byte) {
	var buf bytes.Buffer
	w.Write(data)
	_, _ = rw.Write(data)
	buf.Write(data)
}

func _(w io.Writer, buf *bytes.Buffer) {
	w.Write(buf.Bytes())
}

func _(w io.Writer, data []byte, at int) {
	w.Write(data[at+1 : at+4])
}

type badSink struct{ w io.Writer }

func (s *badSink) Write(p []byte) (int, error) { return s.w.Write(p) }

func (s *badSink) WriteString(text string) (int, error) { return io.WriteString(s.w, text) }

func _(s *badSink, name string, data []byte) {
	s.WriteString(name)
	s.Write(data)
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
	slow.WriteString(name)
	moved := bufio.NewWriter(file)
	moved.WriteString(name)
	moved.Reset(conn)
}

// The caller may have got the bytes from the buffer; what the function has made itself is its own.
func _(buf *bytes.Buffer, data []byte, parts func() []byte) {
	buf.Write(data)
	buf.Write(parts())
	var own strings.Builder
	own.Write(data)
	var local bytes.Buffer
	local.Write(data)
	func(again []byte) {
		buf.Write(again)
	}(data)
}

// What is put off gets its text now; a string stays as it is.
func _(own *strings.Builder, file *os.File, line []byte, text string) {
	defer own.Write(line)
	defer file.WriteString(text)
	copy(line, "new")
}
