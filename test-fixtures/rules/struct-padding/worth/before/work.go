// Package worth makes a table of entries.
package worth

type entry struct {
	live  bool
	key   uint64
	dirty bool
}

var table []entry

func Work() {
	table = make([]entry, 1024)
}
