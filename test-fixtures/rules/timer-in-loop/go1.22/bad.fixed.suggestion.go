//go:build fixed && suggestion

package timerinloop

import "time"

func drain(messages <-chan string, limit time.Duration) {
	timer := time.NewTimer(limit)
	defer timer.Stop()
	for {
		if !timer.Stop() {
			select {
			case <-timer.C:
			default:
			}
		}
		timer.Reset(limit)
		select {
		case message := <-messages:
			println(message)
		case <-timer.C:
			return
		}
	}
}
