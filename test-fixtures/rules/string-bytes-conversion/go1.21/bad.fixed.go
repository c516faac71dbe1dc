//go:build fixed

package older

func _(dst []byte, name string, words []string) ([]byte, int) {
	dst = append(dst, name...)
	for _, word := range words {
		dst = append(dst, word...)
	}
	dst = append(dst, name+"\t"...)
	n := copy(dst, name+"/"+words[0])
	return dst, n + len(name)
}
