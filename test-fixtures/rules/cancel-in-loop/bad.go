//go:build !fixed

package cancelinloop

import (
	"context"
	"errors"
	"time"
)

func each(parent context.Context, names []string) {
	for _, name := range names {
		ctx, cancel := context.WithTimeout(parent, time.Second)
		defer cancel() // want cancel-in-loop "pile up until then. Call cancel\\(\\) at the end of the iteration"
		load(ctx, name)
	}
}

func withContinue(parent context.Context, names []string) {
	for _, name := range names {
		ctx, cancel := context.WithTimeout(parent, time.Second)
		defer cancel() // want cancel-in-loop "pile up"
		if name == "" {
			continue // nothing to load
		}

		// Comments stay.
		load(ctx, name)
	}
}

func withReturn(parent context.Context, names []string) error {
	for _, name := range names {
		ctx, cancel := context.WithTimeout(parent, time.Second)
		defer cancel() // want cancel-in-loop "pile up"
		if name == "" {
			return errors.ErrUnsupported
		}
		load(ctx, name)
	}
	return nil
}

func withCause(parent context.Context, n int) {
	for i := 0; i < n; i++ {
		ctx, cancel := context.WithCancelCause(parent)
		defer cancel(nil) // want cancel-in-loop "Call cancel\\(nil\\)"
		load(ctx, "")
	}
}

func inDeferredLiteral(parent context.Context) {
	for {
		ctx, cancel := context.WithCancel(parent)
		defer func() { cancel() }() // want cancel-in-loop "pile up"
		load(ctx, "")
	}
}

func inBranch(parent context.Context, names []string) {
	for _, name := range names {
		ctx := parent
		if name != "" {
			var cancel context.CancelFunc
			ctx, cancel = context.WithTimeout(ctx, time.Second)
			defer cancel() // want cancel-in-loop "pile up"
		}
		load(ctx, name)
	}
}

func inOuterLoop(parent context.Context, rows [][]string) {
rows:
	for _, row := range rows {
		ctx, cancel := context.WithTimeout(parent, time.Second)
		defer cancel() // want cancel-in-loop "pile up"
		for _, name := range row {
			if name == "" {
				continue rows
			}
			load(ctx, name)
		}
	}
}

func ownConstructor(parent context.Context, names []string) {
	for _, name := range names {
		ctx, stop := withLimit(parent)
		defer stop() // want cancel-in-loop "Call stop\\(\\)"
		load(ctx, name)
	}
}

func insideLiteral(parent context.Context, names []string) func() {
	return func() {
		for _, name := range names {
			ctx, cancel := context.WithTimeout(parent, time.Second)
			defer cancel() // want cancel-in-loop "pile up"
			load(ctx, name)
		}
	}
}

func heldAfterLoop(parent context.Context, names []string) {
	var all []context.Context
	for range names {
		ctx, cancel := context.WithTimeout(parent, time.Second)
		defer cancel() // want cancel-in-loop "pile up"
		all = append(all, ctx)
	}
	for i, ctx := range all {
		load(ctx, names[i])
	}
}

func secondOfTwo(parent context.Context, names []string) {
	for _, name := range names {
		ctx, cancel := context.WithTimeout(parent, time.Second)
		load(ctx, name)
		cancel()
		ctx, cancel = context.WithTimeout(parent, time.Minute)
		defer cancel() // want cancel-in-loop "pile up"
		load(ctx, name)
	}
}

func goroutineIsWaitedFor(parent context.Context, names []string) {
	for _, name := range names {
		ctx, cancel := context.WithCancel(parent)
		defer cancel() // want cancel-in-loop "."
		done := make(chan error)
		go func() {
			load(ctx, name)
			done <- nil
		}()
		<-done
	}
}

// Only possible: the goroutines may need their contexts until the function ends.
func givenToGoroutines(parent context.Context, names []string, wait func()) {
	for _, name := range names {
		ctx, cancel := context.WithCancel(parent)
		defer cancel() // want cancel-in-loop "."
		go load(ctx, name)
	}
	wait()
}
