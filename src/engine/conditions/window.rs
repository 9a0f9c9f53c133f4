//! When a DeploymentWindow rule succeeds: while its window is open, else it waits for it (CO-22 to CO-24, CO-35).

use std::collections::BTreeMap;

use super::Finding;
use crate::engine::{cron::Cron, time::Instant, zones::Zone};

/// What a rule finds that looks `now`.
#[must_use]
pub fn finding(configuration: &BTreeMap<String, String>, now: Instant) -> Finding {
    let text = |key: &str| configuration.get(key).map(String::as_str);
    let cron = match Cron::parse(text("Cron").unwrap_or_default()) {
        Ok(cron) => cron,
        Err(error) => return Finding::CannotRun(error.to_string()),
    };
    let zone = match Zone::parse(text("TimeZone").unwrap_or("UTC")) {
        Ok(zone) => zone,
        Err(error) => return Finding::CannotRun(error.to_string()),
    };
    match cron.next_open(now, zone) {
        Some(at) if at <= now => Finding::Succeeds("The deployment window is open".to_owned()),
        Some(at) => Finding::Opens(at),
        None => {
            Finding::Fails("The deployment window does not open in the next 5 years".to_owned())
        }
    }
}
