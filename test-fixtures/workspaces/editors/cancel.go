package editors

import (
	"context"
	"time"
)

func ping(parent context.Context, try func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(parent, time.Second)
	_ = cancel
	return try(ctx)
}
