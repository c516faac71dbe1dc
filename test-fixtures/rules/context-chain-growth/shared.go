package contextchaingrowth

import "context"

type key struct{}

func start(ctx context.Context, name string) (context.Context, func()) {
	return context.WithValue(ctx, key{}, name), func() {}
}

func tagged(ctx context.Context, name string) context.Context {
	return context.WithValue(ctx, key{}, name)
}
