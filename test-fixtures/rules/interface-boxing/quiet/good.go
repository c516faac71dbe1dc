package quiet

import (
	"fmt"
	"io"
	"net/http"
	"text/tabwriter"
)

type setting struct{ value any }

// What the data is made of.
func settings(names []string) (all []setting) {
	for _, name := range names {
		all = append(all, setting{value: name})
	}
	return all
}

// Writing costs far more than the box.
func list(names []string) {
	for i, name := range names {
		fmt.Printf("%d: %s\n", i, name)
	}
}

// People read tables.
func table(w io.Writer, sizes map[string]int) error {
	tw := tabwriter.NewWriter(w, 2, 0, 2, ' ', 0)
	for name, size := range sizes {
		fmt.Fprintf(tw, "%s\t%d\n", name, size)
	}
	return tw.Flush()
}

// One text among all that a request needs.
func serve(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("X-From", fmt.Sprintf("%s:%s", r.Host, r.RemoteAddr))
}
