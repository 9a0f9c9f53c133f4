//! Jobs and workers: the stations, the tickets, the cards of the workers, what the calls of a worker come to.

use super::counted;

pub fn count(jobs: u64) -> String {
    counted(jobs, "job", "jobs")
}
/// "Test / Custom / BenchRig / 1" of an action type.
pub fn about(actions: &str, stages: &str) -> String {
    format!("Jobs of {actions} in {stages}.")
}
pub fn parallel(inside: u64) -> String {
    format!(
        "PARALLEL: {} in it at once.",
        counted(inside, "execution is", "executions are")
    )
}
pub fn hint(action: &str) -> String {
    format!("No job yet. When {action} begins, its job is made here and can be had by a worker.")
}
pub fn hint_partner(action: &str) -> String {
    format!(
        "No job yet. The simulated partner ends {action} by itself. Attach a worker, and its next action makes a job."
    )
}
pub const HINT_FUNCTION: &str =
    "No job yet. When the action begins, its function is invoked with a job of its own.";

/// The stations, in order.
pub const STATIONS: [&str; 5] = ["Created", "Queued", "Dispatched", "InProgress", "Ended"];
pub fn created(seconds: i64) -> String {
    format!("Made by the action. A continuation can be had after {seconds} s.")
}
pub const QUEUED: &str = "Waits until a worker polls for this action type.";
pub fn queued_for(property: &str) -> String {
    format!("Waits until a worker polls for this action type and its {property}.")
}
pub fn dispatched(seconds: i64) -> String {
    format!("Handed out with a nonce. Must be acknowledged within {seconds} s.")
}
pub fn in_progress(limit: &str) -> String {
    format!("Acknowledged. Nobody else gets it. Times out {limit} after its action began.")
}
pub const ENDED: &str = "A finished job never comes back. Late reports are refused.";
pub const EARLIER: &str = "Jobs of earlier executions are kept with them. Select one in the timeline, and its jobs of this type are \
                           here, too.";
pub const FORGOTTEN: &str =
    "This world keeps no history: earlier executions are gone, and their jobs with them.";
pub const NO_QUEUE: &str = "A function is invoked. Nobody polls for its job.";
pub const NO_DISPATCH: &str = "A function has no nonce and acknowledges nothing.";
pub fn invoked(limit: &str) -> String {
    format!("Invoked. Fails after {limit} without a word.")
}
pub fn more(next: u64, others: u64) -> String {
    if next < others {
        format!("Show {next} of {others} more")
    } else {
        format!("Show {others} more")
    }
}
pub fn elsewhere(jobs: u64) -> String {
    format!("and {} of other pipelines", counted(jobs, "job", "jobs"))
}
pub fn loop_back(seconds: i64) -> String {
    format!("not acknowledged in {seconds} s: back, with a new nonce")
}
pub fn loop_on(seconds: i64) -> String {
    format!(
        "reported with a continuation token: this job succeeds, the action goes on, a new job follows after {seconds} s"
    )
}

/// What a ticket says.
pub mod ticket {
    pub fn visible_in(span: &str) -> String {
        format!("to be had in {span}")
    }
    pub fn waits(span: &str) -> String {
        format!("waits {span}")
    }
    pub fn left(span: &str) -> String {
        format!("{span} left")
    }
    pub fn percent(percent: i64) -> String {
        format!("{percent} %")
    }
    pub const YOUR_TURN: &str = "Your turn";
    pub const WORKING: &str = "Working";
    pub const SUCCEEDED: &str = "Succeeded";
    pub const FAILED: &str = "Failed";
    pub const TIMED_OUT: &str = "Timed out";
    pub fn continues(before: &str) -> String {
        format!("goes on from job {before}")
    }
    pub const FIRST: &str = "made by its action";
    pub const NOBODY: &str = "nobody asks for it";
    pub const OUTSIDE: &str = "until a program outside polls";
    pub const HELD: &str = "the behaviour of its action decides";
    pub fn next_poll(worker: &str, span: &str) -> String {
        format!("{worker} polls in {span}")
    }
    pub fn full(worker: &str) -> String {
        format!("{worker} has its hands full")
    }
    pub fn again(reason: &str) -> String {
        format!("back: not acknowledged; {reason}")
    }
    pub fn handed_to(whom: &str, nonce: &str) -> String {
        format!("handed to {whom}, nonce {nonce}")
    }
    pub fn handed_out(nonce: &str) -> String {
        format!("handed out, nonce {nonce}")
    }
    pub fn reports(worker: &str, span: &str) -> String {
        format!("on {worker}, reports in {span}")
    }
    pub fn silent(worker: &str) -> String {
        format!("on {worker}, never reports")
    }
    pub const YOURS: &str = "yours, not reported yet";
    pub const THEIRS: &str = "a program outside, not reported yet";
    pub fn function(span: &str) -> String {
        format!("its function reports in {span}")
    }
    pub const FUNCTION_SILENT: &str = "its function has said nothing yet";
    pub fn ended(time: &str) -> String {
        time.to_owned()
    }
    pub fn went_on(time: &str, next: &str) -> String {
        format!("{time}, goes on in job {next}")
    }
    pub fn failed(time: &str, code: &str, message: &str) -> String {
        format!("{time}, {code}: {message}")
    }
    pub fn label(short: &str, letter: &str, station: &str, state: &str, line: &str) -> String {
        format!("{short} {state} {line}. Job of execution {letter}, {station}")
    }
}

/// The cards of the workers.
pub mod worker {
    pub fn name(number: u32) -> String {
        format!("worker {number}")
    }
    pub const OUTSIDE_NAME: &str = "A program outside";
    pub const YOU: &str = "You";
    pub const FUNCTION: &str = "The simulated function";
    pub fn working(jobs: u64) -> String {
        super::counted(jobs, "job in hand", "jobs in hand")
    }
    pub const IDLE: &str = "Idle";
    pub const OUTSIDE: &str = "Elsewhere";
    pub const NOBODY: &str = "No worker";
    pub const MISSING: &str = "None attached";
    pub const JOB: &str = "Job";
    pub const NONE: &str = "none";
    pub const REPORTS: &str = "Reports";
    pub const POLLS: &str = "Polls";
    pub const TAKES: &str = "Takes";
    pub const RESULT: &str = "Result";
    pub const HABIT: &str = "Habit";
    pub const AT_ONCE: &str = "At once";
    pub const NEXT: &str = "Next";
    pub fn within(span: &str) -> String {
        format!("in {span}")
    }
    pub fn polls(every: &str, next: &str) -> String {
        format!("every {every}, next in {next}")
    }
    pub fn polls_for(every: &str, next: &str) -> String {
        format!("every {every}, next in {next}: it gets a job")
    }
    pub fn span(min: &str, max: &str) -> String {
        if min == max {
            min.to_owned()
        } else {
            format!("{min} to {max}")
        }
    }
    pub const SUCCEEDS: &str = "succeeds";
    pub fn fails(code: &str) -> String {
        format!("fails with {code}")
    }
    pub fn fails_sometimes(code: &str, percent: u8) -> String {
        format!("fails with {code}, {percent} %")
    }
    pub fn continues(count: u64) -> String {
        format!("goes on {} first", super::counted(count, "time", "times"))
    }
    pub const NEVER_ACKNOWLEDGES: &str = "never acknowledges";
    pub const NEVER_REPORTS: &str = "acknowledges, never reports";
    pub fn jobs_at_once(most: u64) -> String {
        super::counted(most, "job", "jobs")
    }
    pub const OUTSIDE_POLLS: &str = "through the API: a script, a program at the endpoint, or you";
    pub const YOU_POLL: &str = "when you press Poll";
    pub const YOU_DECIDE: &str = "you decide";
    pub const FUNCTION_POLLS: &str = "never: it is invoked";
    pub const FUNCTION_REPORTS: &str = "by itself when its time is over";
    pub const ACKNOWLEDGE_IT: &str = "acknowledge it";
    pub const REPORT_IT: &str = "report it";
    pub const POLL: &str = "poll";
    pub const NOBODY_POLLS: &str = "nobody does: its jobs wait in the queue";
    pub const PARTNER: &str = "The simulated partner";
    pub const NO_JOBS: &str = "No jobs";
    pub const PARTNER_ENDS: &str =
        "its actions end by themselves; with a worker attached, each makes a job";
    pub const ATTACH: &str = "Attach a worker…";
    pub const ATTACH_OUTSIDE: &str = "Let a program outside do it…";
    pub const CHANGE: &str = "Change…";
    pub const DETACH: &str = "Detach";
}

/// What happened, as rows: a bold word, the rest, and the whole as a sentence.
pub mod news {
    pub struct News {
        pub word: &'static str,
        pub text: String,
    }
    fn news(word: &'static str, text: String) -> News {
        News { word, text }
    }
    pub fn created(job: &str) -> News {
        news("Created:", format!("job {job}"))
    }
    pub fn invoked(job: &str) -> News {
        news("Invoked:", format!("the function, with job {job}"))
    }
    pub fn follows(job: &str, before: &str, token: &str) -> News {
        news(
            "Created:",
            format!("job {job} goes on from {before}, token {token}"),
        )
    }
    pub fn visible(job: &str) -> News {
        news("Queued:", format!("job {job} can be had"))
    }
    pub fn back(job: &str, seconds: i64) -> News {
        news(
            "Back in the queue:",
            format!("job {job}, {seconds} s without AcknowledgeJob"),
        )
    }
    pub fn handed_out(job: &str, whom: &str, nonce: u32) -> News {
        news("Handed out:", format!("job {job} to {whom}, nonce {nonce}"))
    }
    pub fn acknowledged(job: &str, whom: &str) -> News {
        news("Acknowledged:", format!("job {job} by {whom}"))
    }
    pub const SUCCEEDED: &str = "Succeeded:";
    pub const FAILED: &str = "Failed:";
    pub const TIMED_OUT: &str = "Timed out:";
    pub fn ended(word: &'static str, job: &str, goes_on: bool) -> News {
        let text = if goes_on {
            format!("job {job}, and its action goes on")
        } else {
            format!("job {job}")
        };
        news(word, text)
    }
    pub fn attached(worker: &str) -> News {
        news("Attached:", format!("{worker}, set as its card says"))
    }
    pub fn changed(worker: &str) -> News {
        news("Changed:", format!("{worker} works as its card says"))
    }
    pub fn detached(worker: &str) -> News {
        news("Detached:", format!("{worker} asks for no more jobs"))
    }
    pub const YOU: &str = "you";
    pub const OUTSIDE: &str = "a program outside";
    pub const SOMEBODY: &str = "a worker";
    pub fn sentence(letter: Option<&str>, word: &str, text: &str) -> String {
        match letter {
            Some(letter) => format!("{word} {text} of execution {letter}"),
            None => format!("{word} {text}"),
        }
    }
}

/// The worker played by hand.
pub mod play {
    pub const POLL: &str = "Poll";
    pub const INVOKE: &str = "Invoke";
    pub const DETAILS: &str = "Get details";
    pub const ACKNOWLEDGE: &str = "Acknowledge";
    pub const REPORT: &str = "Report";
    pub fn acknowledge_with(nonce: &str) -> String {
        format!("Acknowledge with nonce {nonce}")
    }
    pub const STALE: &str = "Use a stale nonce";
    pub const LAPSE: &str = "Let it lapse";
    pub const GET_DETAILS: &str = "Get the details";
    pub const SUCCEED: &str = "Report success";
    pub const FAIL: &str = "Report failure";
    pub const GO_ON: &str = "Report that it goes on";
    pub const LATE: &str = "Report it late";
    pub const POLL_AGAIN: &str = "Poll for the next job";
    pub const NOTE_POLL: &str = "Hands out the oldest job that can be had, with a nonce. With none, it answers an empty list.";
    pub const NOTE_POLL_PARTNER: &str =
        "Hands out the oldest job that can be had: ids only. The nonce comes with the details.";
    pub fn note_taken(word: &str) -> String {
        format!("This job is {word}. {NOTE_POLL}")
    }
    pub const NOTE_NOT_YET: &str =
        "This job cannot be had yet. A poll hands out another one, or none.";
    pub const NOTE_DETAILS: &str =
        "A partner's worker shows who it is with its client token, and gets the nonce here.";
    pub fn note_acknowledge(nonce: &str, seconds: i64) -> String {
        let next = nonce
            .parse::<u32>()
            .map_or(0, |nonce| nonce.saturating_add(1));
        format!(
            "Answers {{\"status\": \"InProgress\"}}. A stale nonce is refused with InvalidNonceException. Lapse: after {seconds} s the job is queued again, and the next poll mints nonce {next}."
        )
    }
    pub const NOTE_REPORT: &str = "Results carry no nonce: whoever knows the id of the job may report it. The answer is empty.";
    pub const NOTE_OVER: &str = "This job is over. A late report is refused with InvalidJobStateException and changes nothing.";
    pub const NOTE_GO_ON: &str = "This job succeeds, its action goes on, and a new job with this token follows. The answer is empty.";
    pub const NOTE_FUNCTION: &str = "No job of the function is under way. Its action invokes it; then it can be reported from here.";
    pub const OUTCOME: &str = "Report";
    pub const SUCCESS: &str = "Success";
    pub const FAILURE: &str = "Failure";
    pub const CONTINUE: &str = "It goes on";
    pub const QUERY: &str = "the value of the property that workers ask by";
    pub const VARIABLES: &str = "one on each line: name=value";
    pub const OPTIONAL: &str = "may stay empty";
    pub const REVISION: &str = "what the source found; may stay empty";
    pub const MESSAGE: &str = "The worker could not do it";
    pub const TOKEN: &str = "opaque; the next job brings it back";
    pub const CLIENT_TOKEN: &str = "how a partner's worker shows who it is";
    pub fn no_pair(text: &str) -> String {
        format!("'{text}' is not name=value")
    }
    pub fn no_percent(text: &str) -> String {
        format!("'{text}' is no whole number from 0 to 100")
    }
    pub const NEEDED: &str = "cannot be empty";

    pub fn got(job: &str, nonce: &str) -> String {
        format!("handed out job {job}, nonce {nonce}")
    }
    pub fn got_id(job: &str) -> String {
        format!("handed out job {job}")
    }
    pub const EMPTY: &str = "no job to be had";
    pub fn status(status: &str) -> String {
        format!("status {status}")
    }
    pub fn nonce(nonce: &str) -> String {
        format!("nonce {nonce}")
    }
    pub const ACCEPTED: &str = "accepted, with an empty answer";
    pub fn refused(name: &str, message: &str) -> String {
        format!("{name}: {message}")
    }
    pub const EMPTY_BODY: &str = "(empty body)";
}

/// Why a job is where it is: headlines with places, sentences, what can be pressed.
pub mod why {
    pub const CREATED: &str = "{job} of {who} cannot be had yet: it goes on from {before}";
    pub const NOBODY: &str = "{job} of {who} waits: nobody asks for {kind}";
    pub const POLL: &str = "{job} of {who} waits until {worker} polls";
    pub const FULL: &str = "{job} of {who} waits: {worker} has its hands full";
    pub const OUTSIDE: &str = "{job} of {who} waits until a program outside polls";
    pub const HELD: &str = "{job} of {who} is not handed out: the behaviour of {action} decides it";
    pub const AGAIN: &str = "{job} of {who} is in the queue again: it was not acknowledged";
    pub const DISPATCHED: &str = "{job} of {who} was handed out and waits for its acknowledgement";
    pub const WORKING: &str = "{job} of {who} is being done by {worker}";
    pub const UNREPORTED: &str = "{job} of {who} waits for a report";
    pub fn job(short: &str) -> String {
        format!("Job {short}")
    }
    pub fn lapsed(nonce: &str, seconds: i64) -> String {
        format!(
            "Whoever got it with nonce {nonce} did not acknowledge it within {seconds} s, so it can be had again with a new one."
        )
    }
    pub fn next_poll(worker: &str, span: &str) -> String {
        format!("The next poll of {worker} comes in {span}.")
    }
    pub fn full(worker: &str, span: &str) -> String {
        format!(
            "All that {worker} can have in hand is taken. It reports the next of them in {span}."
        )
    }
    pub fn silent(worker: &str) -> String {
        format!("Jobs that {worker} takes are never acknowledged.")
    }
    pub fn lapses(span: &str) -> String {
        format!("Unacknowledged, it is queued again in {span}.")
    }
    pub fn goes_on_in(span: &str) -> String {
        format!(
            "The worker of the job before reported that the work goes on. This one can be had in {span}."
        )
    }
    pub const BY_CALL: &str = "It was acknowledged by a call and is not reported yet. Under Play the worker you can report it.";
    pub const HOLDS: &str = "While a behaviour says how the action ends, no worker gets its job.";
    pub const POLL_YOURSELF: &str = "Poll yourself";
    pub const ACKNOWLEDGE: &str = "Acknowledge it";
    pub const LAPSE: &str = "Let it lapse";
    pub const SHOW: &str = "Show its job";
}

/// The details of a job.
pub mod details {
    pub fn title(short: &str) -> String {
        format!("Job {short}")
    }
    pub const ACTION: &str = "Action";
    pub const TYPE: &str = "Action type";
    pub const NONCE: &str = "Nonce";
    pub fn nonce(nonce: &str, times: u64) -> String {
        format!(
            "{nonce}, handed out {}",
            super::counted(times, "time", "times")
        )
    }
    pub const NO_NONCE: &str = "none, never handed out";
    pub const CREATED: &str = "Created";
    pub const CHANGED: &str = "Since";
    pub const VISIBLE: &str = "To be had";
    pub const LAPSES: &str = "Lapses";
    pub const REPORTS: &str = "Reports";
    pub const ENDED: &str = "Ended";
    pub const TIMES_OUT: &str = "Action times out";
    pub const WORKER: &str = "Worker";
    pub const CONTINUES: &str = "Goes on from";
    pub const CONTINUED: &str = "Goes on in";
    pub const TOKEN: &str = "Token";
    pub const CLIENT: &str = "Client";
    pub const SUMMARY: &str = "Summary";
    pub const PERCENT: &str = "Percent";
    pub const EXTERNAL: &str = "External id";
    pub const MESSAGE: &str = "Message";
    pub const INPUTS: &str = "Inputs";
    pub const OUTPUTS: &str = "Outputs";
    pub fn show_jobs(count: &str) -> String {
        format!("Show its {count}")
    }
    pub fn show_execution(letter: &str) -> String {
        format!("Show execution {letter}")
    }
    pub fn show_action(action: &str) -> String {
        format!("Show action {action}")
    }
    pub const IS_CREATED: &str = "Not to be had yet";
    pub const IS_QUEUED: &str = "Waits for a poll";
    pub const IS_DISPATCHED: &str = "Waits for its acknowledgement";
    pub const IS_IN_PROGRESS: &str = "Being done";
}

/// The form of a worker.
pub mod form {
    pub fn title(kind: &str, attached: bool) -> String {
        if attached {
            format!("The worker of {kind}")
        } else {
            format!("A worker for {kind}")
        }
    }
    pub const ATTACH: &str = "Attach";
    pub const CHANGE: &str = "Change";
    pub const WHO: &str = "Who";
    pub const SIMULATED: &str = "A worker of the simulator";
    pub const SIMULATED_NOTE: &str = "It polls, acknowledges, works for a while and reports.";
    pub const OUTSIDE: &str = "A program outside";
    pub const OUTSIDE_NOTE: &str =
        "Nothing polls here: a script, a program at the endpoint, or you by hand.";
    pub const INTERVAL: &str = "seconds from one poll to the next";
    pub const AT_ONCE: &str = "jobs in hand at most";
    pub const DURATION: &str = "seconds on each job";
    pub const SILENCE: &str = "Habit";
    pub const PROPER: &str = "Does everything it should";
    pub const NEVER_ACKNOWLEDGES: &str = "Takes jobs and never acknowledges them";
    pub const NEVER_REPORTS: &str = "Acknowledges jobs and never reports";
    pub const RESULT: &str = "Result";
    pub const SUCCEEDS: &str = "Succeeds";
    pub const FAILS: &str = "Fails";
    pub const FLAKY: &str = "Fails now and then";
    pub const CONTINUATIONS: &str = "how many times it goes on in another job first";
    pub const FUNCTION: &str =
        "A function is invoked. A program outside can stand for it and report through the API.";
    pub fn attached(kind: &str) -> String {
        format!("From now on this worker does the jobs of {kind}.")
    }
    pub fn outside(kind: &str) -> String {
        format!("Jobs of {kind} wait until a program outside, or you, polls for them.")
    }
}
