package never

// No findings: what another system starts as well is the start of a goroutine.
func startOther(job func()) { go elsewhere(job) }
