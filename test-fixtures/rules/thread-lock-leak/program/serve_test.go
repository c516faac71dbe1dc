package main

import (
	"runtime"
	"testing"
)

// No findings: a test is a goroutine of its own.
func TestServe(t *testing.T) {
	runtime.LockOSThread()
	if err := serve(nil); err != nil {
		t.Error(err)
	}
}
