//go:build fixed

package quiet

func greeting(name string) string {
	return name
}
