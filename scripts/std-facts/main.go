// Command stdfacts prints what every importable standard package exports, as Go declarations without function bodies, in
// one text: first an index of import paths and package names, then one section per package. Escapement reads it in place
// of the standard library's source, which users may not have installed.
//
// Types, constants and signatures come from go/types for linux/amd64 without cgo. Unexported fields are replaced by blank
// ones of the same size, alignment, comparability and pointers on all architectures, and constants that depend on the size of
// a word are written so that they still do. Unexported declarations are kept only where an
// exported one needs them. A comment behind a function says what the compiler says of its parameters (leaks.go).
//
// Usage: go run ., with the toolchain whose library it is; index.ts does that for several and keeps what it says.
package main

import (
	"bytes"
	"fmt"
	"go/build"
	"go/types"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

func main() {
	log.SetFlags(0)
	build.Default.GOOS = "linux"
	build.Default.GOARCH = "amd64"
	build.Default.CgoEnabled = false
	paths, err := importable()
	if err != nil {
		log.Fatal(err)
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		log.Fatal(err)
	}
	build.Default.GOROOT = strings.TrimSpace(string(root))
	std := newLibrary(filepath.Join(build.Default.GOROOT, "src"), "amd64")
	packages, err := importAll(std, paths)
	if err != nil {
		log.Fatal(err)
	}
	compiled, err := compileLeaks(std, packages)
	if err != nil {
		log.Fatal(err)
	}
	build.Default.GOARCH = "386"
	build.Default.ToolTags = slices.DeleteFunc(build.Default.ToolTags, func(tag string) bool { return strings.Contains(tag, "regabi") })
	narrow, err := importAll(newLibrary(std.root, "386"), paths)
	if err != nil {
		log.Fatal(err)
	}
	var index, sections bytes.Buffer
	for i, path := range paths {
		fmt.Fprintf(&index, "%s %s\n", path, packages[i].Name())
		fmt.Fprintf(&sections, "-- %s --\n", path)
		sections.WriteString(stub(packages[i], narrow[i], compiled))
	}
	fmt.Printf("Exported declarations of the standard library, %s linux/amd64.\n", runtime.Version())
	fmt.Print("Made by scripts/std-facts from the Go sources, which are under the BSD license of the Go authors.\n\n")
	os.Stdout.Write(index.Bytes())
	fmt.Println()
	os.Stdout.Write(sections.Bytes())
}

func importAll(std *library, paths []string) ([]*types.Package, error) {
	var packages []*types.Package
	for _, path := range paths {
		pkg, err := std.Import(path)
		if err != nil {
			return nil, err
		}
		packages = append(packages, pkg)
	}
	return packages, nil
}

// importable lists the standard packages that user code can import, sorted.
func importable() ([]string, error) {
	cmd := exec.Command("go", "list", "std")
	cmd.Env = append(os.Environ(), "GOOS=linux", "GOARCH=amd64", "CGO_ENABLED=0", "GOFLAGS=")
	out, err := cmd.Output()
	if err != nil {
		return nil, err
	}
	var paths []string
	for path := range strings.FieldsSeq(string(out)) {
		if !isHidden(path) {
			paths = append(paths, path)
		}
	}
	return paths, nil
}

// isHidden reports whether user code cannot import the standard package.
func isHidden(path string) bool {
	for element := range strings.SplitSeq(path, "/") {
		if element == "internal" || element == "vendor" {
			return true
		}
	}
	return false
}

// unsafeStub stands for package unsafe, which has no source to read.
const unsafeStub = `package unsafe

type ArbitraryType int

type IntegerType int

type Pointer *ArbitraryType

func Add(ptr Pointer, len IntegerType) Pointer
func Alignof(x ArbitraryType) uintptr
func Offsetof(x ArbitraryType) uintptr
func Sizeof(x ArbitraryType) uintptr
func Slice(ptr *ArbitraryType, len IntegerType) []ArbitraryType
func SliceData(slice []ArbitraryType) *ArbitraryType
func String(ptr *byte, len IntegerType) string
func StringData(str string) *byte
`

func stub(pkg, narrow *types.Package, compiled *leaks) string {
	if pkg == types.Unsafe {
		return unsafeStub
	}
	return newWriter(pkg, narrow, compiled).text()
}
