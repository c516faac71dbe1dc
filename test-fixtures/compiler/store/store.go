// Package store is compiled by several versions of Go, whose words on it are kept beside it.
package store

import "fmt"

type Item struct {
	Name string
	Size int
}

type Set[K comparable, V any] struct{ values map[K]*V }

func NewSet[K comparable, V any]() *Set[K, V] { return &Set[K, V]{values: make(map[K]*V)} }

func (s *Set[K, V]) Put(key K, value V) { s.values[key] = &value }

func NewItem(name string) *Item { return &Item{Name: name} }

func Fill(names []string) *Set[string, Item] {
	set := NewSet[string, Item]()
	for _, name := range names {
		set.Put(name, *NewItem(name))
	}
	return set
}

func Show(item *Item, tags ...string) (text string) {
	tags = append(tags, item.Name+"!")
	print(len(tags))
	return fmt.Sprint(item.Size)
}

func Largest(items []Item) *Item {
	var largest Item
	each := func(item *Item) {
		if item.Size > largest.Size {
			largest = *item
		}
	}
	for i := range items {
		each(&items[i])
	}
	return &largest
}

type Shower interface{ Text() string }

func (item Item) Text() string { return item.Name }

var Default Shower = Item{Name: "default"}
