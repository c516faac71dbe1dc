// No findings.

package sprintfconversion

import "fmt"

type goodID int

func (id goodID) String() string { return "id" }

type goodFormatter int

func (goodFormatter) Format(s fmt.State, verb rune) {}

type goodPointer struct{ n int }

// A type that formats itself prints something else with these verbs.
func _(id goodID, f goodFormatter, err error) []string {
	return []string{
		fmt.Sprintf("%v", id),
		fmt.Sprint(id),
		fmt.Sprintf("%d", f),
		fmt.Sprintf("%v", err),
	}
}

// Flags, widths, more verbs and text beside them.
func _(n int, x float64, ok bool) []string {
	return []string{
		fmt.Sprintf("%02d", n),
		fmt.Sprintf("%+d", n),
		fmt.Sprintf("%5d", n),
		fmt.Sprintf("%d%%", n),
		fmt.Sprintf("n=%d", n),
		fmt.Sprintf("%d %d", n, n),
		fmt.Sprintf("%.2f", x),
		fmt.Sprintf("%g", x),
		fmt.Sprintf("%X", n),
		fmt.Sprintf("%q", "text"),
		fmt.Sprintf("%T", n),
		fmt.Sprint(n, ok),
		fmt.Sprintln(n),
	}
}

// Other kinds, and what is not known or not constant.
func _[T int | string](p *goodPointer, any any, v T, values []int, format string, n int, args ...any) []string {
	return []string{
		fmt.Sprintf("%v", p),
		fmt.Sprint(any),
		fmt.Sprintf("%v", v),
		fmt.Sprintf("%d", values),
		fmt.Sprintf("%x", "text"),
		fmt.Sprintf(format, n),
		fmt.Sprintf("%d", args...),
		fmt.Sprintf("%d", 42),
	}
}

type goodPrinter struct{}

func (goodPrinter) Sprintf(format string, args ...any) string { return format }

func _(fmt goodPrinter, n int) string { return fmt.Sprintf("%d", n) }

// A conversion is no statement, and nobody reads what is printed.
func _(n int, text []byte) {
	fmt.Sprintf("%s", text)
	go fmt.Sprintf("%s", text)
	defer fmt.Sprintf("%s", text)
	defer fmt.Sprint(n)
}

// The name is that of a variable, which would have no use any more.
func _(n int) string {
	Sprintf := fmt.Sprintf
	return Sprintf("%d", n)
}
