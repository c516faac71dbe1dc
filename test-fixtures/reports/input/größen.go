package input

import "fmt"

// Größe names a size.
func Größe(n int) string {
	return "🚀 größe 長さ " + fmt.Sprintf("%d", n)
}
