package quiet

type server struct{ suites []uint16 }

// Once, when the server is made.
func (s *server) setupSuites(all []uint16) {
	for _, each := range all {
		s.suites = append(s.suites, each)
	}
}
