package redundantsprint

import (
	"fmt"
	"testing"
)

func BenchmarkSprint(b *testing.B) {
	text := "text"
	for range b.N {
		_ = fmt.Sprint(text)
	}
	for b.Loop() {
		_ = fmt.Sprintf("%s", text)
	}
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			_ = fmt.Sprint(text)
		}
	})
	for _, name := range []string{"a", "b"} {
		b.Run(fmt.Sprint(name), func(*testing.B) {}) // want redundant-sprint "copies name"
	}
}
