// No findings: numbers alone, in a package that writes them as they lie.

package wire

import (
	"encoding/binary"
	"io"
)

// It is written as it lies.
type goodWire struct {
	On    bool
	Value float64
	Off   bool
}

func goodWrite(w io.Writer, all []goodWire) error { return binary.Write(w, binary.LittleEndian, all) }
