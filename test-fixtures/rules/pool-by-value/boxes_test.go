package poolbyvalue

import "testing"

func TestBoxes(t *testing.T) {
	var h holder
	h.free.Put([]string{"x"})
}
