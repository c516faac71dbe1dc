package main

import "os"

// Made once.
func main() {
	known := map[string]bool{}
	for _, name := range os.Args {
		known[name] = true
	}
	println(len(known), len(shared))
}

var shared = map[string]int{}

func init() {
	found := map[string]int{}
	for i, name := range os.Environ() {
		found[name] = i
	}
	shared = found
}
