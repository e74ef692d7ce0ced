//! Where the service listens, and who may come in.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

use almanac_adapters::secret;
use almanac_adapters::web::Access;
use anyhow::anyhow;
use axum::http::StatusCode;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tower::limit::GlobalConcurrencyLimitLayer;
use tower_http::timeout::TimeoutLayer;

use crate::Failure;

/// Each holds its body, of up to a few MiB, in memory.
const WEBHOOKS_AT_ONCE: usize = 256;
/// Slack and Discord wait three seconds, the others longer.
const WEBHOOK_PATIENCE: Duration = Duration::from_secs(10);
/// Shorter keys can be guessed.
const SHORTEST_KEY: usize = 16;

/// `[http]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct HttpSection {
    /// Address and port.
    listen: SocketAddr,
    /// The web chat's key, or "env:NAME".
    login_key: Option<SecretString>,
    /// REST's keys, or "env:NAME".
    api_keys: Vec<SecretString>,
}

impl Default for HttpSection {
    fn default() -> Self {
        Self::on_port(8080)
    }
}

impl HttpSection {
    /// This machine only.
    #[must_use]
    pub fn on_port(port: u16) -> Self {
        let listen = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port);
        Self {
            listen,
            login_key: None,
            api_keys: Vec::new(),
        }
    }

    /// The address people are shown.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.listen
    }

    pub(crate) fn check(&self) -> Result<(), String> {
        let open = !self.listen.ip().is_loopback();
        if open && (self.login_key.is_none() || self.api_keys.is_empty()) {
            return Err(format!(
                "[http] listen {} is open to other machines: set login_key and api_keys, or listen on 127.0.0.1",
                self.listen
            ));
        }
        if self.login_key.is_none() && !self.api_keys.is_empty() {
            return Err("[http] api_keys are only asked for where login_key is set too".into());
        }
        Ok(())
    }

    /// Who may come in: anybody on this machine, or whoever has a key.
    ///
    /// # Errors
    /// Where a key is to come from the environment and is not there.
    pub fn access(&self) -> Result<Access, Failure> {
        let Some(login) = &self.login_key else {
            return Ok(Access::Loopback);
        };
        Ok(Access::Keys {
            login: key(login)?,
            api: self.api_keys.iter().map(key).collect::<Result<_, _>>()?,
        })
    }

    /// Takes the port, before anything slow is done.
    ///
    /// # Errors
    /// Where it is taken.
    pub async fn bind(&self) -> Result<TcpListener, Failure> {
        TcpListener::bind(self.listen).await.map_err(|error| {
            Failure::usage(match error.kind() {
                std::io::ErrorKind::AddrInUse => anyhow!(
                    "port {} is in use: stop what listens there, or choose another (--port, or [http] listen)",
                    self.listen.port()
                ),
                _ => anyhow!("{} cannot be listened on: {error}", self.listen),
            })
        })
    }
}

/// Webhooks as anybody may send them: so many at a time, the others wait; and none longer than
/// platforms do. Told that it took too long, a platform sends its event again.
pub(crate) fn bounded(webhooks: axum::Router) -> axum::Router {
    webhooks
        .layer(GlobalConcurrencyLimitLayer::new(WEBHOOKS_AT_ONCE))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            WEBHOOK_PATIENCE,
        ))
}

/// Serves until it is stopped; open requests are finished.
///
/// # Errors
/// Where the socket fails.
pub(crate) async fn serve(
    listener: TcpListener,
    router: axum::Router,
    stop: CancellationToken,
) -> Result<(), Failure> {
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service)
        .with_graceful_shutdown(stop.cancelled_owned())
        .await?;
    Ok(())
}

/// A key as given or, for "env:NAME", from the environment; never a short one.
fn key(given: &SecretString) -> Result<SecretString, Failure> {
    let key = secret(given, "[http]").map_err(Failure::usage)?;
    if key.expose_secret().len() < SHORTEST_KEY {
        let whose = match given.expose_secret().strip_prefix("env:") {
            None => "[http]",
            Some(name) => name,
        };
        return Err(Failure::usage(anyhow!(
            "the key in {whose} is shorter than {SHORTEST_KEY} characters: take a random one"
        )));
    }
    Ok(key)
}

#[cfg(test)]
mod tests {
    use axum::body::{Body, Bytes};
    use axum::routing::post;
    use futures::stream;
    use tower::ServiceExt;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_webhook_whose_body_never_ends_is_given_up() {
        let webhooks = bounded(axum::Router::new().route("/", post(async |_: Bytes| ())));
        let said = async |body| {
            let request = axum::http::Request::post("/").body(body).unwrap();
            webhooks.clone().oneshot(request).await.unwrap().status()
        };
        let endless = Body::from_stream(stream::pending::<Result<Bytes, std::io::Error>>());
        assert_eq!(said(endless).await, StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(said(Body::from("{}")).await, StatusCode::OK);
    }
}
