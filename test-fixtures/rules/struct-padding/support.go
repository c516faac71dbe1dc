// No findings: helpers of tests in a file that is none.

package structpadding

import "testing"

func goodRuns(t *testing.T) map[string]*goodRun {
	t.Helper()
	return map[string]*goodRun{}
}

type goodSupport struct {
	on    bool
	value float64
	off   bool
}

var goodSupports []goodSupport
