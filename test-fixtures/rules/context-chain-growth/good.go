// No findings.

package contextchaingrowth

import (
	"context"
	"net/http"
	"time"
)

func declaredInTheTurn(ctx context.Context, jobs <-chan int, run func(context.Context)) {
	for job := range jobs {
		ctx := context.WithValue(ctx, key{}, job)
		ctx = tagged(ctx, "again")
		run(ctx)
	}
}

func wantedAfterwards(ctx context.Context, values map[string]string, run func(context.Context)) {
	for _, value := range values {
		ctx = tagged(ctx, value)
	}
	run(ctx)
}

func returned(ctx context.Context, values map[string]string) context.Context {
	for _, value := range values {
		ctx = tagged(ctx, value)
		if value == "" {
			return ctx
		}
	}
	return ctx
}

func startedAnew(parent context.Context, jobs <-chan int, run func(context.Context)) {
	var ctx context.Context
	for job := range jobs {
		ctx = parent
		ctx = context.WithValue(ctx, key{}, job)
		run(ctx)
	}
}

func fromAnother(parent context.Context, jobs <-chan int, run func(context.Context)) {
	var ctx context.Context
	for job := range jobs {
		ctx = context.WithValue(parent, key{}, job)
		run(ctx)
	}
}

func leavesTheLoop(ctx context.Context, names []string, run func(context.Context)) {
	for _, name := range names {
		if name == "" {
			ctx = tagged(ctx, name)
			run(ctx)
			break
		}
	}
}

func fewTurns(ctx context.Context, run func(context.Context)) {
	for _, name := range []string{"a", "b"} {
		ctx = tagged(ctx, name)
		run(ctx)
	}
}

func outsideLoops(ctx context.Context, run func(context.Context)) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	ctx = tagged(ctx, "once")
	run(ctx)
}

func declaredInLiteral(ctx context.Context, next http.Handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		ctx := context.WithValue(ctx, key{}, r.URL)
		next.ServeHTTP(w, r.WithContext(ctx))
	}
}

func calledInPlace(ctx context.Context, run func(context.Context)) {
	func() {
		ctx = tagged(ctx, "once")
	}()
	run(ctx)
}

type chain struct{ next *chain }

func grow(c *chain) *chain { return &chain{next: c} }

func noContext(c *chain, n int) {
	for i := 0; i < n; i++ {
		c = grow(c)
	}
}

func build(root context.Context, depth int) {
	for i := 0; i < depth; i++ {
		root = tagged(root, "deeper")
	}
}

func inTheFirstTurn(ctx context.Context, n int, run func(context.Context)) {
	for i := 0; i < n; i++ {
		if i == 0 {
			ctx = tagged(ctx, "first")
		}
		run(ctx)
	}
}
