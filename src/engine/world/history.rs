//! The past of a pipeline: finished executions in immutable, compressed segments.
//!
//! A segment is encoded once, written to storage once, and decoded only when somebody asks for an execution in
//! it. A checkpoint of the world names the segments and never contains them, so its size does not grow with the
//! past. A segment is JSON (so that a later build can read what an earlier one wrote) behind the LZ4 block format
//! (finished executions resemble each other).

use std::{cell::RefCell, rc::Rc};

use serde::{Deserialize, Serialize};

use super::execution::Execution;
use crate::engine::{random::mix, time::Instant};

/// How many executions a segment holds: enough for the compression to pay, few enough that decoding one to show a
/// page of a list stays well under a frame.
pub const SEGMENT_EXECUTIONS: usize = 64;

/// A segment of the history.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Segment {
    /// Its number in the world: what storage knows it by.
    pub id: u64,
    /// The lowest execution number in it.
    pub first: u32,
    /// The highest execution number in it.
    pub last: u32,
    /// How many executions it holds.
    pub count: u32,
    /// When the latest action or rule in it began.
    pub latest_action: Instant,
    /// How many rule executions it holds.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub rules: u32,
    /// When the latest execution in it started.
    pub latest_start: Instant,
    /// Numbers of executions in it that went on and left the history again: what it holds of them is out of date.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recalled: Vec<u32>,
    /// A digest of the bytes: what comes back from storage is compared with it.
    pub digest: u64,
    /// The executions; absent in a checkpoint, where storage holds them beside it.
    #[serde(skip)]
    pub bytes: Rc<[u8]>,
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// Why a segment cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DamagedSegment {
    /// What is wrong, for a person.
    pub reason: String,
}

/// The segments of a pipeline, ascending by [`Segment::last`].
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct History {
    segments: Vec<Segment>,
    /// The segment decoded last: lists and panels ask for neighbours.
    #[serde(skip)]
    decoded: RefCell<Option<(u64, Rc<[Execution]>)>>,
}

/// A digest that finds damage, not malice: eight bytes a step.
fn digest_of(bytes: &[u8]) -> u64 {
    let mut digest = mix(bytes.len() as u64);
    for chunk in bytes.chunks(8) {
        let mut word = [0; 8];
        for (to, from) in word.iter_mut().zip(chunk) {
            *to = *from;
        }
        digest = mix(digest ^ u64::from_le_bytes(word));
    }
    digest
}

/// Encodes executions, ascending by number.
#[must_use]
#[expect(
    clippy::expect_used,
    reason = "the records have no map with other keys than texts, so they always serialise"
)]
pub fn encode(executions: &[Execution]) -> Rc<[u8]> {
    let text = serde_json::to_vec(executions).expect("executions serialise");
    lz4_flex::block::compress_prepend_size(&text).into()
}

/// Decodes a segment.
///
/// # Errors
/// When the bytes are not what [`encode`] made.
pub fn decode(bytes: &[u8]) -> Result<Vec<Execution>, DamagedSegment> {
    /// No honest segment is larger: 64 executions of 1,000 actions with their variables. What claims more is damaged.
    const MOST: usize = 256 << 20;
    let claimed = bytes
        .first_chunk::<4>()
        .map_or(0, |size| u32::from_le_bytes(*size) as usize);
    if claimed > MOST {
        return Err(DamagedSegment {
            reason: format!("it claims {claimed} bytes"),
        });
    }
    let text =
        lz4_flex::block::decompress_size_prepended(bytes).map_err(|error| DamagedSegment {
            reason: error.to_string(),
        })?;
    serde_json::from_slice(&text).map_err(|error| DamagedSegment {
        reason: error.to_string(),
    })
}

impl History {
    /// The segments, oldest first.
    #[must_use]
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// Gives a segment its bytes back after loading, if they are the bytes that were sealed.
    pub fn supply(&mut self, id: u64, bytes: &Rc<[u8]>) -> bool {
        let same = |segment: &&mut Segment| segment.id == id && segment.digest == digest_of(bytes);
        match self.segments.iter_mut().find(same) {
            Some(segment) => {
                segment.bytes = Rc::clone(bytes);
                true
            }
            None => false,
        }
    }

    /// How many executions are in the segments.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.segments
            .iter()
            .map(|segment| u64::from(segment.count).saturating_sub(segment.recalled.len() as u64))
            .sum()
    }

    pub(super) fn push(&mut self, id: u64, executions: &[Execution]) -> Rc<[u8]> {
        let bytes = encode(executions);
        let numbers = executions.iter().map(|execution| execution.number);
        let segment = Segment {
            id,
            first: numbers.clone().min().unwrap_or_default(),
            last: numbers.max().unwrap_or_default(),
            count: u32::try_from(executions.len()).unwrap_or(u32::MAX),
            latest_action: executions
                .iter()
                .flat_map(|execution| {
                    let actions = execution.actions.iter().map(|action| action.started);
                    actions.chain(execution.rules.iter().map(|rule| rule.started))
                })
                .max()
                .unwrap_or_default(),
            rules: executions
                .iter()
                .map(|execution| u32::try_from(execution.rules.len()).unwrap_or(u32::MAX))
                .sum(),
            latest_start: executions
                .iter()
                .map(|execution| execution.started)
                .max()
                .unwrap_or_default(),
            recalled: Vec::new(),
            digest: digest_of(&bytes),
            bytes: Rc::clone(&bytes),
        };
        let place = self
            .segments
            .partition_point(|other| other.last < segment.last);
        self.segments.insert(place, segment);
        bytes
    }

    pub(super) fn drop_segments(&mut self, ids: &[u64]) {
        self.segments.retain(|segment| !ids.contains(&segment.id));
    }

    /// Takes a past execution out, because it goes on. The segment stays as it was written; the world remembers which
    /// part of it no longer counts.
    pub(super) fn take(&mut self, number: u32) -> Option<Execution> {
        let (id, execution) = self.search(number)?;
        let segment = self.segments.iter_mut().find(|segment| segment.id == id)?;
        segment.recalled.push(number);
        *self.decoded.borrow_mut() = None;
        Some(execution)
    }

    /// The executions of a segment that count, ascending by number. A segment that cannot be read has none: it was checked
    /// when it was loaded, so this is a bug of ours, and a list that lacks rows is better than no page.
    #[must_use]
    pub fn executions(&self, segment: &Segment) -> Rc<[Execution]> {
        if let Some((id, executions)) = &*self.decoded.borrow()
            && *id == segment.id
        {
            return Rc::clone(executions);
        }
        let decoded = decode(&segment.bytes);
        debug_assert!(decoded.is_ok(), "segment {}: {decoded:?}", segment.id);
        let mut executions = decoded.unwrap_or_default();
        executions.retain(|execution| !segment.recalled.contains(&execution.number));
        let executions: Rc<[Execution]> = executions.into();
        *self.decoded.borrow_mut() = Some((segment.id, Rc::clone(&executions)));
        executions
    }

    /// A past execution by its number.
    #[must_use]
    pub fn find(&self, number: u32) -> Option<Execution> {
        self.search(number).map(|(_, execution)| execution)
    }

    /// A past execution by its number, with the segment that holds it.
    fn search(&self, number: u32) -> Option<(u64, Execution)> {
        self.segments
            .iter()
            .filter(|segment| segment.first <= number && number <= segment.last)
            .find_map(|segment| {
                let executions = self.executions(segment);
                let index = executions
                    .binary_search_by_key(&number, |execution| execution.number)
                    .ok()?;
                Some((segment.id, executions.get(index).cloned()?))
            })
    }
}
