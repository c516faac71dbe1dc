package quiet

import (
	"container/heap"
	"fmt"
	"net/http"
)

type job struct{ priority, id int }

func fill(h heap.Interface, jobs []job) {
	for _, j := range jobs {
		heap.Push(h, j) // want interface-boxing "heap.Push takes j .job. as an interface"
	}
}

func links(w http.ResponseWriter, r *http.Request, names []string) []string {
	var all []string
	for _, name := range names {
		all = append(all, fmt.Sprintf("/%s/%s", r.URL.Path, name)) // want interface-boxing "fmt.Sprintf takes"
	}
	return all
}

func escaped(buffer []byte, runes []rune) []byte {
	for _, r := range runes {
		buffer = fmt.Appendf(buffer, "%04x", r) // want interface-boxing "fmt.Appendf takes"
	}
	return buffer
}

type lister interface{ get(i any) any }

func last(l lister, size int) (found any) {
	for i := size; i > 0; i-- {
		found = l.get(i) // want interface-boxing "l.get takes i .int."
	}
	return found
}

func sum(l lister, ch <-chan int) (all []any) {
	for n := range ch {
		all = append(all, l.get(n)) // want interface-boxing "l.get takes n .int."
	}
	return all
}

type splitter interface{ Half(of any) }

// A name that ends as those of formats do makes no text where none is given.
func halves(s splitter, names []string) {
	for _, name := range names {
		s.Half(name) // want interface-boxing "s.Half takes name .string. as an interface.*Pass a pointer"
	}
}

type debugger interface {
	Debugf(format string, args ...any)
}

// The text is mostly not made, the box is.
func debugged(d debugger, names []string) {
	for _, name := range names {
		d.Debugf("name %s", name) // want interface-boxing "d.Debugf takes name .string. as an interface.*also where the level is off"
	}
}
