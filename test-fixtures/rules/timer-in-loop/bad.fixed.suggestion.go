//go:build fixed && suggestion

package timerinloop

import (
	"context"
	clock "time"
)

func drain(messages <-chan string, handle func(string)) {
	timer := clock.NewTimer(clock.Minute)
	defer timer.Stop()
	for {
		timer.Reset(clock.Minute)
		select {
		case message := <-messages:
			handle(message)
		case <-timer.C:
			return
		}
	}
}

func withDefault(messages <-chan string, handle func(string), limit clock.Duration) {
	timer := clock.NewTimer(limit)
	defer timer.Stop()
	for message := range messages {
		timer.Reset(limit)
		select {
		default:
			handle(message)
		case <-timer.C:
		}
	}
}

func labeled(ctx context.Context, messages <-chan string, limits []clock.Duration) {
loop:
	for i := 0; i < len(limits); i++ {
		select {
		case <-ctx.Done():
			break loop
		case message := <-messages:
			if message == "" {
				continue loop
			}
			return
		case at := <-clock.After(limits[i]):
			println(at.String())
		}
	}
}
