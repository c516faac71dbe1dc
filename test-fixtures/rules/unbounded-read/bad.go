//go:build !fixed

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
	body, err := io.ReadAll(r.Body) // want unbounded-read "io.ReadAll reads the whole body of a request into memory, as much as the client sends"
	if err != nil {
		return
	}
	w.Write(body)
}

func (s *server) handle(w web.ResponseWriter, r *web.Request) {
	s.last, _ = ioutil.ReadAll(r.Body) // want unbounded-read "ioutil.ReadAll reads the whole body"
}

func literal() web.HandlerFunc {
	return func(w web.ResponseWriter, req *web.Request) {
		if body, err := io.ReadAll(req.Body); err == nil { // want unbounded-read "whole body"
			w.Write(body)
		}
	}
}

func decoded(r io.Reader, v any) error {
	text, err := io.ReadAll(r) // want unbounded-read "io.ReadAll reads all of r into memory, where xml.Unmarshal reads it just once more"
	if err != nil {
		return err
	}
	return xml.Unmarshal(text, v)
}

func records(r io.Reader) ([][]string, error) {
	text, err := io.ReadAll(r) // want unbounded-read "csv.NewReader can read r itself"
	if err != nil {
		return nil, err
	}
	return csv.NewReader(bytes.NewReader(text)).ReadAll()
}

func lines(r io.Reader) (n int) {
	text, _ := io.ReadAll(r) // want unbounded-read "bufio.NewScanner"
	for s := bufio.NewScanner(bytes.NewBuffer(text)); s.Scan(); {
		n++
	}
	return n
}

func copied(w io.Writer, r io.Reader) error {
	text, err := io.ReadAll(r) // want unbounded-read "io.Copy"
	if err == nil {
		_, err = io.Copy(w, bytes.NewReader(text))
	}
	return err
}
