//go:build !fixed

package casefoldcompare

import (
	"bytes"
	str "strings"
)

const badKind = "json"

func _(a, b string, i int) bool {
	// want case-fold-compare "str.ToLower goes through both texts whole and copies each that has a letter to change.*strings.EqualFold"
	if str.ToLower(a) == str.ToLower(b) {
		return true
	}
	// want case-fold-compare "goes through both texts"
	if str.ToUpper(a[i+1:]) != str.ToUpper(b) && i > 0 {
		return true
	}
	for range 10 {
		// want case-fold-compare "str.ToLower goes through a whole and copies it if it has a letter to change"
		if (str.ToLower(a)) == "application/json" {
			return true
		}
	}
	// want case-fold-compare "str.ToUpper goes through a whole"
	if str.ToUpper(a) == "ÄÖ" {
		return true
	}
	// want case-fold-compare "goes through b whole"
	return badKind == str.ToLower(b)
}

func _(a, b []byte) bool {
	// want case-fold-compare "bytes.ToLower goes through both texts whole.*bytes.EqualFold"
	return bytes.Equal(bytes.ToLower(a), bytes.ToLower(b))
}
