//go:build !fixed

package cancelnotdeferred

import (
	"context"
	"errors"
	"net/http"
	"runtime"
	"time"
)

func afterCall(parent context.Context) error {
	ctx, cancel := context.WithTimeout(parent, time.Second) // want cancel-not-deferred "after call of load that uses the context.*defer cancel\\(\\)"
	err := load(ctx)
	cancel()
	return err
}

func afterPanic(parent context.Context, n int) {
	ctx, cancel := context.WithCancel(parent) // want cancel-not-deferred "the panic before it skips it"
	if n < 0 {
		panic("negative")
	}
	<-ctx.Done()
	cancel()
}

func afterGoexit(parent context.Context, n int) {
	_, cancel := context.WithCancel(parent) // want cancel-not-deferred "the call of runtime.Goexit before it skips it"
	if n < 0 {
		runtime.Goexit()
	}
	cancel()
}

func onEveryPath(parent context.Context) error {
	ctx, cancel := context.WithTimeout(parent, time.Second) // want cancel-not-deferred "after call of load"
	if err := load(ctx); err != nil {
		cancel()
		return err
	}
	cancel()
	return nil
}

func withCause(parent context.Context) error {
	ctx, cancel := context.WithCancelCause(parent) // want cancel-not-deferred "defer cancel\\(nil\\)"
	err := load(ctx)
	cancel(err)
	return err
}

func afterRequest(parent context.Context) error {
	ctx, cancel := context.WithTimeout(parent, time.Second) // want cancel-not-deferred "after call of http.NewRequestWithContext"
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "/", nil)
	if err != nil {
		cancel()
		return err
	}
	response, err := http.DefaultClient.Do(request)
	cancel()
	return errors.Join(err, response.Body.Close())
}

func bothOfTwo(parent context.Context) error {
	ctx, cancel := context.WithTimeout(parent, time.Second) // want cancel-not-deferred "after call of load"
	err := load(ctx)
	cancel()
	if err == nil {
		return nil
	}
	ctx, cancel = context.WithTimeout(parent, time.Minute) // want cancel-not-deferred "after call of load"
	err = load(ctx)
	cancel()
	return err
}

func startsGuarded(parent context.Context) {
	go guarded(parent)
	go called(parent)
	called(parent)
}

func guarded(parent context.Context) {
	defer func() { _ = recover() }()
	ctx, cancel := context.WithCancel(parent) // want cancel-not-deferred "when that panics, the context"
	_ = load(ctx)
	cancel()
}

func called(parent context.Context) {
	ctx, cancel := context.WithCancel(parent) // want cancel-not-deferred "cancel is called only further down, after call of load"
	_ = load(ctx)
	cancel()
}

func startedFromRoot(n int) {
	ctx, cancel := context.WithCancel(context.Background()) // want cancel-not-deferred "what works with the context goes on, and is then kept"
	go called(ctx)
	if n < 0 {
		panic("negative")
	}
	cancel()
}

func handedOnFromRoot(n int) {
	ctx, cancel := context.WithCancel(context.Background()) // want cancel-not-deferred "what works with the context goes on, and is then kept"
	first(ctx)
	if n < 0 {
		panic("negative")
	}
	cancel()
}

func first(ctx context.Context) { second(ctx) }

func second(ctx context.Context) { go called(ctx) }
