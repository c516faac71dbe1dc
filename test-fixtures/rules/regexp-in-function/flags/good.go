// No findings: the command does one thing and ends.

package main

import (
	"flag"
	"fmt"
	"regexp"
)

func main() {
	flag.Parse()
	for _, name := range flag.Args() {
		fmt.Println(isName(name))
	}
}

func isName(name string) bool { return regexp.MustCompile(`^[a-z]+$`).MatchString(name) }
