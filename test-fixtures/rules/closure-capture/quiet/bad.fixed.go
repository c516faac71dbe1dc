//go:build fixed

package quiet

import "net/http"

func serve(names []string, path string) {
	if path == "" {
		path = "/"
	}
	for _, name := range names {
		path := path
		go func() {
			println(name, path)
		}()
	}
}

func handle(w http.ResponseWriter, r *http.Request) {
	path := r.URL.Path
	go func() {
		println(path)
	}()
	path = r.URL.RawPath
	println(path)
}
