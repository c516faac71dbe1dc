//go:build !fixed

package quiet

import "net/http"

func serve(names []string, path string) {
	if path == "" {
		path = "/"
	}
	for _, name := range names {
		go func() { // want closure-capture "holds path by reference"
			println(name, path)
		}()
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
