// What bad.go and good.go share. No findings.

package unboundedread

type server struct{ last []byte }
