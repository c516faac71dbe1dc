// No findings: iterations that let go of their context, and defers that no iteration follows.
package cancelinloop

import (
	"context"
	"time"
)

func eachInFunction(parent context.Context, names []string) {
	for _, name := range names {
		func() {
			ctx, cancel := context.WithTimeout(parent, time.Second)
			defer cancel()
			load(ctx, name)
		}()
	}
}

func eachInGoroutine(parent context.Context, names []string) {
	for _, name := range names {
		go func() {
			ctx, cancel := context.WithTimeout(parent, time.Second)
			defer cancel()
			load(ctx, name)
		}()
	}
}

func eachWithCall(parent context.Context, names []string) {
	for _, name := range names {
		ctx, cancel := context.WithTimeout(parent, time.Second)
		load(ctx, name)
		cancel()
	}
}

func eachWithBoth(parent context.Context, names []string) {
	for _, name := range names {
		ctx, cancel := context.WithTimeout(parent, time.Second)
		defer cancel()
		load(ctx, name)
		cancel()
	}
}

func oneTurnOnly(parent context.Context, names []string) {
	for _, name := range names {
		if name == "" {
			continue
		}
		ctx, cancel := context.WithTimeout(parent, time.Second)
		defer cancel()
		load(ctx, name)
		return
	}
}

func brokenOff(parent context.Context, names []string) {
	for _, name := range names {
		ctx, cancel := context.WithTimeout(parent, time.Second)
		defer cancel()
		load(ctx, name)
		break
	}
}

func beforeTheLoop(parent context.Context, names []string) {
	ctx, cancel := context.WithTimeout(parent, time.Second)
	defer cancel()
	for _, name := range names {
		load(ctx, name)
	}
}

func deferredOnce(parent context.Context, names []string) {
	ctx, cancel := context.WithTimeout(parent, time.Second)
	defer func() { cancel() }()
	for _, name := range names {
		load(ctx, name)
		cancel()
		ctx, cancel = context.WithTimeout(parent, time.Second)
	}
}
