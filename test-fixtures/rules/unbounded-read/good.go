// No findings.

package unboundedread

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"io"
	"net/http"
)

// A client's request, and a response.
func (s *server) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	s.last = body
	return nil, err
}

func response(resp *http.Response) ([]byte, error) { return io.ReadAll(resp.Body) }

func measured(w http.ResponseWriter, r *http.Request) {
	if r.ContentLength > 1<<20 {
		return
	}
	body, _ := io.ReadAll(r.Body)
	w.Write(body)
}

func decodedJSON(r io.Reader, v any) error {
	text, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	return json.Unmarshal(text, v)
}

func usedTwice(r io.Reader, v any) ([]byte, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	return text, xml.Unmarshal(text, v)
}

func again(r *http.Request) {
	text, _ := io.ReadAll(r.Body)
	r.Body = io.NopCloser(bytes.NewReader(text))
}

func makeRequest(build func(w http.ResponseWriter) *http.Request) func(w http.ResponseWriter) {
	return func(w http.ResponseWriter) {
		r := build(w)
		body, _ := io.ReadAll(r.Body)
		w.Write(body)
	}
}
