FROM debian:12.8 AS a
FROM [|debian:12.8 AS b|]
