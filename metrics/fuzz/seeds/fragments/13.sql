substring(channel FROM 2 FOR 3) = trim(' w ') AND position('e' IN channel) > 0
