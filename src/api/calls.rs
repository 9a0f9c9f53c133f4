//! The calls that made something happen, with what they said: a fact keeps the name of its call, and nothing keeps
//! inputs for ever. So that a fact can be shown with the call that caused it, a session remembers the inputs of the
//! calls made through it, the newest ones, within a bound. A world that is opened again begins with none.

use std::collections::VecDeque;

use serde_json::Value;

use super::refused::RefusedCalls;
use crate::engine::fact::{Cause, Fact};

/// How many calls are remembered: as many as facts are, as each has caused one at least.
const MOST: usize = 2_000;
/// How many bytes of input, about: declarations are large.
const MOST_BYTES: usize = 4 << 20;

/// A call that made something happen.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// The operation.
    pub operation: String,
    /// What it was given.
    pub input: Value,
    /// The number of the first fact that was recorded while it was carried out.
    pub first: u64,
    /// The number of the last one.
    pub last: u64,
    bytes: usize,
}

/// Calls, oldest first.
#[derive(Clone, Debug, Default)]
pub struct Calls {
    calls: VecDeque<Call>,
    bytes: usize,
    /// Those that were refused, which made nothing happen.
    pub refused: RefusedCalls,
}

impl Calls {
    /// Remembers a call during which the facts from `first` to `last` were recorded; none where nothing was.
    pub fn note(&mut self, operation: &str, input: Value, first: u64, last: u64) {
        if last < first {
            return;
        }
        let bytes = weight(&input);
        self.bytes += bytes;
        self.calls.push_back(Call {
            operation: operation.to_owned(),
            input,
            first,
            last,
            bytes,
        });
        // The newest stays, however large.
        while self.calls.len() > MOST || (self.bytes > MOST_BYTES && self.calls.len() > 1) {
            let Some(gone) = self.calls.pop_front() else {
                return;
            };
            self.bytes -= gone.bytes;
        }
    }

    /// The call that caused a fact, if it is remembered. What was due before the call was carried out was recorded
    /// with it, and is time's doing.
    #[must_use]
    pub fn that_caused(&self, fact: &Fact) -> Option<&Call> {
        let Cause::Call(name) = &fact.cause else {
            return None;
        };
        let place = self.calls.partition_point(|call| call.last < fact.sequence);
        self.calls
            .get(place)
            .filter(|call| call.first <= fact.sequence && call.operation == **name)
    }
}

/// About how many bytes a value takes.
pub(super) fn weight(value: &Value) -> usize {
    const EACH: usize = 32;
    EACH + match value {
        Value::String(text) => text.len(),
        Value::Array(items) => items.iter().map(weight).sum(),
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| name.len() + weight(value))
            .sum(),
        Value::Null | Value::Bool(_) | Value::Number(_) => 0,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::engine::{fact::Event, time::Instant};

    fn fact(sequence: u64, cause: Cause) -> Fact {
        Fact {
            sequence,
            at: Instant(0),
            cause,
            event: Event::FailureAnswered {
                operation: "GetPipeline".into(),
            },
        }
    }

    fn called(name: &str) -> Cause {
        Cause::Call(name.into())
    }

    #[test]
    fn a_fact_finds_its_call_and_time_has_none() {
        let mut calls = Calls::default();
        calls.note("StartPipelineExecution", json!({ "name": "a" }), 3, 5);
        calls.note("GetPipeline", json!({}), 6, 5);
        calls.note(
            "StopPipelineExecution",
            json!({ "pipelineName": "a" }),
            8,
            8,
        );
        let cause = |sequence, cause| {
            calls
                .that_caused(&fact(sequence, cause))
                .map(|call| &call.input)
        };
        let start = || called("StartPipelineExecution");
        assert_eq!(cause(2, start()), None, "before");
        assert_eq!(cause(3, Cause::Time), None, "due when it was called");
        assert_eq!(cause(4, start()), Some(&json!({ "name": "a" })));
        assert_eq!(cause(5, called("StopPipelineExecution")), None);
        assert_eq!(cause(6, start()), None, "in between");
        assert_eq!(
            cause(8, Cause::Control("StopPipelineExecution".into())),
            None
        );
        assert_eq!(
            cause(8, called("StopPipelineExecution")),
            Some(&json!({ "pipelineName": "a" }))
        );
        assert_eq!(cause(9, called("StopPipelineExecution")), None, "after");
    }

    #[test]
    fn what_is_remembered_is_bounded_by_number_and_by_size() {
        let mut calls = Calls::default();
        for number in 1..=3 * MOST as u64 {
            calls.note("StartPipelineExecution", json!({}), number, number);
        }
        assert_eq!(calls.calls.len(), MOST);
        assert_eq!(
            calls.calls.front().map(|call| call.first),
            Some(2 * MOST as u64 + 1)
        );
        let huge = json!({ "x": "x".repeat(MOST_BYTES) });
        calls.note("CreatePipeline", huge, 9_000, 9_000);
        assert_eq!(calls.calls.len(), 1, "only the newest");
        calls.note("StartPipelineExecution", json!({}), 9_001, 9_001);
        assert_eq!((calls.calls.len(), calls.bytes), (1, 32));
    }
}
