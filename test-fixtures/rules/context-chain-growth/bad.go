//go:build !fixed

package contextchaingrowth

import (
	"context"
	"net/http"
	"time"
)

func values(ctx context.Context, jobs <-chan int, run func(context.Context)) {
	for job := range jobs {
		ctx = context.WithValue(ctx, key{}, job) // want context-chain-growth "Each iteration derives ctx from the ctx of the iteration before"
		run(ctx)
	}
}

func timeouts(ctx context.Context, run func(context.Context) error) error {
	var cancel context.CancelFunc
	for {
		ctx, cancel = context.WithTimeout(ctx, time.Second) // want context-chain-growth "Each iteration"
		if err := run(ctx); err != nil {
			cancel()
			return err
		}
		cancel()
	}
}

func spans(ctx context.Context, names []string, run func(context.Context)) {
	var done func()
	for _, name := range names {
		ctx, done = start(ctx, name) // want context-chain-growth "Each iteration"
		run(ctx)
		done()
	}
}

func sometimes(ctx context.Context, names []string, run func(context.Context)) {
	for _, name := range names {
		if name != "" {
			ctx = tagged(ctx, name) // want context-chain-growth "Each iteration"
		}
		run(ctx)
	}
}

func inLiteral(ctx context.Context, next http.Handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		ctx = context.WithValue(ctx, key{}, r.URL) // want context-chain-growth "Each call derives ctx from what the call before left"
		next.ServeHTTP(w, r.WithContext(ctx))
	}
}
