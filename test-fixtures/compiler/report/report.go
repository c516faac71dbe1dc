package main

import "example.com/sample/store"

func main() {
	set := store.NewSet[int, [4]byte]()
	set.Put(1, [4]byte{})
	item := store.NewItem("long name")
	keep = append(keep, item, store.NewItem("a line that is longer than what fits into a column of the compiler, which ends at two hundred and fifty-four, so that it prints none at all for what stands further to the right on the line, as what follows here does"), &store.Item{Size: 1})
	println(store.Show(item))
}

var keep []*store.Item
