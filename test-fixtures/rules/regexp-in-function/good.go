// Compiled once, kept by somebody, or not constant.

package regexpinfunction

import (
	"regexp"
	"sync"
	"testing"
)

var goodPattern = regexp.MustCompile("x")

var goodLong = func() bool { return regexp.MustCompile("x").MatchString("y") }()

var goodOnce sync.Once

var goodLazy = sync.OnceValue(func() int { return len(regexp.MustCompile("x").FindString("y")) })

func init() {
	words := regexp.MustCompile("x")
	goodPattern = regexp.MustCompile(words.FindString("x"))
}

func _(text string) bool {
	matched := false
	goodOnce.Do(func() { matched = regexp.MustCompile("x").MatchString(text) })
	return matched
}

type goodKeeper struct{ words *regexp.Regexp }

func _(k *goodKeeper, use func(*regexp.Regexp)) (*goodKeeper, *regexp.Regexp) {
	k.words = regexp.MustCompile("a")
	goodPattern = regexp.MustCompile("b")
	use(regexp.MustCompile("c"))
	handed := regexp.MustCompile("d")
	use(handed)
	return &goodKeeper{words: regexp.MustCompile("e")}, regexp.MustCompile("f")
}

func _() func(string) bool {
	words := regexp.MustCompile("x")
	return func(text string) bool { return words.MatchString(text) }
}

func _(pattern, text string) bool {
	matched, _ := regexp.MatchString(pattern, text)
	return matched || regexp.MustCompile("^"+pattern).MatchString(text) || goodPattern.MatchString(text)
}

type goodRegexp struct{}

func (goodRegexp) MustCompile(string) *regexp.Regexp { return goodPattern }

func _(regexp goodRegexp, text string) bool {
	return regexp.MustCompile("x").MatchString(text)
}

func goodTest(t *testing.T) {
	if !regexp.MustCompile("x").MatchString(t.Name()) {
		t.Fail()
	}
}

type goodListener struct{ address string }

// Once for each listener.
func (l *goodListener) Setup() {
	l.address = regexp.MustCompile(`^\w+://`).ReplaceAllString(l.address, "")
}

type failure struct{ text string }

func (f *failure) Error() string { return hidden(f.text) }

// What is called when something has gone wrong.
func hidden(text string) string {
	return masked(regexp.MustCompile(`key=\w+`).ReplaceAllString(text, "key=***"))
}

func masked(text string) string {
	return regexp.MustCompile(`:[^@]+@`).ReplaceAllString(text, ":***@")
}

func newFailure(text string) *failure {
	return &failure{text: regexp.MustCompile(`\s+`).ReplaceAllString(text, " ")}
}

// A regexp that is changed for each call cannot be shared.
func _(text string) string {
	longest := regexp.MustCompile("a|ab")
	longest.Longest()
	return longest.FindString(text)
}
