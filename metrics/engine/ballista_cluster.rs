//! What `almanac cluster` starts: the scheduler that statements are sent to, and executors that
//! run their stages. Both are Ballista's own, with the functions that our statements use.
//!
//! There are no passwords: whoever reaches a scheduler or an executor reads every file that the
//! executors can read. Their addresses are this machine's own unless others are given.

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use ballista_core::config::TaskSchedulingPolicy;
use ballista_core::error::BallistaError;
use ballista_core::extension::SessionConfigExt;
use ballista_core::utils::default_session_builder;
use ballista_executor::executor_process::{ExecutorProcessConfig, start_executor_process};
use ballista_scheduler::cluster::{BallistaCluster, ClusterState};
use ballista_scheduler::config::SchedulerConfig;
use ballista_scheduler::scheduler_process::{create_scheduler, start_grpc_service_with_listener};
use ballista_scheduler::scheduler_server::SchedulerServer;
use datafusion::common::DataFusionError;
use datafusion::execution::runtime_env::RuntimeEnvBuilder;
use datafusion::execution::session_state::{SessionState, SessionStateBuilder};
use datafusion::prelude::SessionConfig;
use datafusion_proto::protobuf::{LogicalPlanNode, PhysicalPlanNode};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio::time::sleep;

use super::functions::add_functions;

/// How often an executor asks whether the scheduler is there yet, and how long it waits between.
const ASKED: usize = 60;
const BETWEEN: Duration = Duration::from_millis(500);
/// How long the parts of a statement are kept on an executor's disk if nobody fetches them, and
/// how often that is looked after. In seconds.
const KEPT: u64 = 3_600;
const LOOKED_AFTER: u64 = 300;

/// Why a part of a cluster does not start or ended. The operator hears it.
#[derive(Debug, thiserror::Error)]
pub enum ClusterError {
    /// It cannot listen there.
    #[error("{address} cannot be listened on: {reason}")]
    Address {
        /// The address, or its host.
        address: String,
        /// Why.
        reason: String,
    },
    /// The others need a host to reach it by.
    #[error("{0} means every address of this machine: say which host the executors reach it by")]
    NoHost(IpAddr),
    /// The scheduler is not there.
    #[error("the scheduler at {address} cannot be reached: {reason}")]
    Scheduler {
        /// `HOST:PORT`.
        address: String,
        /// Why.
        reason: String,
    },
    /// The folder for intermediate results cannot be used.
    #[error("{} cannot be written: {reason}", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// It stopped by itself.
    #[error("it stopped: {0}")]
    Stopped(String),
}

/// A running scheduler; it ends when it is dropped.
pub struct Scheduler {
    address: SocketAddr,
    server: SchedulerServer<LogicalPlanNode, PhysicalPlanNode>,
    cluster: Arc<dyn ClusterState>,
    serving: JoinHandle<Result<(), BallistaError>>,
}

impl Scheduler {
    /// Starts one. Port 0 takes a free one. `host` is what executors reach it by, the address
    /// where absent.
    ///
    /// # Errors
    /// An address that cannot be listened on or reached.
    pub async fn start(bind: SocketAddr, host: Option<String>) -> Result<Self, ClusterError> {
        let unusable = |error: &dyn std::fmt::Display| ClusterError::Address {
            address: bind.to_string(),
            reason: error.to_string(),
        };
        let host = match host {
            Some(host) => host,
            None if bind.ip().is_unspecified() => return Err(ClusterError::NoHost(bind.ip())),
            None => bind.ip().to_string(),
        };
        let listener = TcpListener::bind(bind)
            .await
            .map_err(|error| unusable(&error))?;
        let address = listener.local_addr().map_err(|error| unusable(&error))?;
        let config = SchedulerConfig {
            bind_host: address.ip().to_string(),
            bind_port: address.port(),
            external_host: host,
            // Executors that are told of work, rather than ask for it, can be told to stop, too.
            scheduling_policy: TaskSchedulingPolicy::PushStaged,
            override_session_builder: Some(Arc::new(session)),
            ..SchedulerConfig::default()
        };
        let stopped = |error: BallistaError| ClusterError::Stopped(error.to_string());
        let cluster = BallistaCluster::new_from_config(&config)
            .await
            .map_err(stopped)?;
        let state = cluster.cluster_state();
        let server = create_scheduler(cluster, Arc::new(config))
            .await
            .map_err(stopped)?;
        let serving = tokio::spawn(start_grpc_service_with_listener(listener, server.clone()));
        Ok(Self {
            address,
            server,
            cluster: state,
            serving,
        })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// How many executors have joined it.
    pub async fn executors(&self) -> usize {
        self.cluster.registered_executor_metadata().await.len()
    }

    /// How many statements it has taken that have not ended.
    #[must_use]
    pub fn jobs(&self) -> usize {
        self.server.pending_job_number() + self.server.running_job_number()
    }

    /// Waits until it stops by itself.
    ///
    /// # Errors
    /// Why it did.
    pub async fn ended(&mut self) -> Result<(), ClusterError> {
        (&mut self.serving)
            .await
            .map_err(|error| ClusterError::Stopped(error.to_string()))?
            .map_err(|error| ClusterError::Stopped(error.to_string()))
    }
}

impl Drop for Scheduler {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// What an executor is started with.
#[derive(Debug, Clone)]
pub struct ExecutorOptions {
    /// `HOST:PORT` of the scheduler.
    pub scheduler: String,
    /// The address it listens on; the others reach it there, or, where that is every address, by
    /// the one that it reaches the scheduler from.
    pub bind: IpAddr,
    /// Its port for rows; the next one is for orders. Free ones where absent.
    pub port: Option<u16>,
    /// A folder for intermediate results: it works in a folder of its own in there, and takes that
    /// away when it ends.
    pub work: PathBuf,
    /// How many stages it runs at a time; as many as there are processors where absent.
    pub cores: Option<usize>,
    /// What its stages may use, in bytes, before they spill to the folder; seven tenths of the
    /// machine's memory where absent.
    pub memory: Option<u64>,
}

/// Runs an executor until the process is told to stop (Ctrl-C, SIGTERM). What it still runs is
/// finished first.
///
/// # Errors
/// A scheduler that is not there within half a minute, an address or folder that cannot be used,
/// or why it stopped by itself.
pub async fn run_executor(options: ExecutorOptions) -> Result<(), ClusterError> {
    let address = &options.scheduler;
    let (scheduler_host, scheduler_port) = address
        .rsplit_once(':')
        .and_then(|(host, port)| Some((host.to_owned(), port.parse().ok()?)))
        .ok_or_else(|| ClusterError::Scheduler {
            address: address.clone(),
            reason: "expected HOST:PORT".into(),
        })?;
    wait_for(address).await?;
    let (port, grpc_port) = match options.port {
        Some(port) => (port, port.saturating_add(1)),
        None => free_ports(options.bind)?,
    };
    let folder = format!("executor-{}-{port}", std::process::id());
    let folder = options.work.join(folder);
    let (rows, spill) = (
        make(&folder.join("rows")).await?,
        make(&folder.join("spill")).await?,
    );
    let mut config = ExecutorProcessConfig {
        bind_host: options.bind.to_string(),
        external_host: (!options.bind.is_unspecified()).then(|| options.bind.to_string()),
        port,
        grpc_port,
        scheduler_host,
        scheduler_port,
        task_scheduling_policy: TaskSchedulingPolicy::PushStaged,
        work_dir: Some(rows),
        // Ballista would put these among the rows, and then wonder what they are.
        override_runtime_producer: Some(Arc::new(move |_| {
            RuntimeEnvBuilder::new()
                .with_temp_file_path(&spill)
                .build_arc()
        })),
        job_data_ttl_seconds: KEPT,
        job_data_clean_up_interval_seconds: LOOKED_AFTER,
        memory_pool_size: options.memory,
        ..ExecutorProcessConfig::default()
    };
    if let Some(cores) = options.cores {
        config.vcores = cores;
    }
    let functions = session(SessionConfig::new_with_ballista())
        .map_err(|error| ClusterError::Stopped(error.to_string()))?;
    config.override_function_registry = Some(Arc::new((&functions).into()));
    let ended = start_executor_process(Arc::new(config)).await;
    if let Err(error) = tokio::fs::remove_dir_all(&folder).await {
        tracing::warn!(folder = %folder.display(), %error, "intermediate results are left over");
    }
    ended.map_err(|error| ClusterError::Stopped(error.to_string()))
}

/// A session with the functions that statements use. Folders are listed anew for each statement,
/// because files come and go.
fn session(config: SessionConfig) -> Result<SessionState, DataFusionError> {
    let runtime = RuntimeEnvBuilder::new()
        .with_object_list_cache_limit(0)
        .build_arc()?;
    let mut state = SessionStateBuilder::new_from_existing(default_session_builder(config)?)
        .with_runtime_env(runtime)
        .build();
    add_functions(&mut state)?;
    Ok(state)
}

/// A scheduler may be started after its executors.
async fn wait_for(address: &str) -> Result<(), ClusterError> {
    let mut reason = String::new();
    for _ in 0..ASKED {
        match TcpStream::connect(address).await {
            Ok(_) => return Ok(()),
            Err(error) => reason = error.to_string(),
        }
        sleep(BETWEEN).await;
    }
    Err(ClusterError::Scheduler {
        address: address.to_owned(),
        reason,
    })
}

fn free_ports(host: IpAddr) -> Result<(u16, u16), ClusterError> {
    let free = || {
        // Both are held before either is given back: they differ.
        let one = std::net::TcpListener::bind((host, 0))?;
        let other = std::net::TcpListener::bind((host, 0))?;
        Ok((one.local_addr()?.port(), other.local_addr()?.port()))
    };
    free().map_err(|error: std::io::Error| ClusterError::Address {
        address: host.to_string(),
        reason: error.to_string(),
    })
}

/// Makes the folder, and gives its whole path as the text that Ballista takes: executors of one
/// machine read each other's files.
async fn make(folder: &Path) -> Result<String, ClusterError> {
    let unusable = |reason: String| ClusterError::Folder {
        path: folder.to_owned(),
        reason,
    };
    let whole = std::path::absolute(folder).map_err(|error| unusable(error.to_string()))?;
    tokio::fs::create_dir_all(&whole)
        .await
        .map_err(|error| unusable(error.to_string()))?;
    let text = whole.to_str().map(ToOwned::to_owned);
    text.ok_or_else(|| unusable("its name is no UTF-8".into()))
}
