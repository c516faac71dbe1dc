//go:build !fixed

package interfaceboxing

import (
	"bytes"
	"container/heap"
	"container/list"
	"errors"
	"fmt"
	"io"
	"log"
	"log/slog"
	"net/http"
	"reflect"
	"sort"
)

func formatted(w io.Writer, numbers []int) {
	for _, n := range numbers {
		fmt.Fprintf(w, "%d,", n) // want interface-boxing "fmt.Fprintf takes n \(int\) as an interface: one allocation of 8 bytes on every iteration of the loop"
	}
}

func formattedMany(w io.Writer, names map[string]float64) {
	for name, value := range names {
		fmt.Fprintln(w, len(name)<<8, name, value) // want interface-boxing "fmt.Fprintln takes 3 values as an interface: 3 allocations, 32 bytes, on every iteration of the loop"
	}
}

func formattedTwo(w io.Writer, names map[string]float64) {
	for name, value := range names {
		fmt.Fprint(w, name, value) // want interface-boxing "takes name \(string\) and value \(float64\)"
	}
}

func logged(names []string) {
	for _, name := range names {
		log.Println(name) // want interface-boxing "log.Println takes name \(string\).*16 bytes"
	}
}

type logger interface {
	Debugf(format string, args ...any)
}

func loggedSeldom(l logger, names []string) {
	for _, name := range names {
		l.Debugf("name %s", name) // want interface-boxing "l.Debugf takes name \(string\).*also where the level is off"
	}
}

func prefixed(w io.Writer, prefix string, lines []*string) {
	for _, line := range lines {
		fmt.Fprintln(w, prefix, line) // want interface-boxing "fmt.Fprintln takes prefix"
	}
}

func prefixedTwice(w io.Writer, prefix string, width int, turns int) {
	for i := 0; i < turns; i++ {
		fmt.Fprintln(w, prefix, width, "x", prefix) // want interface-boxing "takes 3 values"
	}
}

func queued(h heap.Interface, jobs []job) {
	for _, j := range jobs {
		heap.Push(h, j) // want interface-boxing "heap.Push takes j \(job\) as an interface: one allocation of 16 bytes.*Keep pointers in it"
	}
}

func listed(l *list.List, names []string) {
	for _, name := range names {
		l.PushBack(name) // want interface-boxing "l.PushBack takes name"
	}
}

func sorted(groups [][]string) {
	for _, group := range groups {
		sort.Sort(byName(group)) // want interface-boxing "sort.Sort takes byName\(group\) \(byName\) as an interface: one allocation of 24 bytes.*slices.SortFunc"
	}
}

func arguments(jobs []job) {
	for _, j := range jobs {
		keep(j) // want interface-boxing "keep takes j \(job\)"
	}
}

func converted(jobs []job) {
	for _, j := range jobs {
		keep(any(j)) // want interface-boxing "keep takes j \(job\)"
	}
}

func stored(names []string) []any {
	values := make([]any, 0, len(names))
	for _, name := range names {
		values = append(values, name) // want interface-boxing "An interface that outlives this takes name"
	}
	return values
}

func keyed(names []string) map[any]bool {
	found := make(map[any]bool, len(names))
	for _, name := range names {
		found[name] = true // want interface-boxing "takes name"
	}
	return found
}

func sent(to chan<- any, jobs []job) {
	for _, j := range jobs {
		to <- j // want interface-boxing "takes j \(job\)"
	}
}

func endless(numbers <-chan int) {
	for {
		n, ok := <-numbers
		if !ok {
			return
		}
		keep(n) // want interface-boxing "keep takes n"
	}
}

func served(w http.ResponseWriter, r *http.Request) {
	for name := range r.Header {
		fmt.Fprintln(w, name) // want interface-boxing "fmt.Fprintln takes name"
	}
}

func ServeJob(w http.ResponseWriter, r *http.Request) {
	keep(r.Method) // want interface-boxing "one allocation of 16 bytes on every call"
}

func large(turns int) {
	for i := range turns {
		keep(i) // want interface-boxing "keep takes i"
	}
}

func filled(kinds []int, text string, n int) {
	for _, kind := range kinds {
		var value any
		switch kind {
		case 1:
			value = text // want interface-boxing "An interface that outlives this takes text \(string\) and n \(int\): 2 allocations, 24 bytes, on each iteration that gets here"
		case 2:
			value = n
		}
		keep(value)
	}
}

func attributes(l *slog.Logger, names []string) {
	for _, name := range names {
		l.Info("met", "name", name) // want interface-boxing "l.Info takes name \(string\).*LogAttrs"
	}
}

func severalCalls(w io.Writer, names []string) {
	for i, name := range names {
		fmt.Fprintf(w, "%d: ", i) // want interface-boxing "fmt.Fprintf and 1 more call take i \(int\) and name \(string\)"
		fmt.Fprintln(w, name)
	}
}

func masked(numbers []int) {
	for _, n := range numbers {
		keep(n & 0x1ff) // want interface-boxing "keep takes"
	}
}

type badPair struct{ a, b int }

func _(all []badPair, take func(reflect.Value)) {
	for _, each := range all {
		take(reflect.ValueOf(each)) // want interface-boxing "reflect.ValueOf takes each \\(badPair\\) as an interface: .*Pass a pointer"
	}
}

// The text is more than that of an error.
func listedAtOnce(names []string, show func(string)) error {
	var text bytes.Buffer
	for _, name := range names {
		fmt.Fprintf(&text, "%q -> %q ", name, names[0]) // want interface-boxing "fmt.Fprintf takes name \\(string\\) and names\\[0\\] \\(string\\)"
	}
	show(text.String())
	return errors.New(text.String())
}
