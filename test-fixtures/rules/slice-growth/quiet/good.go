package quiet

import (
	"errors"
	"reflect"
	"strings"
)

type tree struct{ parts []tree }

// For people who look for something.
func (t tree) DebugString() string {
	parts := []string{}
	for _, part := range t.parts {
		parts = append(parts, part.DebugString())
	}
	return strings.Join(parts, ",")
}

// Once, when the program starts.
func loadConfig(names []string) []tree {
	all := []tree{}
	for range names {
		all = append(all, tree{})
	}
	return all
}

type fault struct{ text string }

func (f *fault) Error() string { return f.text }

// Errors, of which there are none mostly.
func faults(texts []string) []*fault {
	all := []*fault{}
	for _, text := range texts {
		all = append(all, &fault{text})
	}
	return all
}

type ambiguous struct{ lengths []int }

func (a *ambiguous) Error() string { return "ambiguous" }

// A branch that ends in an error.
func only(names []string) (string, error) {
	if len(names) > 1 {
		lengths := []int{}
		for _, name := range names {
			lengths = append(lengths, len(name))
		}
		return "", &ambiguous{lengths}
	}
	return names[0], nil
}

// All that is made of them is an error.
func mismatch(names []string) error {
	lengths := []string{}
	for _, name := range names {
		lengths = append(lengths, name[:1])
	}
	return errors.New(strings.Join(lengths, ", "))
}

// Arguments are written out by callers.
func texts(values ...any) []string {
	all := []string{}
	for _, value := range values {
		all = append(all, value.(string))
	}
	return all
}

type drawSettings struct{ names []string }

// A configuration holds few.
func newSizes(settings *drawSettings) []int {
	all := []int{}
	for _, name := range settings.names {
		all = append(all, len(name))
	}
	return all
}

// What a logger is told beside its level.
func warned(logger *levelled, names []string) {
	short := []string{}
	for _, name := range names {
		short = append(short, name[:1])
	}
	logger.with(strings.Join(short, ", ")).Warn("unknown names")
}

type levelled struct{}

func (l *levelled) with(string) *levelled { return l }

func (*levelled) Warn(string) {}

// As many as a type has fields.
func fieldNames(of reflect.Type) []string {
	names := []string{}
	for i := range of.NumField() {
		names = append(names, of.Field(i).Name)
	}
	return names
}

var registry = map[string]func(){}

// What the package lists itself.
func registered() []string {
	names := []string{}
	for name := range registry {
		names = append(names, name)
	}
	return names
}

// A handful, and nobody knows that it runs often.
func levels() []*tree {
	all := []*tree{}
	for range 12 {
		all = append(all, &tree{})
	}
	return all
}
