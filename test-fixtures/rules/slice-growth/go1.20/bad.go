//go:build !fixed

package slicegrowth

import "strings"

// Go 1.20 has neither slices.Grow nor max.

func _(items []string) string {
	var names []string
	for _, item := range items {
		names = append(names, item+"!") // want slice-growth "len\\(items\\)"
	}
	return strings.Join(names, ",")
}

// A nil result stays nil only by hand.
func _(items []string) []string {
	var names []string
	for _, item := range items {
		names = append(names, item+"!") // want slice-growth "len\\(items\\)"
	}
	return names
}

// Known only after the declaration; never nil.
func _(load func() []string) []string {
	names := []string{}
	items := load()
	for _, item := range items {
		names = append(names, item+"!") // want slice-growth "len\\(items\\)"
	}
	return names
}

// May be negative, for which make panics.
func _(n int) int {
	var squares []int
	for i := 0; i < n; i++ {
		squares = append(squares, i*i) // want slice-growth "to n elements"
	}
	return len(squares)
}

// The type's name means something else at the loop.
type badName string

func _(load func() []string) []badName {
	names := []badName{}
	badName := load()
	for i := range badName {
		names = append(names, "x") // want slice-growth "len\\(badName\\)"
		_ = i
	}
	return names
}
