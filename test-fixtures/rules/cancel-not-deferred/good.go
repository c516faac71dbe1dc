// No findings: deferred, handed over, called at once, in a loop, or lost altogether (which lost-cancel reports).
package cancelnotdeferred

import (
	"context"
	"os"
	"time"
)

func deferred(parent context.Context) error {
	ctx, cancel := context.WithTimeout(parent, time.Second)
	defer cancel()
	return load(ctx)
}

func deferredAndCalled(parent context.Context) error {
	ctx, cancel := context.WithTimeout(parent, time.Second)
	defer cancel()
	err := load(ctx)
	cancel()
	return err
}

func calledAtOnce(parent context.Context) context.Context {
	ctx, cancel := context.WithCancel(parent)
	cancel()
	return ctx
}

func nothingThatSkips(parent context.Context, done chan<- context.Context) {
	ctx, cancel := context.WithCancel(parent)
	done <- ctx
	cancel()
}

func endOfProcess(parent context.Context, n int) {
	_, cancel := context.WithCancel(parent)
	if n < 0 {
		os.Exit(1)
	}
	cancel()
}

func inLoop(parent context.Context) {
	for range 3 {
		ctx, cancel := context.WithTimeout(parent, time.Second)
		_ = load(ctx)
		cancel()
	}
}

func handedOver(parent context.Context, register func(func())) error {
	ctx, cancel := context.WithCancel(parent)
	register(cancel)
	err := load(ctx)
	cancel()
	return err
}

func lost(parent context.Context) error {
	ctx, cancel := context.WithCancel(parent)
	if err := load(ctx); err != nil {
		return err
	}
	cancel()
	return nil
}

func panicsAfterwards(parent context.Context) {
	_, cancel := context.WithCancel(parent)
	cancel()
	panic("done")
}

type logger struct{}

func (logger) Info(text string) { println(text) }

func loggerFrom(ctx context.Context) logger { return logger{} }

func logs(parent context.Context) {
	ctx, cancel := context.WithCancel(parent)
	loggerFrom(ctx).Info("working")
	cancel()
}

// A panic that nobody recovers ends the program.
func starts(parent context.Context) {
	go works(parent)
	go func() {
		ctx, cancel := context.WithCancel(parent)
		_ = load(ctx)
		cancel()
	}()
}

func works(parent context.Context) {
	ctx, cancel := context.WithCancel(parent)
	_ = load(ctx)
	cancel()
}

// Nobody keeps a context of Background without a deadline when nothing works with it.
func checked(n int) error {
	ctx, cancel := context.WithCancel(context.Background())
	kept := newHolder(ctx)
	if n < 0 {
		panic("negative")
	}
	cancel()
	return kept.ctx.Err()
}

type holder struct{ ctx context.Context }

func newHolder(ctx context.Context) *holder { return &holder{ctx} }

// The parent ends with the function, and the context with it.
func derived(parent context.Context) error {
	outer, cancelOuter := context.WithTimeout(parent, time.Minute)
	defer cancelOuter()
	ctx, cancel := context.WithCancel(outer)
	err := load(ctx)
	cancel()
	return err
}

// What is deferred does not recover.
func startsBounded(parent context.Context, slots chan bool) {
	go func() {
		defer func() { <-slots }()
		ctx, cancel := context.WithTimeout(parent, time.Second)
		_ = load(ctx)
		cancel()
	}()
}
