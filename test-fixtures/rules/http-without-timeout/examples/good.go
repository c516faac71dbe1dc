// Package examples shows how to serve. No findings.
package examples

import "net/http"

func Serve(handler http.Handler) error { return http.ListenAndServe(":8080", handler) }
