// Package worth makes an error of a constant text.
package worth

import "fmt"

func Work() error {
	return fmt.Errorf("the queue is closed")
}
