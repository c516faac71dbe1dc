// Package named has a limit of its own. No findings.
package named

import (
	"io"
	"net/http"
)

func maxBodySize(next http.Handler, limit func(io.ReadCloser) io.ReadCloser) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = limit(r.Body)
		next.ServeHTTP(w, r)
	})
}

func handle(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	w.Write(body)
}
