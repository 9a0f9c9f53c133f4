//! Facts as the lines of a story: when, who, what happened, to what, and by which rule.

use codepipeline_simulator::{
    api::told::Told,
    engine::time::{DAY, HOUR, MINUTE, SECOND},
};

/// What no story tells: the stage directions of the scenario, and housekeeping.
const UNTOLD: [&str; 5] = [
    "BehaviorSet",
    "WorkerPollPlanned",
    "ExecutionsArchived",
    "ExecutionRecalled",
    "HistoryDropped",
];

/// A fact without its time; `None` where it is not part of a story.
pub fn line(told: &Told, name: impl Fn(&str) -> String) -> Option<String> {
    if UNTOLD.contains(&told.r#type) {
        return None;
    }
    let mut line = String::new();
    if let Some(execution) = &told.pipeline_execution_id {
        line.push_str(&name(execution));
        line.push(' ');
    }
    line.push_str(&words(told.r#type));
    let place = match &told.stage_name {
        Some(stage) => {
            let inside = [
                told.action_name.as_deref(),
                told.condition,
                told.rule_name.as_deref(),
            ];
            let mut place = stage.clone();
            for part in inside.into_iter().flatten() {
                place.push('.');
                place.push_str(part);
            }
            Some(place)
        }
        None if told.pipeline_execution_id.is_some() => None,
        None => told.pipeline_name.clone().or(told.resource.clone()),
    };
    let status = told.status.clone().filter(|status| status != "InProgress");
    let job = told.job_id.as_deref().map(&name);
    let rest: Vec<String> = place.into_iter().chain(job).chain(status).collect();
    if !rest.is_empty() {
        line.push_str(": ");
        line.push_str(&rest.join(" "));
    }
    if let Some(reason) = &told.reason {
        line.push_str(" (");
        line.push_str(reason.rule);
        let place = [
            reason.action_name.clone(),
            reason.rule_name.clone(),
            reason.condition.map(str::to_owned),
            reason.stage_name.clone(),
        ];
        let place = place.into_iter().flatten().next();
        let by = reason.pipeline_execution_id.as_deref().map(name);
        for part in by.into_iter().chain(place) {
            line.push(' ');
            line.push_str(&part);
        }
        line.push(')');
    }
    Some(line)
}

/// `StageEntered` as `stage entered`.
fn words(kind: &str) -> String {
    let mut words = String::new();
    for letter in kind.chars() {
        if letter.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(letter.to_lowercase());
    }
    words
}

/// A span of time as scenario files write it.
pub fn span(milliseconds: i64) -> String {
    let mut rest = milliseconds;
    let mut text = String::new();
    for (unit, name) in [
        (DAY, "d"),
        (HOUR, "h"),
        (MINUTE, "m"),
        (SECOND, "s"),
        (1, "ms"),
    ] {
        let count = rest / unit;
        rest %= unit;
        if count > 0 {
            text.push_str(&format!("{count}{name}"));
        }
    }
    if text.is_empty() {
        text.push('0');
    }
    text
}

#[test]
fn spans_are_written_with_their_units() {
    for (span_of, text) in [
        (0, "0"),
        (MINUTE, "1m"),
        (DAY + HOUR + 5 * SECOND + 7, "1d1h5s7ms"),
    ] {
        assert_eq!(span(span_of), text);
    }
}
