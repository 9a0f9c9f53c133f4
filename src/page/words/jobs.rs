//! Words of the controls of the jobs view.

pub const TITLE: &str = "Jobs";
pub fn title(pipeline: &str) -> String {
    format!("Jobs of {pipeline}")
}
pub fn strip(pipeline: &str) -> String {
    format!("Stages of {pipeline}")
}
pub const KIND: &str = "Action type";
pub const LINE: &str = "Stations of a job";
pub const LOOPS: &str = "Ways back";
pub const WHY: &str = "why?";
pub fn why(short: &str) -> String {
    format!("why? Job {short}")
}
pub const JOB: &str = "Job";
pub const WORKERS: &str = "Workers";
pub const NEWS: &str = "What happened to them";
pub const PLAY: &str = "Play the worker";
pub const OF: &str = "of execution";
pub fn job(short: &str) -> String {
    format!("job {short}")
}
pub const STEPS: &str = "Steps of a worker";
pub const DONE: &str = "done";
pub const NOW: &str = "next";
pub const CALLS: &str = "What you called";
pub const ANSWERS: &str = "answered";
pub const REFUSED: &str = "refused";
pub const CALL: &str = "The call";
pub const NO_NEWS: &str = "Polls, acknowledgements and reports appear here as they happen.";
pub const NO_CALLS: &str =
    "Your calls and their answers appear here. They are real calls of the API of this world.";
pub const EMPTY_TITLE: &str = "No action here has jobs";
pub const EMPTY: &str = "A job is the work of a custom action, of a partner's action or of a function, as somebody outside does it. A worker \
     polls for it, acknowledges it with its nonce, and reports success, failure, or that it goes on. What nobody acknowledges comes back.";
pub const EMPTY_HOW: &str = "Add an action of a custom type to this pipeline, or open the world that has one, with a worker that falls silent.";
pub const OPEN_LESSON: &str = "Open A custom action with workers";
pub const BACK: &str = "Back to the picture";
pub fn jobs_of(count: &str, action: &str) -> String {
    format!("{count} of {action}")
}
