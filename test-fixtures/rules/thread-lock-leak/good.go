// No findings.

package threadlockleak

import (
	"os"
	"runtime"
)

func deferred(run func()) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	run()
}

func deferredBefore(run func()) {
	defer runtime.UnlockOSThread()
	runtime.LockOSThread()
	run()
}

func onEveryPath(prepare func() error, run func()) error {
	runtime.LockOSThread()
	if err := prepare(); err != nil {
		runtime.UnlockOSThread()
		return err
	}
	run()
	runtime.UnlockOSThread()
	return nil
}

func inLiteral(restore func() error, run func()) {
	runtime.LockOSThread()
	defer func() {
		if restore() == nil {
			runtime.UnlockOSThread()
		}
	}()
	run()
}

func endsTheProcess(prepare func() error, run func()) {
	runtime.LockOSThread()
	if err := prepare(); err != nil {
		os.Exit(1)
	}
	run()
	runtime.UnlockOSThread()
}

func handedOut() func() {
	runtime.LockOSThread()
	return runtime.UnlockOSThread
}

func begin() {
	runtime.LockOSThread()
}

func end() {
	runtime.UnlockOSThread()
}

// What cannot be undone makes the thread unfit: it ends with the goroutine.
func inGoroutine(prepare func() error, run func()) {
	go func() {
		runtime.LockOSThread()
		if prepare() != nil {
			return
		}
		run()
		runtime.UnlockOSThread()
	}()
}

func beginChecked(prepare func() error) error {
	runtime.LockOSThread()
	if err := prepare(); err != nil {
		runtime.UnlockOSThread()
		return err
	}
	return nil
}

// The function falls off its end locked: that is what it is for.
func beginOrPanic(prepare func() error) {
	runtime.LockOSThread()
	if err := prepare(); err != nil {
		runtime.UnlockOSThread()
		panic(err)
	}
}

// It lets go of the thread only while it waits, and ends with one of its own on each path.
func beginAnew(fits func() bool, wait func()) bool {
	runtime.LockOSThread()
	if fits() {
		return true
	}
	runtime.UnlockOSThread()
	wait()
	for {
		runtime.LockOSThread()
		if fits() {
			return false
		}
		runtime.UnlockOSThread()
		wait()
	}
}

// The goroutine ends with the function, and its thread with it.
func startWorker(prepare func() error, run func()) {
	go worker(prepare, run)
}

func worker(prepare func() error, run func()) {
	runtime.LockOSThread()
	if prepare() != nil {
		return
	}
	run()
	runtime.UnlockOSThread()
}
