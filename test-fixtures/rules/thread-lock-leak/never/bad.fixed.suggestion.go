//go:build fixed && suggestion

package never

import rt "runtime"

func run(job func()) {
	rt.LockOSThread()
	defer rt.UnlockOSThread()
	job()
}
