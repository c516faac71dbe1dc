//go:build fixed && suggestion

package threadlockleak

import "runtime"

func notOnError(prepare func() error, run func()) error {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if err := prepare(); err != nil {
		return err
	}
	run()
	return nil
}

func deferredLate(prepare func() error, run func()) error {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if err := prepare(); err != nil {
		return err
	}
	run()
	return nil
}

func inLabeledLoop(jobs []func() bool) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
work:
	for _, job := range jobs {
		switch {
		case job():
			break work
		default:
			return
		}
	}
}

func notWhereNothingIsDone(needed bool, run func()) error {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if !needed {
		return nil
	}
	run()
	return nil
}

func unlockedInLiteral(prepare func() error, run func()) error {
	runtime.LockOSThread()
	if err := prepare(); err != nil {
		return err
	}
	defer func() { runtime.UnlockOSThread() }()
	run()
	return nil
}
