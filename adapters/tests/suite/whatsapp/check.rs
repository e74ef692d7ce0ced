//! The configuration, what `almanac doctor` finds, and what the service does when it starts.

use almanac_adapters::whatsapp::{WHATSAPP, WhatsAppSection};
use almanac_adapters::{Section, SectionError};
use almanac_adapters_doubles::whatsapp::payload::NUMBER;
use almanac_adapters_doubles::whatsapp::{Edge, Fault};
use almanac_agent_contract::Installations;
use serde_json::json;
use tokio_util::sync::CancellationToken;

use super::{WhatsAppUnderTest, section, section_with};

async fn findings(whatsapp: &WhatsAppUnderTest, section: &WhatsAppSection) -> Vec<String> {
    let checks = section.check(whatsapp.line.services()).await;
    let told = checks.into_iter().map(|check| match check.found {
        Ok(found) => format!("{}: ok: {found}", check.what),
        Err(mend) => format!("{}: {mend}", check.what),
    });
    told.collect()
}

#[tokio::test]
async fn what_is_in_order_is_said_to_be() {
    let whatsapp = WhatsAppUnderTest::start().await;
    let section = section(&whatsapp.double);
    let manifest = section.manifest("https://almanac.example/");
    let submitted = manifest[manifest.find("{\n").unwrap()..].to_owned();
    for template in serde_json::Deserializer::from_str(&submitted)
        .into_iter()
        .flatten()
    {
        whatsapp.double.add_template(&template, "APPROVED");
    }
    let found = findings(&whatsapp, &section).await;
    let expected = [
        "token: ok: +15550783881, Jasper's Market, quality green",
        "permissions: ok: whatsapp_business_messaging, whatsapp_business_management",
        "app secret: ok: belongs to the token's app",
        "webhook: ok: http://127.0.0.1",
        "subscription: ok: Almanac",
        "templates: ok: almanac_update (en) is approved; almanac_update (es) is approved; \
         almanac_update (pt_BR) is approved",
    ];
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        assert!(found.starts_with(expected), "{found}");
    }
    assert_eq!(whatsapp.double.breaches(), Vec::<String>::new());
}

#[tokio::test]
async fn what_is_not_is_said_with_what_to_mend() {
    let whatsapp = WhatsAppUnderTest::start().await;
    whatsapp.double.point_at("https://elsewhere.example/hook");
    let changed = json!({"app_secret": "another secret"});
    let found = findings(&whatsapp, &section_with(&whatsapp.double, &changed)).await;
    let told = found.join("\n");
    assert!(
        told.contains("app secret: [whatsapp] app_secret is not that of"),
        "{told}"
    );
    assert!(
        told.contains("webhook: events go to https://elsewhere.example/hook"),
        "{told}"
    );
    assert!(
        told.contains("templates: almanac_update (en) is not there"),
        "{told}"
    );
    whatsapp.double.set_revoked(true);
    let told = findings(&whatsapp, &section(&whatsapp.double))
        .await
        .join("\n");
    assert!(
        told.contains("token: the number 106540352242900 cannot be read (190"),
        "{told}"
    );
    assert!(
        !told.contains(": ok:") && !told.contains("EAAtesttoken"),
        "{told}"
    );
}

#[test]
fn what_is_pasted_is_printed() {
    let keys = json!({
        "phone_number_id": "1",
        "business_account_id": "2",
        "access_token": "env:WHATSAPP_TOKEN",
        "app_secret": "s",
        "verify_token": "v",
        "templates": {"en": "ours"},
    });
    let section: WhatsAppSection = serde_json::from_value(keys).unwrap();
    let manifest = section.manifest("https://almanac.example");
    for line in [
        "Callback URL:  https://almanac.example/whatsapp/webhook",
        "https://graph.facebook.com/v23.0/2/message_templates",
        "\"name\": \"ours\"",
        "\"language\": \"pt_BR\"",
        "\"category\": \"UTILITY\"",
        "\"type\": \"QUICK_REPLY\"",
    ] {
        assert!(manifest.contains(line), "{line} is not in\n{manifest}");
    }
}

#[tokio::test]
async fn a_section_that_does_not_do_says_which_key() {
    let whatsapp = WhatsAppUnderTest::start().await;
    for (changed, told) in [
        (json!({"phone_number_id": "+1 555"}), "phone_number_id"),
        (json!({"app_secret": " "}), "app_secret is empty"),
        (json!({"api_url": "http://graph.example"}), "https://"),
        (
            json!({"api_url": "http://127.0.0.1.example/v23.0"}),
            "https://",
        ),
        (
            json!({"access_token": "env:NOT_THERE_AT_ALL"}),
            "NOT_THERE_AT_ALL",
        ),
    ] {
        let section = section_with(&whatsapp.double, &changed);
        let connected = section.connect(whatsapp.line.services(), CancellationToken::new());
        let error: SectionError = connected.err().unwrap();
        assert!(error.to_string().contains(told), "{error}");
    }
    let unknown = json!({"phone_number_id": "1", "phone": "2"});
    let error = serde_json::from_value::<WhatsAppSection>(unknown).unwrap_err();
    assert!(
        error.to_string().contains("unknown field `phone`"),
        "{error}"
    );
}

#[tokio::test]
async fn the_number_is_kept_when_the_service_starts() {
    let whatsapp = WhatsAppUnderTest::start().await;
    // The first try fails, and it goes on.
    whatsapp.double.fail(Edge::Reads, Fault::Code(2));
    whatsapp.listening().await;
    let kept = whatsapp.line.all(&WHATSAPP).await.unwrap().remove(0);
    assert_eq!(kept.id, NUMBER);
    assert_eq!(kept.name.as_deref(), Some("Jasper's Market"));
    assert_eq!(kept.parked, None);
}

#[tokio::test]
async fn a_token_that_is_no_longer_good_parks_the_number() {
    let whatsapp = WhatsAppUnderTest::start().await;
    whatsapp.double.set_revoked(true);
    whatsapp.listening().await;
    let kept = whatsapp.line.all(&WHATSAPP).await.unwrap().remove(0);
    assert!(kept.parked.unwrap().starts_with("190"));
}

#[tokio::test]
async fn starting_ends_with_the_service() {
    let whatsapp = WhatsAppUnderTest::start().await;
    for _ in 0..100 {
        whatsapp.double.fail(Edge::Reads, Fault::Code(2));
    }
    whatsapp.stop.cancel();
    whatsapp.listening().await;
}
