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

// Keys that are more than keys, that are joined in different ways, or of bytes; maps that somebody else sees.
func joined(names []string, other string, text []byte, old map[string]int) (string, map[string]int, []string) {
	returned := map[string]int{}
	listed := map[string]int{}
	shown := map[string]int{}
	mixed := map[string]int{}
	bytes := map[string]int{}
	plain := map[string]int{}
	single := map[string]int{}
	renewed := map[string]int{}
	numbers := map[int]int{}
	longest := ""
	var keys []string
	for i, name := range names {
		returned[name+other]++
		listed[name+other]++
		key := name + "/" + other
		shown[key]++
		longest = max(longest, key)
		mixed[name+"/"+other]++
		mixed[name+"."+other]++
		bytes[name+string(text)]++
		plain[name+other]++
		plain[name]++
		single[name+"/"]++
		renewed[name+other]++
		renewed = map[string]int{}
		old[name+other]++
		numbers[i+len(name)]++
	}
	for key := range listed {
		keys = append(keys, key)
	}
	return longest, returned, keys
}

func joinedOnce(name, other string) int {
	sizes := map[string]int{}
	sizes[name+other] = 1
	return sizes[name+"/"+other] + len(sizes)
}

// A map of the iteration, and a loop of a few.
func joinedInTurn(names []string) (n int) {
	for _, name := range names {
		sizes := map[string]int{}
		sizes[name+names[0]] = 1
		n += len(sizes)
	}
	sizes := map[string]int{}
	for _, name := range []string{"a", "b"} {
		sizes[name+names[0]] = 1
	}
	return n + len(sizes)
}

type named string

func joinedNamed(names []named) int {
	sizes := map[named]int{}
	for _, name := range names {
		sizes[name+names[0]]++
	}
	return len(sizes)
}

// The bytes are changed in the expression that looks the key up, or by what a clause assigns.
func _(large map[string][200]byte, term []byte, others [][]byte) (int, byte) {
	key := string(term)
	return copy(term, others[0]), large[key][0]
}

func _(large map[string][200]byte, term []byte, others []byte) byte {
	key := string(term)
	for _, term[0] = range others {
	}
	return large[key][0]
}

type goodGuarded struct {
	mu    sync.RWMutex
	terms map[string]int
	key   []byte
}

// The lock guards the bytes.
func (x *goodGuarded) _() int {
	x.mu.RLock()
	key := string(x.key)
	x.mu.RUnlock()
	return x.terms[key]
}
