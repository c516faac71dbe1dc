// Package set gives its servers and clients their timeouts in statements. No findings.
package set

import (
	"net/http"
	"time"
)

func serve(handler http.Handler, limit time.Duration) error {
	server := &http.Server{Addr: ":8080", Handler: handler}
	configure(server, limit)
	return server.ListenAndServe()
}

func configure(server *http.Server, limit time.Duration) {
	server.ReadHeaderTimeout = limit
}

func get(url string) (*http.Response, error) {
	client := &http.Client{}
	client.Timeout = time.Minute
	return client.Get(url)
}

func init() {
	http.DefaultClient.Timeout = time.Minute
}

func getDefault(url string) (*http.Response, error) { return http.Get(url) }
