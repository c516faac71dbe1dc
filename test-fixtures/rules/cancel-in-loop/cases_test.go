package cancelinloop

import (
	"context"
	"testing"
	"time"
)

// Few contexts wait for the end of a test.
func TestFewCases(t *testing.T) {
	cases := []struct{ name string }{{"a"}, {"b"}}
	for _, each := range cases {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		waitFor(ctx, each.name)
	}
}

func waitFor(ctx context.Context, name string) {
	println(name)
	<-ctx.Done()
}
