//go:build fixed && suggestion

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
		fmt.Fprintf(w, "%d,", n)
	}
}

func formattedMany(w io.Writer, names map[string]float64) {
	for name, value := range names {
		fmt.Fprintln(w, len(name)<<8, name, value)
	}
}

func formattedTwo(w io.Writer, names map[string]float64) {
	for name, value := range names {
		fmt.Fprint(w, name, value)
	}
}

func logged(names []string) {
	for _, name := range names {
		log.Println(name)
	}
}

type logger interface {
	Debugf(format string, args ...any)
}

func loggedSeldom(l logger, names []string) {
	for _, name := range names {
		l.Debugf("name %s", name)
	}
}

func prefixed(w io.Writer, prefix string, lines []*string) {
	var prefixBoxed any = prefix
	for _, line := range lines {
		fmt.Fprintln(w, prefixBoxed, line)
	}
}

func prefixedTwice(w io.Writer, prefix string, width int, turns int) {
	var prefixBoxed any = prefix
	var widthBoxed any = width
	for i := 0; i < turns; i++ {
		fmt.Fprintln(w, prefixBoxed, widthBoxed, "x", prefixBoxed)
	}
}

func queued(h heap.Interface, jobs []job) {
	for _, j := range jobs {
		heap.Push(h, j)
	}
}

func listed(l *list.List, names []string) {
	for _, name := range names {
		l.PushBack(name)
	}
}

func sorted(groups [][]string) {
	for _, group := range groups {
		sort.Sort(byName(group))
	}
}

func arguments(jobs []job) {
	for _, j := range jobs {
		keep(j)
	}
}

func converted(jobs []job) {
	for _, j := range jobs {
		keep(any(j))
	}
}

func stored(names []string) []any {
	values := make([]any, 0, len(names))
	for _, name := range names {
		values = append(values, name)
	}
	return values
}

func keyed(names []string) map[any]bool {
	found := make(map[any]bool, len(names))
	for _, name := range names {
		found[name] = true
	}
	return found
}

func sent(to chan<- any, jobs []job) {
	for _, j := range jobs {
		to <- j
	}
}

func endless(numbers <-chan int) {
	for {
		n, ok := <-numbers
		if !ok {
			return
		}
		keep(n)
	}
}

func served(w http.ResponseWriter, r *http.Request) {
	for name := range r.Header {
		fmt.Fprintln(w, name)
	}
}

func ServeJob(w http.ResponseWriter, r *http.Request) {
	keep(r.Method)
}

func large(turns int) {
	for i := range turns {
		keep(i)
	}
}

func filled(kinds []int, text string, n int) {
	for _, kind := range kinds {
		var value any
		switch kind {
		case 1:
			value = text
		case 2:
			value = n
		}
		keep(value)
	}
}

func attributes(l *slog.Logger, names []string) {
	for _, name := range names {
		l.Info("met", "name", name)
	}
}

func severalCalls(w io.Writer, names []string) {
	for i, name := range names {
		fmt.Fprintf(w, "%d: ", i)
		fmt.Fprintln(w, name)
	}
}

func masked(numbers []int) {
	for _, n := range numbers {
		keep(n & 0x1ff)
	}
}

type badPair struct{ a, b int }

func _(all []badPair, take func(reflect.Value)) {
	for _, each := range all {
		take(reflect.ValueOf(each))
	}
}

// The text is more than that of an error.
func listedAtOnce(names []string, show func(string)) error {
	var text bytes.Buffer
	for _, name := range names {
		fmt.Fprintf(&text, "%q -> %q ", name, names[0])
	}
	show(text.String())
	return errors.New(text.String())
}
