//go:build fixed && !suggestion

package loststop

import (
	"context"
	"time"
)

func notStopped(done <-chan struct{}, work func()) {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			work()
		case <-done:
			return
		}
	}
}

func notOnEveryPath(ctx context.Context, work func() error) error {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for range ticker.C {
		if err := work(); err != nil {
			return err
		}
		if ctx.Err() != nil {
			ticker.Stop()
			return ctx.Err()
		}
	}
	return nil
}

func onlyReset(d time.Duration, n int) {
	t := time.NewTicker(d)
	defer t.Stop()
	for i := 0; i < n; i++ {
		<-t.C
		t.Reset(d)
	}
}

func unnamed(n int) {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for range ticker.C {
		if n--; n == 0 {
			return
		}
	}
}

func unnamedTwice(n int) {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for range ticker.C {
		if n--; n == 5 {
			break
		}
	}
	ticker2 := time.NewTicker(time.Minute)
	defer ticker2.Stop()
	for range ticker2.C {
		if n--; n == 0 {
			return
		}
	}
}

func perTurn(n int, work func()) {
	for i := 0; i < n; i++ {
		ticker := time.NewTicker(time.Second)
		<-ticker.C
		work()
	}
}

func replaced(short, long time.Duration, n int) {
	ticker := time.NewTicker(short)
	defer ticker.Stop()
	for i := 0; i < n; i++ {
		<-ticker.C
	}
	ticker = time.NewTicker(long)
	defer ticker.Stop()
	<-ticker.C
}

func channelKept(done chan struct{}) {
	ticker := time.NewTicker(time.Second)
	if done == nil {
		return
	}
	go forward(ticker.C, done)
}

func timerNotFired(ctx context.Context) error {
	timer := time.NewTimer(time.Minute)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func timerOnOneSide(done <-chan struct{}, work func()) {
	timer := time.NewTimer(time.Minute)
	defer timer.Stop()
	select {
	case <-done:
		timer.Stop()
	default:
		work()
	}
}

func forward(from <-chan time.Time, done <-chan struct{}) {
	for {
		select {
		case <-from:
		case <-done:
			return
		}
	}
}
