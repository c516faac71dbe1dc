// Nothing is copied, or the copy is needed.

package mapkeyconversion

import (
	"log"
	"sync"
)

func _(terms map[string]int, term []byte) (int, int) {
	key := string(term)
	n := terms[key]
	return n, terms[string(term)]
}

var goodMutex sync.Mutex

func _(terms map[string]int, term []byte) int {
	key := string(term)
	goodMutex.Lock()
	defer goodMutex.Unlock()
	if n, ok := terms[key]; ok {
		return n
	}
	terms[key] = 1
	return 1
}

func _(terms map[string]int, term []byte) {
	stored := string(term)
	goodMutex.Lock()
	terms[stored] = 1
	goodMutex.Unlock()
	counted := string(term)
	goodMutex.Lock()
	terms[counted]++
	goodMutex.Unlock()
}

func _(terms map[string]int, term []byte) (n int) {
	changed := string(term)
	term[0] = 'x'
	goodMutex.Lock()
	n += terms[changed]
	moved := string(term)
	term = nil
	goodMutex.Unlock()
	n += terms[moved]
	handed := string(term)
	log.Println(term)
	return n + terms[handed]
}

func _(terms map[string]int, term []byte, parts []int) (n int) {
	key := string(term)
	goodMutex.Lock()
	for range parts {
		n += terms[key]
	}
	captured := string(term)
	goodMutex.Unlock()
	return n + func() int { return terms[captured] }()
}

func _(values [3]int, term []rune, terms map[string]int) int {
	key := string(term)
	goodMutex.Lock()
	return terms[key]
}
