// What compilers have always kept on the stack.

package older

func _(dst []byte, r rune) ([]byte, int) {
	return append(append(dst, []byte("text")...), []byte(string(r))...), len([]byte("text"))
}
