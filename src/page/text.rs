//! EVERY WORD that the views are built of, in one place, so that it can be translated: whole sentences with named
//! places for values, plural forms included. Nothing here decides which sentence is said, and no sentence is put
//! together elsewhere; several finished sentences may follow each other.
//!
//! In call-outs a headline is a template: `{who}` and its like are places for signs and names, filled by
//! `view::build::chain`. Execution names are letters, times and spans come formatted by `view::build::time`.

#![allow(missing_docs, reason = "each entry is its own text")]

pub mod details;
pub mod drive;
pub mod edit;
pub mod fact;
pub mod facts;
pub mod gallery;
pub mod jobs;
pub mod operate;
pub mod palette;
pub mod picture;
pub mod rule;
pub mod timeline;
pub mod why;

/// "1 execution", "3 executions".
fn counted(count: u64, one: &str, many: &str) -> String {
    if count == 1 {
        format!("1 {one}")
    } else {
        format!("{} {many}", thousands(count))
    }
}

/// "8,214".
pub fn thousands(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// "1st", "2nd", "3rd", "4th", "11th".
pub fn nth(place: usize) -> String {
    let ending = match (place % 10, place % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{place}{ending}")
}

/// "E", "E and F", "E, F and G".
pub fn list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// "214 facts".
pub fn facts(count: u64) -> String {
    counted(count, "fact", "facts")
}

/// Units, weekdays, months.
pub mod time {
    use super::counted;

    const WEEKDAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];

    /// 0 is Sunday.
    pub fn weekday(number: u32) -> &'static str {
        WEEKDAYS.get(number as usize).copied().unwrap_or_default()
    }
    /// 1 is January.
    pub fn month(number: u32) -> &'static str {
        MONTHS
            .get((number as usize).wrapping_sub(1))
            .copied()
            .unwrap_or_default()
    }
    pub fn date(weekday: &str, day: u32, month: &str, year: i64) -> String {
        format!("{weekday} {day} {month} {year}, UTC")
    }
    pub fn day(weekday: &str, day: u32, month: &str, time: &str) -> String {
        format!("{weekday} {day} {month}, {time}")
    }
    pub fn day_of_year(weekday: &str, day: u32, month: &str, year: i64, time: &str) -> String {
        format!("{weekday} {day} {month} {year}, {time}")
    }
    pub fn short_day(day: u32, month: &str, time: &str) -> String {
        format!("{day} {month}, {time}")
    }
    /// "4 Mar".
    pub fn day_alone(day: u32, month: &str) -> String {
        format!("{day} {month}")
    }
    pub fn at(time: &str) -> String {
        format!("at {time}")
    }
    pub fn on(day_and_time: &str) -> String {
        format!("on {day_and_time}")
    }
    pub fn about(span: &str) -> String {
        format!("about {span}")
    }
    pub fn under_a_second() -> String {
        "under 1 s".to_owned()
    }
    pub fn seconds(seconds: i64) -> String {
        format!("{seconds} s")
    }
    pub fn minutes_exact(minutes: i64) -> String {
        format!("{minutes} m")
    }
    pub fn minutes_and_seconds(minutes: i64, seconds: i64) -> String {
        format!("{minutes} m {seconds:02} s")
    }
    pub fn minutes(minutes: i64) -> String {
        format!("{minutes} min")
    }
    pub fn hours(hours: i64) -> String {
        format!("{hours} h")
    }
    pub fn hours_and_minutes(hours: i64, minutes: i64) -> String {
        format!("{hours} h {minutes} min")
    }
    pub fn days(days: i64) -> String {
        counted(days.unsigned_abs(), "day", "days")
    }
    pub fn days_and_hours(days: i64, hours: i64) -> String {
        format!("{} {hours} h", self::days(days))
    }
}

/// Who did something.
pub mod person {
    pub const YOU: &str = "you";
}

/// The world, its storage, its pipelines.
pub mod world {
    pub const SAVED: &str = "Saved";
    pub const IN_MEMORY: &str = "In memory";
    pub const NOT_SAVED: &str = "Not saved";
    pub const FOLLOWS: &str = "Read only";
    pub const SAVE_AS_FILE: &str = "Save as file…";
    pub const SAVE_STORED: &str = "Save what is stored…";
    pub const SAVE_SHOWN: &str = "Save the world shown…";
    pub const TAKE_OVER: &str = "Take over here";
    pub const ANOTHER_TAB: &str = "Another tab writes this world; this one shows what happens there and changes nothing. When that tab is \
         closed, this one goes on by itself.";
    /// What a browser says of a trouble may end without a period.
    fn sentence(reason: &str) -> String {
        let end = if reason.ends_with(['.', '!', '?']) {
            ""
        } else {
            "."
        };
        format!("{reason}{end}")
    }
    pub fn memory_only(reason: &str) -> String {
        let reason = sentence(reason);
        format!("{reason} What happens here is gone when you close the page.")
    }
    pub fn beside(reason: &str) -> String {
        format!(
            "{} What is stored stays as it is. Its records can be saved as a file, to keep or to mend by hand; the simulator \
             cannot open that file. The world shown is another one, in memory, and gone when you close the page.",
            sentence(reason)
        )
    }
    pub fn detached(reason: &str) -> String {
        let reason = sentence(reason);
        format!(
            "Not saved. {reason} The page goes on in memory; what was saved before is untouched."
        )
    }
    pub fn pipeline_note(kind: &str, mode: &str, version: u32) -> String {
        format!("{kind}, {mode}, version {version}")
    }
    pub fn version(version: u32) -> String {
        format!("version {version}")
    }
    pub const HINT_EMPTY: &str = "This is a pipeline: one line, and on it stages with one socket each. Press Start execution and \
         watch A take each socket in turn, and give it back. Nothing here touches AWS.";
    pub const HINT_READY: &str = "This is a pipeline: one line, and on it stages with one socket each. A has already run. Press Start \
         execution: B takes each socket in turn, and gives it back. Start more while it runs, and see who waits for whom.";
    pub const HINT_STARTED: &str = "This is a pipeline: one line, and on it stages with one socket each. A is under way. Let the \
         clock run and watch it take each socket in turn, and give it back. Nothing here touches AWS.";
    pub const HINT_PARALLEL: &str = "This is a pipeline in PARALLEL mode: no stage is locked and nobody waits. A is under way. Let \
         the clock run and start more beside it. Nothing here touches AWS.";
}

/// State words (the page's own; the API's stand beside them in the details).
pub mod state {
    pub const RUNNING: &str = "Running";
    pub const HANGING: &str = "Hanging";
    pub const NEEDS_APPROVAL: &str = "Needs approval";
    pub const HELD: &str = "Held: decide";
    pub const WAITS_FOR_WORKER: &str = "Waits for a worker";
    pub const WORKED_AT: &str = "Worker at work";
    pub const ASKED: &str = "Held to a condition";
    pub const WAITS_FOR_LOCK: &str = "Waits for the lock";
    pub const WAITS_AT_GATE: &str = "Waits at a closed gate";
    pub const PASSING: &str = "Goes on";
    pub const FAILING: &str = "Fails when the rest is done";
    pub const INERT: &str = "Will not go on";
    pub const CANCELLING: &str = "Cancelling";
    pub const SUCCEEDED: &str = "Succeeded";
    pub const FAILED: &str = "Failed";
    pub const REFUSED: &str = "Start refused";
    pub const SUPERSEDED: &str = "Superseded";
    pub const CANCELLED: &str = "Cancelled";
    pub const STOPPED: &str = "Stopped";
    pub const STOPPING: &str = "Stopping";
    pub const SKIPPED: &str = "Skipped";
    pub const NOT_STARTED: &str = "Not started";
    pub const NOT_REACHED: &str = "Not reached";
    pub const ABANDONED: &str = "Abandoned";
    pub const REJECTED: &str = "Rejected";
    pub const EXPIRED: &str = "Expired";
    pub const TIMED_OUT: &str = "Timed out";
    pub fn running_share(percent: u8) -> String {
        format!("Running, {percent} %")
    }
    pub fn done(span: &str) -> String {
        format!("Done, {span}")
    }
    pub fn approved(span: &str) -> String {
        format!("Approved, {span}")
    }
    pub fn in_line(nth: &str) -> String {
        format!("{nth} in line")
    }
}

/// The line under a token of the roster: where it is and why.
pub mod roster {
    pub fn holds(stage: &str, span: &str) -> String {
        format!("holds {stage}, {span} so far")
    }
    pub fn inside(stage: &str, span: &str) -> String {
        format!("in {stage}, {span} so far")
    }
    pub fn no_room(stage: &str, waiting: u64, span: &str) -> String {
        let actions = super::counted(waiting, "action waits", "actions wait");
        format!("in {stage}, {actions} for room, {span} so far")
    }
    pub fn failing(stage: &str, action: &str) -> String {
        format!("in {stage}, {action} failed, others still run")
    }
    pub fn stopping(stage: &str) -> String {
        format!("in {stage}, until what runs has ended")
    }
    pub fn inert(stage: &str, span: &str) -> String {
        format!("in front of {stage}, {span}")
    }
    pub fn stopped(time: &str) -> String {
        format!("by a person, {time}")
    }
    pub fn asked(stage: &str, condition: &str) -> String {
        format!("{condition} of {stage}")
    }
    pub fn failed_condition(stage: &str, condition: &str, time: &str) -> String {
        format!("in {stage} by {condition}, {time}")
    }
    pub fn rolled_back(stage: &str, target: &str, time: &str) -> String {
        format!("{stage} as {target} had it, {time}")
    }
    pub fn cancelling(stage: &str, version: u32) -> String {
        format!("in {stage}, goes no further, version {version} was saved")
    }
    pub fn lock(stage: &str, holder: &str, span: &str) -> String {
        format!("of {stage}, held by {holder}, {span} so far")
    }
    pub fn gate(stage: &str, span: &str) -> String {
        format!("in front of {stage}, {span} so far")
    }
    pub fn gate_and_lock(stage: &str, holder: &str, span: &str) -> String {
        format!("in front of {stage}, held by {holder}, {span} so far")
    }
    pub fn in_line(stage: &str, ahead: &str, span: &str) -> String {
        format!("for {stage}, behind {ahead}, {span} so far")
    }
    pub fn passing(stage: &str) -> String {
        format!("into {stage}")
    }
    pub fn superseded(by: &str, stage: &str, time: &str) -> String {
        format!("by {by}, in front of {stage}, {time}")
    }
    pub fn superseded_passing(by: &str, time: &str) -> String {
        format!("by {by}, {time}")
    }
    pub fn failed(stage: &str, time: &str) -> String {
        format!("in {stage}, {time}")
    }
    pub fn failed_action(stage: &str, action: &str, time: &str) -> String {
        format!("in {stage} at {action}, {time}")
    }
    pub fn refused_full(time: &str) -> String {
        format!("too many were active, {time}")
    }
    pub fn refused_variable(variable: &str, time: &str) -> String {
        format!("{variable} has no value, {time}")
    }
    pub fn cancelled(version: u32, time: &str) -> String {
        format!("by version {version}, {time}")
    }
    pub fn succeeded(span: &str, time: &str) -> String {
        format!("after {span}, {time}")
    }
    pub fn ended(time: &str) -> String {
        format!("ended, {time}")
    }
}

/// A stage, its gate, and who stands in front of it.
pub mod stage {
    use super::counted;

    pub const FREE: &str = "free";
    pub const NOBODY_INSIDE: &str = "nobody inside";
    pub fn locked(holder: &str, span: &str) -> String {
        format!("locked by {holder}, {span}")
    }
    pub fn failed(who: &str) -> String {
        format!("failed for {who}")
    }
    pub fn skipped(who: &str) -> String {
        format!("free, {who} skipped it")
    }
    pub fn inside(count: u64) -> String {
        format!("{} inside", super::thousands(count))
    }
    pub fn label(name: &str, place: usize, of: usize, line: &str) -> String {
        format!("{name}, stage {place} of {of}, {line}")
    }
    pub fn label_waiting(name: &str, place: usize, of: usize, line: &str, waiting: u64) -> String {
        let waits = counted(waiting, "execution waits", "executions wait");
        format!("{name}, stage {place} of {of}, {line}, {waits}")
    }
    pub fn gate_open(stage: &str) -> String {
        format!("Gate in front of {stage}: open")
    }
    pub fn gate_closed(stage: &str, note: &str) -> String {
        format!("Gate in front of {stage}: {note}")
    }
    pub fn closed(by: &str, time: &str, reason: &str) -> String {
        format!("closed by {by}, {time}: {reason}")
    }
    pub fn closed_unknown(reason: &str) -> String {
        format!("closed: {reason}")
    }
    pub fn waits(span: &str) -> String {
        format!("waits {span}")
    }
    pub fn waits_in_line(nth: &str, span: &str) -> String {
        format!("{nth}, waits {span}")
    }
    pub fn ghost_superseded(by: &str, time: &str) -> String {
        format!("superseded by {by}, {time}")
    }
    pub fn ghost_stopped(time: &str) -> String {
        format!("stopped, {time}")
    }
    pub fn ghost_cancelled(version: u32, time: &str) -> String {
        format!("cancelled by version {version}, {time}")
    }
    pub fn ghost_left(time: &str) -> String {
        format!("left, {time}")
    }
}

/// An action's tile, its approval, its behaviour.
pub mod action {
    pub const WILL_FAIL: &str = "will fail";
    pub const WILL_BE_HELD: &str = "will be held";
    pub const WILL_HANG: &str = "will hang";
    pub fn may_fail(percent: u8) -> String {
        format!("fails {percent} %")
    }
    pub fn attempt(provider: &str, attempt: usize) -> String {
        format!("{provider}, attempt {attempt}")
    }
    pub fn label(name: &str, provider: &str, order: u32, state: &str) -> String {
        format!("{name}, {provider}, run order {order}: {state}")
    }
    pub fn label_owned(name: &str, provider: &str, order: u32, state: &str, owner: &str) -> String {
        format!("{name}, {provider}, run order {order}: {state}, for {owner}")
    }
    pub fn expiry(at: &str) -> String {
        format!("Unanswered, it fails {at}.")
    }
    pub fn takes_usually(min: &str, max: &str) -> String {
        if min == max {
            format!("takes {min}, as the catalogue says")
        } else {
            format!("takes {min} to {max}, as the catalogue says")
        }
    }
    pub fn takes_as_set(min: &str, max: &str) -> String {
        if min == max {
            format!("takes {min}, as you set it")
        } else {
            format!("takes {min} to {max}, as you set it")
        }
    }
    pub const TAKES_WORKER: &str = "takes as long as its worker takes";
}

/// What happens next.
pub mod clock {
    pub const NOTHING: &str = "nothing";
    pub const UNTIL_START: &str = "until you start an execution.";
    pub const UNTIL_RETRY: &str =
        "until you retry what failed, roll it back, or start an execution.";
    pub fn until_gate(stage: &str) -> String {
        format!("until you open the gate of {stage}, or start an execution.")
    }
    pub const UNTIL_PIPELINE: &str = "until there is a pipeline.";
    /// `until` is one of those above.
    pub fn rests(until: &str) -> String {
        format!("Nothing is under way. The clock rests {until}")
    }
    pub const POLL: &str = "a poll finds a change";
    pub fn worker_polls(provider: &str) -> String {
        format!("the worker of {provider} asks for jobs")
    }
    pub fn offered(action: &str) -> String {
        format!("the job of {action} can be had")
    }
    pub fn offered_elsewhere(action: &str, pipeline: &str) -> String {
        format!("the job of {action} of {pipeline} can be had")
    }
    pub fn poll_elsewhere(pipeline: &str) -> String {
        format!("a poll of {pipeline} finds a change")
    }
    pub fn until_schedule(pipeline: &str, at: &str) -> String {
        format!("moves by itself until the schedule of {pipeline} comes {at}.")
    }
    pub fn within_then_schedule(span: &str, pipeline: &str, at: &str) -> String {
        format!(
            "in {span}. Then nothing moves by itself until the schedule of {pipeline} comes {at}."
        )
    }
    pub fn ends(action: &str) -> String {
        format!("{action} ends")
    }
    pub fn ends_elsewhere(action: &str, pipeline: &str) -> String {
        format!("{action} of {pipeline} ends")
    }
    pub fn within(span: &str) -> String {
        format!("in {span}.")
    }
    pub fn within_then_approval(span: &str, of: Option<&str>, at: &str) -> String {
        format!("in {span}. Then nothing {}", until_approval(of, at))
    }
    pub fn within_then_timeout(span: &str, action: &str, of: Option<&str>, at: &str) -> String {
        format!("in {span}. Then nothing {}", until_timeout(action, of, at))
    }
    pub fn until_approval(of: Option<&str>, at: &str) -> String {
        until_timeout("the approval", of, at)
    }
    /// `of` is the pipeline where that is not the shown one.
    pub fn until_timeout(what: &str, of: Option<&str>, at: &str) -> String {
        match of {
            Some(pipeline) => {
                format!("moves by itself until {what} of {pipeline} times out {at}.")
            }
            None => format!("moves by itself until {what} times out {at}."),
        }
    }
}

/// What started an execution.
pub mod trigger {
    pub const BY_YOU: &str = "by you";
    pub const CREATED: &str = "because the pipeline was created";
    pub const PUSH: &str = "by a push";
    pub const TAG: &str = "by a tag";
    pub const PULL_REQUEST: &str = "by a pull request";
    pub const SCHEDULE: &str = "by its schedule";
    pub const EVENT_RULE: &str = "by an event rule";
    pub const REVISION: &str = "by a new revision";
    pub const ROLLBACK: &str = "as a rollback";
    pub fn by(whom: &str) -> String {
        format!("by {whom}")
    }
    pub fn by_pipeline(pipeline: &str) -> String {
        format!("by the pipeline {pipeline}")
    }
    pub fn polled(action: &str) -> String {
        format!("by a change that {action} found")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_have_their_plural_and_their_thousands() {
        for (count, expected) in [
            (0, "0 facts"),
            (1, "1 fact"),
            (2, "2 facts"),
            (999, "999 facts"),
            (8_214, "8,214 facts"),
            (1_000_000, "1,000,000 facts"),
        ] {
            assert_eq!(facts(count), expected);
        }
        assert_eq!(
            roster::no_room("Build", 1, "5 s"),
            "in Build, 1 action waits for room, 5 s so far"
        );
        assert_eq!(
            roster::no_room("Build", 2, "5 s"),
            "in Build, 2 actions wait for room, 5 s so far"
        );
        assert_eq!(
            stage::label_waiting("Production", 4, 4, "locked by A, 47 min", 1),
            "Production, stage 4 of 4, locked by A, 47 min, 1 execution waits"
        );
        assert_eq!(
            stage::label_waiting("Build", 2, 4, "free", 2),
            "Build, stage 2 of 4, free, 2 executions wait"
        );
    }

    #[test]
    fn places_have_their_ordinals() {
        let said: Vec<String> = [1, 2, 3, 4, 11, 12, 13, 21, 22, 23, 101, 111]
            .into_iter()
            .map(nth)
            .collect();
        assert_eq!(
            said,
            [
                "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "23rd",
                "101st", "111th"
            ]
        );
    }

    #[test]
    fn lists_end_with_and() {
        let names = |names: &[&str]| {
            list(
                &names
                    .iter()
                    .map(|name| (*name).to_owned())
                    .collect::<Vec<_>>(),
            )
        };
        assert_eq!(names(&[]), "");
        assert_eq!(names(&["E"]), "E");
        assert_eq!(names(&["E", "F"]), "E and F");
        assert_eq!(names(&["E", "F", "G"]), "E, F and G");
    }
}
