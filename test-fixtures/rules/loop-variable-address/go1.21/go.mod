module fixtures/loop-variable-address

go 1.21
