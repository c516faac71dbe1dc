//go:build fixed

package large

func squares(n int) map[int]int {
	all := make(map[int]int, n)
	for i := range n {
		all[i] = i * i
	}
	return all
}

func pairs(columns []string, rows []string) map[string]bool {
	all := make(map[string]bool, len(columns)*len(rows))
	for _, column := range columns {
		for _, row := range rows {
			all[column+row] = true
		}
	}
	return all
}
