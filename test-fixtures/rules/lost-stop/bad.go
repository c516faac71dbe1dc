//go:build !fixed

package loststop

import (
	"context"
	"errors"
	"net"
	"os"
	sig "os/signal"
)

func discarded(parent context.Context) error {
	ctx, _ := sig.NotifyContext(parent, os.Interrupt) // want lost-stop "stop function of sig.NotifyContext is discarded: the signals stay caught.*defer stop\\(\\)"
	return bounded(ctx)
}

func discardedIntoParameter(ctx context.Context) error {
	ctx, _ = sig.NotifyContext(ctx, os.Interrupt) // want lost-stop "discarded"
	return bounded(ctx)
}

func discardedWhileStopMeansSomething(parent context.Context, stop func()) error {
	stop()
	ctx, _ := sig.NotifyContext(parent, os.Interrupt) // want lost-stop "discarded"
	return bounded(ctx)
}

func silenced(parent context.Context) error {
	ctx, stop := sig.NotifyContext(parent, os.Interrupt) // want lost-stop "Nothing calls stop\\(\\) for what sig.NotifyContext has started"
	_ = stop
	return bounded(ctx)
}

func notOnError(parent context.Context) error {
	ctx, stop := sig.NotifyContext(parent, os.Interrupt) // want lost-stop "Not every path calls stop\\(\\)"
	if err := bounded(ctx); err != nil {
		return err
	}
	stop()
	return nil
}

// The end of the context does not give the signals back.
func notAfterDone(parent context.Context) {
	ctx, stop := sig.NotifyContext(parent, os.Interrupt) // want lost-stop "Nothing calls stop"
	_ = stop
	<-ctx.Done()
}

func overwritten(parent context.Context) {
	// want lost-stop "stop is overwritten before stop\\(\\)"
	ctx, stop := sig.NotifyContext(parent, os.Interrupt)
	if bounded(ctx) == nil {
		_, stop = sig.NotifyContext(parent, os.Kill)
	}
	stop()
}

func callbackNotOnError(ctx context.Context, conn net.Conn) error {
	// want lost-stop "Not every path calls stop\\(\\) for what context.AfterFunc has started: on the others the function stays in the context"
	stop := context.AfterFunc(ctx, func() { conn.Close() })
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
		context.AfterFunc(ctx, func() { conn.Close() }) // want lost-stop "Each iteration registers another function"
		go handle(conn)
	}
}

func drain(ctx context.Context, conns <-chan net.Conn) {
	for conn := range conns {
		_ = context.AfterFunc(ctx, func() { conn.Close() }) // want lost-stop "Each iteration registers"
		handle(conn)
	}
}
