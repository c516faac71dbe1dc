//go:build fixed && suggestion

package slicegrowth

import "strings"

// Go 1.20 has neither slices.Grow nor max.

func _(items []string) string {
	names := make([]string, 0, len(items))
	for _, item := range items {
		names = append(names, item+"!")
	}
	return strings.Join(names, ",")
}

// A nil result stays nil only by hand.
func _(items []string) []string {
	names := make([]string, 0, len(items))
	for _, item := range items {
		names = append(names, item+"!")
	}
	return names
}

// Known only after the declaration; never nil.
func _(load func() []string) []string {
	names := []string{}
	items := load()
	names = make([]string, 0, len(items))
	for _, item := range items {
		names = append(names, item+"!")
	}
	return names
}

// May be negative, for which make panics.
func _(n int) int {
	squares := make([]int, 0, n)
	for i := 0; i < n; i++ {
		squares = append(squares, i*i)
	}
	return len(squares)
}

// The type's name means something else at the loop.
type badName string

func _(load func() []string) []badName {
	names := []badName{}
	badName := load()
	for i := range badName {
		names = append(names, "x")
		_ = i
	}
	return names
}
