//go:build fixed && suggestion

package unboundedread

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"io"
	"io/ioutil"
	web "net/http"
)

func handle(w web.ResponseWriter, r *web.Request) {
	body, err := io.ReadAll(web.MaxBytesReader(w, r.Body, 1<<20))
	if err != nil {
		return
	}
	w.Write(body)
}

func (s *server) handle(w web.ResponseWriter, r *web.Request) {
	s.last, _ = ioutil.ReadAll(web.MaxBytesReader(w, r.Body, 1<<20))
}

func literal() web.HandlerFunc {
	return func(w web.ResponseWriter, req *web.Request) {
		if body, err := io.ReadAll(web.MaxBytesReader(w, req.Body, 1<<20)); err == nil {
			w.Write(body)
		}
	}
}

func decoded(r io.Reader, v any) error {
	text, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	return xml.Unmarshal(text, v)
}

func records(r io.Reader) ([][]string, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	return csv.NewReader(bytes.NewReader(text)).ReadAll()
}

func lines(r io.Reader) (n int) {
	text, _ := io.ReadAll(r)
	for s := bufio.NewScanner(bytes.NewBuffer(text)); s.Scan(); {
		n++
	}
	return n
}

func copied(w io.Writer, r io.Reader) error {
	text, err := io.ReadAll(r)
	if err == nil {
		_, err = io.Copy(w, bytes.NewReader(text))
	}
	return err
}
