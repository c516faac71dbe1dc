//go:build fixed && suggestion

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
	return append([]byte{}, data...)
}

func _(data badBytes, parts [][]byte, i int) {
	badKept = append([]byte{}, data...)
	badKept = append([]byte{}, parts[i+1]...)
	badKept = append([]byte{}, data...)
	use(append(json.RawMessage{}, data...))
}

func use(raw json.RawMessage) { badKept = raw }

func _(data, other []byte, raw badRaw) bool {
	return bytes.Equal(data, other) ||
		bytes.Equal([]byte(raw), other)
}

func _(data []byte, v any) error {
	return json.Unmarshal(append([]byte{}, data...), v)
}

func _(name string) (string, badText) {
	copied := name
	return copied, badText(name)
}

func _(buf *bytes.Buffer) []byte {
	return buf.Bytes()
}

func _(path string, v any) error {
	var buf bytes.Buffer
	buf.WriteString("{}")
	if err := json.Unmarshal(buf.Bytes(), v); err != nil {
		return err
	}
	return os.WriteFile(path, buf.Bytes(), 0o600)
}

type badPage struct {
	bytes.Buffer
	raw json.RawMessage
}

func (p *badPage) _(w io.Writer) {
	w.Write(p.Bytes())
	p.raw = json.RawMessage(p.Bytes())
	if bytes.Contains(p.Bytes(), p.raw) {
		return
	}
}

func _(dst, data []byte, pick func() []byte) ([]byte, int) {
	for range 100 {
		dst = append(dst, data...)
	}
	dst = append(dst, pick()...)
	dst = append(pick(), data...)
	dst = append(dst, data...)
	return dst, copy(dst, data[1:])
}

func badTouch(b []byte) os.FileMode { return os.FileMode(copy(b, "x")) }

// What is called beside the bytes may change them before they are read.
func _(path string, data []byte) error {
	var buf bytes.Buffer
	buf.Write(data)
	if err := os.WriteFile(path, buf.Bytes(), badTouch(data)); err != nil {
		return err
	}
	data = append(data[:badTouch(data)], data...)
	return os.WriteFile(path, data, 0o600+badTouch(data))
}

// What is decoded may lie where it is read.
func _(list []byte) []byte {
	_ = json.Unmarshal(append([]byte{}, list...), &list)
	return list
}
