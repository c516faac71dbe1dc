package quiet

import "time"

func drain(messages <-chan string, handle func(string)) {
	for {
		select {
		case message := <-messages:
			handle(message)
		case <-time.After(time.Minute): // want timer-in-loop "garbage"
			return
		}
	}
}
