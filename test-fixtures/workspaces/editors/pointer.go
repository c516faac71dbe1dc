package editors

type visit struct{ count int }

type journal struct{ last *visit }

func record(l *journal, visits []visit) {
	for _, v := range visits {
		l.last = &v
	}
}
