//go:build fixed && suggestion

package httpwithouttimeout

import (
	"context"
	"net"
	web "net/http"
	"time"
)

func served(handler web.Handler) error {
	server := &web.Server{Addr: ":8080", Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	return server.ListenAndServe()
}

func servedEmpty(handler web.Handler) *web.Server {
	return &web.Server{ReadHeaderTimeout: 10 * time.Second}
}

func servedLong(handler web.Handler) error {
	server := web.Server{
		Addr:    ":8080",
		Handler: handler,
	}
	server.ReadHeaderTimeout = 10 * time.Second
	return server.ListenAndServe()
}

func functions(l net.Listener, port string, handler web.Handler) {
	(&web.Server{Addr: ":8080", Handler: handler, ReadHeaderTimeout: 10 * time.Second}).ListenAndServe()
	(&web.Server{Addr: ":8080", ReadHeaderTimeout: 10 * time.Second}).ListenAndServe()
	(&web.Server{Addr: ":443", Handler: handler, ReadHeaderTimeout: 10 * time.Second}).ListenAndServeTLS("cert", "key")
	(&web.Server{Addr: ":" + port, Handler: handler, ReadHeaderTimeout: 10 * time.Second}).ListenAndServe()
	if err := (&web.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}).Serve(l); err != nil {
		return
	}
	go (&web.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}).ServeTLS(l, "cert", "key")
}

func got(url string) error {
	resp, err := (&web.Client{Timeout: 30 * time.Second}).Get(url)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func defaultClient(url string) (*web.Response, error) {
	req, err := web.NewRequest("GET", url, nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Accept", "text/plain")
	return (&web.Client{Timeout: 30 * time.Second}).Do(req)
}

func ownClient(url string) (*web.Response, error) {
	client := &web.Client{Timeout: 30 * time.Second}
	return client.Get(url)
}

func backgroundContext(url string) (*web.Response, error) {
	req, err := web.NewRequestWithContext(context.Background(), "GET", url, nil)
	if err != nil {
		return nil, err
	}
	return (&web.Client{CheckRedirect: nil, Timeout: 30 * time.Second}).Do(req)
}

var shared = web.Client{Timeout: 30 * time.Second}

func sharedClient(url string) (*web.Response, error) {
	return shared.Head(url)
}
