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

func _(status *syscall.Stat_t) string {
	device, size := status.Dev, int64(status.Size)
	// want sprintf-conversion "takes device"
	text := fmt.Sprint(device)
	// want sprintf-conversion "takes size"
	return text + fmt.Sprint(size)
}

func _(open func() []*syscall.Stat_t) (text string) {
	var first = open()[0].Nlink
	// want sprintf-conversion "takes first"
	text = fmt.Sprint(first)
	for _, device := range []uint64{first} {
		// want sprintf-conversion "takes device"
		text += "," + fmt.Sprint(device)
	}
	return text
}
