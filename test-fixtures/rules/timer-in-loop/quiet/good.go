package quiet

import (
	"errors"
	"time"
)

// As many iterations as there are checks, and what they leave behind is collected.
func checked(results chan error, limit time.Duration) error {
	for i := 0; i < cap(results); i++ {
		select {
		case err := <-results:
			if err != nil {
				return err
			}
		case <-time.After(limit):
			return errors.New("no answer")
		}
	}
	return nil
}
