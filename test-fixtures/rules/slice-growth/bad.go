//go:build !fixed

package slicegrowth

import (
	"fmt"
	"sort"
	"strings"
)

type badItem struct {
	name string
	tags [6]string
}

type badList struct {
	items []badItem
	names []string
}

type badNames []string

// Range over a slice; nobody sees nil.
func _(items []badItem) string {
	var names []string
	for _, item := range items {
		names = append(names, item.name) // want slice-growth "grows names from empty.*len\\(items\\)"
	}
	return strings.Join(names, ",")
}

// Nil can be seen by the caller.
func _(items []badItem) []string {
	var names []string
	for _, item := range items {
		names = append(names, item.name) // want slice-growth "len\\(items\\)"
	}
	return names
}

func _(items []badItem) []string {
	names := []string{}
	for _, item := range items {
		names = append(names, item.name) // want slice-growth "len\\(items\\)"
	}
	return names
}

func _(items []badItem) []string {
	names := make([]string, 0)
	for _, item := range items {
		names = append(names, item.name) // want slice-growth "len\\(items\\)"
	}
	return names
}

func _(items []badItem) badNames {
	names := make(badNames, 0)
	for i := range items {
		names = append(names, items[i].name) // want slice-growth "len\\(items\\)"
	}
	return names
}

// A named result.
func _(items []badItem) (names []string, err error) {
	for _, item := range items {
		names = append(names, item.name) // want slice-growth "grows names"
	}
	return names, nil
}

// A field of a literal made here.
func _(items []badItem) *badList {
	list := &badList{}
	for _, item := range items {
		list.names = append(list.names, item.name) // want slice-growth "grows list.names"
	}
	return list
}

func _(items []badItem) *badList {
	list := new(badList)
	for _, item := range items {
		list.names = append(list.names, item.name) // want slice-growth "grows list.names"
	}
	return list
}

func _(items []badItem) badList {
	list := badList{
		names: []string{},
	}
	for _, item := range items {
		list.names = append(list.names, item.name) // want slice-growth "grows list.names"
	}
	return list
}

// Assigned empty right before the loop.
func (l *badList) reset(items []badItem) {
	l.names = []string{}
	for _, item := range items {
		l.names = append(l.names, item.name) // want slice-growth "grows l.names"
	}
}

// Arrays, pointers to arrays, maps, strings, integers.
func _(item badItem) int {
	var n []int
	for _, tag := range item.tags {
		n = append(n, len(tag)) // want slice-growth "len\\(item.tags\\)"
	}
	return len(n)
}

func _(tags *[100]string) int {
	var n []int
	for _, tag := range tags {
		n = append(n, len(tag)) // want slice-growth "len\\(tags\\)"
	}
	return len(n)
}

func _(ages map[string]int) []string {
	keys := []string{}
	for key := range ages {
		keys = append(keys, key) // want slice-growth "len\\(ages\\)"
	}
	sort.Strings(keys)
	return keys
}

func _(text string) int {
	var upper []rune
	for _, r := range text {
		upper = append(upper, r-'a'+'A') // want slice-growth "len\\(text\\)"
	}
	return len(upper)
}

func _(n int) int {
	var squares []int
	for i := range n {
		squares = append(squares, i*i) // want slice-growth "n"
	}
	return len(squares)
}

func _() int {
	var squares []int
	for i := range 100 {
		squares = append(squares, i*i) // want slice-growth "100"
	}
	return len(squares)
}

// Counted loops.
func _(n int) int {
	var squares []int
	for i := 0; i < n; i++ {
		squares = append(squares, i*i) // want slice-growth "n"
	}
	return len(squares)
}

func _(n int) int {
	var squares []int
	for i := 1; i <= n; i++ {
		squares = append(squares, i*i) // want slice-growth "n"
	}
	return len(squares)
}

func _(from, to int) int {
	var squares []int
	for i := from; to > i; i += 2 {
		squares = append(squares, i*i) // want slice-growth "\\(to-from\\+1\\)/2|to\\+1-from"
	}
	return len(squares)
}

func _(items []badItem) int {
	var names []string
	for i := len(items) - 1; i >= 0; i-- {
		names = append(names, items[i].name) // want slice-growth "to len\\(items\\) elements"
	}
	return len(names)
}

func _(items []badItem) int {
	var names []string
	for i, n := 0, len(items); i < n; i++ {
		names = append(names, items[i].name) // want slice-growth "to len\\(items\\) elements"
	}
	return len(names)
}

func _(n int64) int {
	var squares []int64
	for i := int64(0); i < n; i++ {
		squares = append(squares, i*i) // want slice-growth "int\\(n\\)"
	}
	return len(squares)
}

func _(n uint8) int {
	var squares []uint8
	for i := uint8(0); i < n; i++ {
		squares = append(squares, i*i) // want slice-growth "int\\(n\\)"
	}
	return len(squares)
}

// Several elements on each iteration.
func _(items []badItem) int {
	var parts []string
	for _, item := range items {
		parts = append(parts, item.name, item.tags[0]) // want slice-growth "3\\*len\\(items\\)"
		parts = append(parts, "")
	}
	return len(parts)
}

// Nested loops.
func _(rows, columns []string) int {
	var cells []string
	for _, row := range rows {
		for _, column := range columns {
			cells = append(cells, row+column) // want slice-growth "len\\(rows\\)\\*len\\(columns\\)"
		}
	}
	return len(cells)
}

func _(width, height int) int {
	var cells []int
	for y := 0; y < height; y++ {
		for x := 0; x < width; x++ {
			cells = append(cells, x*y) // want slice-growth "height\\*width"
		}
	}
	return len(cells)
}

// The slice starts anew on each iteration of the outer loop.
func _(groups [][]badItem) int {
	total := 0
	for _, group := range groups {
		var names []string
		for _, item := range group {
			names = append(names, item.name) // want slice-growth "len\\(group\\)"
		}
		total += len(names)
	}
	return total
}

// The length is known only after the declaration.
func _(load func() ([]badItem, error)) ([]string, error) {
	names := []string{}
	items, err := load()
	if err != nil {
		return nil, err
	}
	for _, item := range items {
		names = append(names, item.name) // want slice-growth "len\\(items\\)"
	}
	return names, nil
}

// In a branch, behind a label.
func _(items []badItem, isWanted bool) []string {
	names := []string{"all"}[:0:0]
	names = nil
	if isWanted {
	loop:
		for i, item := range items {
			names = append(names, item.name) // want slice-growth "len\\(items\\)"
			if i > 10 {
				continue loop
			}
			fmt.Println(item.name)
		}
	}
	return names
}

// A call is not repeated, but named first.
func _(text string) int {
	var parts []string
	for _, part := range strings.Split(text, ",") {
		parts = append(parts, strings.TrimSpace(part)) // want slice-growth "len\\(strings.Split\\(text, \",\"\\)\\)"
	}
	return len(parts)
}

// The backing array is shared while it grows: no longer safe.
func _(items []badItem) []*string {
	var names []string
	var pointers []*string
	for i := 0; i < len(items); i++ {
		names = append(names, items[i].name)   // want slice-growth "grows names"
		pointers = append(pointers, &names[i]) // want slice-growth "grows pointers"
	}
	return pointers
}

// What follows is counted too.
func _(items []badItem) string {
	var names []string
	for _, item := range items {
		names = append(names, item.name) // want slice-growth "len\\(items\\)\\+3 elements"
	}
	names = append(names, "end")
	fmt.Println("names")
	names = append(names, "of", "list")
	return strings.Join(names, ",")
}

// The declared type stays.
func _(items []badItem) badNames {
	var names badNames = []string{}
	for _, item := range items {
		names = append(names, item.name) // want slice-growth "grows names"
	}
	return names
}

// A part of a slice.
func _(items []badItem, n int) int {
	var names []string
	for _, item := range items[1:n] {
		names = append(names, item.name) // want slice-growth "len\\(items\\[1:n\\]\\)"
	}
	return len(names)
}
