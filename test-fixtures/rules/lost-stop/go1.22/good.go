// No findings.

package loststop

import (
	"context"
	"time"
)

func fineStopped(done <-chan struct{}, work func()) {
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

func stoppedInLiteral(done <-chan struct{}) {
	ticker := time.NewTicker(time.Second)
	defer func() {
		ticker.Stop()
	}()
	<-done
}

func forEver(work func()) {
	ticker := time.NewTicker(time.Second)
	for range ticker.C {
		work()
	}
}

func forEverUnnamed(work func()) {
	for range time.NewTicker(time.Second).C {
		work()
	}
}

func forEverBySelect(work func(), more <-chan int) {
	ticker := time.NewTicker(time.Second)
	for {
		select {
		case <-ticker.C:
		case <-more:
		}
		work()
	}
}

func returned() *time.Ticker {
	ticker := time.NewTicker(time.Second)
	return ticker
}

func channelReturned() <-chan time.Time {
	ticker := time.NewTicker(time.Second)
	return ticker.C
}

type clock struct{ ticker *time.Ticker }

func stored(c *clock) {
	ticker := time.NewTicker(time.Second)
	c.ticker = ticker
}

func inGoroutine(done <-chan struct{}) {
	ticker := time.NewTicker(time.Second)
	go func() {
		defer ticker.Stop()
		<-done
	}()
}

func finePerTurn(n int, work func()) {
	for i := 0; i < n; i++ {
		ticker := time.NewTicker(time.Second)
		<-ticker.C
		ticker.Stop()
		work()
	}
}

func conditional(d time.Duration, done <-chan struct{}) {
	var ticker *time.Ticker
	if d > 0 {
		ticker = time.NewTicker(d)
	}
	<-done
	if ticker != nil {
		ticker.Stop()
	}
}

func fired() {
	timer := time.NewTimer(time.Minute)
	<-timer.C
}

func firedOrStopped(ctx context.Context) {
	timer := time.NewTimer(time.Minute)
	select {
	case <-timer.C:
	case <-ctx.Done():
		if !timer.Stop() {
			<-timer.C
		}
	}
}

func firesSoon(ctx context.Context) {
	timer := time.NewTimer(10 * time.Second)
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

func madeAnewWhenFired(d time.Duration, done <-chan struct{}, work func()) {
	timer := time.NewTimer(d)
	defer func() { timer.Stop() }()
	for {
		select {
		case <-timer.C:
			work()
			timer = time.NewTimer(2 * d)
		case <-done:
			return
		}
	}
}
