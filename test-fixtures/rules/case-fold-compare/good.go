// Not compared, not in the same case, or with letters of their own.

package casefoldcompare

import (
	"bytes"
	"strings"
	"testing"
)

type goodCase struct{}

func (goodCase) ToLower(s string) string { return s }

func _(a, b string) bool {
	lower := strings.ToLower(a)
	return lower == b || strings.ToLower(a) == b || strings.ToLower(a) == strings.ToUpper(b) ||
		strings.ToLower(a) < strings.ToLower(b) || strings.EqualFold(a, b)
}

func _(a string) bool {
	return strings.ToLower(a) == "Json" || strings.ToUpper(a) == "json" || strings.ToLower(a) == "" || strings.ToLower(a) == "404" ||
		strings.ToLower(a) == "straße" || strings.ToUpper(a) == "\u212a" || strings.ToLower(a) == "µ"
}

func _(strings goodCase, a, b string) bool {
	return strings.ToLower(a) == strings.ToLower(b)
}

func _(a, b []byte) bool {
	return bytes.Contains(bytes.ToLower(a), bytes.ToLower(b)) || bytes.Equal(bytes.ToLower(a), b)
}

var goodOnce = strings.ToLower("A") == strings.ToLower("b")

func goodTest(t *testing.T, a, b string) bool {
	return strings.ToLower(a) == strings.ToLower(b)
}

// The name is that of a variable, which would have no use any more.
func _(a, b string) bool {
	ToLower := strings.ToLower
	return ToLower(a) == ToLower(b)
}
