//! The rules on pipeline declarations, one row per rule: a change of a declaration that is right, and the answer.
//!
//! Rows about single members (PL-1, PL-3, PL-13, PL-19, SG-1, SG-8, AC-1, AC-2, AC-5, AC-8, AC-16, AC-17, AC-35,
//! PV-1, TF-5 and the lengths of others) are missing on purpose: those are shapes, checked and tested in the model.

mod accepted;
mod draft;
mod refused;
mod stored;
mod texts;

/// The ids of the rules that a row of the tables shows.
pub fn rules_of_the_tables() -> Vec<&'static str> {
    refused::rules().chain(accepted::rules()).collect()
}
