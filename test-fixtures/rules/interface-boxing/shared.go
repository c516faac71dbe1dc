// What bad.go and good.go share. No findings.

package interfaceboxing

type job struct{ priority, id int }

type byName []string

func (n byName) Len() int           { return len(n) }
func (n byName) Less(i, j int) bool { return n[i] < n[j] }
func (n byName) Swap(i, j int)      { n[i], n[j] = n[j], n[i] }

var kept any

func keep(v any) { kept = v }
