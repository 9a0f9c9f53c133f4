//! What the list of facts says around its sentences.

use super::counted;

/// "12 new".
pub fn fresh(count: usize) -> String {
    format!("{} new", super::thousands(count as u64))
}

pub fn shown(count: usize) -> String {
    counted(count as u64, "fact", "facts")
}

pub const BY_TIME: &str = "The clock did this; no call caused it.";
pub fn follows(call: &str) -> String {
    format!("It followed from {call} by the rules.")
}
pub fn control(name: &str) -> String {
    format!("{name} is a control of the simulator; the service has no such call.")
}
pub fn not_kept(call: &str) -> String {
    format!(
        "{call} was made before this page was opened, or in another tab: the input was not kept."
    )
}
