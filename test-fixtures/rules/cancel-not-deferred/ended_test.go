package cancelnotdeferred

import (
	"context"
	"testing"
)

// The context of a test ends with it.
func TestEnded(t *testing.T) {
	parent := t.Context()
	ctx, cancel := context.WithCancel(parent)
	if load(ctx) == nil {
		t.Fatal("loaded")
	}
	cancel()
}
