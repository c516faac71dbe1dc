// No findings.

package slicegrowth

import (
	"errors"
	"iter"
)

type goodItem struct {
	name string
	tags []string
}

type goodList struct {
	names []string
}

// Has its capacity.
func _(items []goodItem) []string {
	names := make([]string, 0, len(items))
	for _, item := range items {
		names = append(names, item.name)
	}
	return names
}

func _(items []goodItem, names []string) []string {
	for _, item := range items {
		names = append(names, item.name)
	}
	return names
}

// Reuses what it had.
func (l *goodList) refill(items []goodItem) {
	l.names = l.names[:0]
	for _, item := range items {
		l.names = append(l.names, item.name)
	}
}

// Conditional, or left early.
func _(items []goodItem) []string {
	var names []string
	for _, item := range items {
		if item.name != "" {
			names = append(names, item.name)
		}
	}
	return names
}

func _(items []goodItem) []string {
	var names []string
	for _, item := range items {
		if item.name == "" {
			continue
		}
		names = append(names, item.name)
	}
	return names
}

func _(items []goodItem) []string {
	var names []string
	for _, item := range items {
		names = append(names, item.name)
		if len(names) == 10 {
			break
		}
	}
	return names
}

func _(items []goodItem) ([]string, error) {
	var names []string
	for _, item := range items {
		if item.name == "" {
			return nil, errors.New("no name")
		}
		names = append(names, item.name)
	}
	return names, nil
}

func _(items []goodItem) []string {
	var names []string
	for _, item := range items {
		if item.name == "" {
			panic("no name")
		}
		names = append(names, item.name)
	}
	return names
}

func _(groups [][]goodItem) []string {
	var names []string
outer:
	for _, group := range groups {
		for _, item := range group {
			if item.name == "" {
				continue outer
			}
		}
		names = append(names, group[0].name)
	}
	return names
}

func _(items []goodItem, kind int) []string {
	var names []string
	for _, item := range items {
		switch kind {
		case 1:
			names = append(names, item.name)
		}
	}
	return names
}

func _(items []goodItem) []string {
	var names []string
	i := 0
again:
	for _, item := range items {
		names = append(names, item.name)
	}
	if i++; i < 3 {
		goto again
	}
	return names
}

// Starts empty on some paths only.
func _(items []goodItem, old []string) []string {
	var names []string
	if len(old) > 0 {
		names = old
	}
	for _, item := range items {
		names = append(names, item.name)
	}
	return names
}

func _(items []goodItem) []string {
	var names []string
	names = append(names, "first")
	for _, item := range items {
		names = append(names, item.name)
	}
	return names
}

func _(items []goodItem) []string {
	names := []string{"first"}
	for _, item := range items {
		names = append(names, item.name)
	}
	return names
}

func _(items []goodItem, fill func(*[]string)) []string {
	var names []string
	fill(&names)
	for _, item := range items {
		names = append(names, item.name)
	}
	return names
}

func _(items []goodItem, fill func(*goodList)) *goodList {
	list := &goodList{}
	fill(list)
	for _, item := range items {
		list.names = append(list.names, item.name)
	}
	return list
}

// A loop around it whose iterations nobody knows.
func _(items []goodItem, more func() bool) []string {
	var names []string
	for more() {
		for _, item := range items {
			names = append(names, item.name)
		}
	}
	return names
}

// The inner bound depends on the outer loop.
func _(items []goodItem) []string {
	var tags []string
	for _, item := range items {
		for _, tag := range item.tags {
			tags = append(tags, tag+item.name)
		}
	}
	return tags
}

func _(n int) []int {
	var pairs []int
	for i := 0; i < n; i++ {
		for j := 0; j < i; j++ {
			pairs = append(pairs, i*j)
		}
	}
	return pairs
}

// Iterations that nobody knows.
func _(items <-chan goodItem) []string {
	var names []string
	for item := range items {
		names = append(names, item.name)
	}
	return names
}

func _(items iter.Seq[goodItem]) []string {
	var names []string
	for item := range items {
		names = append(names, item.name)
	}
	return names
}

func _(next func() bool) []int {
	var numbers []int
	for i := 0; next(); i++ {
		numbers = append(numbers, i)
	}
	return numbers
}

func _(n int) []int {
	var numbers []int
	for i := 0; i < n; i++ {
		numbers = append(numbers, i)
		n--
	}
	return numbers
}

func _(n int) []int {
	var numbers []int
	for i := 0; i < n; i++ {
		numbers = append(numbers, i)
		i += len(numbers)
	}
	return numbers
}

func _(size func() int) []int {
	var numbers []int
	for i := 0; i < size(); i++ {
		numbers = append(numbers, i)
	}
	return numbers
}

func _(n int) []int {
	var numbers []int
	for i := 1; i < n; i *= 2 {
		numbers = append(numbers, i)
	}
	return numbers
}

func _(items []goodItem) []string {
	var names []string
	for i, items := 0, items[1:]; i < len(items); i++ {
		names = append(names, items[i].name)
	}
	return names
}

// Its own length is the bound.
func _(n int) []int {
	numbers := []int{}
	for i := 0; i < n-len(numbers); i++ {
		numbers = append(numbers, i)
	}
	return numbers
}

// Unknown lengths.
func _(items []goodItem) []string {
	var tags []string
	for _, item := range items {
		tags = append(tags, item.tags...)
	}
	return tags
}

func _(items []goodItem) []string {
	var tags []string
	for _, item := range items {
		tags = append(tags, item.name)
		tags = append(tags, item.tags...)
	}
	return tags
}

// At most four elements.
func _() []int {
	var few []int
	for i := range 4 {
		few = append(few, i)
	}
	return few
}

func _(pair [2]string) []string {
	var few []string
	for _, s := range pair {
		few = append(few, s, s+s)
	}
	return few
}

func _() []string {
	var few []string
	for _, s := range []string{"a", "b", "c", "d"} {
		few = append(few, s+s)
	}
	return few
}

// Emptied on every iteration.
func _(items []goodItem) int {
	var names []string
	total := 0
	for _, item := range items {
		names = append(names, item.name)
		total += len(names)
		names = names[:0]
	}
	return total
}

// Closures and goroutines.
func _(items []goodItem) func() {
	var names []string
	add := func() {
		for _, item := range items {
			names = append(names, item.name)
		}
	}
	return add
}

func _(items []goodItem) []string {
	var names []string
	for _, item := range items {
		func() {
			names = append(names, item.name)
		}()
	}
	return names
}

func _(items []goodItem) []string {
	var names []string
	last := func() string { return names[len(names)-1] }
	for _, item := range items {
		names = append(names, item.name)
		println(last())
	}
	return names
}

// Appends to something else.
func _(items []goodItem) [][]string {
	base := []string{}
	all := make([][]string, 0, len(items))
	for _, item := range items {
		all = append(all, append(base, item.name))
	}
	return all
}

// Not the builtin.
func _(items []goodItem) []string {
	append := func(s []string, x string) []string { return s }
	var names []string
	for _, item := range items {
		names = append(names, item.name)
	}
	return names
}

// Only copies: append-loop says so.
func _(names []string) []string {
	var all []string
	for _, name := range names {
		all = append(all, name)
	}
	return all
}

// Elements without size.
func _(items []goodItem) int {
	var marks []struct{}
	for range items {
		marks = append(marks, struct{}{})
	}
	return len(marks)
}

// The bound changes on the way.
func _(jobs chan string) []string {
	names := []string{}
	for i := 0; i < len(jobs); i++ {
		names = append(names, <-jobs)
	}
	return names
}

func _(left *int, next func() string) []string {
	names := []string{}
	for i := 0; i < *left; i++ {
		names = append(names, next())
		*left--
	}
	return names
}

func _(queues [][]string, next func() string) []string {
	names := []string{}
	for i := 0; i < len(queues[0]); i++ {
		names = append(names, next())
		queues[0] = queues[0][1:]
	}
	return names
}
