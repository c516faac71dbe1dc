//go:build !fixed

package regexpinfunction

import (
	re "regexp"
	"strings"
)

const badWord = `\w+`

// badIsName says whether text is a name.
//
// It compiles its pattern.
func badIsName(text string) bool {
	// want regexp-in-function "re.MustCompile compiles the constant pattern .* on each call: some microseconds"
	return re.MustCompile("^[a-z]+$").MatchString(text)
}

func badBlank(text string) bool {
	// want regexp-in-function "on each call"
	words := re.MustCompile("x")

	return words.MatchString(text)
}

func badTrim(text string) string {
	// want regexp-in-function "on each call"
	return re.MustCompile(" +").ReplaceAllString(text, "")
}

func init() {
	for _, word := range []string{"a b", "c d"} {
		println(badTrim(word))
	}
}

type badParser struct{ lines []string }

func (p *badParser) Parse(text string) (n int) {
	for _, line := range p.lines {
		// want regexp-in-function "compiles the constant pattern badWord .*on each iteration of a loop"
		words := re.MustCompile(badWord + "$")
		n += len(words.FindAllString(line, -1))
		if words.MatchString(text) {
			n++
		}
	}
	// want regexp-in-function "on each call"
	if matched, _ := re.MatchString(`^\d+$`, strings.TrimSpace(text)); matched {
		n++
	}
	func() {
		// want regexp-in-function "on each call"
		n += len(re.MustCompilePOSIX("a|b").FindString(text))
	}()
	return n
}

func badIsWord(text string) bool {
	// want regexp-in-function "on each call"
	matched, _ := re.MatchString(`^\w+$`, text+"a")
	return matched
}

func badChecks(text string) (bool, error) {
	// want regexp-in-function "re.Compile compiles"
	words, err := re.Compile(badWord)
	if err != nil {
		return false, err
	}
	// want regexp-in-function "re.MatchString compiles"
	matched, err := re.MatchString("x", text)
	return matched && words.MatchString(text), err
}

var badLater = func(text string) bool {
	const local = "x+"
	// want regexp-in-function "re.MustCompile compiles the constant pattern local"
	return re.MustCompile(local).MatchString(text)
}

type fault struct{ text string }

func (f *fault) Error() string { return shortened(f.text) }

func (f *fault) log() { println(shortened("log")) }

func report(text string) { println(shortened(text)) }

func shortened(text string) string {
	return re.MustCompile(`\s+`).ReplaceAllString(text, " ") // want regexp-in-function "on each call"
}

func mayNotCompile(text string) bool {
	const broken = "a**"
	// want regexp-in-function "re.MustCompile compiles the constant pattern broken"
	return re.MustCompile(broken).MatchString(text)
}
