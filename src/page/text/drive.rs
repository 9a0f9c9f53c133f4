//! What forms say: titles, helps, buttons, and what would happen.

use super::{counted, list};

pub const CHOOSE_STAGE: &str = "the stage that is meant";

/// The first letter of a sentence is a capital.
pub fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().collect::<String>() + letters.as_str(),
        None => String::new(),
    }
}

/// Something that happens in another pipeline.
pub fn elsewhere(pipeline: &str, text: &str) -> String {
    format!("{pipeline}: {text}")
}

/// What would happen, each a sentence.
pub mod effect {
    use super::{counted, list};

    pub fn starts(who: &str) -> String {
        format!("{who} starts.")
    }
    pub fn rolls_back(who: &str, stage: &str, target: &str) -> String {
        format!("{who} starts in {stage} at once and puts back what {target} brought there.")
    }
    pub fn enters(who: &str, stage: &str) -> String {
        format!("{who} enters {stage}.")
    }
    pub fn waits(who: &str, stage: &str) -> String {
        format!("{who} waits in front of {stage}.")
    }
    pub fn superseded(who: &str, by: &str) -> String {
        format!("{who} is superseded by {by}.")
    }
    pub fn stopped(who: &str) -> String {
        format!("{who} is stopped at once.")
    }
    pub fn cancelled(who: &str) -> String {
        format!("{who} is cancelled.")
    }
    pub fn fails(who: &str) -> String {
        format!("{who} fails.")
    }
    pub fn succeeds(who: &str) -> String {
        format!("{who} succeeds.")
    }
    pub fn cut_off(what: &[String]) -> String {
        match what {
            [one] => format!("{one} is cut off."),
            several => format!("{} are cut off.", list(several)),
        }
    }
    pub fn condition_cut_off(condition: &str) -> String {
        format!("The check of {condition} is cut off.")
    }
    pub fn asked_first(condition: &str) -> String {
        format!("First {condition} is checked.")
    }
    pub fn run(actions: &[String], stage: &str) -> String {
        match actions {
            [one] => format!("{one} runs again in {stage}."),
            several => format!("{} run again in {stage}.", list(several)),
        }
    }
    pub fn retried(who: &str, stage: &str) -> String {
        format!("{who} takes the lock of {stage} again.")
    }
    pub fn resumes(who: &str, stage: &str) -> String {
        format!("{who} goes on in {stage}.")
    }
    pub fn passes(who: &str, condition: &str) -> String {
        format!("{who} passes {condition}.")
    }
    pub fn condition_fails(who: &str, condition: &str) -> String {
        format!("{who} does not pass {condition}.")
    }
    pub fn more(count: usize) -> String {
        counted(count as u64, "more thing follows.", "more things follow.")
    }
}

/// The gate.
pub mod gate {
    pub fn close(stage: &str) -> String {
        format!("Close the gate in front of {stage}")
    }
    pub fn open(stage: &str) -> String {
        format!("Open the gate in front of {stage}")
    }
    pub const PRESS_CLOSE: &str = "Close the gate";
    pub const PRESS_OPEN: &str = "Open the gate";
    pub const REASON: &str = "at most 300 characters: letters, digits, spaces and ! @ ( ) . * ? -";
    pub fn stays(who: &[String]) -> String {
        match who {
            [one] => format!("{one} waits in front of it and stays there."),
            several => format!(
                "{} wait in front of it and stay there.",
                super::list(several)
            ),
        }
    }
    pub const STOPS_WHOEVER: &str = "Whoever comes to it waits there.";
    pub fn inside_goes_on(who: &str, stage: &str) -> String {
        format!("{who} is inside {stage} and goes on.")
    }
    pub const THIRTY_DAYS: &str = "A gate that was closed for 30 days lets nobody in who waited there, even when it is opened.";
    pub const NOBODY_WAITS: &str = "Nobody waits in front of it. Whoever comes next passes.";
    pub fn held(who: &str, holder: &str, stage: &str) -> String {
        format!("{who} goes on waiting: {holder} holds {stage}.")
    }
    pub fn goes_on_waiting(who: &str) -> String {
        format!("{who} goes on waiting.")
    }
    pub fn inert(who: &str) -> String {
        format!("{who} does not go on: the gate was closed for more than 30 days.")
    }
}

/// Stopping.
pub mod stop {
    pub fn title(who: &str) -> String {
        format!("Stop {who}")
    }
    pub const PRESS: &str = "Stop";
    pub const WAIT: &str = "Stop and wait";
    pub const WAIT_NOTE: &str = "What runs may end, nothing further starts.";
    pub const ABANDON: &str = "Stop and abandon";
    pub const ABANDON_NOTE: &str = "What runs is cut off and left as it is.";
    pub const REASON: &str = "at most 200 characters";
    pub fn lets_end(who: &str, actions: &[String]) -> String {
        match actions {
            [one] => format!("{one} may end, and then {who} is stopped."),
            several => format!(
                "{} may end, and then {who} is stopped.",
                super::list(several)
            ),
        }
    }
    pub fn approvals(actions: &[String]) -> String {
        match actions {
            [one] => format!("{one} still waits for its answer."),
            several => format!("{} still wait for their answers.", super::list(several)),
        }
    }
    pub fn next(who: &str, stage: &str) -> String {
        format!("Then {who} is the next for {stage}.")
    }
}

/// Retrying, rolling back, overriding.
pub mod again {
    pub fn retry(stage: &str) -> String {
        format!("Retry {stage}")
    }
    pub const PRESS_RETRY: &str = "Retry";
    pub const FAILED: &str = "Failed actions";
    pub const FAILED_NOTE: &str =
        "What succeeded is kept; only what failed or was abandoned runs again.";
    pub const ALL: &str = "All actions";
    pub fn told_to_fail(action: &str) -> String {
        format!("{action} is still told to fail: that can be changed in its details.")
    }
    pub const ALL_NOTE: &str = "The whole stage runs again from its first action.";
    pub const NOBODY: &str = "No execution has been inside this stage.";

    pub fn roll_back(stage: &str) -> String {
        format!("Roll {stage} back")
    }
    pub const PRESS_ROLL_BACK: &str = "Roll back";
    pub const TARGETS: &str = "The stage runs again with what this execution brought to it.";
    pub fn target(short: &str, when: &str) -> String {
        format!("{short}, started {when}")
    }
    pub const NO_TARGETS: &str = "Nothing has run yet.";

    pub fn override_of(stage: &str) -> String {
        format!("Override a condition of {stage}")
    }
    pub const PRESS_OVERRIDE: &str = "Override";
    pub const OVERRIDE_INTRO: &str = "The execution goes on as if the condition had been met.";
}

/// Starting.
pub mod start {
    pub fn title(pipeline: &str) -> String {
        format!("Start {pipeline} with…")
    }
    pub const PRESS: &str = "Start execution";
    pub const NOTHING: &str =
        "This pipeline has no variables. Leave a revision empty to run the newest one.";
    pub const INTRO: &str = "Leave a revision empty to run the newest one.";
    pub fn variable(default: Option<&str>, description: Option<&str>) -> String {
        match (default, description) {
            (Some(default), Some(description)) => {
                format!("{} Without a value: {default}", super::stopped(description))
            }
            (Some(default), None) => format!("without a value: {default}"),
            (None, Some(description)) => description.to_owned(),
            (None, None) => "it has no default value".to_owned(),
        }
    }
    pub fn revision(action: &str) -> String {
        format!("revisionValue of {action}")
    }
    pub fn revision_type(action: &str) -> String {
        format!("revisionType of {action}")
    }
    pub fn newest(id: &str) -> String {
        format!("newest now: {id}")
    }
}

/// Pushing.
pub mod push {
    pub const TITLE: &str = "Push a change";
    pub const SOURCE: &str = "Source";
    pub fn source(action: &str, place: &str) -> String {
        format!("{action}: {place}")
    }
    pub const NO_SOURCE: &str =
        "No source action of this world looks at a place where something can be pushed.";
    pub const KIND: &str = "Kind of change";
    pub const COMMIT: &str = "A commit is pushed";
    pub const TAG: &str = "A tag is pushed";
    pub const PULL_REQUEST: &str = "A pull request";
    pub const OBJECT: &str = "An object is put";
    pub const IMAGE: &str = "An image is pushed";
    pub const WEBHOOK: &str = "A webhook is called";
    pub const PRESS_PUSH: &str = "Push";
    pub const PRESS_CALL: &str = "Call";
    pub const FILES: &str = "the changed files, one path on each line";
    pub const OPENED: &str = "opened";
    pub const UPDATED: &str = "updated";
    pub const CLOSED: &str = "closed";
    pub const MADE_UP: &str = "made up where you say nothing";
    pub fn starts(pipeline: &str) -> String {
        format!("{pipeline} starts.")
    }
    pub fn polls(pipeline: &str) -> String {
        format!("{pipeline} finds it when it next looks.")
    }
    pub fn starts_not(pipeline: &str) -> String {
        format!("{pipeline} does not start.")
    }
    pub fn takes(includes: &[String]) -> String {
        format!("It takes {}.", super::list(includes))
    }
    pub fn takes_not(excludes: &[String]) -> String {
        format!("It leaves out {}.", super::list(excludes))
    }
    pub const NOBODY_WATCHES: &str = "No pipeline looks there: nothing starts.";
    pub const BODY: &str =
        "JSON, as the Git host sends it; the signature is made with the webhook's secret";
    pub const SOURCE_IP: &str = "the address that the call comes from";
}

/// Alarms and functions.
pub mod outside {
    pub const ALARM: &str = "Set an alarm";
    pub const PRESS_ALARM: &str = "Set";
    pub const NO_ALARM: &str = "No rule of this world watches an alarm.";
    pub const LAMBDA: &str = "Say what a function answers";
    pub const PRESS_LAMBDA: &str = "Set";
    pub const NO_LAMBDA: &str = "No rule of this world asks a function.";
    pub const RETURNS: &str = "It returns";
    pub const THROWS: &str = "It throws an error";
    pub fn now(state: &str) -> String {
        format!("now {state}")
    }
}

/// How an action behaves.
pub mod behaviour {
    pub fn title(action: &str) -> String {
        format!("What {action} does")
    }
    pub const PRESS: &str = "Set";
    pub const WHO: &str = "For";
    pub fn only(action: &str) -> String {
        format!("{action} alone")
    }
    pub fn every(provider: &str) -> String {
        format!("Every {provider} action of this world")
    }
    pub fn this_one(action: &str, who: &str) -> String {
        format!("{action} of {who}, which runs now")
    }
    pub const OUTCOME: &str = "outcome";
    pub const USUAL: &str = "As usual";
    pub const USUAL_NOTE: &str = "As the catalogue and wider settings say.";
    pub const FLAKY: &str = "Flaky";
    pub const FLAKY_NOTE: &str = "It fails now and then.";
    pub const PROBABILITY: &str = "probability of a failure, from 0 to 1";
    pub const CODE: &str = "code";
    pub const MESSAGE_HELP: &str = "the provider's usual text where you say nothing";
    pub const DURATION: &str = "seconds; as the catalogue says where you say nothing";
    pub const OUTPUTS: &str = "one on each line: name=value";
    pub const TARGETS: &str = "how many targets the deployment reaches, from 1 to 1000";
    pub fn no_number(text: &str) -> String {
        format!("'{text}' is no number")
    }
    pub fn no_pair(text: &str) -> String {
        format!("'{text}' is not name=value")
    }
    pub fn set(what: &str) -> String {
        format!("From now on {what} behaves so.")
    }
}

/// What can be pressed in the details.
pub mod offer {
    pub const RETRY: &str = "Retry…";
    pub const ROLL_BACK: &str = "Roll back…";
    pub const OVERRIDE: &str = "Override…";
    pub const CLOSE_GATE: &str = "Close the gate…";
    pub const OPEN_GATE: &str = "Open the gate…";
    pub const START_WITH: &str = "Start with…";
    pub const START_AGAIN: &str = "Start with its revision…";
    pub const PUSH: &str = "Push…";
    pub const ALARM: &str = "Set alarm…";
    pub const LAMBDA: &str = "Set function…";
    pub const BEHAVIOUR: &str = "Behaviour…";
    pub fn stop(who: &str) -> String {
        format!("Stop {who}…")
    }
    pub fn abandon(who: &str) -> String {
        format!("Abandon {who}…")
    }
    pub fn retry(stage: &str) -> String {
        format!("Retry {stage}…")
    }
    pub fn start_like(who: &str) -> String {
        format!("Start with {who}'s revision…")
    }
    pub const NEVER_ENTERED: &str = "nobody has been inside it yet";
    pub const NO_CONDITION: &str = "the stage has no condition that can be overridden";
}

/// A message of the service as a sentence with a stop.
pub fn stopped(message: &str) -> String {
    let message = message.trim_end();
    if message.ends_with(['.', '!', '?', '}']) || message.is_empty() {
        message.to_owned()
    } else {
        format!("{message}.")
    }
}
