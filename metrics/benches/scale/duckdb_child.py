"""Runs statements in DuckDB for the benchmark `scale`: one JSON string a line in, one JSON object
a line out, with the seconds it took and the numbers of the last column."""

import json
import sys
import time

import duckdb

threads, *tables = sys.argv[1:]
connection = duckdb.connect(config={"threads": threads})
for table in tables:
    name, files = table.split("=", 1)
    connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{files}')")
print(json.dumps(duckdb.__version__), flush=True)
for line in sys.stdin:
    begun = time.perf_counter()
    rows = connection.execute(json.loads(line)).fetchall()
    seconds = time.perf_counter() - begun
    numbers = [float(row[-1]) for row in rows if row[-1] is not None]
    print(json.dumps({"seconds": seconds, "numbers": numbers}), flush=True)
