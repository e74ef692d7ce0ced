//! The command line. Stable: people and checks script against it.

#[cfg(feature = "ballista")]
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use jiff::Timestamp;

/// A chat-native analytics agent: ask your metrics a question, get a sourced number.
#[derive(Debug, Parser)]
#[command(name = "almanac", version, propagate_version = true)]
pub enum Command {
    /// Start everything embedded: the demo shop and its web chat.
    Demo(DemoArgs),
    /// Start the service of a configuration.
    Serve(Where),
    /// Write a commented configuration, `almanac.toml`, into this folder.
    Init(InitArgs),
    /// Check every part and say what to mend.
    Doctor(Where),
    /// Ask one question, or a file of them.
    Ask(AskArgs),
    /// Ask and answer, line by line.
    Chat(ChatArgs),
    /// The metric layer by itself.
    #[command(subcommand)]
    Metrics(MetricsCommand),
    /// Run eval cases; exit code 1 if below the recorded bar.
    Eval(EvalArgs),
    /// Print what is to be pasted on a chat platform's own pages: an app manifest, commands, templates.
    Manifest(ManifestArgs),
    /// What the people who run Almanac do.
    #[command(subcommand)]
    Admin(AdminCommand),
    /// Run a part of a cluster, for data that outgrows one machine.
    #[cfg(feature = "ballista")]
    #[command(subcommand)]
    Cluster(ClusterCommand),
}

/// Which workspace, and where its data lies.
#[derive(Debug, Clone, Default, Args)]
pub struct Where {
    /// Configuration; `almanac.toml` of this folder if it is there, else the demo shop.
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Where Almanac keeps its own data; the platform's data folder if not given.
    #[arg(long, value_name = "DIR", env = "ALMANAC_DATA_DIR")]
    pub data_dir: Option<PathBuf>,
}

/// `almanac demo`.
#[derive(Debug, Args)]
pub struct DemoArgs {
    /// The port of the web chat on this machine.
    #[arg(long, default_value_t = 8080)]
    pub port: u16,
    /// The moment that "today" is, e.g. 2026-11-20T12:00:00Z.
    #[arg(long, value_name = "RFC3339")]
    pub now: Option<Timestamp>,
    /// Where Almanac keeps its own data; the platform's data folder if not given.
    #[arg(long, value_name = "DIR", env = "ALMANAC_DATA_DIR")]
    pub data_dir: Option<PathBuf>,
}

/// `almanac manifest`.
#[derive(Debug, Args)]
pub struct ManifestArgs {
    /// The chat platform.
    pub platform: String,
    /// Where the service will be reached by the platform.
    #[arg(
        long,
        value_name = "URL",
        default_value = "https://almanac.example.com"
    )]
    pub origin: String,
    /// Configuration; `almanac.toml` of this folder if it is there.
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

/// `almanac init`.
#[derive(Debug, Args)]
pub struct InitArgs {
    /// Replace the file if it is there.
    #[arg(long)]
    pub force: bool,
}

/// `almanac ask`.
#[derive(Debug, Args)]
pub struct AskArgs {
    /// The question.
    #[arg(required_unless_present = "batch", conflicts_with = "batch")]
    pub question: Option<String>,
    /// Print one JSON object.
    #[arg(long)]
    pub json: bool,
    /// Questions from a file, one JSON object a line: {"id", "turns", "question", "now", "as"};
    /// one JSON object out for each.
    #[arg(long, value_name = "FILE.jsonl")]
    pub batch: Option<PathBuf>,
    /// Which workspace.
    #[command(flatten)]
    pub place: Where,
    /// The moment that "today" is, e.g. 2026-11-20T12:00:00Z.
    #[arg(long, value_name = "RFC3339")]
    pub now: Option<Timestamp>,
    /// Who asks.
    #[arg(long = "as", value_name = "PERSON")]
    pub person: Option<String>,
    /// Go on with this conversation; a new one if not given.
    #[arg(long, value_name = "ID", conflicts_with = "batch")]
    pub conversation: Option<String>,
}

/// `almanac chat`.
#[derive(Debug, Args)]
pub struct ChatArgs {
    /// Which workspace.
    #[command(flatten)]
    pub place: Where,
    /// The moment that "today" is, e.g. 2026-11-20T12:00:00Z.
    #[arg(long, value_name = "RFC3339")]
    pub now: Option<Timestamp>,
    /// Who asks.
    #[arg(long = "as", value_name = "PERSON")]
    pub person: Option<String>,
    /// Go on with this conversation; a new one if not given.
    #[arg(long, value_name = "ID")]
    pub conversation: Option<String>,
}

/// `almanac metrics`.
#[derive(Debug, Subcommand)]
pub enum MetricsCommand {
    /// All metrics, a line each: name, label, type, format.
    List {
        /// The saved queries instead: name, label or description.
        #[arg(long)]
        saved: bool,
        /// All that questions are read with, dimensions and their values too, as one JSON object.
        #[arg(long, conflicts_with = "saved")]
        catalog: bool,
        /// Print one JSON array.
        #[arg(long)]
        json: bool,
        /// Which workspace.
        #[command(flatten)]
        place: Where,
    },
    /// One metric: what it means, how it is computed, where it stands in the tree.
    Show {
        /// Its name.
        name: String,
        /// Which workspace.
        #[command(flatten)]
        place: Where,
    },
    /// Check the definitions and report every problem at once.
    Validate {
        /// Definition files, or folders of them; those of the configuration if none is given.
        paths: Vec<PathBuf>,
        /// Which workspace.
        #[command(flatten)]
        place: Where,
    },
    /// Run a metric query.
    Query(QueryArgs),
    /// Run a metric query and show how: its SQL, its plan, the joins it took, rows read, times.
    Explain(ExplainArgs),
    /// Hold the metric layer to a suite of questions with known answers.
    #[cfg(feature = "datafusion")]
    Conformance(ConformanceArgs),
}

/// A metric query.
#[derive(Debug, Args)]
pub struct QueryArgs {
    /// The query, e.g. '{"metrics": ["revenue"], "group_by": ["customer__country"]}'.
    #[arg(
        long,
        value_name = "QUERY",
        required_unless_present = "saved",
        conflicts_with = "saved"
    )]
    pub json: Option<String>,
    /// A saved query of the definitions.
    #[arg(long, value_name = "NAME")]
    pub saved: Option<String>,
    /// Which workspace.
    #[command(flatten)]
    pub place: Where,
}

/// `almanac metrics explain`.
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// What is asked.
    #[command(flatten)]
    pub query: QueryArgs,
    /// Also print the engine's own plan.
    #[arg(long)]
    pub verbose: bool,
}

/// `almanac metrics conformance`.
#[cfg(feature = "datafusion")]
#[derive(Debug, Args)]
pub struct ConformanceArgs {
    /// The suite: a folder with cases.json, source_tables.json and semantic_manifests.
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// The engine to run it on.
    #[arg(long, value_enum, default_value_t = EngineName::Datafusion)]
    pub engine: EngineName,
    /// The PostgreSQL server to run it on, whose role may create databases.
    #[cfg(feature = "postgres")]
    #[arg(
        long,
        value_name = "URL",
        env = "ALMANAC_TEST_DATABASE_URL",
        hide_env_values = true
    )]
    pub database_url: Option<secrecy::SecretString>,
    /// The scheduler of the cluster to run it on.
    #[cfg(feature = "ballista")]
    #[arg(long, value_name = "URL", default_value = "df://127.0.0.1:50050")]
    pub scheduler: String,
    /// Only the cases whose name contains this.
    #[arg(long, value_name = "TEXT")]
    pub filter: Option<String>,
    /// Also print each query, its SQL and the rows that differ.
    #[arg(long)]
    pub verbose: bool,
}

/// An engine by name.
#[cfg(feature = "datafusion")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum EngineName {
    /// In this process, over Parquet files.
    Datafusion,
    /// A PostgreSQL server, in a database of its own there.
    #[cfg(feature = "postgres")]
    Postgres,
    /// A Ballista cluster on this machine.
    #[cfg(feature = "ballista")]
    Ballista,
}

/// `almanac eval`.
#[derive(Debug, Args)]
pub struct EvalArgs {
    /// The folder of the evals: `catalogs/<catalogue>/cases/<area>.yml`, and the bar.
    #[arg(value_name = "DIR", default_value = "evals")]
    pub folder: PathBuf,
    /// Only these areas.
    #[arg(long, value_delimiter = ',')]
    pub area: Vec<String>,
    /// Only these catalogues.
    #[arg(long, value_delimiter = ',')]
    pub catalog: Vec<String>,
    /// Only questions in these languages: en, es, pt.
    #[arg(long, value_delimiter = ',')]
    pub language: Vec<String>,
    /// Only questions of these kinds: seed, paraphrase, typo and so on.
    #[arg(long, value_delimiter = ',')]
    pub kind: Vec<String>,
    /// Read by the model alone: nothing is stored and no number is looked up.
    #[arg(long)]
    pub read_only: bool,
    /// Print the questions that were not answered right, of catalogues that may be tuned on.
    #[arg(long, value_enum)]
    pub show: Option<Listed>,
    /// Print those of the catalogues kept out of tuning, too.
    #[arg(long, requires = "show")]
    pub held_out: bool,
    /// Make what this run reaches the bar.
    #[arg(long, conflicts_with_all = ["area", "catalog", "language", "kind"])]
    pub record: bool,
    /// Print one JSON object.
    #[arg(long)]
    pub json: bool,
    /// Where the demo shop's data lies; the platform's data folder if not given.
    #[arg(long, value_name = "DIR", env = "ALMANAC_DATA_DIR")]
    pub data_dir: Option<PathBuf>,
}

/// Questions that `almanac eval` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Listed {
    /// Those answered wrongly as if sure.
    Wrong,
    /// Those asked back or refused without need.
    Abstained,
    /// Both.
    All,
}

/// `almanac admin`.
#[derive(Debug, Subcommand)]
pub enum AdminCommand {
    /// The events that failed too often and are kept, a line each.
    Parked(Where),
    /// Try a parked event again.
    Unpark {
        /// Its id, as `almanac admin parked` shows it.
        id: String,
        /// Which workspace.
        #[command(flatten)]
        place: Where,
    },
    /// The answers that did not arrive for certain, a line each: when, through what, where to, why.
    Undelivered(Where),
    /// List such an answer no more: somebody has seen to it.
    Dismiss {
        /// Its id, as `almanac admin undelivered` shows it.
        #[arg(required_unless_present = "all", conflicts_with = "all")]
        id: Option<String>,
        /// All that are listed now.
        #[arg(long)]
        all: bool,
        /// Which workspace.
        #[command(flatten)]
        place: Where,
    },
    /// Send such an answer again: one that had arrived after all arrives twice.
    Retry {
        /// Its id, as `almanac admin undelivered` shows it.
        id: String,
        /// Which workspace.
        #[command(flatten)]
        place: Where,
    },
    /// Where chat platforms let Almanac in, a line each, and which of it is parked.
    Installations(Where),
    /// Send through a parked installation again, once its credentials are renewed.
    Resume {
        /// The platform, as `almanac admin installations` shows it.
        platform: String,
        /// The installation's id.
        installation: String,
        /// Which workspace.
        #[command(flatten)]
        place: Where,
    },
    /// Seal the secrets at rest with a new key, ALMANAC_NEW_SECRET_KEY, which takes the place of
    /// the old one.
    RotateKey(Where),
}

/// `almanac cluster`.
#[cfg(feature = "ballista")]
#[derive(Debug, Subcommand)]
pub enum ClusterCommand {
    /// Take statements and hand their stages to executors.
    Scheduler(SchedulerArgs),
    /// Run stages of statements, over files that this machine sees.
    Executor(ExecutorArgs),
}

/// `almanac cluster scheduler`.
#[cfg(feature = "ballista")]
#[derive(Debug, Args)]
pub struct SchedulerArgs {
    /// The address to listen at; port 0 takes a free one.
    #[arg(long, value_name = "IP:PORT", default_value = "127.0.0.1:50050")]
    pub bind: SocketAddr,
    /// What executors reach it by, where that is not the address.
    #[arg(long)]
    pub host: Option<String>,
}

/// `almanac cluster executor`.
#[cfg(feature = "ballista")]
#[derive(Debug, Args)]
pub struct ExecutorArgs {
    /// Where the scheduler listens.
    #[arg(long, value_name = "HOST:PORT", default_value = "127.0.0.1:50050")]
    pub scheduler: String,
    /// The address to listen at.
    #[arg(long, value_name = "IP", default_value = "127.0.0.1")]
    pub bind: IpAddr,
    /// The port for rows, the next one being for orders; free ones if not given.
    #[arg(long)]
    pub port: Option<u16>,
    /// Stages to run at a time; as many as there are processors if not given.
    #[arg(long)]
    pub cores: Option<usize>,
    /// Memory for stages; seven tenths of the machine's if not given.
    #[arg(long, value_name = "MEGABYTES")]
    pub memory_mb: Option<u64>,
    /// Where intermediate results are put aside; the platform's data folder if not given.
    #[arg(long, value_name = "DIR", env = "ALMANAC_DATA_DIR")]
    pub data_dir: Option<PathBuf>,
}
