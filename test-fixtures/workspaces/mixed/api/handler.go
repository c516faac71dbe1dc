// Package api meets several rules in one file.
package api

import (
	"context"
	"time"

	"example.com/mixed/store"
)

func Names(users []store.User) []string {
	var names []string
	for _, user := range users {
		names = append(names, user.Name+"ä世") // want slice-growth "len\\(users\\)"
	}
	return names
}

func Index(users []store.User) map[string]store.User {
	index := make(map[string]store.User) // want map-growth "len\\(users\\)"
	for _, user := range users {
		index[user.Name] = user
	}
	return index
}

func Load(parent context.Context) error {
	ctx, _ := context.WithTimeout(parent, time.Second) // want lost-cancel "discard"
	return store.Ping(ctx)
}

func Judged(users []store.User) []string {
	var names []string
	for _, user := range users {
		//escapement:ignore slice-growth -- two at most
		names = append(names, user.Name)
	}
	return names
}

func Stale(users []store.User) int {
	return len(users) /* want escapement "no rule no-such-rule" "only hides" */ //escapement:ignore slice-growth,no-such-rule -- gone
}
