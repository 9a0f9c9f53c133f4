//! The operations as they stand on the screen: the list of them, or the form of one with its answer.

use super::FormItem;
use crate::page::call_text::CallText;

/// The operations.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OperateView {
    /// All of them, while none is chosen.
    pub groups: Vec<OperationGroup>,
    /// The form of the one that is chosen.
    pub form: Option<OperateForm>,
}

/// Operations about one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperationGroup {
    /// What they are about.
    pub title: &'static str,
    /// Name and summary of each.
    pub operations: Vec<(&'static str, &'static str)>,
}

/// The form of an operation.
#[derive(Clone, Debug, PartialEq)]
pub struct OperateForm {
    /// Its name.
    pub name: &'static str,
    /// What it does, in a sentence.
    pub summary: &'static str,
    /// Its fields and what stands between them.
    pub items: Vec<FormItem>,
    /// The input as JSON.
    pub text: String,
    /// Why the text is no JSON, as a sentence.
    pub broken: Option<String>,
    /// The call as it is written for the clients.
    pub call: CallText,
    /// What would come of it now, where that is a refusal; else empty.
    pub outlook: String,
    /// What came of the last call.
    pub answer: Option<AnswerView>,
    /// Whether it differs from what it began as.
    pub changed: bool,
    /// Whether it can be sent.
    pub ready: bool,
}

/// What came of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerView {
    /// The exception's name, if it was refused.
    pub error: Option<String>,
    /// "Answer, 09:57:10".
    pub title: String,
    /// The answer as JSON, or the exception's message.
    pub text: String,
    /// Whether the list goes on.
    pub next: bool,
}
