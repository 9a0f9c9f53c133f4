//! The past of a pipeline: finished executions in immutable, compressed segments.
//!
//! A segment is encoded once, written to storage once, and decoded only when somebody asks for an execution in it. A
//! checkpoint of the world names the segments and never contains them, so its size does not grow with the past. What is
//! worked out from the segments (which of them a question can concern, who was started with which token) is derived and
//! not stored.
//!
//! Cost: a question decodes the segments that its answer touches, and looks at no other. `spans` finds them, `decoded`
//! keeps the last few.

mod decoded;
mod segment;
mod spans;

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Deref,
    rc::Rc,
};

use crate::json::{FromJson, ToJson};
use crate::order::sort_by_key;

pub use self::{
    decoded::Decoded,
    segment::{DamagedSegment, Segment, Summary},
};
use self::{segment::Key, spans::Spans};
use super::execution::Execution;
use crate::engine::{random::digest, time::Instant};

/// How many executions a segment holds: enough for the compression to pay, few enough that decoding one to show a
/// page of a list stays well under a frame.
pub const SEGMENT_EXECUTIONS: usize = 64;

/// The segments of a pipeline, ascending by [`Segment::key`].
#[derive(Clone, Debug, Default, ToJson, FromJson)]
#[json(transparent)]
pub struct History {
    segments: Vec<Segment>,
    /// The segments by the numbers of their executions. Derived.
    #[json(skip)]
    numbers: Spans<u32>,
    /// The segments by the instants at which their actions began. Derived.
    #[json(skip)]
    actions: Spans<Instant>,
    /// As `actions`, of those that have rule executions: few pipelines have conditions. Derived.
    #[json(skip)]
    rules: Spans<Instant>,
    /// Digests of client request tokens with the segment that has one (TG-2). Derived.
    #[json(skip)]
    tokens: BTreeSet<(u64, Key)>,
    /// The store of decoded segments, the world's.
    #[json(skip)]
    decoded: Rc<Decoded>,
}

/// What an execution begins and a list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Began {
    /// Action executions.
    Actions,
    /// Rule executions.
    Rules,
}

/// An execution, wherever it is kept.
#[derive(Clone, Debug)]
pub enum Recorded<'a> {
    /// In the live state.
    Live(&'a Execution),
    /// In a segment: the executions of it, and which.
    Past(Rc<[Execution]>, usize),
}

impl Deref for Recorded<'_> {
    type Target = Execution;

    #[expect(
        clippy::indexing_slicing,
        reason = "made with a place that the segment has, and a segment never changes"
    )]
    fn deref(&self) -> &Execution {
        match self {
            Self::Live(execution) => execution,
            Self::Past(executions, place) => &executions[*place],
        }
    }
}

impl History {
    /// A past that begins.
    #[must_use]
    pub fn new(decoded: &Rc<Decoded>) -> Self {
        Self {
            decoded: Rc::clone(decoded),
            ..Self::default()
        }
    }

    /// Works out what is derived, after deserialising. Tokens follow with the bytes.
    pub(super) fn index(&mut self, decoded: &Rc<Decoded>) {
        self.decoded = Rc::clone(decoded);
        sort_by_key(&mut self.segments, Segment::key);
        self.numbers = Spans::default();
        self.actions = Spans::default();
        self.rules = Spans::default();
        self.tokens.clear();
        for place in 0..self.segments.len() {
            self.enter(place);
        }
    }

    fn enter(&mut self, place: usize) {
        let Some(segment) = self.segments.get(place) else {
            return;
        };
        let key = segment.key();
        self.numbers.insert(segment.first, segment.last, key);
        let (from, to) = (segment.earliest_action(), segment.latest_action);
        self.actions.insert(from, to, key);
        if segment.rules > 0 {
            self.rules.insert(from, to, key);
        }
        self.tokens
            .extend(segment.token_digests().map(|token| (token, key)));
    }

    /// The segments, oldest first.
    #[must_use]
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    fn segment(&self, key: Key) -> Option<&Segment> {
        let place = self.segments.binary_search_by_key(&key, Segment::key);
        self.segments.get(place.ok()?)
    }

    /// Segments that may have an execution with a number below this one, the newest first.
    pub fn below(&self, number: u32) -> impl Iterator<Item = &Segment> {
        self.numbers
            .below(number)
            .filter_map(|(_, key)| self.segment(key))
    }

    /// Segments in which something of a kind may have begun before an instant, the one with the latest first.
    pub fn begun_before(&self, what: Began, at: Instant) -> impl Iterator<Item = &Segment> {
        let spans = match what {
            Began::Actions => &self.actions,
            Began::Rules => &self.rules,
        };
        spans.below(at).filter_map(|(_, key)| self.segment(key))
    }

    /// Gives the segments their bytes back after loading; names those whose bytes are missing or not what was sealed.
    pub(super) fn supply(&mut self, stored: &BTreeMap<u64, Rc<[u8]>>) -> Vec<u64> {
        let mut missing = Vec::new();
        for segment in &mut self.segments {
            let supplied = stored
                .get(&segment.id)
                .is_some_and(|bytes| segment.supply(bytes));
            if supplied {
                let key = segment.key();
                let digests = segment.token_digests();
                self.tokens.extend(digests.map(|token| (token, key)));
            } else {
                missing.push(segment.id);
            }
        }
        missing
    }

    /// Takes the stored bytes of a segment that the journal has sealed again, see [`Segment::adopt`]. Answers the tokens
    /// that they do not have, with the executions that were started with them.
    ///
    /// # Errors
    /// When the stored bytes are not of the same executions.
    pub(super) fn adopt(
        &mut self,
        id: u64,
        bytes: &Rc<[u8]>,
    ) -> Result<Vec<(String, u32)>, DamagedSegment> {
        let Some(segment) = self.segments.iter_mut().find(|segment| segment.id == id) else {
            return Ok(Vec::new());
        };
        let before = segment.read()?;
        segment.adopt(bytes)?;
        let after = segment.read()?;
        let lost = before
            .iter()
            .zip(&after)
            .filter(|(before, after)| before.token != after.token)
            .filter_map(|(before, _)| Some((before.token.as_deref()?.to_owned(), before.number)));
        let key = segment.key();
        self.tokens.retain(|(_, of)| *of != key);
        self.tokens
            .extend(segment.token_digests().map(|token| (token, key)));
        Ok(lost.collect())
    }

    /// How many executions are in the segments.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.segments
            .iter()
            .map(|segment| u64::from(segment.count).saturating_sub(segment.recalled.len() as u64))
            .sum()
    }

    pub(super) fn push(&mut self, id: u64, executions: Vec<Execution>) -> Rc<[u8]> {
        let segment = Segment::seal(id, &executions);
        let bytes = Rc::clone(&segment.bytes);
        self.decoded.keep(&segment, &executions.into());
        let place = self
            .segments
            .partition_point(|other| other.key() < segment.key());
        self.segments.insert(place, segment);
        self.enter(place);
        bytes
    }

    pub(super) fn drop_segments(&mut self, ids: &[u64]) {
        let (mut gone, decoded) = (BTreeSet::new(), &self.decoded);
        self.segments.retain(|segment| {
            let dropped = ids.contains(&segment.id);
            if dropped {
                gone.insert(segment.key());
                decoded.forget(&segment.bytes);
                for token in segment.token_digests() {
                    self.tokens.remove(&(token, segment.key()));
                }
            }
            !dropped
        });
        self.numbers.retain(|key| !gone.contains(&key));
        self.actions.retain(|key| !gone.contains(&key));
        self.rules.retain(|key| !gone.contains(&key));
    }

    /// Takes a past execution out, because it goes on. The segment stays as it was written; the world remembers which
    /// part of it no longer counts.
    pub(super) fn take(&mut self, number: u32) -> Option<Execution> {
        let (key, execution) = self.search(number)?;
        let place = self.segments.binary_search_by_key(&key, Segment::key);
        let segment = self.segments.get_mut(place.ok()?)?;
        segment.recalled.push(number);
        self.decoded.forget(&segment.bytes);
        Some((*execution).clone())
    }

    /// The executions of a segment that count, ascending by number. A segment that cannot be read has none: it was checked
    /// when it was loaded, so this is a bug of ours, and a list that lacks rows is better than no page.
    #[must_use]
    pub fn executions(&self, segment: &Segment) -> Rc<[Execution]> {
        if let Some(executions) = self.decoded.find(segment) {
            return executions;
        }
        let read = segment.read();
        debug_assert!(read.is_ok(), "segment {}: {read:?}", segment.id);
        let mut executions = read.unwrap_or_default();
        executions.retain(|execution| !segment.recalled.contains(&execution.number));
        let executions: Rc<[Execution]> = executions.into();
        self.decoded.keep(segment, &executions);
        executions
    }

    /// A past execution by its number.
    #[must_use]
    pub fn find(&self, number: u32) -> Option<Recorded<'static>> {
        self.search(number).map(|(_, execution)| execution)
    }

    /// A past execution by its number, with the segment that holds it.
    fn search(&self, number: u32) -> Option<(Key, Recorded<'static>)> {
        self.below(number.saturating_add(1))
            .take_while(|segment| segment.last >= number)
            .find_map(|segment| {
                let executions = self.executions(segment);
                let place = executions
                    .binary_search_by_key(&number, |execution| execution.number)
                    .ok()?;
                Some((segment.key(), Recorded::Past(executions, place)))
            })
    }

    /// The past execution that a client request token started (TG-2).
    #[must_use]
    pub fn started_with(&self, token: &str) -> Option<Recorded<'static>> {
        let digest = digest(token);
        self.tokens
            .range((digest, (0, 0))..=(digest, (u32::MAX, u64::MAX)))
            .filter_map(|(_, key)| self.segment(*key))
            .find_map(|segment| {
                let executions = self.executions(segment);
                let place = executions
                    .iter()
                    .position(|execution| execution.token.as_deref() == Some(token))?;
                Some(Recorded::Past(executions, place))
            })
    }
}
