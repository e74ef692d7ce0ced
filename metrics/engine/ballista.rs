//! Apache DataFusion on a Ballista cluster, over a folder that this machine and every executor see
//! at the same path. Statements are planned here, cut into stages by the scheduler and run by the
//! executors; the rows come back from them.
//!
//! Nothing but the scheduler's address is known of the cluster: executors come and go. It has no
//! passwords, so it belongs into a network of its own.

use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use ballista_core::JobId;
use ballista_core::config::BALLISTA_CLIENT_PULL;
use ballista_core::execution_plans::DistributedQueryExec;
use ballista_core::extension::{SessionConfigExt, SessionStateExt};
use ballista_core::serde::protobuf::CancelJobParams;
use ballista_core::serde::protobuf::scheduler_grpc_client::SchedulerGrpcClient;
use ballista_core::utils::{GrpcClientConfig, create_grpc_client_endpoint};
use datafusion::arrow::array::RecordBatch;
use datafusion::common::DataFusionError;
use datafusion::execution::session_state::SessionStateBuilder;
use datafusion::physical_plan::{ExecutionPlan, collect};
use datafusion::prelude::{SessionConfig, SessionContext};
use datafusion_proto::protobuf::LogicalPlanNode;
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::time::timeout;

use super::batches::table;
use super::functions::add_functions;
use super::registered::{Registered, told};
use super::settings::configured;
use super::{Engine, Opened, Rows};
use crate::error::{LayerError, QueryError};
use crate::sql::Dialect;

/// Parts that rows are divided into if nobody says.
const PARTITIONS: usize = 16;
/// Where a scheduler listens if the URL does not say.
const PORT: u16 = 50050;
/// How long the scheduler may take to answer.
const REACH: Duration = Duration::from_secs(5);
/// How often a job is told to end that nobody waits for, and how long it may take each time.
const TOLD_TO_END: usize = 120;
const ENDS_WITHIN: Duration = Duration::from_millis(250);

struct Ballista {
    registered: Registered,
    scheduler: Scheduler,
}

/// Registers every table at a path, to be read by the executors of a scheduler.
pub(super) async fn open(
    url: &str,
    path: &Path,
    partitions: Option<NonZeroUsize>,
) -> Result<Opened, LayerError> {
    let scheduler = Scheduler::at(url).map_err(LayerError::Engine)?;
    scheduler.reach().await.map_err(LayerError::Engine)?;
    let reached = scheduler.clone();
    let found = Registered::open(path, Box::new(move || session(&reached, partitions))).await?;
    Ok(Opened {
        engine: Arc::new(Ballista {
            registered: found.registered,
            scheduler,
        }),
        schema: found.schema,
        version: found.version,
    })
}

/// A session whose statements go to the scheduler, with the settings that go along with them.
fn session(
    scheduler: &Scheduler,
    partitions: Option<NonZeroUsize>,
) -> Result<SessionContext, DataFusionError> {
    let partitions = partitions.map_or(PARTITIONS, NonZeroUsize::get);
    let config = configured(SessionConfig::new_with_ballista())
        .with_target_partitions(partitions)
        // The adaptive planner of Ballista 55 waits for ever for a UNION of which one side turns
        // out to have no rows.
        .with_ballista_adaptive_query_planner(false)
        // A job can only be ended by its name. Who asks for its state is given that at once; who
        // is told of changes hears it with the first of them, which an idle cluster never has.
        .set_bool(BALLISTA_CLIENT_PULL, true);
    let state = SessionStateBuilder::new()
        .with_config(config)
        .with_default_features()
        .build()
        .upgrade_for_ballista(scheduler.endpoint())?;
    let mut context = SessionContext::new_with_state(state);
    add_functions(&mut context)?;
    Ok(context)
}

#[async_trait]
impl Engine for Ballista {
    fn name(&self) -> &'static str {
        "Ballista"
    }

    fn dialect(&self) -> Dialect {
        Dialect::DataFusion
    }

    async fn version(&self) -> Option<String> {
        self.registered.version().await
    }

    async fn run(&self, sql: &str) -> Result<Rows, QueryError> {
        let tables = self.registered.tables();
        let (frame, files) = tables.statement(sql).await?;
        let plan = frame
            .create_physical_plan()
            .await
            .map_err(|error| told(&files, &error))?;
        // Dropping `wanted` with this future tells the job that nobody waits for it any more.
        let (wanted, unwanted) = oneshot::channel();
        let job = Job {
            plan: Arc::clone(&plan),
            context: tables.context.clone(),
            scheduler: self.scheduler.clone(),
        };
        let done = tokio::spawn(job.run(unwanted)).await;
        drop(wanted);
        let batches = done
            .map_err(|error| QueryError::Engine(error.to_string()))?
            .map_err(|error| self.scheduler.told(&error))?;
        let table = table(&plan.schema(), &batches)
            .map_err(|error| QueryError::Engine(error.to_string()))?;
        // What the executors read stays with them.
        Ok(Rows { table, read: None })
    }
}

/// A statement on its way through the cluster.
struct Job {
    plan: Arc<dyn ExecutionPlan>,
    context: SessionContext,
    scheduler: Scheduler,
}

impl Job {
    /// Runs until the rows are there, or until nobody wants them: then the scheduler is told to
    /// end the job.
    async fn run(
        self,
        unwanted: oneshot::Receiver<()>,
    ) -> Result<Vec<RecordBatch>, DataFusionError> {
        let running = collect(Arc::clone(&self.plan), self.context.task_ctx());
        tokio::pin!(running);
        tokio::select! {
            ended = &mut running => return ended,
            _ = unwanted => {}
        }
        for _ in 0..TOLD_TO_END {
            // It has no name before the scheduler has taken it, and does not listen while the
            // scheduler plans it: what is said then is said again.
            if let Some(job) = self.name()
                && let Err(reason) = self.scheduler.end(&job).await
            {
                tracing::debug!(%job, reason, "a job does not hear that it should end");
            }
            if timeout(ENDS_WITHIN, &mut running).await.is_ok() {
                return Ok(Vec::new());
            }
        }
        tracing::warn!(job = ?self.name(), "a job goes on that nobody waits for");
        Ok(Vec::new())
    }

    fn name(&self) -> Option<JobId> {
        self.plan
            .downcast_ref::<DistributedQueryExec<LogicalPlanNode>>()
            .and_then(DistributedQueryExec::job_id)
    }
}

/// A scheduler's address.
#[derive(Debug, Clone)]
struct Scheduler {
    host: String,
    port: u16,
}

impl Scheduler {
    /// Of `df://HOST:PORT`, or a sentence about what is wrong with it.
    fn at(url: &str) -> Result<Self, String> {
        let wrong = || format!("the scheduler's url is \"{url}\": expected \"df://HOST:PORT\"");
        let address = url.strip_prefix("df://").ok_or_else(wrong)?;
        let address = address.strip_suffix('/').unwrap_or(address);
        // The colons of an IPv6 address are inside brackets.
        let (host, port) = match address.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => {
                (host, port.parse().map_err(|_| wrong())?)
            }
            _ => (address, PORT),
        };
        if host.is_empty() || host.contains(['/', '@', '?', '#', ' ']) {
            return Err(wrong());
        }
        Ok(Self {
            host: host.to_owned(),
            port,
        })
    }

    fn address(&self) -> String {
        format!("{}:{}", self.host, self.port)
    }

    fn endpoint(&self) -> String {
        format!("http://{}", self.address())
    }

    fn out_of_reach(&self, reason: &str) -> String {
        format!(
            "the scheduler of the cluster at {} cannot be reached: {reason}",
            self.address()
        )
    }

    /// Whether anything listens there.
    async fn reach(&self) -> Result<(), String> {
        match timeout(REACH, TcpStream::connect(self.address())).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(self.out_of_reach(&error.to_string())),
            Err(_) => Err(self.out_of_reach("it does not answer")),
        }
    }

    /// Ends a job.
    async fn end(&self, job: &JobId) -> Result<(), String> {
        let limits = GrpcClientConfig {
            connect_timeout_seconds: REACH.as_secs(),
            timeout_seconds: REACH.as_secs(),
            ..GrpcClientConfig::default()
        };
        let endpoint = create_grpc_client_endpoint(self.endpoint(), Some(&limits))
            .map_err(|error| error.to_string())?;
        let channel = endpoint
            .connect()
            .await
            .map_err(|error| error.to_string())?;
        let job_id = job.to_string();
        SchedulerGrpcClient::new(channel)
            .cancel_job(CancelJobParams { job_id })
            .await
            .map_err(|error| error.message().to_owned())?;
        Ok(())
    }

    /// The cluster's error in our words. It arrives as text, whatever it was on its executor.
    fn told(&self, error: &DataFusionError) -> QueryError {
        let text = error.find_root().strip_backtrace();
        if text.contains("ResourcesExhausted") || text.contains("Resources exhausted") {
            return QueryError::TooBig;
        }
        if text.contains("ConnectError") {
            return QueryError::Engine(self.out_of_reach("is it running?"));
        }
        QueryError::Engine(text.lines().next().unwrap_or_default().to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::Scheduler;

    #[test]
    fn a_url_names_a_host_and_perhaps_a_port() {
        let address = |url| Scheduler::at(url).map(|scheduler| scheduler.address());
        assert_eq!(address("df://127.0.0.1:7000").unwrap(), "127.0.0.1:7000");
        assert_eq!(
            address("df://cluster.example/").unwrap(),
            "cluster.example:50050"
        );
        assert_eq!(address("df://[::1]:7000").unwrap(), "[::1]:7000");
        assert_eq!(address("df://[::1]").unwrap(), "[::1]:50050");
        for wrong in [
            "",
            "127.0.0.1:7000",
            "http://a:1",
            "df://",
            "df://a:b",
            "df://a@b:1",
        ] {
            let said = address(wrong).unwrap_err();
            assert!(said.contains("expected \"df://HOST:PORT\""), "{said}");
        }
    }
}
