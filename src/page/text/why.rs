//! The answers to "why?": a headline per situation, the sentences under it, what can be pressed.

pub mod conditions;

/// Headlines. A place in braces is filled with a sign or a name.
pub mod headline {
    pub const WORKING: &str = "{who} is inside {stage} while {action} runs";
    pub const WORKING_MORE: &str = "{who} is inside {stage} while {action} and {more} run";
    pub const WORKING_NONE: &str = "{who} is inside {stage}";
    pub const APPROVAL: &str = "{who} waits for a person: {action}";
    pub const HELD: &str = "{who} waits for your decision: {action}";
    pub const HANGING: &str = "{who} waits for {action}, which never answers";
    pub const WORKER: &str = "{who} waits for a worker: {action}";
    pub const LIMIT: &str = "{action} has not started: {who} runs five actions already";
    pub const FAILING_APPROVAL: &str =
        "{failed} failed, but {stage} goes on until {action} is answered";
    pub const FAILING_HELD: &str = "{failed} failed, but {stage} goes on until {action} is decided";
    pub const FAILING: &str = "{failed} failed, but {stage} goes on until {action} ends";
    pub const STOPPING: &str = "{who} is stopping and waits for {action}";
    pub const STOPPED: &str = "{who} was stopped";
    pub const INERT: &str = "{who} will not go on";
    pub const CANCELLING: &str = "{who} goes no further than {action}";
    pub const CANCELLING_NONE: &str = "{who} goes no further than {stage}";

    pub const LOCK: &str = "{who} waits for {stage}, held by {holder}";
    pub const LOCK_APPROVAL: &str =
        "{who} waits for {stage}, held by {holder} until {action} is answered";
    pub const LOCK_HELD: &str =
        "{who} waits for {stage}, held by {holder} until {action} is decided";
    pub const LOCK_HANGING: &str =
        "{who} waits for {stage}, held by {holder} while {action} never answers";
    pub const LOCK_WORKER: &str =
        "{who} waits for {stage}, held by {holder} until a worker does {action}";
    pub const LOCK_WORKING: &str = "{who} waits for {stage}, held by {holder} while {action} runs";
    pub const LOCK_WORKING_MORE: &str =
        "{who} waits for {stage}, held by {holder} while {action} and {more} run";
    pub const LOCK_CANCELLING: &str =
        "{who} waits for {stage}, held by {holder} until {action} has ended";
    pub const LOCK_ASKED: &str =
        "{who} waits for {stage}, held by {holder} while {condition} is checked";
    pub const ASKED: &str = "{who} is held to {condition} of {stage}";
    pub const GATE: &str = "{who} waits at the closed gate in front of {stage}";
    pub const GATE_AND_LOCK: &str =
        "{who} is held twice: by a {gate} and by {holder} inside {stage}";
    pub const IN_LINE: &str = "{who} is {nth} in line for {stage}, behind {ahead}";
    pub const IN_LINE_TWO: &str =
        "{who} is {nth} in line for {stage}, behind {ahead} and {nearest}";
    pub const IN_LINE_MORE: &str =
        "{who} is {nth} in line for {stage}, behind {nearest} and {more}";
    pub const PASSING: &str = "{who} goes on into {stage}";

    pub const SUPERSEDED: &str = "{who} was superseded by {by} in front of {stage}";
    pub const SUPERSEDED_PASSING: &str = "{who} was superseded by {by}";
    pub const FAILED: &str = "{who} failed in {stage}";
    pub const FAILED_ACTION: &str = "{who} failed in {stage} because {action} failed";
    pub const FAILED_CONDITION: &str = "{who} failed in {stage} because of {condition}";
    pub const ROLLED_BACK: &str = "{who} brought {stage} back to {target}";
    pub const REFUSED: &str = "The start of {who} was refused";
    pub const CANCELLED: &str = "{who} was cancelled by {version}";
    pub const SUCCEEDED: &str = "{who} went through all stages";
    pub const UNRECORDED: &str = "{who} ended";

    pub const CLOSED_GATE: &str = "closed gate";
    pub fn more(count: usize) -> String {
        format!("{count} more")
    }
    pub fn version(version: u32) -> String {
        format!("version {version}")
    }
}

/// Sentences, each whole.
pub mod sentence {
    pub fn ends_in(action: &str, span: &str) -> String {
        format!("{action} ends in {span}.")
    }
    pub fn asked(action: &str, at: &str) -> String {
        format!("{action} was asked for {at}.")
    }
    pub fn unanswered_lock(at: &str, after: &str) -> String {
        format!("Unanswered, it fails {at}, after {after}, and the lock is free.")
    }
    pub fn unanswered(at: &str, after: &str) -> String {
        format!("Unanswered, it fails {at}, after {after}.")
    }
    pub fn unanswered_approval(at: &str) -> String {
        format!("Unanswered, the approval fails {at}.")
    }
    pub fn beside(action: &str, span: &str) -> String {
        format!("{action} runs beside it and ends in {span}.")
    }
    pub fn undecided(action: &str, at: &str) -> String {
        format!("Undecided, {action} times out {at} and fails.")
    }
    pub fn held_by_setting(action: &str) -> String {
        format!("Its behaviour says that {action} is held until you decide it.")
    }
    pub fn hangs(action: &str, at: &str) -> String {
        format!("Its behaviour says that {action} never answers: it times out {at} and fails.")
    }
    pub fn nobody_asks(kind: &str) -> String {
        format!("Nobody asks for jobs of {kind}.")
    }
    pub fn waits_for_poll(kind: &str) -> String {
        format!("Its job waits until the worker of {kind} asks for jobs.")
    }
    pub fn handed_out(at: &str) -> String {
        format!("A worker got its job and has not acknowledged it: {at} another one can have it.")
    }
    pub const UNREPORTED: &str = "A worker has acknowledged its job and not reported yet.";
    pub fn reported_by_itself(at: &str) -> String {
        format!("A worker has acknowledged its job, and reports {at}.")
    }
    pub fn goes_on(at: &str) -> String {
        format!("Its worker goes on: the next job can be had {at}.")
    }
    pub fn without_worker(action: &str, at: &str, after: &str) -> String {
        format!("{action} fails {at}, {after} after it began.")
    }
    pub fn no_overtaking(who: &str) -> String {
        format!(
            "Newer executions cannot overtake {who}: superseding happens only in front of a stage."
        )
    }
    pub fn entered(who: &str, at: &str) -> String {
        format!("{who} entered {at}.")
    }
    pub fn will_fail(action: &str) -> String {
        format!("Its behaviour says that {action} will fail.")
    }
    pub fn may_fail(action: &str, percent: u8) -> String {
        format!("Its behaviour says that {action} fails with {percent} %.")
    }
    pub fn five_at_once(who: &str) -> String {
        format!("Five actions of {who} are running, the most for one execution in PARALLEL.")
    }
    pub fn starts_when_room(action: &str, span: &str) -> String {
        format!("{action} starts when one of them has ended, in {span}.")
    }
    pub fn starts_when_room_unknown(action: &str) -> String {
        format!("{action} starts when one of them has ended.")
    }
    pub const STAGE_ENDS_TOGETHER: &str = "A stage ends when its running actions have ended.";
    pub fn fails_whatever_the_answer(who: &str) -> String {
        format!("Whatever the answer, {who} fails then.")
    }
    pub fn fails_then(who: &str) -> String {
        format!("{who} fails then.")
    }
    pub fn saved(version: u32, at: &str) -> String {
        format!("Version {version} was saved {at}.")
    }
    pub fn drains(who: &str) -> String {
        format!("What runs may end, nothing further starts, and then {who} is cancelled.")
    }

    pub fn waited_enters(who: &str, since: &str, holder: &str) -> String {
        format!("{who} has waited since {since} and enters as soon as {holder} leaves.")
    }
    pub fn waited(who: &str, since: &str) -> String {
        format!("{who} has waited since {since}.")
    }
    pub fn newer_takes_place(who: &str) -> String {
        format!(
            "If a newer execution gets here before that, it takes {who}'s place and {who} is superseded."
        )
    }
    pub fn closed_by(by: &str, at: &str, reason: &str) -> String {
        format!("Closed by {by} {at}: \"{reason}\".")
    }
    pub fn closed_by_you(at: &str, reason: &str) -> String {
        format!("You closed it {at}: \"{reason}\".")
    }
    pub fn closed(reason: &str) -> String {
        format!("It was closed: \"{reason}\".")
    }
    pub fn enters_when_open(who: &str, stage: &str) -> String {
        format!("{stage} is free, so {who} enters the moment the gate opens.")
    }
    pub fn enters_when_open_parallel(who: &str) -> String {
        format!("In PARALLEL nothing else can hold {who}.")
    }
    pub fn opening_not_enough(who: &str, holder: &str) -> String {
        format!("Opening the gate is not enough; {who} then waits until {holder} leaves.")
    }
    pub fn holds_lock(holder: &str) -> String {
        format!("{holder} holds the lock.")
    }
    pub const GATE_CLOSED_TOO: &str = "The gate is closed as well.";
    pub const NOBODY_OVERTAKES: &str = "Nobody overtakes in QUEUED mode.";
    pub const AT_ONCE: &str = "Nothing holds it.";

    pub fn both_stood(stage: &str, at: &str) -> String {
        format!("Both stood in front of {stage} {at}, and there only the newest may wait.")
    }
    pub fn had_waited(who: &str, span: &str) -> String {
        format!("{who} had waited {span}.")
    }
    pub const NO_RETRY: &str = "It cannot be retried.";
    pub fn failed_with(action: &str, code: &str, message: &str) -> String {
        format!("{action} failed with {code}: {message}")
    }
    pub fn abandoned(action: &str) -> String {
        format!("{action} was abandoned.")
    }
    pub fn lock_is_free(stage: &str, at: &str) -> String {
        format!("It failed {at}, and the lock of {stage} became free.")
    }
    pub fn failed_at(at: &str) -> String {
        format!("It failed {at}.")
    }
    pub fn followed(who: &str, by: &str) -> String {
        format!("{by} has entered since, so {who} cannot be retried any more.")
    }
    pub fn refused_full(most: u32, mode: &str) -> String {
        format!("{most} executions were active, the most for a {mode} pipeline.")
    }
    pub fn refused_variable(variable: &str) -> String {
        format!(
            "The pipeline variable {variable} has no default value, and an event gives it none."
        )
    }
    pub const RECORDED_AS_FAILED: &str =
        "Nobody waited for an answer, so it is recorded as failed.";
    pub fn stop_drains(who: &str) -> String {
        format!(
            "Stop and wait lets running actions end, and nothing further starts. Then {who} is stopped."
        )
    }
    pub fn stop_reason(reason: &str) -> String {
        format!("The reason given: \"{reason}\".")
    }
    pub fn stopped(who: &str, at: &str) -> String {
        format!("{who} was stopped {at}.")
    }
    pub fn stopped_inside(who: &str, at: &str, stage: &str) -> String {
        format!(
            "{who} was stopped {at}, when its running actions in {stage} had ended. {stage} can be retried while nobody newer has entered."
        )
    }
    pub fn stopped_abandoning(who: &str, at: &str, stage: &str) -> String {
        format!(
            "{who} was stopped {at}, and its running actions in {stage} were abandoned. {stage} can be retried while nobody newer has entered."
        )
    }
    pub fn stopped_waiting(who: &str, at: &str, stage: &str) -> String {
        format!(
            "{who} was stopped {at} in front of {stage}. It never entered, so it cannot be retried."
        )
    }
    pub fn inert(stage: &str) -> String {
        format!(
            "The gate in front of {stage} was closed for more than 30 days. After that an opened gate no longer lets the waiting one in. A new execution passes."
        )
    }
    pub fn cancelled_waiting(who: &str, at: &str, version: u32) -> String {
        format!(
            "{who} was cancelled {at}, when version {version} was saved. Executions that wait do not survive a change of the pipeline."
        )
    }
    pub fn cancelled_inside(who: &str, at: &str, version: u32, stage: &str) -> String {
        format!(
            "Version {version} was saved while {who} was inside {stage}. What ran there was let finish, and {who} was cancelled {at}."
        )
    }
    pub fn succeeded(at: &str, span: &str) -> String {
        format!("It succeeded {at}, after {span}.")
    }
    pub const NO_REASON: &str = "No reason was recorded.";
}

/// What can be pressed.
pub mod press {
    pub const ANSWER: &str = "Answer approval…";
    pub const NEXT_FACT: &str = "Next fact";
    pub const START: &str = "Start execution";
    pub const OPEN_GATE: &str = "Open the gate";
    pub fn decide(action: &str) -> String {
        format!("Decide {action}…")
    }
    pub fn behaviour(action: &str) -> String {
        format!("Set what {action} does…")
    }
    pub fn show(who: &str) -> String {
        format!("Show {who}")
    }
    pub fn show_action(action: &str) -> String {
        format!("Show {action}")
    }
}
