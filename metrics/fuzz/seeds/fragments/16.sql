"total" = 'a"b' AND channel NOT LIKE '$1 -- /* x */ ; { {'
