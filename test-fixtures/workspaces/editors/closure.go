package editors

import (
	"log"
	"net/http"
)

func greet(_ http.ResponseWriter, r *http.Request) {
	greeting := "Hello"
	if r.URL.Query().Has("short") {
		greeting = "Hi"
	}
	for _, name := range r.URL.Query()["name"] {
		go func() {
			log.Print(greeting, name)
		}()
	}
}
