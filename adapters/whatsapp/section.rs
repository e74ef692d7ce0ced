//! `[whatsapp]` in the configuration: one number of one WhatsApp Business Account.

use std::sync::Arc;

use almanac_agent_contract::{Language, Platform, Services};
use async_trait::async_trait;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use tokio_util::sync::CancellationToken;

use super::graph::{self, Graph};
use super::send::WhatsApp;
use super::webhook::{self, Door};
use super::{WHATSAPP, check, hello, manifest};
use crate::{Check, Connected, Section, SectionError, secret};

/// What the section says.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WhatsAppSection {
    /// The number's id: App Dashboard > WhatsApp > API Setup. Not the number.
    pub phone_number_id: String,
    /// The account's id, on the same screen: templates belong to it.
    pub business_account_id: String,
    /// A system user's token with `whatsapp_business_messaging` and `whatsapp_business_management`.
    pub access_token: SecretString,
    /// App Dashboard > App settings > Basic > App secret: signs the webhooks.
    pub app_secret: SecretString,
    /// Any words: the same are typed where the webhook is entered.
    pub verify_token: SecretString,
    /// The names of the approved templates.
    #[serde(default)]
    pub templates: TemplateNames,
    /// The Graph API, with its version.
    #[serde(default = "graph_api")]
    pub api_url: String,
}

/// The name of the template in each language.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TemplateNames {
    /// English.
    pub en: String,
    /// Spanish.
    pub es: String,
    /// Portuguese.
    pub pt: String,
}

impl TemplateNames {
    /// The name in a language.
    #[must_use]
    pub fn of(&self, language: Language) -> &str {
        match language {
            Language::En => &self.en,
            Language::Es => &self.es,
            Language::Pt => &self.pt,
        }
    }
}

impl Default for TemplateNames {
    fn default() -> Self {
        let name = || "almanac_update".to_owned();
        Self {
            en: name(),
            es: name(),
            pt: name(),
        }
    }
}

fn graph_api() -> String {
    "https://graph.facebook.com/v23.0".to_owned()
}

impl WhatsAppSection {
    /// The Graph API with this section's token.
    pub(super) fn graph(&self) -> Result<Graph, SectionError> {
        let token = secret(&self.access_token, "[whatsapp] access_token")?;
        let client = graph::client()
            .map_err(|_| SectionError::Key("the HTTP client cannot be set up".into()))?;
        Ok(Graph::new(client, &self.api_url, token))
    }

    pub(super) fn app_secret(&self) -> Result<SecretString, SectionError> {
        not_empty(&self.app_secret, "[whatsapp] app_secret")
    }

    fn sound(&self) -> Result<(), SectionError> {
        for (key, id) in [
            ("phone_number_id", &self.phone_number_id),
            ("business_account_id", &self.business_account_id),
        ] {
            if id.is_empty() || !id.bytes().all(|b| b.is_ascii_digit()) {
                return Err(SectionError::Key(format!(
                    "[whatsapp] {key} is to be the id of App Dashboard > WhatsApp > API Setup, \
                     digits alone"
                )));
            }
        }
        if !goes_unseen(&self.api_url) {
            return Err(SectionError::Key(
                "[whatsapp] api_url is to begin with https://".into(),
            ));
        }
        Ok(())
    }
}

/// The token goes with every request: nobody on the way may read it.
fn goes_unseen(api_url: &str) -> bool {
    reqwest::Url::parse(api_url).is_ok_and(|url| {
        let here = matches!(url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"));
        url.scheme() == "https" || url.scheme() == "http" && here
    })
}

fn not_empty(given: &SecretString, whose: &str) -> Result<SecretString, SectionError> {
    let value = secret(given, whose)?;
    if value.expose_secret().trim().is_empty() {
        return Err(SectionError::Key(format!("{whose} is empty")));
    }
    Ok(value)
}

#[async_trait]
impl Section for WhatsAppSection {
    fn platform(&self) -> Platform {
        WHATSAPP
    }

    fn is_open(&self) -> bool {
        true
    }

    fn connect(
        &self,
        services: Services,
        stop: CancellationToken,
    ) -> Result<Connected, SectionError> {
        self.sound()?;
        let graph = Arc::new(self.graph()?);
        let door = Door {
            number: self.phone_number_id.clone(),
            app_secret: self.app_secret()?,
            verify_token: not_empty(&self.verify_token, "[whatsapp] verify_token")?,
            services: services.clone(),
        };
        let listening = hello::hello(
            Arc::clone(&graph),
            self.phone_number_id.clone(),
            services.clone(),
            stop,
        );
        Ok(Connected {
            adapter: Arc::new(WhatsApp::new(graph, self, services)),
            webhooks: Some(webhook::router(door)),
            listening: Some(Box::pin(listening)),
        })
    }

    async fn check(&self, _services: Services) -> Vec<Check> {
        check::check(self).await
    }

    fn manifest(&self, origin: &str) -> String {
        manifest::manifest(self, origin)
    }
}
