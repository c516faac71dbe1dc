//go:build !fixed

package older

func _(dst []byte, name string, words []string) ([]byte, int) {
	// want string-bytes-conversion "name is copied into bytes that append only reads: compilers before Go 1.22"
	dst = append(dst, []byte(name)...)
	for _, word := range words {
		// want string-bytes-conversion "word is copied into bytes that append only reads"
		dst = append(dst, []byte(word)...)
	}
	// want string-bytes-conversion "only reads"
	dst = append(dst, []byte(name+"\t")...)
	// want string-bytes-conversion "bytes that copy only reads"
	n := copy(dst, []byte(name+"/"+words[0]))
	// want string-bytes-conversion "bytes that len only reads"
	return dst, n + len([]byte(name))
}
