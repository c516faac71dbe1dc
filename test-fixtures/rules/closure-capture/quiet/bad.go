//go:build !fixed

package quiet

import "net/http"

func serve(groups [][]string) {
	for _, names := range groups {
		path := "/"
		if len(names) > 1 {
			path = names[0]
		}
		for _, name := range names {
			go func() { // want closure-capture "holds path by reference"
				println(name, path)
			}()
		}
	}
}

func handle(w http.ResponseWriter, r *http.Request) {
	path := r.URL.Path
	go func() { // want closure-capture "holds path by reference"
		println(path)
	}()
	path = r.URL.RawPath
	println(path)
}

// Two iterations at the same time write the one error.
func race(names []string, open func(string) error) {
	var err error
	for _, name := range names {
		go func() { // want closure-capture "uses err of the function around it as scratch"
			if err = open(name); err != nil {
				println(name)
			}
		}()
	}
}

func visit(names []string, walk func(string, func(string))) {
	seen := map[string]bool{}
	for _, name := range names {
		if name == "" {
			continue
		}
		walk(name, func(found string) { // want closure-capture "allocated anew on each iteration that gets here"
			seen[found] = true
		})
	}
}

type title struct{ name string }

func (t *title) fill() {
	for t.name == "" {
		t.name = "-"
	}
}

// What is returned is used again and again, and says nothing about a configuration.
func prefixed(t title) func(name string) string {
	t.fill()
	println(t.name, "is what each name begins with")
	return func(name string) string { // want closure-capture "holds t by reference"
		return t.name + name
	}
}

type large struct {
	name    string
	entries [20]int
}

// The variable of a range is one for each iteration.
func perTurn(all []large, run func(name string)) {
	for _, each := range all {
		go func() { // want closure-capture "holds each by reference"
			run(each.name)
		}()
	}
}
