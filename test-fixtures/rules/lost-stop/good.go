// No findings.

package loststop

import (
	"context"
	"net"
	"os"
	"os/signal"
	"time"
)

func stopped(parent context.Context) error {
	ctx, stop := signal.NotifyContext(parent, os.Interrupt)
	defer stop()
	return bounded(ctx)
}

func stoppedOnEveryPath(parent context.Context) error {
	ctx, stop := signal.NotifyContext(parent, os.Interrupt)
	if err := bounded(ctx); err != nil {
		stop()
		return err
	}
	stop()
	return nil
}

func handedOver(parent context.Context) (context.Context, context.CancelFunc) {
	ctx, stop := signal.NotifyContext(parent, os.Interrupt)
	return ctx, stop
}

func neverReturns(parent context.Context) {
	ctx, _ := signal.NotifyContext(parent, os.Interrupt)
	_ = bounded(ctx)
	os.Exit(1)
}

type mine struct{}

func (mine) NotifyContext(ctx context.Context, _ os.Signal) (context.Context, func()) {
	return ctx, func() {}
}

func shadowed(parent context.Context, signal mine) error {
	ctx, _ := signal.NotifyContext(parent, os.Interrupt)
	return bounded(ctx)
}

// What is done when the context ends, whenever that is.
func whenItEnds(ctx context.Context, conn net.Conn) {
	context.AfterFunc(ctx, func() { conn.Close() })
	_ = context.AfterFunc(ctx, func() { conn.Close() })
	handle(conn)
}

func callbackStopped(ctx context.Context, conn net.Conn) {
	stop := context.AfterFunc(ctx, func() { conn.Close() })
	defer stop()
	handle(conn)
}

func callbackStored(ctx context.Context, s *server, conn net.Conn) {
	s.stop = context.AfterFunc(ctx, func() { conn.Close() })
}

func callbackHasRun(ctx context.Context, conn net.Conn, done <-chan struct{}) {
	stop := context.AfterFunc(ctx, func() { conn.Close() })
	select {
	case <-ctx.Done():
		return
	case <-done:
	}
	stop()
}

func callbackOfOwnContext(parent context.Context, conn net.Conn) error {
	ctx, cancel := context.WithCancel(parent)
	defer cancel()
	stop := context.AfterFunc(ctx, func() { conn.Close() })
	if err := bounded(ctx); err != nil {
		return err
	}
	stop()
	return nil
}

func closeAll(ctx context.Context, listeners []net.Listener) {
	for _, listener := range listeners {
		context.AfterFunc(ctx, func() { listener.Close() })
	}
}

func contextOfTurn(parent context.Context, conns <-chan net.Conn) {
	for conn := range conns {
		ctx, cancel := context.WithCancel(parent)
		context.AfterFunc(ctx, func() { conn.Close() })
		handle(conn)
		cancel()
	}
}

func leavesAfterwards(ctx context.Context, listener net.Listener) {
	for {
		conn, err := listener.Accept()
		if err != nil {
			continue
		}
		context.AfterFunc(ctx, func() { conn.Close() })
		handle(conn)
		return
	}
}

// Since Go 1.23 the collector takes tickers and timers that nobody can stop.
func ticker(n int) {
	for range time.NewTicker(time.Second).C {
		if n--; n == 0 {
			return
		}
	}
}

func timer(ctx context.Context) {
	timer := time.NewTimer(time.Minute)
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}
