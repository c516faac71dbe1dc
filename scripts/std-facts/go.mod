module stdfacts

go 1.24
