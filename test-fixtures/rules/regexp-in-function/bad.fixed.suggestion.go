//go:build fixed && suggestion

package regexpinfunction

import (
	re "regexp"
	"strings"
)

const badWord = `\w+`

var badIsNamePattern = re.MustCompile("^[a-z]+$")

// badIsName says whether text is a name.
//
// It compiles its pattern.
func badIsName(text string) bool {
	return badIsNamePattern.MatchString(text)
}

var badBlankPattern = re.MustCompile("x")

func badBlank(text string) bool {

	return badBlankPattern.MatchString(text)
}

var badTrimPattern = re.MustCompile(" +")

func badTrim(text string) string {
	return badTrimPattern.ReplaceAllString(text, "")
}

func init() {
	for _, word := range []string{"a b", "c d"} {
		println(badTrim(word))
	}
}

type badParser struct{ lines []string }

var badParserParsePattern = re.MustCompile(badWord + "$")

var badParserParsePattern2 = re.MustCompile(`^\d+$`)

var badParserParsePattern3 = re.MustCompilePOSIX("a|b")

func (p *badParser) Parse(text string) (n int) {
	for _, line := range p.lines {
		n += len(badParserParsePattern.FindAllString(line, -1))
		if badParserParsePattern.MatchString(text) {
			n++
		}
	}
	if matched := badParserParsePattern2.MatchString(strings.TrimSpace(text)); matched {
		n++
	}
	func() {
		n += len(badParserParsePattern3.FindString(text))
	}()
	return n
}

var badIsWordPattern = re.MustCompile(`^\w+$`)

func badIsWord(text string) bool {
	matched := badIsWordPattern.MatchString(text + "a")
	return matched
}

func badChecks(text string) (bool, error) {
	words, err := re.Compile(badWord)
	if err != nil {
		return false, err
	}
	matched, err := re.MatchString("x", text)
	return matched && words.MatchString(text), err
}

var badLater = func(text string) bool {
	const local = "x+"
	return re.MustCompile(local).MatchString(text)
}

type fault struct{ text string }

func (f *fault) Error() string { return shortened(f.text) }

func (f *fault) log() { println(shortened("log")) }

func report(text string) { println(shortened(text)) }

var shortenedPattern = re.MustCompile(`\s+`)

func shortened(text string) string {
	return shortenedPattern.ReplaceAllString(text, " ")
}

func mayNotCompile(text string) bool {
	const broken = "a**"
	return re.MustCompile(broken).MatchString(text)
}
