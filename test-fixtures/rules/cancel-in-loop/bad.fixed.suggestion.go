//go:build fixed && suggestion

package cancelinloop

import (
	"context"
	"errors"
	"time"
)

func each(parent context.Context, names []string) {
	for _, name := range names {
		func() {
			ctx, cancel := context.WithTimeout(parent, time.Second)
			defer cancel()
			load(ctx, name)
		}()
	}
}

func withContinue(parent context.Context, names []string) {
	for _, name := range names {
		func() {
			ctx, cancel := context.WithTimeout(parent, time.Second)
			defer cancel()
			if name == "" {
				return // nothing to load
			}

			// Comments stay.
			load(ctx, name)
		}()
	}
}

func withReturn(parent context.Context, names []string) error {
	for _, name := range names {
		ctx, cancel := context.WithTimeout(parent, time.Second)
		if name == "" {
			cancel()
			return errors.ErrUnsupported
		}
		load(ctx, name)
		cancel()
	}
	return nil
}

func withCause(parent context.Context, n int) {
	for i := 0; i < n; i++ {
		func() {
			ctx, cancel := context.WithCancelCause(parent)
			defer cancel(nil)
			load(ctx, "")
		}()
	}
}

func inDeferredLiteral(parent context.Context) {
	for {
		func() {
			ctx, cancel := context.WithCancel(parent)
			defer func() { cancel() }()
			load(ctx, "")
		}()
	}
}

func inBranch(parent context.Context, names []string) {
	for _, name := range names {
		ctx := parent
		if name != "" {
			var cancel context.CancelFunc
			ctx, cancel = context.WithTimeout(ctx, time.Second)
			defer cancel()
		}
		load(ctx, name)
	}
}

func inOuterLoop(parent context.Context, rows [][]string) {
rows:
	for _, row := range rows {
		ctx, cancel := context.WithTimeout(parent, time.Second)
		for _, name := range row {
			if name == "" {
				cancel()
				continue rows
			}
			load(ctx, name)
		}
		cancel()
	}
}

func ownConstructor(parent context.Context, names []string) {
	for _, name := range names {
		func() {
			ctx, stop := withLimit(parent)
			defer stop()
			load(ctx, name)
		}()
	}
}

func insideLiteral(parent context.Context, names []string) func() {
	return func() {
		for _, name := range names {
			func() {
				ctx, cancel := context.WithTimeout(parent, time.Second)
				defer cancel()
				load(ctx, name)
			}()
		}
	}
}

func heldAfterLoop(parent context.Context, names []string) {
	var all []context.Context
	for range names {
		func() {
			ctx, cancel := context.WithTimeout(parent, time.Second)
			defer cancel()
			all = append(all, ctx)
		}()
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
		func() {
			ctx, cancel = context.WithTimeout(parent, time.Minute)
			defer cancel()
			load(ctx, name)
		}()
	}
}

func goroutineIsWaitedFor(parent context.Context, names []string) {
	for _, name := range names {
		func() {
			ctx, cancel := context.WithCancel(parent)
			defer cancel()
			done := make(chan error)
			go func() {
				load(ctx, name)
				done <- nil
			}()
			<-done
		}()
	}
}

// Only possible: the goroutines may need their contexts until the function ends.
func givenToGoroutines(parent context.Context, names []string, wait func()) {
	for _, name := range names {
		func() {
			ctx, cancel := context.WithCancel(parent)
			defer cancel()
			go load(ctx, name)
		}()
	}
	wait()
}
