package quiet

import (
	"fmt"
	"testing"
)

func eachNumber(t *testing.T, check func(*testing.T, int)) {
	for i := range 3 {
		t.Run(fmt.Sprintf("%d", i), func(t *testing.T) { check(t, i) })
	}
}
