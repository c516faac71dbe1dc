package editors

func double(xs []int) int {
	var out []int
	for _, x := range xs {
		_ = x
	}
	return len(out)
}
