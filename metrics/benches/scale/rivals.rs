//! What the layer is measured against: SQL written by hand, run by DataFusion with the layer's own
//! settings and memory, and by DuckDB.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use almanac_metrics::Limits;
use arrow::compute::cast;
use arrow::datatypes::{DataType, Float64Type};
use datafusion::execution::memory_pool::FairSpillPool;
use datafusion::execution::runtime_env::RuntimeEnvBuilder;
use datafusion::prelude::{ParquetReadOptions, SessionConfig, SessionContext};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use crate::data::TABLES;
use crate::settings::configured;

/// How long a statement took, and the numbers of its last column in ascending order.
pub(crate) type Timed = (Duration, Vec<f64>);

/// DataFusion with the layer's settings.
pub(crate) struct ByHand(SessionContext);

impl ByHand {
    pub(crate) fn open(runtime: &Runtime, folder: &Path) -> Self {
        let environment = RuntimeEnvBuilder::new()
            .with_memory_pool(Arc::new(FairSpillPool::new(Limits::default().memory)))
            .build_arc()
            .unwrap();
        let mut config = configured(SessionConfig::new());
        if let Ok(tune) = std::env::var("TUNE") {
            for pair in tune.split(',') {
                let (key, value) = pair.split_once('=').unwrap();
                config.options_mut().set(key, value).unwrap();
            }
        }
        let context = SessionContext::new_with_config_rt(config, environment);
        for table in TABLES {
            let path = files(folder, table);
            let options = ParquetReadOptions::default();
            let registered = context.register_parquet(table, path, options);
            runtime.block_on(registered).unwrap();
        }
        Self(context)
    }

    pub(crate) fn time(&self, runtime: &Runtime, sql: &str) -> Timed {
        let begun = Instant::now();
        let batches = runtime.block_on(async {
            let frame = self.0.sql(sql).await.unwrap();
            frame.collect().await.unwrap()
        });
        let taken = begun.elapsed();
        let mut numbers = Vec::new();
        for batch in &batches {
            let last = batch.columns().last().unwrap();
            let last = cast(last, &DataType::Float64).unwrap();
            let last = arrow::array::AsArray::as_primitive::<Float64Type>(&last);
            numbers.extend(last.iter().flatten());
        }
        (taken, sorted(numbers))
    }

    /// The engine's plan with what each step took.
    pub(crate) fn explain(&self, runtime: &Runtime, sql: &str) {
        runtime.block_on(async {
            let sql = format!("EXPLAIN ANALYZE {sql}");
            self.0.sql(&sql).await.unwrap().show().await.unwrap();
        });
    }
}

/// DuckDB in a process of its own, asked line by line.
pub(crate) struct DuckDb {
    child: Child,
    ask: ChildStdin,
    told: BufReader<ChildStdout>,
}

impl DuckDb {
    pub(crate) fn open(python: &Path, folder: &Path) -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/scale/duckdb_child.py");
        let threads = std::thread::available_parallelism().unwrap().to_string();
        let mut command = Command::new(python);
        command.arg(script).arg(threads);
        for table in TABLES {
            command.arg(format!("{table}={}", files(folder, table)));
        }
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let ask = child.stdin.take().unwrap();
        let told = BufReader::new(child.stdout.take().unwrap());
        let mut opened = Self { child, ask, told };
        println!("DuckDB {}", opened.line().as_str().unwrap_or_default());
        opened
    }

    pub(crate) fn time(&mut self, sql: &str) -> Timed {
        writeln!(self.ask, "{}", json!(sql)).unwrap();
        let told = self.line();
        let seconds = told["seconds"].as_f64().unwrap();
        let numbers = told["numbers"].as_array().unwrap();
        let numbers = numbers.iter().filter_map(Value::as_f64).collect();
        (Duration::from_secs_f64(seconds), sorted(numbers))
    }

    fn line(&mut self) -> Value {
        let mut line = String::new();
        self.told.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap()
    }
}

impl Drop for DuckDb {
    fn drop(&mut self) {
        // It ends by itself, too, when nothing more can come.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Makes the system forget what it read of the data, so that the next run reads the disk. Where
/// that cannot be done, false.
pub(crate) fn forget(folder: &Path) -> bool {
    let mut files = Vec::new();
    for table in TABLES {
        let path = folder.join("data").join(table);
        match std::fs::read_dir(&path) {
            Ok(entries) => files.extend(entries.filter_map(|entry| Some(entry.ok()?.path()))),
            Err(_) => files.push(path.with_extension("parquet")),
        }
    }
    files.iter().all(|file| {
        let mut drop = Command::new("dd");
        drop.arg(format!("if={}", file.display()));
        drop.args(["iflag=nocache", "count=0", "status=none"]);
        drop.status().is_ok_and(|status| status.success())
    })
}

/// One table's files, as both engines take them.
fn files(folder: &Path, table: &str) -> String {
    let path = folder.join("data").join(table);
    if path.is_dir() {
        format!("{}/*.parquet", path.display())
    } else {
        format!("{}.parquet", path.display())
    }
}

fn sorted(mut numbers: Vec<f64>) -> Vec<f64> {
    numbers.sort_by(f64::total_cmp);
    numbers
}
