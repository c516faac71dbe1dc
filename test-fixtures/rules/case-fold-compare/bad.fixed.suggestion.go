//go:build fixed && suggestion

package casefoldcompare

import (
	"bytes"
	str "strings"
)

const badKind = "json"

func _(a, b string, i int) bool {
	if str.EqualFold(a, b) {
		return true
	}
	if !str.EqualFold(a[i+1:], b) && i > 0 {
		return true
	}
	for range 10 {
		if str.EqualFold(a, "application/json") {
			return true
		}
	}
	if str.EqualFold(a, "ÄÖ") {
		return true
	}
	return str.EqualFold(badKind, b)
}

func _(a, b []byte) bool {
	return bytes.EqualFold(a, b)
}
