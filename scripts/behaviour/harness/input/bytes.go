package input

import (
	"fmt"
	"os"
	"path/filepath"
)

// Blob is bytes by another name.
type Blob []byte

// Char is an element that conversions take for a byte, and append does not.
type Char byte

// Chars is the bytes in elements of another type.
func (in *Input) Chars() []Char { return []Char(string(in.Bytes)) }

// Again is the bytes themselves.
func (in *Input) Again() []byte {
	in.Turn()
	return in.Bytes
}

// Scramble changes the bytes where they lie.
func (in *Input) Scramble(b []byte) int {
	for i := range b {
		b[i] += 3
	}
	return in.Turn()
}

// Take puts together what it is given, as it is by then.
func (in *Input) Take(parts ...any) int {
	for _, part := range parts {
		if bytes, ok := part.([]byte); ok {
			in.Names = append(in.Names, string(bytes))
		}
	}
	return len(parts)
}

// Sink is a writer that breaks the contract of io.Writer: it keeps what it is given, and changes it. It fails beyond Limit bytes.
type Sink struct {
	Portions []string
	Kept     [][]byte
	Limit    int
}

func (s *Sink) Write(p []byte) (int, error) {
	s.Portions = append(s.Portions, string(p))
	s.Kept = append(s.Kept, p)
	if s.Limit -= len(p); s.Limit < 0 {
		return max(0, len(p)+s.Limit), Fault("full")
	}
	for i := range p {
		p[i]++
	}
	return len(p), nil
}

// Twin is a Sink whose WriteString does something else than its Write.
type Twin struct{ Sink }

// WriteString notes that it was called.
func (t *Twin) WriteString(s string) (int, error) {
	t.Portions = append(t.Portions, "text "+s)
	return 1, nil
}

var file = filepath.Join(os.TempDir(), fmt.Sprint("behaviour-", os.Getpid()))

// File is where a file may be written to.
func (in *Input) File() string { return file }

// Stored is what was written there.
func (in *Input) Stored() string {
	text, err := os.ReadFile(file)
	os.Remove(file)
	return fmt.Sprint(string(text), err == nil)
}
