// No findings: a command prints what it found, and ends.

package main

import (
	"flag"
	"fmt"
)

func list(names []string) {
	for i, name := range names {
		fmt.Printf("%d: %s\n", i+1000, name)
	}
}

func main() {
	flag.Parse()
	list(flag.Args())
}
