//go:build !fixed

package large

func squares(n int) map[int]int {
	all := make(map[int]int) // want map-growth "a loop puts n elements into it"
	for i := range n {
		all[i] = i * i
	}
	return all
}

func pairs(columns []string, rows []string) map[string]bool {
	all := make(map[string]bool) // want map-growth "elements into it"
	for _, column := range columns {
		for _, row := range rows {
			all[column+row] = true
		}
	}
	return all
}
