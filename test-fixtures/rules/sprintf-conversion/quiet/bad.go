//go:build !fixed

package quiet

import "fmt"

func key(id int) string {
	return "user:" + fmt.Sprintf("%d", id) // want sprintf-conversion "fmt.Sprintf takes id as an interface"
}
