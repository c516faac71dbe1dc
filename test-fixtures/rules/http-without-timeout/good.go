// No findings.

package httpwithouttimeout

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"time"
)

func withHeaderTimeout(handler http.Handler) error {
	server := &http.Server{Addr: ":8080", Handler: handler, ReadHeaderTimeout: time.Second}
	return server.ListenAndServe()
}

func withReadTimeout(handler http.Handler, limit time.Duration) *http.Server {
	return &http.Server{
		Handler:     handler,
		ReadTimeout: limit,
	}
}

func profiles() error {
	go func() {
		server := http.Server{Addr: "127.0.0.1:6060"}
		server.ListenAndServe()
	}()
	return http.ListenAndServe("localhost:6060", nil)
}

func withTimeout(url string) (*http.Response, error) {
	client := &http.Client{Timeout: time.Second}
	return client.Get(url)
}

func withTransport(url string, t http.RoundTripper) (*http.Response, error) {
	client := &http.Client{Transport: t}
	return client.Get(url)
}

func local() (*http.Response, error) { return http.Get("http://localhost:8080/health") }

func withContext(ctx context.Context, url string) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, "GET", url, nil)
	if err != nil {
		return nil, err
	}
	return http.DefaultClient.Do(req)
}

func withContextLater(ctx context.Context, url string) (*http.Response, error) {
	req, err := http.NewRequest("GET", url, nil)
	if err != nil {
		return nil, err
	}
	return http.DefaultClient.Do(req.WithContext(ctx))
}

func withContextAssigned(ctx context.Context, url string) (*http.Response, error) {
	req, err := http.NewRequest("GET", url, nil)
	if err != nil {
		return nil, err
	}
	req = req.WithContext(ctx)
	return http.DefaultClient.Do(req)
}

func given(req *http.Request) (*http.Response, error) { return http.DefaultClient.Do(req) }

func passedOn(send func(*http.Client)) {
	send(&http.Client{})
}

type api struct{ client *http.Client }

func made() *api { return &api{client: &http.Client{}} }

func shadowed(url string) error {
	http := registry{}
	return http.Get(url)
}

type registry struct{}

func (registry) Get(string) error { return nil }

type Server struct{ Addr string }

func ownServer() *Server { return &Server{Addr: ":8080"} }

func limited(handler http.Handler, limit func(net.Conn, http.ConnState)) *http.Server {
	return &http.Server{Handler: handler, ConnState: limit}
}

func callback(handler http.Handler) error {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	return (&http.Server{Handler: handler}).Serve(listener)
}

func port(port int) (*http.Response, error) {
	return http.Get(fmt.Sprintf("http://localhost:%d/health", port))
}

func cancelled(url string, done <-chan struct{}) (*http.Response, error) {
	req, err := http.NewRequest("GET", url, nil)
	if err != nil {
		return nil, err
	}
	req.Cancel = done
	return http.DefaultClient.Do(req)
}

func socket(path string, handler http.Handler) error {
	listener, err := net.Listen("unix", path)
	if err != nil {
		return err
	}
	return http.Serve(listener, handler)
}
