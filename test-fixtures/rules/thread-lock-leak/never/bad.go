//go:build !fixed

package never

import rt "runtime"

func run(job func()) {
	rt.LockOSThread() // want thread-lock-leak "Nothing here unlocks the thread again.*defer rt.UnlockOSThread\\(\\)"
	job()
}
