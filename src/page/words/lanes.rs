//! The words around lanes.

pub const LABEL: &str = "Executions in their lanes";
pub const NOTE: &str =
    "No locks and no queues. Every execution has its own lane; only a closed gate can hold it.";
pub const NEWEST: &str = "newest at the bottom";
pub const EXECUTION: &str = "Execution";
pub const STATE: &str = "state and time so far";
