//go:build fixed

package quiet

import "strconv"

func key(id int) string {
	return "user:" + strconv.Itoa(id)
}
