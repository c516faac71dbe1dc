//go:build !fixed

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
		// want write-conversion "name is converted for w.Write: each call allocates a copy of it; w.WriteString takes it as it is"
		w.Write([]byte(name))
	}
	// want write-conversion "label is converted"
	if _, err := w.Write([]byte(label)); err != nil {
		return err
	}
	// want write-conversion "converted for w.Write"
	w.Write([]byte("GET " + name + "\r\n"))
	// want write-conversion "each call allocates"
	_, err := w.Write([]byte("\r\n"))
	return err
}

func _(w badStringWriter, rec *httptest.ResponseRecorder, name string) {
	// want write-conversion "w.WriteString takes"
	w.Write([]byte(name))
	// want write-conversion "rec.WriteString takes"
	rec.Write([]byte(name))
	// want write-conversion "each call copies it, with an allocation beyond 32 bytes; os.Stdout.WriteString"
	os.Stdout.Write([]byte(name))
}

func (p *badPage) _(name string, data []byte) {
	// want write-conversion "p.WriteString takes"
	p.Write([]byte(name))
	// want write-conversion "data is converted for p.WriteString: each call allocates a copy of it; p.Write takes"
	p.WriteString(string(data))
	// want write-conversion "p.buf.Write takes"
	p.buf.WriteString(string(data[1:]))
	// want write-conversion "p.buf.Write takes"
	p.buf.WriteString(string(p.buf.Bytes()))
}

func _(sb *strings.Builder, file *os.File, data []byte, parts [][]byte) {
	// want write-conversion "data is converted for sb.WriteString: each call copies it, with an allocation beyond 32 bytes; sb.Write takes"
	sb.WriteString(string(data))
	// want write-conversion "parts.0. is converted"
	if _, err := file.WriteString(string(parts[0])); err != nil {
		return
	}
}

func _(w io.Writer, rw http.ResponseWriter, data []byte) {
	var buf bytes.Buffer
	// want write-conversion "data is converted for io.WriteString: each call .* w.Write takes it"
	io.WriteString(w, string(data))
	// want write-conversion "rw.Write takes"
	_, _ = io.WriteString(rw, string(data))
	// want write-conversion "buf.Write takes"
	io.WriteString(&buf, string(data))
}

func _(w io.Writer, buf *bytes.Buffer) {
	// want write-conversion "buf.Bytes.. is converted"
	io.WriteString(w, string(buf.Bytes()))
}

func _(w io.Writer, data []byte, at int) {
	// want write-conversion "is converted for io.WriteString"
	io.WriteString(w, string(data[at+1:at+4]))
}

type badSink struct{ w io.Writer }

func (s *badSink) Write(p []byte) (int, error) { return s.w.Write(p) }

func (s *badSink) WriteString(text string) (int, error) { return io.WriteString(s.w, text) }

func _(s *badSink, name string, data []byte) {
	// want write-conversion "s.WriteString takes"
	s.Write([]byte(name))
	// want write-conversion "s.Write takes"
	s.WriteString(string(data))
}

const badSeparator rune = ';'

func _(sb *strings.Builder, buf *bytes.Buffer, w *bufio.Writer) {
	// want write-conversion "sb.WriteRune encodes 'a', which is one byte: each call takes up to twice as long as sb.WriteByte"
	sb.WriteRune('a')
	// want write-conversion "buf.WriteByte"
	buf.WriteRune('\n')
	// want write-conversion "encodes badSeparator"
	w.WriteRune(badSeparator)
}

// A file takes texts and bytes alike, so that the buffer in front of it hands on both in one piece; a connection gets other portions.
func _(conn io.Writer, file *os.File, name string) {
	w := bufio.NewWriter(file)
	defer w.Flush()
	// want write-conversion "w.WriteString takes"
	w.Write([]byte(name))
	slow := bufio.NewWriterSize(conn, 16)
	// want write-conversion "slow.WriteString takes"
	slow.Write([]byte(name))
	moved := bufio.NewWriter(file)
	// want write-conversion "moved.WriteString takes"
	moved.Write([]byte(name))
	moved.Reset(conn)
}

// The caller may have got the bytes from the buffer; what the function has made itself is its own.
func _(buf *bytes.Buffer, data []byte, parts func() []byte) {
	// want write-conversion "buf.Write takes"
	buf.WriteString(string(data))
	// want write-conversion "buf.Write takes"
	buf.WriteString(string(parts()))
	var own strings.Builder
	// want write-conversion "own.Write takes"
	own.WriteString(string(data))
	var local bytes.Buffer
	// want write-conversion "local.Write takes"
	local.WriteString(string(data))
	func(again []byte) {
		// want write-conversion "buf.Write takes"
		buf.WriteString(string(again))
	}(data)
}

// What is put off gets its text now; a string stays as it is.
func _(own *strings.Builder, file *os.File, line []byte, text string) {
	// want write-conversion "own.Write takes"
	defer own.WriteString(string(line))
	// want write-conversion "file.WriteString"
	defer file.Write([]byte(text))
	copy(line, "new")
}
