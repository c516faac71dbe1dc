//go:build fixed && suggestion

package clientpercall

import (
	"compress/flate"
	"compress/gzip"
	"crypto/tls"
	"database/sql"
	"io"
	"net/http"
	"time"
)

var inlineTransport = &http.Transport{ForceAttemptHTTP2: true}

// inline sends a request.
func inline(req *http.Request) (*http.Response, error) {
	client := http.Client{Transport: inlineTransport}
	return client.Do(req)
}

func named(url string, config *tls.Config) (*http.Response, error) {
	transport := &http.Transport{TLSClientConfig: config}
	transport.MaxIdleConns = 3
	client := &http.Client{Transport: transport, Timeout: time.Minute}
	return client.Get(url)
}

func timed(url string) (*http.Response, error) {
	var transport = http.Transport{
		IdleConnTimeout: time.Minute,
	}
	return (&http.Client{Transport: &transport}).Get(url)
}

var trippedTransport = &http.Transport{MaxIdleConns: maxIdle}

func (s *service) tripped(req *http.Request) (*http.Response, error) {
	transport := trippedTransport
	return transport.RoundTrip(req)
}

func (s *service) users(w http.ResponseWriter, r *http.Request) {
	db, err := sql.Open("postgres", s.source)
	if err != nil {
		return
	}
	defer db.Close()
	gz := gzip.NewWriter(w)
	defer gz.Close()
	s.write(gz, db)
}

func compressed(parts []io.Reader, w io.Writer) error {
	for _, part := range parts {
		fw, err := flate.NewWriter(w, flate.BestSpeed)
		if err != nil {
			return err
		}
		if _, err := io.Copy(fw, part); err != nil {
			return err
		}
		fw.Close()
	}
	return nil
}

func batched(parts [][]byte, next func() io.Writer) error {
	gz := gzip.NewWriter(next())
	for i, part := range parts {
		if i%1000 == 999 {
			if err := gz.Close(); err != nil {
				return err
			}
			gz = gzip.NewWriter(next())
		}
		if _, err := gz.Write(part); err != nil {
			return err
		}
	}
	return gz.Close()
}
