// Package worth joins a hundred words.
package worth

var words = make([]string, 100)

func init() {
	for i := range words {
		words[i] = "word"
	}
}

func Work() string {
	text := ""
	for _, word := range words {
		text += word + " "
	}
	return text
}
