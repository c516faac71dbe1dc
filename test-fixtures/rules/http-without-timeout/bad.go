//go:build !fixed

package httpwithouttimeout

import (
	"context"
	"net"
	web "net/http"
)

func served(handler web.Handler) error {
	server := &web.Server{Addr: ":8080", Handler: handler} // want http-without-timeout "no ReadHeaderTimeout and no ReadTimeout"
	return server.ListenAndServe()
}

func servedEmpty(handler web.Handler) *web.Server {
	// want http-without-timeout "This server"
	return &web.Server{}
}

func servedLong(handler web.Handler) error {
	// want http-without-timeout "This server"
	server := web.Server{
		Addr:    ":8080",
		Handler: handler,
	}
	return server.ListenAndServe()
}

func functions(l net.Listener, port string, handler web.Handler) {
	// want http-without-timeout "web.ListenAndServe serves without timeouts"
	web.ListenAndServe(":8080", handler)
	// want http-without-timeout "web.ListenAndServe"
	web.ListenAndServe(":8080", nil)
	// want http-without-timeout "web.ListenAndServeTLS"
	web.ListenAndServeTLS(":443", "cert", "key", handler)
	// want http-without-timeout "web.ListenAndServe serves"
	web.ListenAndServe(":"+port, handler)
	// want http-without-timeout "web.Serve serves"
	if err := web.Serve(l, handler); err != nil {
		return
	}
	// want http-without-timeout "web.ServeTLS"
	go web.ServeTLS(l, handler, "cert", "key")
}

func got(url string) error {
	resp, err := web.Get(url) // want http-without-timeout "web.Get uses the default client"
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
	return web.DefaultClient.Do(req) // want http-without-timeout "web.DefaultClient.Do uses the default client"
}

func ownClient(url string) (*web.Response, error) {
	client := &web.Client{} // want http-without-timeout "This client has no Timeout"
	return client.Get(url)
}

func backgroundContext(url string) (*web.Response, error) {
	req, err := web.NewRequestWithContext(context.Background(), "GET", url, nil)
	if err != nil {
		return nil, err
	}
	return (&web.Client{CheckRedirect: nil}).Do(req) // want http-without-timeout "This client"
}

// want http-without-timeout "This client"
var shared = web.Client{}

func sharedClient(url string) (*web.Response, error) {
	return shared.Head(url)
}
