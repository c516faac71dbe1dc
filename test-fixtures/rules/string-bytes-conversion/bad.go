//go:build !fixed

package stringbytesconversion

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
)

type badText string

type badBytes []byte

type badRaw = json.RawMessage

var badKept []byte

func _(data []byte) []byte {
	// want string-bytes-conversion "data is copied into a string, and that again into bytes.*append.\[\]byte\{\}, data\.\.\.. makes the one"
	return []byte(string(data))
}

func _(data badBytes, parts [][]byte, i int) {
	// want string-bytes-conversion "copied into a string, and that again"
	badKept = []byte(string(data))
	// want string-bytes-conversion "parts.i.1. is copied into a string, and that again"
	badKept = ([]byte)(string(parts[i+1]))
	// want string-bytes-conversion "and that again"
	badKept = []byte(badText(data))
	// want string-bytes-conversion "append.json.RawMessage"
	use(json.RawMessage(string(data)))
}

func use(raw json.RawMessage) { badKept = raw }

func _(data, other []byte, raw badRaw) bool {
	// want string-bytes-conversion "data is copied into a string only to be read as bytes again"
	return bytes.Equal([]byte(string(data)), other) ||
		// want string-bytes-conversion "raw is copied into a string only to be read"
		bytes.Equal([]byte(string(raw)), other)
}

func _(data []byte, v any) error {
	// want string-bytes-conversion "data is copied into a string, and that again"
	return json.Unmarshal([]byte(string(data)), v)
}

func _(name string) (string, badText) {
	// want string-bytes-conversion "name is a string already, and string of its bytes is a copy"
	copied := string([]byte(name))
	// want string-bytes-conversion "and badText of its bytes"
	return copied, badText([]byte(name))
}

func _(buf *bytes.Buffer) []byte {
	// want string-bytes-conversion "String copies what buf holds only to turn it into bytes again: each call pays for two copies"
	return []byte(buf.String())
}

func _(path string, v any) error {
	var buf bytes.Buffer
	buf.WriteString("{}")
	// want string-bytes-conversion "two copies"
	if err := json.Unmarshal([]byte(buf.String()), v); err != nil {
		return err
	}
	// want string-bytes-conversion "of the text; buf.Bytes.. is the text itself"
	return os.WriteFile(path, []byte(buf.String()), 0o600)
}

type badPage struct {
	bytes.Buffer
	raw json.RawMessage
}

func (p *badPage) _(w io.Writer) {
	// want string-bytes-conversion "two copies"
	w.Write([]byte(p.String()))
	// want string-bytes-conversion "two copies"
	p.raw = json.RawMessage(p.String())
	// want string-bytes-conversion "each call pays for a copy of the text"
	if bytes.Contains([]byte(p.String()), p.raw) {
		return
	}
}

func _(dst, data []byte, pick func() []byte) ([]byte, int) {
	for range 100 {
		// want string-bytes-conversion "The string made of data is only read by append"
		dst = append(dst, string(data)...)
	}
	// want string-bytes-conversion "The string made of pick.. is only read by append"
	dst = append(dst, string(pick())...)
	// want string-bytes-conversion "only read by append"
	dst = append(pick(), string(data)...)
	// want string-bytes-conversion "data is copied into a string only to be read as bytes again"
	dst = append(dst, []byte(string(data))...)
	// want string-bytes-conversion "The string made of data.1:. is only read by copy"
	return dst, copy(dst, string(data[1:]))
}

func badTouch(b []byte) os.FileMode { return os.FileMode(copy(b, "x")) }

// What is called beside the bytes may change them before they are read.
func _(path string, data []byte) error {
	var buf bytes.Buffer
	buf.Write(data)
	// want string-bytes-conversion "of the text"
	if err := os.WriteFile(path, []byte(buf.String()), badTouch(data)); err != nil {
		return err
	}
	// want string-bytes-conversion "data is copied into a string"
	data = append(data[:badTouch(data)], []byte(string(data))...)
	// want string-bytes-conversion "data is copied into a string"
	return os.WriteFile(path, []byte(string(data)), 0o600+badTouch(data))
}

// What is decoded may lie where it is read.
func _(list []byte) []byte {
	// want string-bytes-conversion "list is copied into a string"
	_ = json.Unmarshal([]byte(string(list)), &list)
	return list
}
