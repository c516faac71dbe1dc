//go:build fixed

package old

import "errors"

func _() error {
	return errors.New("bad")
}
