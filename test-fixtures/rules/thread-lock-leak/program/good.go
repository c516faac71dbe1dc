// No findings.

package main

import (
	"os"
	"runtime"
)

func main() {
	if err := serve(os.Args[1:]); err != nil {
		os.Exit(1)
	}
}

// The thread is that of the program, which ends after it.
func serve(arguments []string) error {
	runtime.LockOSThread()
	for _, each := range arguments {
		if _, err := os.Stat(each); err != nil {
			return err
		}
	}
	return nil
}
