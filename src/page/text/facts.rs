//! What the list of facts says around its sentences.

use super::counted;

/// "12 new".
pub fn fresh(count: usize) -> String {
    format!("{} new", super::thousands(count as u64))
}

pub fn shown(count: usize) -> String {
    counted(count as u64, "fact", "facts")
}

pub const REFUSED: &str = "Refused";
pub const REFUSED_CHANGED_NOTHING: &str = "The call was refused, and nothing has changed. This list remembers it until the page is closed.";
pub fn refused(error: &str, message: &str) -> String {
    if message.is_empty() {
        error.to_owned()
    } else {
        format!("{error}: {message}")
    }
}
pub fn refused_sentence(call: &str, error: &str, message: &str) -> String {
    format!("{call} was refused. {}", refused(error, message))
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
