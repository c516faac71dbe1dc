//go:build !fixed

package loststop

import (
	"context"
	"time"
)

func notStopped(done <-chan struct{}, work func()) {
	ticker := time.NewTicker(time.Second) // want lost-stop "Nothing calls ticker.Stop\\(\\) for what time.NewTicker has started: before Go 1.23 it goes off"
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
	ticker := time.NewTicker(time.Second) // want lost-stop "Not every path calls ticker.Stop\\(\\)"
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
	t := time.NewTicker(d) // want lost-stop "Nothing calls t.Stop"
	for i := 0; i < n; i++ {
		<-t.C
		t.Reset(d)
	}
}

func unnamed(n int) {
	for range time.NewTicker(time.Second).C { // want lost-stop "Only the channel of this ticker is kept"
		if n--; n == 0 {
			return
		}
	}
}

func unnamedTwice(n int) {
	for range time.NewTicker(time.Second).C { // want lost-stop "Only the channel"
		if n--; n == 5 {
			break
		}
	}
	for range time.NewTicker(time.Minute).C { // want lost-stop "Only the channel"
		if n--; n == 0 {
			return
		}
	}
}

func perTurn(n int, work func()) {
	for i := 0; i < n; i++ {
		ticker := time.NewTicker(time.Second) // want lost-stop "Nothing calls ticker.Stop"
		<-ticker.C
		work()
	}
}

func replaced(short, long time.Duration, n int) {
	// want lost-stop "ticker is overwritten before ticker.Stop\\(\\)"
	ticker := time.NewTicker(short)
	for i := 0; i < n; i++ {
		<-ticker.C
	}
	ticker = time.NewTicker(long)
	defer ticker.Stop()
	<-ticker.C
}

func channelKept(done chan struct{}) {
	ticker := time.NewTicker(time.Second) // want lost-stop "Not every path"
	if done == nil {
		return
	}
	go forward(ticker.C, done)
}

func timerNotFired(ctx context.Context) error {
	timer := time.NewTimer(time.Minute) // want lost-stop "until it fires"
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func timerOnOneSide(done <-chan struct{}, work func()) {
	timer := time.NewTimer(time.Minute) // want lost-stop "Not every path calls timer.Stop"
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
