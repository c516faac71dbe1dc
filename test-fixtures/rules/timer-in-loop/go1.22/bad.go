//go:build !fixed

package timerinloop

import "time"

func drain(messages <-chan string, limit time.Duration) {
	for {
		select {
		case message := <-messages:
			println(message)
		case <-time.After(limit): // want timer-in-loop "kept until the timer fires, after limit \\(before Go 1.23\\)"
			return
		}
	}
}
