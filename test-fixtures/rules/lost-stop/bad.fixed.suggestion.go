//go:build fixed && suggestion

package loststop

import (
	"context"
	"errors"
	"net"
	"os"
	sig "os/signal"
)

func discarded(parent context.Context) error {
	ctx, stop := sig.NotifyContext(parent, os.Interrupt)
	defer stop()
	return bounded(ctx)
}

func discardedIntoParameter(ctx context.Context) error {
	ctx, stop := sig.NotifyContext(ctx, os.Interrupt)
	defer stop()
	return bounded(ctx)
}

func discardedWhileStopMeansSomething(parent context.Context, stop func()) error {
	stop()
	ctx, stop2 := sig.NotifyContext(parent, os.Interrupt)
	defer stop2()
	return bounded(ctx)
}

func silenced(parent context.Context) error {
	ctx, stop := sig.NotifyContext(parent, os.Interrupt)
	defer stop()
	return bounded(ctx)
}

func notOnError(parent context.Context) error {
	ctx, stop := sig.NotifyContext(parent, os.Interrupt)
	defer stop()
	if err := bounded(ctx); err != nil {
		return err
	}
	stop()
	return nil
}

// The end of the context does not give the signals back.
func notAfterDone(parent context.Context) {
	ctx, stop := sig.NotifyContext(parent, os.Interrupt)
	defer stop()
	<-ctx.Done()
}

func overwritten(parent context.Context) {
	ctx, stop := sig.NotifyContext(parent, os.Interrupt)
	defer stop()
	if bounded(ctx) == nil {
		_, stop = sig.NotifyContext(parent, os.Kill)
	}
	stop()
}

func callbackNotOnError(ctx context.Context, conn net.Conn) error {
	stop := context.AfterFunc(ctx, func() { conn.Close() })
	defer stop()
	if _, err := conn.Write(nil); err != nil {
		return err
	}
	if !stop() {
		return errors.New("stopped")
	}
	return nil
}

func serve(ctx context.Context, listener net.Listener) error {
	for {
		conn, err := listener.Accept()
		if err != nil {
			return err
		}
		context.AfterFunc(ctx, func() { conn.Close() })
		go handle(conn)
	}
}

func drain(ctx context.Context, conns <-chan net.Conn) {
	for conn := range conns {
		_ = context.AfterFunc(ctx, func() { conn.Close() })
		handle(conn)
	}
}
