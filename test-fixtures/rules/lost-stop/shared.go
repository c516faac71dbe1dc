package loststop

import (
	"context"
	"net"
)

type server struct {
	stop func() bool
}

func bounded(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	default:
		return nil
	}
}

func launch(ctx context.Context) {
	go func() { <-ctx.Done() }()
}

func handle(conn net.Conn) {
	_, _ = conn.Write(nil)
}
