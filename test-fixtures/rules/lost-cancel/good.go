// No findings: every form of handing a cancel function over, and every path that leaves nothing behind.
package lostcancel

import (
	"context"
	"errors"
	"log"
	"os"
	"os/signal"
	"runtime"
	"sync"
	"syscall"
	"testing"
	"time"
)

func deferred(parent context.Context) error {
	ctx, cancel := context.WithTimeout(parent, time.Second)
	defer cancel()
	return bounded(ctx)
}

func deferredWithCause(parent context.Context) error {
	ctx, cancel := context.WithCancelCause(parent)
	defer cancel(nil)
	return bounded(ctx)
}

func calledOnAllPaths(parent context.Context) error {
	ctx, cancel := context.WithTimeout(parent, time.Second)
	if err := bounded(ctx); err != nil {
		cancel()
		return err
	}
	cancel()
	return nil
}

func deferredInBranch(ctx context.Context, limit time.Duration) error {
	if limit > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, limit)
		defer cancel()
	}
	return bounded(ctx)
}

func oneOfTwo(ctx context.Context, limit time.Duration) error {
	var cancel context.CancelFunc
	if limit > 0 {
		ctx, cancel = context.WithTimeout(ctx, limit)
	} else {
		ctx, cancel = context.WithCancel(ctx)
	}
	defer cancel()
	return bounded(ctx)
}

func checkedForNil(ctx context.Context, limit time.Duration) error {
	var cancel context.CancelFunc
	if limit > 0 {
		ctx, cancel = context.WithTimeout(ctx, limit)
	}
	err := bounded(ctx)
	if cancel != nil {
		cancel()
	}
	return err
}

func checkedForNilInReverse(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	err := bounded(ctx)
	if cancel == nil {
		return err
	}
	cancel()
	return err
}

func deferredAheadOfTime(ctx context.Context, limit time.Duration) error {
	var cancel context.CancelFunc
	defer func() {
		if cancel != nil {
			cancel()
		}
	}()
	if limit > 0 {
		ctx, cancel = context.WithTimeout(ctx, limit)
	}
	return bounded(ctx)
}

func rearmedWithCall(parent context.Context) error {
	ctx, cancel := context.WithTimeout(parent, time.Second)
	defer func() { cancel() }()
	for bounded(ctx) != nil {
		cancel()
		ctx, cancel = context.WithTimeout(parent, time.Second)
	}
	return nil
}

func sameConditionTwice(ctx context.Context, limited bool) error {
	var cancel context.CancelFunc
	if limited {
		ctx, cancel = context.WithTimeout(ctx, time.Second)
	}
	err := bounded(ctx)
	if limited {
		cancel()
	}
	return err
}

func handedToOneOfTwo(parent context.Context, async bool) {
	ctx, cancel := context.WithCancel(parent)
	if async {
		go func() {
			defer cancel()
			_ = bounded(ctx)
		}()
	}
	_ = bounded(ctx)
	if !async {
		cancel()
	}
}

func returnedBoth(parent context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(parent)
	return ctx, cancel
}

func returnedByName(parent context.Context) (ctx context.Context, cancel context.CancelFunc) {
	ctx, cancel = context.WithCancel(parent)
	return
}

func returnedInLiteral(parent context.Context) (context.Context, func()) {
	ctx, cancel := context.WithCancel(parent)
	return ctx, func() {
		cancel()
	}
}

func returnedDirectly(parent context.Context) (context.Context, context.CancelFunc) {
	return context.WithCancel(parent)
}

func passed(parent context.Context, register func(func())) error {
	ctx, cancel := context.WithCancel(parent)
	register(cancel)
	return bounded(ctx)
}

func passedInLiteral(parent context.Context, register func(func())) error {
	ctx, cancel := context.WithCancel(parent)
	register(func() { cancel() })
	return bounded(ctx)
}

func cleanedUp(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	_ = bounded(ctx)
}

func cleanedUpInLiteral(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(func() { cancel() })
	_ = bounded(ctx)
}

func storedInLiteral(parent context.Context) *job {
	ctx, cancel := context.WithCancel(parent)
	return &job{ctx: ctx, cancel: cancel}
}

func storedInFieldDirectly(parent context.Context, j *job) {
	j.ctx, j.cancel = context.WithCancel(parent)
}

func storedInFieldLater(parent context.Context, j *job) {
	ctx, cancel := context.WithCancel(parent)
	j.ctx = ctx
	j.cancel = cancel
}

func storedInMap(parent context.Context, all map[string]context.CancelFunc) {
	_, cancel := context.WithCancel(parent)
	all["x"] = cancel
}

func storedInSlice(parent context.Context, all []context.CancelFunc) []context.CancelFunc {
	_, cancel := context.WithCancel(parent)
	return append(all, cancel)
}

func storedInChannel(parent context.Context, all chan context.CancelFunc) {
	_, cancel := context.WithCancel(parent)
	all <- cancel
}

func storedByAddress(parent context.Context, put func(*context.CancelFunc)) {
	_, cancel := context.WithCancel(parent)
	put(&cancel)
}

var stopAll context.CancelFunc

func storedInPackageVariable(parent context.Context) {
	_, stopAll = context.WithCancel(parent)
}

func storedInOuterVariable(parent context.Context) error {
	var cancel context.CancelFunc
	start := func() context.Context {
		var ctx context.Context
		ctx, cancel = context.WithCancel(parent)
		return ctx
	}
	ctx := start()
	defer cancel()
	return bounded(ctx)
}

func calledByGoroutine(parent context.Context, done <-chan int) error {
	ctx, cancel := context.WithCancel(parent)
	go func() {
		<-done
		cancel()
	}()
	return bounded(ctx)
}

func startedAsGoroutine(parent context.Context) error {
	ctx, cancel := context.WithCancel(parent)
	go cancel()
	return bounded(ctx)
}

func calledByLocalLiteral(parent context.Context) error {
	ctx, cancel := context.WithCancel(parent)
	stop := func() { cancel() }
	defer stop()
	return bounded(ctx)
}

func calledByNestedLiteral(parent context.Context, once *sync.Once) error {
	ctx, cancel := context.WithCancel(parent)
	stop := func() { once.Do(func() { cancel() }) }
	defer func() { stop() }()
	return bounded(ctx)
}

func calledOnTheSpot(parent context.Context) error {
	ctx, cancel := context.WithCancel(parent)
	err := bounded(ctx)
	func() { cancel() }()
	return err
}

func aliased(parent context.Context) error {
	ctx, cancel := context.WithCancel(parent)
	stop := cancel
	defer stop()
	return bounded(ctx)
}

func panics(parent context.Context) error {
	ctx, cancel := context.WithCancel(parent)
	if bounded(ctx) != nil {
		panic("lost")
	}
	cancel()
	return nil
}

func exits(parent context.Context) error {
	ctx, cancel := context.WithCancel(parent)
	if bounded(ctx) != nil {
		os.Exit(1)
	}
	cancel()
	return nil
}

func logsFatally(parent context.Context) error {
	ctx, cancel := context.WithCancel(parent)
	if err := bounded(ctx); err != nil {
		log.Fatalf("failed: %v", err)
	}
	cancel()
	return nil
}

func failsTheTest(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	if bounded(ctx) != nil {
		t.Fatal("failed")
	}
	cancel()
}

func endsTheGoroutine(parent context.Context) {
	ctx, cancel := context.WithCancel(parent)
	if bounded(ctx) != nil {
		runtime.Goexit()
	}
	cancel()
}

func die(err error) {
	log.Print(err)
	os.Exit(2)
}

func dies(parent context.Context) {
	ctx, cancel := context.WithCancel(parent)
	if err := bounded(ctx); err != nil {
		die(err)
	}
	cancel()
}

func runsForEver(parent context.Context, jobs <-chan int) {
	ctx, cancel := context.WithCancel(parent)
	for {
		select {
		case <-jobs:
			_ = bounded(ctx)
		case <-parent.Done():
			cancel()
			return
		}
	}
}

func endedAlready(parent context.Context, tick <-chan int) error {
	ctx, cancel := context.WithTimeout(parent, time.Second)
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-tick:
		cancel()
		return nil
	}
}

func calledInEachTurn(parent context.Context, names []string) {
	for _, name := range names {
		ctx, cancel := context.WithTimeout(parent, time.Second)
		if name == "" {
			cancel()
			continue
		}
		_ = bounded(ctx)
		cancel()
	}
}

func errorOfTheSameCall(parent context.Context) error {
	ctx, cancel, err := withLimitChecked(parent)
	if err != nil {
		return err
	}
	defer cancel()
	return bounded(ctx)
}

func errorOfTheSameCallTurnedAround(parent context.Context) error {
	ctx, cancel, err := withLimitChecked(parent)
	if err == nil {
		defer cancel()
		return bounded(ctx)
	}
	return err
}

func otherFunctionCalledWithCancel(parent context.Context) {
	context := other{}
	x, _ := context.WithCancel(parent)
	_ = x
}

type other struct{}

func (other) WithCancel(parent any) (any, any) { return parent, nil }

func notifies(parent context.Context) error {
	ctx, stop := signal.NotifyContext(parent, syscall.SIGTERM)
	if bounded(ctx) != nil {
		return errors.New("a stop function has a rule of its own")
	}
	stop()
	return nil
}

func withoutCancel(parent context.Context) error {
	ctx := context.WithoutCancel(parent)
	return bounded(ctx)
}

func withLimitIfAny(parent context.Context) (context.Context, context.CancelFunc, bool) {
	if parent.Err() != nil {
		return nil, nil, false
	}
	ctx, cancel := context.WithTimeout(parent, time.Second)
	return ctx, cancel, true
}

func notMade(parent context.Context) error {
	ctx, cancel, ok := withLimitIfAny(parent)
	if !ok {
		return errors.New("no limit")
	}
	defer cancel()
	return bounded(ctx)
}

func discardedButDone(parent context.Context) error {
	ctx, _ := context.WithTimeout(parent, time.Second)
	<-ctx.Done()
	return ctx.Err()
}

func overBeforeItBegins(parent context.Context) {
	a, _ := context.WithTimeout(parent, 0)
	b, _ := context.WithDeadline(parent, time.Now())
	c, _ := context.WithDeadline(parent, time.Now().Add(-time.Second))
	_, _, _ = a, b, c
}

func panicsWithoutParent() {
	_, _ = context.WithCancel(nil)
}

func untilTheProcessEnds(parent context.Context) {
	ctx, _ := context.WithCancel(parent)
	for {
		if bounded(ctx) != nil {
			os.Exit(1)
		}
	}
}

// The context is nil whenever its cancel function has been called.
func switchedOnAndOff(parent context.Context, next func() string) {
	var ctx context.Context
	var cancel context.CancelFunc
	for {
		switch next() {
		case "on":
			if ctx != nil {
				continue
			}
			ctx, cancel = context.WithCancel(parent)
			go bounded(ctx)
		case "off":
			if ctx == nil {
				continue
			}
			cancel()
			ctx = nil
		default:
			if cancel != nil {
				cancel()
			}
			return
		}
	}
}

func endsWithItsParent(parent context.Context) error {
	outer, cancel := context.WithCancel(parent)
	defer cancel()
	inner, _ := context.WithTimeout(outer, time.Second)
	return bounded(inner)
}

func parentCancelledAfter(parent context.Context) context.Context {
	outer, cancel := context.WithCancel(parent)
	inner, _ := context.WithTimeout(outer, time.Second)
	cancel()
	return inner
}

type ending chan bool

func endedByChannel(parent context.Context) (context.Context, context.CancelFunc, ending) {
	ctx, cancel := context.WithTimeout(parent, time.Second)
	return ctx, cancel, make(ending)
}

func anotherWayToEndIt(parent context.Context) error {
	ctx, _, end := endedByChannel(parent)
	defer close(end)
	return bounded(ctx)
}

func startTab(parent context.Context) (context.Context, context.CancelFunc) {
	return context.WithCancel(parent)
}

// Cancel ends the tab of a context.
func Cancel(ctx context.Context) error {
	return ctx.Err()
}

func cancelledByItsContext(parent context.Context) error {
	for range 8 {
		ctx, _ := startTab(parent)
		if err := Cancel(ctx); err != nil {
			return err
		}
	}
	return nil
}

// Without workers there is nothing to be done.
func eachWorkerMayCancel(parent context.Context, workers []func(context.Context) error) error {
	ctx, cancel := context.WithCancel(parent)
	var group sync.WaitGroup
	for _, worker := range workers {
		group.Add(1)
		go func() {
			defer group.Done()
			if worker(ctx) != nil {
				cancel()
			}
		}()
	}
	group.Wait()
	return bounded(ctx)
}

type tracker struct{ cancels map[int]context.CancelFunc }

func (t *tracker) contextFor(parent context.Context, id int) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(parent)
	t.cancels[id] = cancel
	return ctx, cancel
}

// The tracker cancels it.
func keptByItsMaker(parent context.Context, t *tracker) error {
	ctx, _ := t.contextFor(parent, 1)
	return bounded(ctx)
}

func WithTimeout(parent context.Context, limit time.Duration) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithTimeout(parent, limit)
	return ctx, func() { cancel() }
}

func overAtOnce(parent context.Context) error {
	ctx, _ := WithTimeout(parent, 0)
	return ctx.Err()
}
