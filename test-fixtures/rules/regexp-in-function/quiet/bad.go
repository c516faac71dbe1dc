package quiet

import "regexp"

func words(lines []string) int {
	count := 0
	for _, line := range lines {
		// want regexp-in-function "on each iteration of a loop"
		count += len(regexp.MustCompile(`\w+`).FindAllString(line, -1))
	}
	return count
}
