//go:build !fixed

package builds

import (
	"fmt"
	"os"
	"syscall"
)

type badKind int

type badNumber int

func _(kind badKind, number badNumber) string {
	// want sprintf-conversion "takes kind"
	text := fmt.Sprint(kind)
	// want sprintf-conversion "takes number"
	return text + fmt.Sprint(number)
}

func _(info os.FileInfo) string {
	if status, ok := info.Sys().(*syscall.Stat_t); ok {
		// want sprintf-conversion "takes status.Dev"
		text := fmt.Sprint(status.Dev)
		// want sprintf-conversion "takes int64.status.Size."
		return text + fmt.Sprint(int64(status.Size))
	}
	return ""
}
