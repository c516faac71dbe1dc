//go:build !fixed

package threadlockleak

import "runtime"

func notOnError(prepare func() error, run func()) error {
	runtime.LockOSThread() // want thread-lock-leak "Not every path unlocks the thread again.*defer runtime.UnlockOSThread\\(\\)"
	if err := prepare(); err != nil {
		return err
	}
	run()
	runtime.UnlockOSThread()
	return nil
}

func deferredLate(prepare func() error, run func()) error {
	runtime.LockOSThread() // want thread-lock-leak "Not every path"
	if err := prepare(); err != nil {
		return err
	}
	defer runtime.UnlockOSThread()
	run()
	return nil
}

func inLabeledLoop(jobs []func() bool) {
	runtime.LockOSThread() // want thread-lock-leak "Not every path"
work:
	for _, job := range jobs {
		switch {
		case job():
			break work
		default:
			runtime.UnlockOSThread()
			return
		}
	}
}

func notWhereNothingIsDone(needed bool, run func()) error {
	runtime.LockOSThread() // want thread-lock-leak "Not every path"
	if !needed {
		return nil
	}
	run()
	runtime.UnlockOSThread()
	return nil
}

func unlockedInLiteral(prepare func() error, run func()) error {
	runtime.LockOSThread() // want thread-lock-leak "Not every path"
	if err := prepare(); err != nil {
		return err
	}
	defer func() { runtime.UnlockOSThread() }()
	run()
	return nil
}
