package lostcancel

import (
	"context"
	"errors"
	"time"
)

type job struct {
	ctx    context.Context
	cancel context.CancelFunc
}

type keeper interface{ keep(ctx context.Context) }

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

func withLimit(parent context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(parent, time.Minute)
}

func withLimitChecked(parent context.Context) (context.Context, context.CancelFunc, error) {
	if parent == nil {
		return nil, nil, errors.New("no parent")
	}
	ctx, cancel := context.WithTimeout(parent, time.Minute)
	return ctx, cancel, nil
}
