// Package store is where map-growth is switched off by the configuration.
package store

import "context"

type User struct{ Name string }

func Ping(ctx context.Context) error { return ctx.Err() }

func Set(users []User) map[string]bool {
	set := make(map[string]bool)
	for _, user := range users {
		set[user.Name] = true
	}
	return set
}
