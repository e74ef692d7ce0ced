//! On a Ballista cluster: a scheduler and executors of this process, on loopback, each executor
//! with a runtime of its own as if it were a machine. The same questions over the same files give
//! the same rows as DataFusion gives by itself.

use std::fmt::Write;
use std::net::Ipv4Addr;
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use almanac_agent_contract::{Grain, Settings, Value};
use almanac_metrics::conformance::Target;
use almanac_metrics::{
    Comparison, ExecutorOptions, Layer, LayerError, LayerOptions, Limits, MetricQuery, Operator,
    OrderBy, QueryError, Scheduler, Source, TimeRange, run_executor,
};
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};

use super::conformance::held_to_it;
use super::shop::{Asking, ask, day, open, rows, text, write, write_shop, zone};
use super::zones;

/// As `almanac` has it: plans are written and read by recursion.
const STACK: usize = 8 << 20;

/// An executor. Dropping it ends it in the middle of whatever it does.
struct Machine(Option<Runtime>);

impl Machine {
    fn start(scheduler: &Scheduler, work: &Path) -> Self {
        let runtime = Builder::new_multi_thread()
            .worker_threads(2)
            .thread_stack_size(STACK)
            .enable_all()
            .build()
            .unwrap();
        runtime.spawn(run_executor(ExecutorOptions {
            scheduler: scheduler.address().to_string(),
            bind: Ipv4Addr::LOCALHOST.into(),
            port: None,
            work: work.to_owned(),
            cores: Some(2),
            memory: Some(256 << 20),
        }));
        Self(Some(runtime))
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

struct Cluster {
    scheduler: Scheduler,
    machines: Vec<Machine>,
    _work: TempDir,
}

async fn cluster(executors: usize) -> Cluster {
    let work = tempfile::tempdir().unwrap();
    let anywhere = (Ipv4Addr::LOCALHOST, 0).into();
    let scheduler = Scheduler::start(anywhere, None).await.unwrap();
    let machines = (0..executors).map(|_| Machine::start(&scheduler, work.path()));
    let machines = machines.collect();
    until("the executors join", async || {
        scheduler.executors().await == executors
    })
    .await;
    Cluster {
        scheduler,
        machines,
        _work: work,
    }
}

/// Looks again and again whether something has happened, for half a minute at most.
async fn until(what: &str, happened: impl AsyncFn() -> bool) {
    for _ in 0..600 {
        if happened().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("in vain: {what}");
}

impl Cluster {
    async fn open(&self, folder: &Path, settings: &Settings) -> Result<Layer, LayerError> {
        Layer::open(LayerOptions {
            definitions: vec![folder.join("metrics.yml")],
            source: Source::Ballista {
                url: format!("df://{}", self.scheduler.address()),
                path: folder.join("data"),
                partitions: NonZeroUsize::new(4),
            },
            settings: Arc::new(settings.clone()),
            cache: None,
            limits: Limits::default(),
        })
        .await
    }
}

/// The same files, read in this process and by a cluster.
struct Both {
    here: Layer,
    there: Layer,
    cluster: Cluster,
    folder: TempDir,
}

async fn both(folder: TempDir, settings: &Settings) -> Both {
    let cluster = cluster(2).await;
    Both {
        here: open(folder.path(), settings).await.unwrap(),
        there: cluster.open(folder.path(), settings).await.unwrap(),
        cluster,
        folder,
    }
}

async fn shop() -> Both {
    let folder = tempfile::tempdir().unwrap();
    write_shop(folder.path());
    both(folder, &Settings::default()).await
}

impl Both {
    /// Asks both, and gives the rows that both gave.
    async fn same(&self, query: MetricQuery) -> String {
        let here = self.here.run(&query).await.unwrap();
        let there = match self.there.run(&query).await {
            Ok(there) => there,
            Err(error) => panic!("{error}\n{}", here.sql),
        };
        assert_eq!((here.engine, there.engine), ("DataFusion", "Ballista"));
        assert_eq!(here.sql, there.sql);
        assert_eq!(here.table.columns, there.table.columns, "{}", here.sql);
        // Rows that sort alike come in any order.
        let sorted = |rows: String| {
            let mut lines: Vec<&str> = rows.lines().collect();
            lines.sort_unstable();
            lines.join("\n")
        };
        assert_eq!(sorted(rows(&there)), sorted(rows(&here)), "{}", here.sql);
        rows(&there)
    }
}

fn compared(mut query: MetricQuery, comparisons: &[Comparison]) -> MetricQuery {
    query.compare = comparisons.to_vec();
    query
}

#[tokio::test]
async fn aggregations_groups_and_joins() {
    let shop = shop().await;
    let all = ask(&[
        "gross",
        "orders",
        "buyers",
        "biggest",
        "smallest",
        "typical",
        "average_order",
    ]);
    // The numbers that `basics` works out by hand.
    assert_eq!(shop.same(all).await, "475 | 7 | 3 | 200 | 5 | 50 | 67.8571");
    let more = ask(&["p90", "paid_flags", "revenue", "brazilian"]);
    assert_eq!(shop.same(more).await, "140 | 6 | 405 | 170");
    let facts = ask(&["orders", "visits", "conversion"]).by("customer__country");
    assert_eq!(
        shop.same(facts).await,
        "BR | 3 | 4 | 0.75\nUS | 2 | 16 | 0.125\n- | 2 | 1 | 2"
    );
    let items = ask(&["units"])
        .by("customer__country")
        .by("product__category");
    assert_eq!(shop.same(items).await.lines().count(), 4);
    shop.same(ask(&["net", "refund_share", "aov"])).await;
    shop.same(ask(&["customers", "gross", "visits"])).await;
    shop.same(ask(&["gross", "buyers"]).by("order__status"))
        .await;
    let nothing = ask(&["conversion", "spare"]).during("2026-02-01", "2026-02-01");
    assert_eq!(shop.same(nothing).await, "- | -");
    let empty = ask(&["gross"])
        .by("customer__country")
        .during("2030-01-01", "2030-12-31");
    assert_eq!(shop.same(empty).await, "");
}

#[tokio::test]
async fn filters_and_the_order_of_rows() {
    let shop = shop().await;
    let only = |op, values: &[Value]| ask(&["orders"]).only("customer__country", op, values);
    for (query, expected) in [
        (only(Operator::In, &[text("BR")]), "3"),
        (only(Operator::NotIn, &[text("BR")]), "4"),
        (only(Operator::In, &[text("BR"), Value::Null]), "5"),
        (only(Operator::NotIn, &[text("BR"), Value::Null]), "2"),
        (only(Operator::Contains, &[text("b")]), "3"),
        (only(Operator::IsNull, &[]), "2"),
        (only(Operator::IsNotNull, &[]), "5"),
        (only(Operator::Gt, &[text("BR")]), "2"),
    ] {
        assert_eq!(shop.same(query).await, expected);
    }
    let mut first = ask(&["gross"]).by("customer__country");
    first.order_by = vec![OrderBy {
        by: "gross".into(),
        descending: false,
    }];
    first.limit = Some(2);
    assert_eq!(shop.same(first).await, "- | 35\nBR | 170");
}

#[tokio::test]
async fn periods_and_comparisons() {
    let shop = shop().await;
    for grain in [
        Grain::Day,
        Grain::Week,
        Grain::Month,
        Grain::Quarter,
        Grain::Year,
    ] {
        shop.same(ask(&["revenue", "paid_orders", "visits"]).per(grain))
            .await;
    }
    let period = ask(&["gross"]).during("2026-01-06", "2026-02-01");
    assert_eq!(shop.same(period).await, "150");
    let comparisons = [
        Comparison::PreviousPeriod,
        Comparison::SamePeriodLastYear,
        Comparison::Range(TimeRange {
            start: day("2026-01-01"),
            end: day("2026-01-31"),
        }),
    ];
    let february = || ask(&["revenue", "aov"]).during("2026-02-01", "2026-02-28");
    for comparison in comparisons {
        shop.same(compared(february(), &[comparison])).await;
        shop.same(compared(february().per(Grain::Day), &[comparison]))
            .await;
        shop.same(compared(february().by("customer__country"), &[comparison]))
            .await;
    }
}

#[tokio::test]
async fn wall_clocks_and_days_of_23_hours() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "metrics.yml", zones::DEFINITIONS);
    write(folder.path(), "data/.keep", "");
    zones::write_events(&folder.path().join("data/events.parquet"), &zones::SPRING);
    let events = both(folder, &zone("America/New_York")).await;
    assert_eq!(
        events.same(ask(&["events"]).per(Grain::Day)).await,
        "2026-03-07 | 1\n2026-03-08 | 4\n2026-03-09 | 1"
    );
    let sunday = || ask(&["events"]).during("2026-03-08", "2026-03-08");
    assert_eq!(events.same(sunday()).await, "4");
    assert_eq!(
        events.same(sunday().per(Grain::Hour)).await,
        "2026-03-08T00:00:00 | 1\n2026-03-08T01:00:00 | 1\n2026-03-08T03:00:00 | 1\n2026-03-08T23:00:00 | 1"
    );
    events
        .same(ask(&["early", "march", "latest", "first_dated"]))
        .await;
    events.same(ask(&["events"]).by("event__hour_of_day")).await;
    events.same(ask(&["dated", "walled"]).per(Grain::Day)).await;
}

/// Orders of many customers in a folder of files, so that there is something to hand around.
fn write_orders(folder: &Path, files: u32, rows_each: u32) {
    for file in 0..files {
        let mut rows = String::from("order_id,customer_id,ordered_on,status,amount\n");
        for row in 0..rows_each {
            let id = file * rows_each + row;
            let (customer, day, status) = (id * 7919 % 1_009, id % 28 + 1, id % 3);
            let status = ["paid", "refunded", "open"][status as usize];
            let amount = f64::from(id % 400) / 4.0;
            writeln!(rows, "{id},{customer},2026-01-{day:02},{status},{amount}").unwrap();
        }
        write(folder, &format!("data/orders/{file}.csv"), &rows);
    }
}

#[tokio::test]
async fn a_table_of_several_files_is_read_in_parts() {
    let folder = tempfile::tempdir().unwrap();
    write_shop(folder.path());
    std::fs::remove_file(folder.path().join("data/orders.csv")).unwrap();
    write_orders(folder.path(), 6, 5_000);
    let orders = both(folder, &Settings::default()).await;
    let total = ask(&["orders", "buyers", "gross", "typical"]);
    let total = orders.same(total).await;
    assert!(total.starts_with("30000 | 1009 | "), "{total}");
    orders
        .same(
            ask(&["revenue", "buyers"])
                .per(Grain::Day)
                .by("order__status"),
        )
        .await;
    orders
        .same(ask(&["gross", "visits"]).by("customer__country"))
        .await;
}

#[tokio::test]
async fn an_executor_that_is_gone_is_done_without() {
    let mut shop = shop().await;
    assert_eq!(shop.same(ask(&["gross"])).await, "475");
    drop(shop.cluster.machines.pop());
    // Other questions: answers are kept.
    assert_eq!(shop.same(ask(&["orders"])).await, "7");
    let months = ask(&["revenue"]).per(Grain::Month);
    assert_eq!(shop.same(months).await.lines().count(), 3);
}

#[tokio::test]
async fn what_nobody_waits_for_ends_at_the_scheduler() {
    let mut shop = shop().await;
    shop.cluster.machines.clear();
    {
        // Nobody is left to run it: it would wait for three minutes.
        let question = ask(&["gross"]).by("customer__country");
        let asking = shop.there.run(&question);
        let taken = until("the scheduler takes the statement", async || {
            shop.cluster.scheduler.jobs() == 1
        });
        tokio::select! {
            answer = asking => panic!("there is nobody to answer: {answer:?}"),
            () = taken => {}
        }
    }
    until("the scheduler lets go of it", async || {
        shop.cluster.scheduler.jobs() == 0
    })
    .await;
    // And the next question finds who is there by then.
    let work = tempfile::tempdir().unwrap();
    let machine = Machine::start(&shop.cluster.scheduler, work.path());
    shop.cluster.machines.push(machine);
    assert_eq!(shop.same(ask(&["orders"])).await, "7");
}

#[tokio::test]
async fn a_file_that_went_away_is_no_empty_table() {
    let shop = shop().await;
    std::fs::remove_file(shop.folder.path().join("data/orders.csv")).unwrap();
    let error = shop.there.run(&ask(&["gross"])).await.unwrap_err();
    assert!(matches!(error, QueryError::Data { .. }), "{error}");
}

#[tokio::test]
async fn a_scheduler_out_of_reach_is_named() {
    let mut shop = shop().await;
    let address = shop.cluster.scheduler.address();
    shop.cluster.machines.clear();
    let Both {
        cluster,
        there,
        folder,
        ..
    } = shop;
    let source = Source::Ballista {
        url: format!("df://{address}"),
        path: folder.path().join("data"),
        partitions: None,
    };
    drop(cluster);
    let expected = format!("the scheduler of the cluster at {address} cannot be reached: ");
    let said = async || match there.run(&ask(&["gross"])).await {
        Ok(answer) => rows(&answer),
        Err(error) => error.to_string(),
    };
    until("the scheduler's port is closed", async || {
        said().await.contains(&expected)
    })
    .await;
    let options = LayerOptions {
        definitions: vec![folder.path().join("metrics.yml")],
        source,
        settings: Arc::default(),
        cache: None,
        limits: Limits::default(),
    };
    let error = Layer::open(options).await.err().unwrap().to_string();
    assert!(error.contains(&expected), "{error}");
}

#[test]
fn metricflows_own_suite() {
    let suite = || {
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let cluster = cluster(2).await;
            let target = Target::Ballista(format!("df://{}", cluster.scheduler.address()));
            if let Some((cases, tally)) = held_to_it(target).await {
                assert_eq!((tally.passed, tally.failed), (cases, 0));
            }
        });
    };
    let thread = std::thread::Builder::new().stack_size(STACK);
    thread.spawn(suite).unwrap().join().unwrap();
}
