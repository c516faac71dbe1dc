package quiet

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"strings"
)

// What is plain to see, and paid once.
func storedLiteral(size int) {
	last = &node{size: size}
}

// What the data is made of.
func chained(count int) {
	for i := range count {
		last = &node{next: last, size: i}
	}
}

// What another module asks for.
func asked(data []byte, err error) string {
	var failed *fs.PathError
	if errors.As(err, &failed) {
		return failed.Path
	}
	var text strings.Builder
	fmt.Fprintf(&text, "%s", data)
	var names []string
	if json.Unmarshal(data, &names) != nil {
		return text.String()
	}
	return names[0]
}
