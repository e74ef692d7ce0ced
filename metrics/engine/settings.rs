//! The settings that every DataFusion session over files has, in process and on a cluster. The
//! benchmark `scale` reads this file too, so that what it measures against has the same.

use datafusion::prelude::SessionConfig;

/// A session's configuration with our settings.
pub(super) fn configured(config: SessionConfig) -> SessionConfig {
    let mut config = config.with_information_schema(false);
    let options = config.options_mut();
    options.execution.parquet.pushdown_filters = false;
    options.execution.time_zone = Some("UTC".into());
    config
}
