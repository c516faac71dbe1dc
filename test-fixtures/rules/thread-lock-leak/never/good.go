// No findings.

package never

import "runtime"

func init() {
	runtime.LockOSThread()
}

// A thread for this goroutine alone, which ends with it.
func started(job func()) {
	go func() {
		runtime.LockOSThread()
		job()
	}()
	go loop(job)
}

func loop(job func()) {
	runtime.LockOSThread()
	job()
}

func forEver(job func()) {
	runtime.LockOSThread()
	for {
		job()
	}
}

func lockThread() {
	runtime.LockOSThread()
}

func elsewhere(job func()) {
	runtime.LockOSThread()
	job()
}
