//! How a CloudWatchAlarm rule judges the state of its alarm (CO-21).
//!
//! On entry a watched state has to go away within the wait time; after success none may come up for the whole wait
//! time; after a failure the rule wants to see one.

use std::{collections::BTreeMap, fmt};

use crate::json::{FromJson, ToJson};

use super::Finding;
use crate::engine::{
    declaration::ConditionPlace,
    time::{Instant, MINUTE},
};

/// The state of an alarm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, ToJson, FromJson)]
pub enum AlarmState {
    /// What it measures is as it should be.
    #[default]
    #[json(rename = "OK")]
    Ok,
    /// What it measures is not as it should be.
    #[json(rename = "ALARM")]
    Alarm,
    /// It cannot tell.
    #[json(rename = "INSUFFICIENT_DATA")]
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

/// How long a rule with this configuration watches: WaitTime, in milliseconds; `None` where that is no number of
/// minutes.
#[must_use]
pub fn wait(configuration: &BTreeMap<String, String>) -> Option<i64> {
    /// A wait of ten years is as good as any longer one, and stays inside the calendar.
    const MOST_MINUTES: u64 = 10 * 365 * 24 * 60;
    let minutes: u64 = match configuration.get("WaitTime") {
        None => 0,
        Some(text) => text.trim().parse().ok()?,
    };
    i64::try_from(minutes.min(MOST_MINUTES))
        .ok()
        .map(|minutes| minutes * MINUTE)
}

/// The states that the rule watches for: ALARM, unless its configuration names others; `None` where it names one that
/// there is not.
#[must_use]
pub fn watched(configuration: &BTreeMap<String, String>) -> Option<Vec<AlarmState>> {
    let Some(named) = configuration.get("AlarmStates") else {
        return Some(vec![AlarmState::Alarm]);
    };
    let state = |name: &str| {
        let mut states = AlarmState::ALL.into_iter();
        states.find(|state| state.as_str() == name.trim())
    };
    named.split(',').map(state).collect()
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
    let Some(wait) = wait(configuration) else {
        return Finding::CannotRun("The WaitTime of the rule is no number of minutes".to_owned());
    };
    let Some(watched) = watched(configuration) else {
        return Finding::CannotRun("The AlarmStates of the rule are not known".to_owned());
    };
    let said = format!("The alarm {name} is in state {state}");
    let ends = started.after(wait);
    let over = now >= ends;
    match (place, watched.contains(&state)) {
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
