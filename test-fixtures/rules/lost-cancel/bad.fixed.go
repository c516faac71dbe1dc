//go:build fixed && !suggestion

package lostcancel

import (
	"context"
	"errors"
	"net/http"
	"os"
	"time"
)

func discarded(parent context.Context) error {
	ctx, cancel := context.WithTimeout(parent, time.Second)
	defer cancel()
	return bounded(ctx)
}

func discardedWithCause(parent context.Context) error {
	ctx, cancel := context.WithCancelCause(parent)
	defer cancel(nil)
	return bounded(ctx)
}

func discardedIntoParameter(ctx context.Context) error {
	ctx, cancel := context.WithDeadline(ctx, time.Now().Add(time.Second))
	defer cancel()
	return bounded(ctx)
}

func discardedInBranch(ctx context.Context, limit time.Duration) error {
	if limit > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, limit)
		defer cancel()
	}
	return bounded(ctx)
}

func discardedWhileCancelMeansSomething(parent context.Context, cancel func()) error {
	cancel()
	ctx, cancel2 := context.WithCancel(parent)
	defer cancel2()
	return bounded(ctx)
}

func discardedInDeclaration(parent context.Context) error {
	var ctx, cancel = context.WithCancel(parent)
	defer cancel()
	return bounded(ctx)
}

func silenced(parent context.Context) error {
	ctx, cancel := context.WithCancel(parent)
	defer cancel()
	return bounded(ctx)
}

func comparedOnly(parent context.Context) error {
	ctx, cancel := context.WithCancel(parent)
	defer cancel()
	if cancel == nil {
		return nil
	}
	return bounded(ctx)
}

func notOnError(parent context.Context) error {
	ctx, cancel := context.WithTimeout(parent, time.Second)
	defer cancel()
	if err := bounded(ctx); err != nil {
		return err
	}
	cancel()
	return nil
}

func notInLastCase(parent context.Context, n int) {
	ctx, cancel := context.WithCancel(parent)
	defer cancel()
	switch n {
	case 0:
		cancel()
		return
	case 1:
		cancel()
	}
	_ = bounded(ctx)
}

func notInTypeSwitch(parent context.Context, v any) {
	ctx, cancel := context.WithCancel(parent)
	defer cancel()
	switch v.(type) {
	case int:
		cancel()
	default:
		_ = bounded(ctx)
	}
}

func notInSelect(parent context.Context, tick <-chan int) {
	ctx, cancel := context.WithCancel(parent)
	defer cancel()
	select {
	case <-tick:
		return
	case <-parent.Done():
		cancel()
	}
	_ = bounded(ctx)
}

func notAfterGoto(parent context.Context, n int) {
	ctx, cancel := context.WithCancel(parent)
	defer cancel()
	if n > 3 {
		goto out
	}
	cancel()
out:
	_ = bounded(ctx)
}

func notAfterLabelledBreak(parent context.Context, rows [][]int) {
	ctx, cancel := context.WithCancel(parent)
	defer cancel()
search:
	for _, row := range rows {
		for _, n := range row {
			if n == 0 {
				break search
			}
		}
		cancel()
		return
	}
	_ = bounded(ctx)
}

func notInRangeOverFunc(parent context.Context, seq func(yield func(int) bool)) error {
	ctx, cancel := context.WithCancel(parent)
	defer cancel()
	for n := range seq {
		if n == 0 {
			return errors.New("zero")
		}
	}
	err := bounded(ctx)
	cancel()
	return err
}

func notAfterPanicElsewhere(parent context.Context, n int) error {
	ctx, cancel := context.WithCancel(parent)
	defer cancel()
	if n < 0 {
		panic("negative")
	}
	if n == 0 {
		return nil
	}
	err := bounded(ctx)
	cancel()
	return err
}

func literalNobodyCalls(parent context.Context) error {
	ctx, cancel := context.WithCancel(parent)
	defer cancel()
	stop := func() { cancel() }
	_ = stop
	return bounded(ctx)
}

func literalCalledTooLate(parent context.Context) error {
	ctx, cancel := context.WithCancel(parent)
	defer cancel()
	stop := func() { cancel() }
	if err := bounded(ctx); err != nil {
		return err
	}
	stop()
	return nil
}

func insideLiteral(parent context.Context) func() error {
	return func() error {
		ctx, cancel := context.WithCancel(parent)
		defer cancel()
		return bounded(ctx)
	}
}

func overwritten(parent context.Context) error {
	ctx, cancel := context.WithCancel(parent)
	defer cancel()
	if err := bounded(ctx); err != nil {
		ctx, cancel = context.WithTimeout(parent, time.Second)
	}
	defer cancel()
	return bounded(ctx)
}

func overwrittenUnderDeferredLiteral(parent context.Context) error {
	ctx, cancel := context.WithCancel(parent)
	defer cancel()
	defer func() { cancel() }()
	if err := bounded(ctx); err != nil {
		ctx, cancel = context.WithTimeout(parent, time.Second)
	}
	return bounded(ctx)
}

func rearmed(parent context.Context) {
	var cancel context.CancelFunc
	for range 3 {
		_, cancel = context.WithCancel(parent)
	}
	cancel()
}

func discardedInLoop(parent context.Context, n int) {
	for range n {
		ctx, _ := context.WithTimeout(parent, time.Second)
		_ = bounded(ctx)
	}
}

func discardedInLoopWithContinue(parent context.Context, names []string) {
	for _, name := range names {
		ctx, _ := context.WithTimeout(parent, time.Second)
		if name == "" {
			continue
		}
		_ = bounded(ctx)
	}
}

func notOnContinue(parent context.Context, names []string) {
	for _, name := range names {
		ctx, cancel := context.WithTimeout(parent, time.Second)
		if name == "" {
			continue
		}
		_ = bounded(ctx)
		cancel()
	}
}

func ownConstructor(parent context.Context) error {
	ctx, cancel := withLimit(parent)
	defer cancel()
	return bounded(ctx)
}

func ownConstructorWithError(parent context.Context) error {
	ctx, cancel, err := withLimitChecked(parent)
	if err != nil {
		return err
	}
	defer cancel()
	return bounded(ctx)
}

func handedOverOnOtherPath(parent context.Context, n int) (*job, error) {
	ctx, cancel := context.WithCancel(parent)
	if n < 0 {
		return nil, errors.New("negative")
	}
	return &job{ctx: ctx, cancel: cancel}, nil
}

func returned(parent context.Context) context.Context {
	ctx, _ := context.WithTimeout(parent, time.Second)
	return ctx
}

func returnedInRequest(parent context.Context) (*http.Request, error) {
	ctx, _ := context.WithTimeout(parent, time.Second)
	return http.NewRequestWithContext(ctx, http.MethodGet, "/", nil)
}

func returnedInResponse(parent context.Context) (*http.Response, error) {
	ctx, _ := context.WithTimeout(parent, time.Second)
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "/", nil)
	if err != nil {
		return nil, err
	}
	return http.DefaultClient.Do(request)
}

func usedByGoroutine(parent context.Context) {
	ctx, _ := context.WithTimeout(parent, time.Second)
	go func() { _ = bounded(ctx) }()
}

func usedByGoroutineOfCallee(parent context.Context) {
	ctx, _ := context.WithTimeout(parent, time.Second)
	launch(ctx)
}

func keptByInterface(parent context.Context, k keeper) {
	ctx, _ := context.WithTimeout(parent, time.Second)
	k.keep(ctx)
}

func storedInField(parent context.Context, j *job) {
	j.ctx, _ = context.WithTimeout(parent, time.Second)
}

func usedInEarlierDefer(ctx context.Context) error {
	defer func() { _ = bounded(ctx) }()
	ctx, _ = context.WithTimeout(ctx, time.Second)
	return bounded(ctx)
}

func usedByProcess() int {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	if bounded(ctx) != nil {
		os.Exit(1)
	}
	return 0
}

func okOfAnotherCall(parent context.Context, known map[string]bool) error {
	ctx, cancel, ok := withLimitIfAny(parent)
	if !ok {
		return errors.New("no limit")
	}
	defer cancel()
	_, ok = known["x"]
	if !ok {
		return errors.New("unknown")
	}
	defer cancel()
	return bounded(ctx)
}

func discardedAndPerhapsDone(parent context.Context, wait bool) error {
	ctx, cancel := context.WithTimeout(parent, time.Second)
	defer cancel()
	if wait {
		<-ctx.Done()
	}
	return ctx.Err()
}

func discardedForEver(parent context.Context) {
	for {
		ctx, _ := context.WithTimeout(parent, time.Second)
		if bounded(ctx) != nil {
			os.Exit(1)
		}
	}
}

func overSoon(parent context.Context) {
	a, cancel := context.WithTimeout(parent, 1)
	defer cancel()
	b, cancel2 := context.WithDeadline(parent, time.Now().Add(time.Second))
	defer cancel2()
	_, _ = a, b
}

func parentIsPerhapsCancelled(parent context.Context, early bool) error {
	outer, cancel := context.WithCancel(parent)
	if early {
		defer cancel()
	} else {
		keptCancel = cancel
	}
	inner, cancel2 := context.WithTimeout(outer, time.Second)
	defer cancel2()
	return bounded(inner)
}

var keptCancel context.CancelFunc

// The return that lacks the call does not see the function's name.
func madeInBranch(parent context.Context, isLong bool, keep func(context.Context, func())) error {
	ctx, cancel := parent, func() {}
	if isLong {
		var stop context.CancelFunc
		ctx, stop = context.WithCancel(ctx)
		cancel = func() { stop() }
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	keep(ctx, cancel)
	return nil
}

// Nobody may come here, and goroutines of some iterations only.
func someWorkersMayCancel(parent context.Context, workers []func(context.Context) error) error {
	ctx, cancel := context.WithCancel(parent)
	for i, worker := range workers {
		if i > 0 {
			go func() {
				if worker(ctx) != nil {
					cancel()
				}
			}()
		}
	}
	return bounded(ctx)
}

func madeHere(parent context.Context, limit time.Duration) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithTimeout(parent, limit)
	return ctx, cancel
}

func discardedOfOwn(parent context.Context) error {
	ctx, cancel := madeHere(parent, time.Second)
	defer cancel()
	return bounded(ctx)
}

type ownContext struct {
	context.Context
	cancel context.CancelFunc
}

func madeOwn(parent context.Context) (context.Context, context.CancelFunc) {
	own := &ownContext{}
	ctx, cancel := context.WithCancel(parent)
	own.Context, own.cancel = ctx, cancel
	return own, own.cancel
}

func discardedOfOwnContext(parent context.Context) error {
	ctx, cancel := madeOwn(parent)
	defer cancel()
	return bounded(ctx)
}
