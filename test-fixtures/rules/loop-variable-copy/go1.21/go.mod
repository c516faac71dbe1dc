module fixtures/loop-variable-copy

go 1.21
