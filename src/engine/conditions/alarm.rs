//! How a CloudWatchAlarm rule judges the state of its alarm (CO-21).
//!
//! On entry a watched state has to go away within the wait time; after success none may come up for the whole wait
//! time; after a failure the rule wants to see one.

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};

use super::Finding;
use crate::engine::{
    declaration::ConditionPlace,
    time::{Instant, MINUTE},
};

/// The state of an alarm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum AlarmState {
    /// What it measures is as it should be.
    #[default]
    #[serde(rename = "OK")]
    Ok,
    /// What it measures is not as it should be.
    #[serde(rename = "ALARM")]
    Alarm,
    /// It cannot tell.
    #[serde(rename = "INSUFFICIENT_DATA")]
    InsufficientData,
}

impl AlarmState {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Ok, Self::Alarm, Self::InsufficientData];

    /// As CloudWatch writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "OK",
            Self::Alarm => "ALARM",
            Self::InsufficientData => "INSUFFICIENT_DATA",
        }
    }
}

impl fmt::Display for AlarmState {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

/// How long a rule with this configuration watches: WaitTime, in milliseconds.
#[must_use]
pub fn wait(configuration: &BTreeMap<String, String>) -> i64 {
    /// A wait of ten years is as good as any longer one, and stays inside the calendar.
    const MOST_MINUTES: i64 = 10 * 365 * 24 * 60;
    let minutes: Option<i64> = configuration
        .get("WaitTime")
        .and_then(|text| text.trim().parse().ok());
    minutes.unwrap_or(0).clamp(0, MOST_MINUTES) * MINUTE
}

/// Whether the rule watches for this state: ALARM, unless its configuration names others.
#[must_use]
pub fn watched(configuration: &BTreeMap<String, String>, state: AlarmState) -> bool {
    match configuration.get("AlarmStates") {
        None => state == AlarmState::Alarm,
        Some(named) => named.split(',').any(|name| name.trim() == state.as_str()),
    }
}

/// What a rule finds that looks at its alarm `now`, having begun at `started`.
#[must_use]
pub fn finding(
    place: ConditionPlace,
    configuration: &BTreeMap<String, String>,
    state: AlarmState,
    started: Instant,
    now: Instant,
) -> Finding {
    let name = configuration
        .get("AlarmName")
        .map(String::as_str)
        .unwrap_or_default();
    let said = format!("The alarm {name} is in state {state}");
    let ends = started.after(wait(configuration));
    let over = now >= ends;
    match (place, watched(configuration, state)) {
        (ConditionPlace::BeforeEntry, false) | (ConditionPlace::OnFailure, true) => {
            Finding::Succeeds(said)
        }
        (ConditionPlace::OnSuccess, true) => Finding::Fails(said),
        (ConditionPlace::OnSuccess, false) if over => Finding::Succeeds(said),
        (ConditionPlace::BeforeEntry, true) | (ConditionPlace::OnFailure, false) if over => {
            Finding::Fails(said)
        }
        _ => Finding::Watches(ends),
    }
}
