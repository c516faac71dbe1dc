package editors

func squares(rows [][]int) int {
	var flat []int
	for _, row := range rows {
		for range 100 {
			flat = append(flat, len(row))
		}
	}
	return len(flat)
}
