package inlined

import (
	"errors"
	"fmt"
	"unsafe"
)

var (
	errLaidOut = errors.New("laid out")
	laidOut    = made()
	computed   = errors.New("computed " + fmt.Sprint(1)) // heap
)

// What an inlined function allocates belongs to the call.

func fromCall() *point {
	return made() // heap
}

func notKept() int {
	return made().x
}

func wraps() error {
	return failingLater() // heap
}

func failingLater() error {
	return errors.New("later") // heap
}

//go:noinline
func notInlined() *point {
	return &point{} // heap
}

func fromNotInlined() *point {
	return notInlined()
}

// Values of one call are boxed where they are passed on.

func several() (int, string) { return len(global), global }

func printed() {
	fmt.Println(several()) // heap
}

func returned(text string) (any, error) {
	return fmt.Sscan(text) // heap
}

// Code that never runs has no verdict.

func neverRuns() *point {
	if unsafe.Sizeof(uintptr(0)) == 8 {
		return nil
	}
	maker := func() *point { return &point{} }
	return maker()
}

func behindPanic() *point {
	panic("never") // heap
	return &point{}
}

// A struct of one interface is boxed.

type wrapped struct{ error }

func box(err error) any {
	return wrapped{err} // heap
}

// A pointer that goes through a number in one expression is still one.

func shifted() unsafe.Pointer {
	var pair [2]int // heap
	return unsafe.Pointer(uintptr(unsafe.Pointer(&pair[0])) + 8)
}

func throughVariable() unsafe.Pointer {
	var pair [2]int
	number := uintptr(unsafe.Pointer(&pair[0]))
	return unsafe.Pointer(number)
}

// What a pending call makes when it runs is not kept for it.

func ignores(...*int) {}

func pending() {
	go ignores(new(int))
	go ignores([]*int{new(int)}...)
	for range 3 {
		defer ignores(new(int), nil)
	}
}

var global string

var _ = []any{
	errLaidOut, laidOut, computed, fromCall, notKept, wraps, fromNotInlined, printed, returned, neverRuns, behindPanic, box, shifted,
	throughVariable, pending,
}
