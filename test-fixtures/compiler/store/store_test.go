package store

import "testing"

func TestFill(t *testing.T) {
	want := 2
	t.Run("two", func(t *testing.T) {
		if got := len(Fill([]string{"a", "b"}).values); got != want {
			t.Errorf("got %d", got)
		}
	})
}
