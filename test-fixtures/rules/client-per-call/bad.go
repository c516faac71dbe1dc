//go:build !fixed

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

// inline sends a request.
func inline(req *http.Request) (*http.Response, error) {
	client := http.Client{Transport: &http.Transport{ForceAttemptHTTP2: true}} // want client-per-call "Each call makes an http.Transport of its own.*until the server closes them"
	return client.Do(req)
}

func named(url string, config *tls.Config) (*http.Response, error) {
	// want client-per-call "Each call makes"
	transport := &http.Transport{TLSClientConfig: config}
	transport.MaxIdleConns = 3
	client := &http.Client{Transport: transport, Timeout: time.Minute}
	return client.Get(url)
}

func timed(url string) (*http.Response, error) {
	// want client-per-call "until their IdleConnTimeout"
	var transport = http.Transport{
		IdleConnTimeout: time.Minute,
	}
	return (&http.Client{Transport: &transport}).Get(url)
}

func (s *service) tripped(req *http.Request) (*http.Response, error) {
	transport := &http.Transport{MaxIdleConns: maxIdle} // want client-per-call "Each call makes"
	return transport.RoundTrip(req)
}

func (s *service) users(w http.ResponseWriter, r *http.Request) {
	db, err := sql.Open("postgres", s.source) // want client-per-call "sql.Open makes a pool of connections, and here one for each request"
	if err != nil {
		return
	}
	defer db.Close()
	gz := gzip.NewWriter(w) // want client-per-call "gzip.NewWriter allocates 800 KB for its tables, here for each request"
	defer gz.Close()
	s.write(gz, db)
}

func compressed(parts []io.Reader, w io.Writer) error {
	for _, part := range parts {
		fw, err := flate.NewWriter(w, flate.BestSpeed) // want client-per-call "flate.NewWriter allocates up to 1.2 MB for its tables, here on every iteration of the loop"
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
			gz = gzip.NewWriter(next()) // want client-per-call "here again and again in the loop"
		}
		if _, err := gz.Write(part); err != nil {
			return err
		}
	}
	return gz.Close()
}
