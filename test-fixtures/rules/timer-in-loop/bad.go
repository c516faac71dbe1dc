//go:build !fixed

package timerinloop

import (
	"context"
	clock "time"
)

func drain(messages <-chan string, handle func(string)) {
	for {
		select {
		case message := <-messages:
			handle(message)
		case <-clock.After(clock.Minute): // want timer-in-loop "garbage when another case comes first"
			return
		}
	}
}

func withDefault(messages <-chan string, handle func(string), limit clock.Duration) {
	for message := range messages {
		select {
		default:
			handle(message)
		case <-clock.After(limit): // want timer-in-loop "garbage"
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
		case at := <-clock.After(limits[i]): // want timer-in-loop "garbage"
			println(at.String())
		}
	}
}
