// No findings.

package timerinloop

import "time"

func left(messages <-chan string, limit time.Duration) {
	for {
		select {
		case <-messages:
			return
		case <-time.After(limit):
		}
	}
}
