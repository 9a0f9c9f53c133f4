//! Everything a person can do in the jobs view. Calls of a worker are values as well: what the view shows is what is
//! sent.

use serde_json::Value;

/// One thing a person does with jobs and workers.
#[derive(Clone, Debug, PartialEq)]
pub enum JobsCommand {
    /// Show the jobs of an action.
    Of {
        /// Its stage.
        stage: String,
        /// Its name.
        action: String,
    },
    /// Show the jobs of another action type, as `Category/Owner/Provider/Version`.
    Kind(String),
    /// A field of the call that comes next now holds this.
    Set {
        /// Which field.
        field: String,
        /// What stands in it.
        value: String,
    },
    /// A call of a worker, played by hand.
    Call {
        /// The operation.
        operation: &'static str,
        /// Its input.
        input: Value,
    },
    /// The worker of an action type asks for no more jobs.
    Detach(String),
    /// Show more of the jobs of a station, by its place.
    More(usize),
    /// Open the world of the gallery that has workers, and show its jobs.
    Lesson,
}
