//! The words around the timeline.

pub const TITLE: &str = "Timeline";
pub const ORDER: &str = "Order of the timeline";
pub const BY_STAGE: &str = "By stage";
pub const BY_EXECUTION: &str = "By execution";
pub const TABLE: &str = "Table";
/// Puts away who was where.
pub const READ_CLOSE: &str = "Close what is read";
pub const LEGEND: &str = "thin bar: in front, thick bar: inside";
pub const TOOLS: &str = "Timeline zoom";
pub const IN: &str = "Zoom in";
pub const OUT: &str = "Zoom out";
pub const FIT: &str = "Fit";
pub const FIT_NAME: &str = "Fit everything that is live";
pub const FOLD: &str = "Fold idle time";
pub const NOW: &str = "Now";
pub const EMPTY: &str = "Each execution becomes a row of bars here: thin while it waits, thick while it is inside a stage.";
pub const KEYS: &str = "Arrow keys move along the bars, Enter selects the execution, plus and minus zoom, Shift with an arrow moves in time, 0 fits.";
pub const TABLE_LABEL: &str = "Timeline as a table";
pub const EXECUTION: &str = "Execution";
pub const STAGE: &str = "Stage";
pub const WHAT: &str = "What";
pub const FROM: &str = "From";
pub const TO: &str = "To";
pub const SPAN: &str = "How long";
pub fn execution(letter: &str, short: &str) -> String {
    format!("Execution {letter}, {short}")
}
