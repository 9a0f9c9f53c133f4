//! What this tab shows of the jobs, and what a person has called while they played the worker.

use serde_json::Value;

use crate::{engine::time::Instant, page::view::STATIONS};

/// How many tickets a station shows at first, and how many more each time.
pub const TICKETS: usize = 6;
/// How many calls are remembered.
const REMEMBERED: usize = 20;

/// The jobs as this tab shows them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct JobsUi {
    /// The action type, as `Category/Owner/Provider/Version`; the first one of the pipeline where nothing was chosen.
    pub kind: Option<String>,
    /// What was filled in for the call that comes next, by field. Each job has its own fields.
    pub values: Vec<(String, String)>,
    /// What was called by hand, newest first.
    pub said: Vec<Said>,
    /// How often more of a station was asked for.
    pub more: [usize; STATIONS],
}

/// A call that was made by hand.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// Its number among the calls made by hand.
    pub number: u64,
    /// When, on the virtual clock.
    pub at: Instant,
    /// The operation.
    pub operation: &'static str,
    /// Its input.
    pub input: Value,
    /// What came back: the answer, or the name and the words of what it was refused with.
    pub answer: Result<Value, (String, String)>,
}

impl JobsUi {
    /// A field now holds this.
    pub fn set(&mut self, field: String, value: String) {
        match self.values.iter_mut().find(|(name, _)| *name == field) {
            Some((_, before)) => *before = value,
            None => self.values.push((field, value)),
        }
    }

    /// What stands in a field that holds `usual` unless somebody changed it.
    #[must_use]
    pub fn text(&self, field: &str, usual: &str) -> String {
        let filled = self.values.iter().find(|(name, _)| name == field);
        filled.map_or(usual, |(_, value)| value).to_owned()
    }

    /// A call was made.
    pub fn tell(&mut self, said: Said) {
        let number = self.said.first().map_or(0, |last| last.number + 1);
        self.said.insert(0, Said { number, ..said });
        self.said.truncate(REMEMBERED);
    }

    /// How many tickets of a station are shown.
    #[must_use]
    pub fn shown(&self, station: usize) -> usize {
        let more = self.more.get(station).copied().unwrap_or(0);
        TICKETS * more.saturating_add(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_filled_in_last_counts_and_old_calls_are_forgotten() {
        let mut jobs = JobsUi::default();
        assert_eq!(jobs.text("message", "usual"), "usual");
        jobs.set("message".into(), "once".into());
        jobs.set("message".into(), "twice".into());
        assert_eq!(jobs.text("message", "usual"), "twice");
        for at in 0..30 {
            jobs.tell(Said {
                number: 0,
                at: Instant(at),
                operation: "PollForJobs",
                input: Value::Null,
                answer: Ok(Value::Null),
            });
        }
        assert_eq!(jobs.said.len(), REMEMBERED);
        let newest = jobs.said.first().map(|said| (said.at, said.number));
        assert_eq!(newest, Some((Instant(29), 29)));
    }
}
