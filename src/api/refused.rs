//! The calls that were refused: a refused call changes nothing, so no fact tells of it, and the session remembers the
//! newest ones for whoever looks. A world that is opened again begins with none.

use std::collections::VecDeque;

use serde_json::Value;

use crate::{engine::time::Instant, model::ApiError};

/// How many refused calls are remembered.
const MOST: usize = 200;
/// How many bytes of input, about.
const MOST_BYTES: usize = 1 << 20;

/// A call that was refused.
#[derive(Clone, Debug, PartialEq)]
pub struct RefusedCall {
    /// Counts the refused calls of the session, from 0.
    pub number: u64,
    /// When, on the world's clock.
    pub at: Instant,
    /// The number of the newest fact then.
    pub after: u64,
    /// The operation, or the control.
    pub name: String,
    /// What it was given; null for a control, and where it was too large to be remembered.
    pub input: Value,
    /// Whether it is a control of the simulator.
    pub control: bool,
    /// The service's answer.
    pub error: ApiError,
}

/// Refused calls, oldest first.
#[derive(Clone, Debug, Default)]
pub struct RefusedCalls {
    calls: VecDeque<RefusedCall>,
    next: u64,
}

impl RefusedCalls {
    /// Remembers one; its number is given to it here.
    pub fn note(&mut self, mut call: RefusedCall) {
        if super::calls::weight(&call.input) > MOST_BYTES {
            call.input = Value::Null;
        }
        call.number = self.next;
        self.next += 1;
        self.calls.push_back(call);
        while self.calls.len() > MOST || (self.bytes() > MOST_BYTES && self.calls.len() > 1) {
            self.calls.pop_front();
        }
    }

    /// The newest first.
    pub fn newest(&self) -> impl Iterator<Item = &RefusedCall> {
        self.calls.iter().rev()
    }

    fn bytes(&self) -> usize {
        self.calls
            .iter()
            .map(|call| super::calls::weight(&call.input))
            .sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ErrorCode;

    fn refused(input: Value) -> RefusedCall {
        RefusedCall {
            number: 0,
            at: Instant(0),
            after: 0,
            name: "GetPipeline".into(),
            input,
            control: false,
            error: ApiError::new(ErrorCode::PipelineNotFoundException, "none"),
        }
    }

    #[test]
    fn the_newest_are_kept_and_large_inputs_are_not() {
        let mut calls = RefusedCalls::default();
        for _ in 0..MOST + 3 {
            calls.note(refused(Value::Null));
        }
        let numbers: Vec<u64> = calls.newest().map(|call| call.number).collect();
        assert_eq!((numbers.len(), numbers.first()), (MOST, Some(&202)));
        calls.note(refused(Value::from("x".repeat(MOST_BYTES + 1))));
        assert_eq!(
            calls.newest().next().map(|call| &call.input),
            Some(&Value::Null)
        );
        for _ in 0..5 {
            calls.note(refused(Value::from("x".repeat(MOST_BYTES / 2))));
        }
        assert!(calls.newest().count() <= 2);
    }
}
