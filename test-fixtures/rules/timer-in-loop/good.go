// No findings.

package timerinloop

import (
	"context"
	"testing"
	"time"
)

func oneTimer(messages <-chan string, handle func(string)) {
	timer := time.NewTimer(time.Minute)
	defer timer.Stop()
	for {
		timer.Reset(time.Minute)
		select {
		case message := <-messages:
			handle(message)
		case <-timer.C:
			return
		}
	}
}

// The loop goes on only when the timer has fired.
func retry(ctx context.Context, try func() error) error {
	for {
		if err := try(); err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Second):
		}
	}
}

func waitOnly(try func() error) {
	for try() != nil {
		<-time.After(time.Second)
	}
}

func leftInTheTurn(messages <-chan string, handle func(string)) {
	for {
		select {
		case message := <-messages:
			handle(message)
			return
		case <-time.After(time.Minute):
			panic("nothing came")
		}
	}
}

func beforeTheLoop(messages <-chan string, handle func(string)) {
	end := time.After(time.Minute)
	for {
		select {
		case message := <-messages:
			handle(message)
		case <-end:
			return
		}
	}
}

func fewTurns(messages <-chan string) {
	for range 3 {
		select {
		case <-messages:
		case <-time.After(time.Minute):
		}
	}
}

func inGoroutine(messages <-chan string, n int) {
	for i := 0; i < n; i++ {
		go func() {
			select {
			case <-messages:
			case <-time.After(time.Minute):
			}
		}()
	}
}

type fake struct{}

func (fake) After(time.Duration) <-chan time.Time { return nil }

func shadowed(time fake, messages <-chan string) {
	for {
		select {
		case <-messages:
		case <-time.After(1):
		}
	}
}

// The other case ends the loop by its condition.
func untilCancelled(ctx context.Context, ping func()) {
	for ctx.Err() == nil {
		ping()
		select {
		case <-ctx.Done():
		case <-time.After(time.Second):
		}
	}
}

func wokenUp(wake <-chan struct{}, quit <-chan error, ping func()) {
	var err error
	for err == nil {
		ping()
		select {
		case <-wake:
		case err = <-quit:
		case <-time.After(time.Minute):
		}
	}
}

// A test that other packages run.
func expectAll(t *testing.T, messages []<-chan string) {
	for _, each := range messages {
		select {
		case <-each:
		case <-time.After(time.Second):
			t.Fatal("nothing came")
		}
	}
}
