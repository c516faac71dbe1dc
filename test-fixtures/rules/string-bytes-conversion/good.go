// What costs nothing, is no round trip, or is not what its name says.

package stringbytesconversion

import (
	"bytes"
	"strings"
	"testing"
)

type goodPrinter struct{}

func (goodPrinter) String() string { return "" }

func _(data []byte, name string, counts map[string]int) int {
	n := len([]byte(name)) + len(string(data)) + copy(data, []byte(name))
	data = append(data, []byte(name)...)
	if string([]byte(name)) == "x" || string(data) == name {
		n++
	}
	for range []byte(name) {
		n++
	}
	return n + counts[string([]byte(name))]
}

func _(r rune, runes []rune, n byte, name string) ([]byte, []byte, string) {
	return []byte(string(r)), []byte(string(runes)), string([]rune(name))
}

func _(p goodPrinter, sb *strings.Builder, data []byte) ([]byte, []byte, []byte) {
	return []byte(p.String()), []byte(sb.String()), []byte(strings.ToUpper(string(data)))
}

func _(data []byte) ([]byte, string) {
	string := func(b []byte) string { return "" }
	return []byte(string(data)), string([]byte("x"))
}

func _(data []byte) []byte {
	append := func(b []byte, s ...byte) []byte { return b }
	return append(nil, []byte("x")...)
}

func _[T ~[]byte | ~string](data T, dst []byte) []byte {
	return append(dst, []byte(string(data))...)
}

type goodBuffer struct{ bytes.Buffer }

func (goodBuffer) Bytes() int { return 0 }

func _(buf *goodBuffer) []byte {
	return []byte(buf.String())
}

var goodOnce = []byte(string([]byte("x")))

func init() {
	goodOnce = []byte(string(goodOnce))
}

func goodTest(t *testing.T, data []byte) []byte {
	return []byte(string(data))
}

func goodNormalize(name []byte) {
	for i := range name {
		name[i] |= 0x20
	}
}

// A copy that is changed, while the bytes stay as they are.
func goodCopyToChange(names map[string]int, name, other []byte) {
	lower := []byte(string(name))
	goodNormalize(lower)
	first := []byte(string(other))
	first[0] = 'x'
	names[string(lower)] = len(first)
}
