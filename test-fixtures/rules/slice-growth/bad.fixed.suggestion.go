//go:build fixed && suggestion

package slicegrowth

import (
	"fmt"
	"slices"
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
	names := make([]string, 0, len(items))
	for _, item := range items {
		names = append(names, item.name)
	}
	return strings.Join(names, ",")
}

// Nil can be seen by the caller.
func _(items []badItem) []string {
	var names []string
	names = slices.Grow(names, len(items))
	for _, item := range items {
		names = append(names, item.name)
	}
	return names
}

func _(items []badItem) []string {
	names := make([]string, 0, len(items))
	for _, item := range items {
		names = append(names, item.name)
	}
	return names
}

func _(items []badItem) []string {
	names := make([]string, 0, len(items))
	for _, item := range items {
		names = append(names, item.name)
	}
	return names
}

func _(items []badItem) badNames {
	names := make(badNames, 0, len(items))
	for i := range items {
		names = append(names, items[i].name)
	}
	return names
}

// A named result.
func _(items []badItem) (names []string, err error) {
	names = slices.Grow(names, len(items))
	for _, item := range items {
		names = append(names, item.name)
	}
	return names, nil
}

// A field of a literal made here.
func _(items []badItem) *badList {
	list := &badList{}
	list.names = slices.Grow(list.names, len(items))
	for _, item := range items {
		list.names = append(list.names, item.name)
	}
	return list
}

func _(items []badItem) *badList {
	list := new(badList)
	list.names = slices.Grow(list.names, len(items))
	for _, item := range items {
		list.names = append(list.names, item.name)
	}
	return list
}

func _(items []badItem) badList {
	list := badList{
		names: make([]string, 0, len(items)),
	}
	for _, item := range items {
		list.names = append(list.names, item.name)
	}
	return list
}

// Assigned empty right before the loop.
func (l *badList) reset(items []badItem) {
	l.names = make([]string, 0, len(items))
	for _, item := range items {
		l.names = append(l.names, item.name)
	}
}

// Arrays, pointers to arrays, maps, strings, integers.
func _(item badItem) int {
	n := make([]int, 0, len(item.tags))
	for _, tag := range item.tags {
		n = append(n, len(tag))
	}
	return len(n)
}

func _(tags *[100]string) int {
	n := make([]int, 0, len(tags))
	for _, tag := range tags {
		n = append(n, len(tag))
	}
	return len(n)
}

func _(ages map[string]int) []string {
	keys := make([]string, 0, len(ages))
	for key := range ages {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}

func _(text string) int {
	upper := make([]rune, 0, len(text))
	for _, r := range text {
		upper = append(upper, r-'a'+'A')
	}
	return len(upper)
}

func _(n int) int {
	squares := make([]int, 0, max(n, 0))
	for i := range n {
		squares = append(squares, i*i)
	}
	return len(squares)
}

func _() int {
	squares := make([]int, 0, 100)
	for i := range 100 {
		squares = append(squares, i*i)
	}
	return len(squares)
}

// Counted loops.
func _(n int) int {
	squares := make([]int, 0, max(n, 0))
	for i := 0; i < n; i++ {
		squares = append(squares, i*i)
	}
	return len(squares)
}

func _(n int) int {
	squares := make([]int, 0, max(n, 0))
	for i := 1; i <= n; i++ {
		squares = append(squares, i*i)
	}
	return len(squares)
}

func _(from, to int) int {
	squares := make([]int, 0, max((to+1-from)/2, 0))
	for i := from; to > i; i += 2 {
		squares = append(squares, i*i)
	}
	return len(squares)
}

func _(items []badItem) int {
	names := make([]string, 0, len(items))
	for i := len(items) - 1; i >= 0; i-- {
		names = append(names, items[i].name)
	}
	return len(names)
}

func _(items []badItem) int {
	names := make([]string, 0, len(items))
	for i, n := 0, len(items); i < n; i++ {
		names = append(names, items[i].name)
	}
	return len(names)
}

func _(n int64) int {
	squares := make([]int64, 0, max(int(n), 0))
	for i := int64(0); i < n; i++ {
		squares = append(squares, i*i)
	}
	return len(squares)
}

func _(n uint8) int {
	squares := make([]uint8, 0, max(int(n), 0))
	for i := uint8(0); i < n; i++ {
		squares = append(squares, i*i)
	}
	return len(squares)
}

// Several elements on each iteration.
func _(items []badItem) int {
	parts := make([]string, 0, 3*len(items))
	for _, item := range items {
		parts = append(parts, item.name, item.tags[0])
		parts = append(parts, "")
	}
	return len(parts)
}

// Nested loops.
func _(rows, columns []string) int {
	cells := make([]string, 0, len(rows)*len(columns))
	for _, row := range rows {
		for _, column := range columns {
			cells = append(cells, row+column)
		}
	}
	return len(cells)
}

func _(width, height int) int {
	cells := make([]int, 0, max(height, 0)*max(width, 0))
	for y := 0; y < height; y++ {
		for x := 0; x < width; x++ {
			cells = append(cells, x*y)
		}
	}
	return len(cells)
}

// The slice starts anew on each iteration of the outer loop.
func _(groups [][]badItem) int {
	total := 0
	for _, group := range groups {
		names := make([]string, 0, len(group))
		for _, item := range group {
			names = append(names, item.name)
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
	names = slices.Grow(names, len(items))
	for _, item := range items {
		names = append(names, item.name)
	}
	return names, nil
}

// In a branch, behind a label.
func _(items []badItem, isWanted bool) []string {
	names := []string{"all"}[:0:0]
	names = nil
	if isWanted {
		names = slices.Grow(names, len(items))
	loop:
		for i, item := range items {
			names = append(names, item.name)
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
	items := strings.Split(text, ",")
	parts = slices.Grow(parts, len(items))
	for _, part := range items {
		parts = append(parts, strings.TrimSpace(part))
	}
	return len(parts)
}

// The backing array is shared while it grows: no longer safe.
func _(items []badItem) []*string {
	names := make([]string, 0, len(items))
	var pointers []*string
	pointers = slices.Grow(pointers, len(items))
	for i := 0; i < len(items); i++ {
		names = append(names, items[i].name)
		pointers = append(pointers, &names[i])
	}
	return pointers
}

// What follows is counted too.
func _(items []badItem) string {
	names := make([]string, 0, len(items)+3)
	for _, item := range items {
		names = append(names, item.name)
	}
	names = append(names, "end")
	fmt.Println("names")
	names = append(names, "of", "list")
	return strings.Join(names, ",")
}

// The declared type stays.
func _(items []badItem) badNames {
	var names badNames = make([]string, 0, len(items))
	for _, item := range items {
		names = append(names, item.name)
	}
	return names
}

// A part of a slice.
func _(items []badItem, n int) int {
	names := make([]string, 0, len(items[1:n]))
	for _, item := range items[1:n] {
		names = append(names, item.name)
	}
	return len(names)
}
