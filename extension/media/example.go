// Escapement's example: three functions, each with something to see. Hover over what is
// underlined, press Ctrl+. (or Cmd+.) on it for the fix, and change the code as you like.
package example

import (
	"context"
	"time"
)

type reading struct {
	sensor string
	value  float64
}

// await keeps the timer and its context until the deadline, because nobody calls cancel.
func await(parent context.Context, done <-chan error) error {
	ctx, _ := context.WithTimeout(parent, time.Minute)
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// values grows its result step by step, although it knows how long it will be.
func values(readings []reading) []float64 {
	var result []float64
	for _, r := range readings {
		result = append(result, r.value*2)
	}
	return result
}

// latest moves a copy of each reading to the heap, where a pointer to the element would do.
func latest(readings []reading) map[string]*reading {
	bySensor := make(map[string]*reading, len(readings))
	for _, r := range readings {
		bySensor[r.sensor] = &r
	}
	return bySensor
}
