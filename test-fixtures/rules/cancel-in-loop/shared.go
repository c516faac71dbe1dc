package cancelinloop

import (
	"context"
	"time"
)

func load(ctx context.Context, name string) { _, _ = ctx, name }

func withLimit(parent context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(parent, time.Minute)
}
