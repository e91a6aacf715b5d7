zone = "a"
[|zonne|] = "b"
