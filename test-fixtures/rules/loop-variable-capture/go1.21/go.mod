module fixtures/loop-variable-capture

go 1.21
