//! The words around the forms of operations.

pub const TITLE: &str = "Operations";
pub const OPEN: &str = "Operations…";
pub const INTRO: &str =
    "Everything the service can be asked. Each form begins with what is selected.";
pub const CLOSE: &str = "Close";
pub const FIELDS: &str = "Input";
pub const CALL: &str = "The call";
pub const JSON: &str = "JSON";
pub const JSON_LABEL: &str = "The input as JSON";
pub const ANSWER: &str = "Answer";
pub const NO_ANSWER_YET: &str = "The answer stands here once it is sent.";
pub const NO_INPUT: &str = "It takes no input.";
pub const SEND: &str = "Send";
pub const RESET: &str = "Begin again";
pub const NEXT_PAGE: &str = "Ask for the next page";
