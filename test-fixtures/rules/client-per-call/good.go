// No findings.

package clientpercall

import (
	"compress/gzip"
	"database/sql"
	"io"
	"net"
	"net/http"
	"sync"
	"time"
)

var client = &http.Client{Transport: &http.Transport{MaxIdleConns: maxIdle}}

func shared(url string) (*http.Response, error) { return client.Get(url) }

// A client alone has no connections of its own.
func ownTimeout(url string) (*http.Response, error) {
	client := &http.Client{Timeout: time.Second}
	return client.Get(url)
}

func newClient() *http.Client {
	transport := &http.Transport{MaxIdleConns: maxIdle}
	return &http.Client{Transport: transport}
}

type api struct{ client *http.Client }

func newAPI(url string) (*api, error) {
	client := &http.Client{Transport: &http.Transport{}}
	if _, err := client.Get(url); err != nil {
		return nil, err
	}
	return &api{client}, nil
}

func withoutKeepAlives(url string) (*http.Response, error) {
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	return client.Get(url)
}

func closing(url string) (*http.Response, error) {
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()
	client := &http.Client{Transport: transport}
	return client.Get(url)
}

func closingClient(url string) (*http.Response, error) {
	client := &http.Client{Transport: &http.Transport{}}
	defer client.CloseIdleConnections()
	return client.Get(url)
}

func passedOn(send func(*http.Client)) {
	client := &http.Client{Transport: &http.Transport{}}
	client.Get("https://example.org")
	send(client)
}

func init() {
	client := &http.Client{Transport: &http.Transport{}}
	client.Get("https://example.org")
}

func open(source string) (*sql.DB, error) { return sql.Open("postgres", source) }

func one(w io.Writer) io.Writer { return gzip.NewWriter(w) }

var writers = sync.Pool{New: func() any { return gzip.NewWriter(io.Discard) }}

func pooled(w http.ResponseWriter, r *http.Request) {
	gz := writers.Get().(*gzip.Writer)
	gz.Reset(w)
	gz.Close()
	writers.Put(gz)
}

var spare sync.Pool

func pooledByHand(w http.ResponseWriter) *gzip.Writer {
	if gz, ok := spare.Get().(*gzip.Writer); ok {
		gz.Reset(w)
		return gz
	}
	return gzip.NewWriter(w)
}

// Each request has to leave from another port.
func fromPort(url string, address net.Addr) (*http.Response, error) {
	client := &http.Client{Transport: &http.Transport{DialContext: (&net.Dialer{LocalAddr: address}).DialContext}}
	return client.Get(url)
}
