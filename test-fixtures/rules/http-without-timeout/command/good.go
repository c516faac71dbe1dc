// Command command waits until somebody interrupts it. No findings.
package main

import "net/http"

func main() {
	client := &http.Client{}
	client.Get("https://example.org")
	http.Get("https://example.org")
}
