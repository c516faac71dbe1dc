module stdfacts

go 1.26
