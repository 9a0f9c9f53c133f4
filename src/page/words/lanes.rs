//! The words around lanes.

use crate::page::state::picture::LaneOrder;

pub const LABEL: &str = "Executions in their lanes";
pub const NOTE: &str =
    "No locks and no queues. Every execution has its own lane; only a closed gate can hold it.";
/// Which lane stands where.
pub const fn ordered(order: LaneOrder) -> &'static str {
    match order {
        LaneOrder::Start => "newest at the bottom",
        LaneOrder::State => "what needs you at the top",
        LaneOrder::Place => "furthest along at the top",
    }
}
pub const EXECUTION: &str = "Execution";
pub const STATE: &str = "state and time so far";
