// No findings.

package pinned

import "runtime"

// What fails leaves nothing behind; what succeeds gives the caller a thread of its own.
func beginOn(cpu int, choose func(cpu int) error) error {
	runtime.LockOSThread()
	if err := choose(cpu); err != nil {
		runtime.UnlockOSThread()
		return err
	}
	return nil
}
