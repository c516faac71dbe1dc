package editors

import (
	"context"
	"time"
)

func await(parent context.Context, done <-chan error) error {
	ctx, cancel := context.WithTimeout(parent, time.Second)
	_ = cancel
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}
