// No findings.

package redundantsprint

import "fmt"

type goodName string

func (n goodName) String() string { return "<" + string(n) + ">" }

func _(s string, name goodName, format string, err error) []string {
	return []string{
		fmt.Sprintf("%q", s),
		fmt.Sprintf("%10s", s),
		fmt.Sprintf("%s\n", s),
		fmt.Sprintf("%s%s", s, s),
		fmt.Sprint(name),
		fmt.Sprint(err),
		fmt.Sprint(s, s),
		fmt.Sprintln(s),
		fmt.Sprint([]byte(s)),
	}
}

// The name is that of a variable, which would have no use any more.
func _(s string) string {
	Sprint, Sprintf := fmt.Sprint, fmt.Sprintf
	return Sprint(s) + Sprintf("%s", s)
}

// Only a call may stand there.
func _(s string) {
	go fmt.Sprint(s)
	defer fmt.Sprintf("%s", s)
	defer fmt.Sprintf("done")
}

func _[T ~string](s T, values ...any) string {
	return fmt.Sprint(s) + fmt.Sprint(values...)
}
