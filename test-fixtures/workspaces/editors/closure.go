package editors

func countdown(jobs []string, run func(func())) {
	for _, job := range jobs {
		attempts := 3
		attempts--
		run(func() { println(job, attempts) })
	}
}
