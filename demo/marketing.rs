//! Ad campaigns: which orders they claim, and what they cost day by day.

use crate::calendar::{Calendar, Day};
use crate::channels::{PAID_SEARCH, PAID_SOCIAL};
use crate::countries::COUNTRIES;
use crate::draws::{Draws, Stream, Weights};
use crate::seasons;
use crate::sheet::Sheet;
use crate::stories::{OVERSPEND, OVERSPEND_CAMPAIGN};

/// Spend of an average day at the beginning over all campaigns, in USD.
const SPEND_A_DAY: f64 = 2_450.0;
/// Growth of the spend a year.
const GROWTH: f64 = 0.26;
/// The share of orders from ads whose campaign is known.
const KNOWN: f64 = 0.92;

/// A campaign.
#[derive(Debug)]
pub(crate) struct Campaign {
    name: &'static str,
    channel: usize,
    platform: &'static str,
    objective: &'static str,
    /// Where it runs; empty for everywhere.
    countries: &'static [&'static str],
    /// Its share of the spend.
    budget: f64,
    /// How well it sells over what it costs.
    effect: f64,
    /// USD for a click, and clicks over impressions.
    click: (f64, f64),
}

const EUROPE: &[&str] = &["ES", "DE", "PT"];
const SEARCH: (f64, f64) = (0.56, 0.041);
const BRAND: (f64, f64) = (0.24, 0.092);
const META: (f64, f64) = (0.39, 0.013);
const TIKTOK: (f64, f64) = (0.27, 0.009);

const fn search(
    name: &'static str,
    countries: &'static [&'static str],
    [budget, effect]: [f64; 2],
) -> Campaign {
    Campaign {
        name,
        channel: PAID_SEARCH,
        platform: "Google Ads",
        objective: "prospecting",
        countries,
        budget,
        effect,
        click: SEARCH,
    }
}

const fn social(
    name: &'static str,
    countries: &'static [&'static str],
    [budget, effect]: [f64; 2],
) -> Campaign {
    Campaign {
        name,
        channel: PAID_SOCIAL,
        platform: "Meta Ads",
        objective: "prospecting",
        countries,
        budget,
        effect,
        click: META,
    }
}

static CAMPAIGNS: [Campaign; 12] = [
    Campaign {
        objective: "brand",
        click: BRAND,
        ..search("Brand Search", &[], [0.08, 2.6])
    },
    search("Generic Search BR", &["BR"], [0.12, 1.0]),
    search("Generic Search MX", &["MX"], [0.07, 0.9]),
    search("Generic Search US", &["US"], [0.11, 0.9]),
    search("Generic Search EU", EUROPE, [0.10, 1.0]),
    search("Shopping Feed", &[], [0.12, 1.3]),
    social("Social Prospecting BR", &["BR"], [0.10, 1.0]),
    social("Social Prospecting MX", &["MX"], [0.06, 0.9]),
    social("Social Prospecting US", &["US"], [0.08, 0.8]),
    social("Social Prospecting EU", EUROPE, [0.07, 0.9]),
    Campaign {
        objective: "retargeting",
        ..social("Social Retargeting", &[], [0.05, 2.2])
    },
    Campaign {
        platform: "TikTok Ads",
        click: TIKTOK,
        ..social("TikTok Creators", &[], [0.04, 0.7])
    },
];

/// All campaigns, and which of them an order comes from.
pub(crate) struct Campaigns {
    /// By country: the campaigns of paid search and those of paid social.
    behind: Vec<[Weights; 2]>,
}

impl Campaigns {
    pub(crate) fn new() -> Self {
        let weights = |channel: usize, country: &str| {
            Weights::new(CAMPAIGNS.iter().map(|campaign| {
                let runs = campaign.countries.is_empty() || campaign.countries.contains(&country);
                let reach = if campaign.countries.is_empty() {
                    0.35
                } else {
                    1.0
                };
                if campaign.channel == channel && runs {
                    campaign.budget * campaign.effect * reach
                } else {
                    0.0
                }
            }))
        };
        let behind = COUNTRIES
            .iter()
            .map(|country| {
                [
                    weights(PAID_SEARCH, country.code),
                    weights(PAID_SOCIAL, country.code),
                ]
            })
            .collect();
        Self { behind }
    }

    /// The id of the campaign behind an order, where the channel has campaigns and it is known.
    pub(crate) fn behind(&self, channel: usize, country: usize, draws: &mut Draws) -> Option<u8> {
        let [search, social] = &self.behind[country];
        let weights = match channel {
            PAID_SEARCH => search,
            PAID_SOCIAL => social,
            _ => return None,
        };
        draws.chance(KNOWN).then(|| draws.pick(weights) as u8 + 1)
    }
}

/// The campaigns as a table.
pub(crate) fn campaigns_sheet() -> Sheet<'static, Campaign> {
    Sheet::of("campaigns", &CAMPAIGNS)
        .count_from("campaign_id", 1)
        .text("name", |campaign| campaign.name)
        .text("platform", |campaign| campaign.platform)
        .text("objective", |campaign| campaign.objective)
}

/// A row of `ad_spend`.
#[derive(Debug)]
pub(crate) struct AdDay {
    campaign: usize,
    day: i32,
    /// US cents.
    spend: i64,
    impressions: i64,
    clicks: i64,
}

/// What every campaign cost on every day.
pub(crate) fn draw(calendar: &Calendar, scale: f64) -> Vec<AdDay> {
    let mut draws = Draws::of(Stream::Marketing);
    let mut rows = Vec::with_capacity(calendar.days().len() * CAMPAIGNS.len());
    for day in calendar.days() {
        let season = seasons::demand("", day.date).powf(0.75);
        let budget = SPEND_A_DAY * scale * (1.0 + GROWTH).powf(day.years) * season;
        for (place, campaign) in CAMPAIGNS.iter().enumerate() {
            rows.push(ad_day(
                place,
                campaign,
                day,
                budget * campaign.budget,
                &mut draws,
            ));
        }
    }
    rows
}

/// The spend as a table.
pub(crate) fn spend_sheet(rows: &[AdDay]) -> Sheet<'_, AdDay> {
    Sheet::of("ad_spend", rows)
        .date("spent_on", |row| row.day)
        .int("campaign_id", |row| row.campaign as i64 + 1)
        .money("spend_usd", |row| row.spend)
        .int("impressions", |row| row.impressions)
        .int("clicks", |row| row.clicks)
}

fn ad_day(place: usize, campaign: &Campaign, day: &Day, dollars: f64, draws: &mut Draws) -> AdDay {
    let over = campaign.name == OVERSPEND_CAMPAIGN && day.within(OVERSPEND);
    let (spend_factor, click_factor, view_factor) = if over {
        (2.0, 1.2, 1.9)
    } else {
        (1.0, 1.0, 1.0)
    };
    let (click_price, click_share) = campaign.click;
    let plain = dollars * draws.noise(0.07);
    let clicks = plain / click_price * draws.noise(0.05);
    let views = clicks / click_share * draws.noise(0.05);
    AdDay {
        campaign: place,
        day: day.epoch,
        spend: (plain * spend_factor * 100.0).round() as i64,
        impressions: (views * view_factor).round() as i64,
        clicks: (clicks * click_factor).round() as i64,
    }
}
