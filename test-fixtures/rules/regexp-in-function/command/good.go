package main

import (
	"os"
	"regexp"
)

func main() {
	words := regexp.MustCompile("x")
	if version() != "" {
		return
	}
	println(words.MatchString(os.Args[0]))
}

func version() string {
	return digits()
}

func digits() string {
	return regexp.MustCompile("[0-9]+").FindString(os.Args[0])
}
