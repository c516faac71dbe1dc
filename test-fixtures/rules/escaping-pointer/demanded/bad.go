package demanded

import (
	"encoding/json"
	"errors"
	"io/fs"
)

func asked(data []byte, err error) ([]string, bool) {
	var failed *fs.PathError // want escaping-pointer "failed moves to the heap because its address is passed to errors.As, which keeps it: one allocation on every call"
	if errors.As(err, &failed) {
		return nil, failed.Timeout()
	}
	var names []string // want escaping-pointer "names moves to the heap because its address is passed to json.Unmarshal, which keeps it"
	return names, json.Unmarshal(data, &names) == nil
}
