// What bad.go and good.go share. No findings.

package escapingmake

type table struct{ rows [][]int }

func total(values []int) (sum int) {
	for _, v := range values {
		sum += v
	}
	return sum
}

func (t *table) add(row []int) { t.rows = append(t.rows, row) }
