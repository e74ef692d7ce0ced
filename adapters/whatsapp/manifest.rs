//! What is to be entered on Meta's pages, printed by `almanac`: the webhook, and the templates as they
//! are submitted.

use super::WEBHOOK_PATH;
use super::section::WhatsAppSection;
use super::template::{LANGUAGES, submitted};

/// For a service that is reached at `origin`.
pub(super) fn manifest(section: &WhatsAppSection, origin: &str) -> String {
    let origin = origin.trim_end_matches('/');
    let account = &section.business_account_id;
    let api = section.api_url.trim_end_matches('/');
    let templates: Vec<String> = LANGUAGES
        .into_iter()
        .map(|language| {
            let submitted = submitted(section.templates.of(language), language);
            serde_json::to_string_pretty(&submitted).unwrap_or_default()
        })
        .collect();
    format!(
        "WhatsApp\n\
         \n\
         1. App Dashboard > WhatsApp > Configuration > Webhook > Edit\n\
         \x20  Callback URL:  {origin}{WEBHOOK_PATH}\n\
         \x20  Verify token:  the value of [whatsapp] verify_token\n\
         \x20  Webhook fields > Manage > messages: subscribe. No other field is needed.\n\
         \n\
         2. Let the app hear of the account's messages, once:\n\
         \x20  curl -X POST {api}/{account}/subscribed_apps -H \"Authorization: Bearer $TOKEN\"\n\
         \n\
         3. Templates, for people who have not written for a day. Each is submitted at WhatsApp\n\
         \x20  Manager > Message templates > Create (category Utility, one quick reply button), or with\n\
         \x20  curl -X POST {api}/{account}/message_templates -H \"Authorization: Bearer $TOKEN\" \\\n\
         \x20    -H 'Content-Type: application/json' -d @template.json\n\
         \n\
         {}\n",
        templates.join("\n\n")
    )
}
