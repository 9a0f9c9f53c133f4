//! A segment: finished executions as bytes.
//!
//! The bytes are a head and a text. The head has a digest of each client request token in the segment, so that a token
//! is looked for without reading executions (TG-2). The text is JSON (so that a later build can read what an earlier one
//! wrote) behind the LZ4 block format (finished executions resemble each other). Segments of builds before this have no
//! head and no summary.

use std::rc::Rc;

use crate::json::{FromJson, ToJson};

use crate::{
    engine::{
        random::{digest, mix},
        time::Instant,
        world::execution::Execution,
    },
    model::StageExecutionStatus,
};

/// The highest execution number in a segment, and its id.
pub type Key = (u32, u64);

/// A segment of the history.
#[derive(Clone, Debug, ToJson, FromJson)]
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
    #[json(default, skip_serializing_if = "is_zero")]
    pub rules: u32,
    /// When the latest execution in it started.
    pub latest_start: Instant,
    /// Numbers of executions in it that went on and left the history again: what it holds of them is out of date.
    #[json(default, skip_serializing_if = "Vec::is_empty")]
    pub recalled: Vec<u32>,
    /// What else lists skip it by; absent where an earlier build sealed it, which is then never skipped.
    #[json(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<Summary>,
    /// How many digests of tokens its head has.
    #[json(default, skip_serializing_if = "is_zero")]
    pub tokens: u32,
    /// A digest of the bytes: what comes back from storage is compared with it.
    pub digest: u64,
    /// The executions; absent in a checkpoint, where storage holds them beside it.
    #[json(skip)]
    pub bytes: Rc<[u8]>,
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// What lists skip a segment by.
#[derive(Clone, Debug, PartialEq, Eq, ToJson, FromJson)]
pub struct Summary {
    /// When the earliest action or rule in it began; the latest instant there is, where none did.
    #[json(rename = "e")]
    pub earliest_action: Instant,
    /// The stages that some execution left with success, by version: bit for bit, the last one for all from the 64th.
    #[json(rename = "w")]
    pub succeeded: Vec<(u32, u64)>,
}

impl Summary {
    fn of(executions: &[Execution]) -> Self {
        let mut succeeded: Vec<(u32, u64)> = Vec::new();
        for execution in executions {
            let stages = execution
                .stages
                .iter()
                .filter(|run| run.status == StageExecutionStatus::Succeeded)
                .fold(0, |bits, run| bits | bit(run.stage));
            match succeeded
                .iter_mut()
                .find(|(version, _)| *version == execution.version)
            {
                Some((_, bits)) => *bits |= stages,
                None => succeeded.push((execution.version, stages)),
            }
        }
        Self {
            earliest_action: begun(executions).min().unwrap_or(Instant::LAST),
            succeeded,
        }
    }
}

fn bit(stage: u16) -> u64 {
    1 << stage.min(63)
}

/// When the actions and rules of executions began.
fn begun(executions: &[Execution]) -> impl Iterator<Item = Instant> {
    executions.iter().flat_map(|execution| {
        let actions = execution.actions.iter().map(|action| action.started);
        actions.chain(execution.rules.iter().map(|rule| rule.started))
    })
}

/// Why a segment cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DamagedSegment {
    /// What is wrong, for a person.
    pub reason: String,
}

fn damaged(reason: impl ToString) -> DamagedSegment {
    DamagedSegment {
        reason: reason.to_string(),
    }
}

/// A digest that finds damage, not malice: eight bytes a step.
fn digest_of(bytes: &[u8]) -> u64 {
    let mut digest = mix(bytes.len() as u64);
    let (words, rest) = bytes.as_chunks::<8>();
    for word in words {
        digest = mix(digest ^ u64::from_le_bytes(*word));
    }
    if !rest.is_empty() {
        let mut word = [0; 8];
        for (to, from) in word.iter_mut().zip(rest) {
            *to = *from;
        }
        digest = mix(digest ^ u64::from_le_bytes(word));
    }
    digest
}

/// The digests of the tokens that started these executions, in their order.
fn tokens(executions: &[Execution]) -> impl Iterator<Item = u64> {
    executions
        .iter()
        .filter_map(|execution| execution.token.as_deref().map(digest))
}

/// Reads bytes whose head has so many digests.
///
/// # Errors
/// When they are not the bytes of a sealed segment.
fn decode(bytes: &[u8], head: u32) -> Result<Vec<Execution>, DamagedSegment> {
    /// No honest segment is larger: 64 executions of 1,000 actions with their variables. What claims more is damaged.
    const MOST: usize = 256 << 20;
    let (head, text) = bytes
        .split_at_checked(8 * head as usize)
        .ok_or_else(|| damaged("it ends in its head"))?;
    let claimed = text
        .first_chunk::<4>()
        .map_or(0, |size| u32::from_le_bytes(*size) as usize);
    if claimed > MOST {
        return Err(damaged(format!("it claims {claimed} bytes")));
    }
    let text = lz4_flex::block::decompress_size_prepended(text).map_err(damaged)?;
    let text = std::str::from_utf8(&text).map_err(damaged)?;
    let executions: Vec<Execution> = crate::json::from_text(text).map_err(damaged)?;
    if !head.is_empty() && !tokens(&executions).eq(digests(head)) {
        return Err(damaged("its head is not that of its executions"));
    }
    Ok(executions)
}

fn digests(head: &[u8]) -> impl Iterator<Item = u64> {
    head.chunks_exact(8)
        .filter_map(|word| word.try_into().ok().map(u64::from_le_bytes))
}

impl Segment {
    /// Seals executions, ascending by number.
    #[must_use]
    pub fn seal(id: u64, executions: &[Execution]) -> Self {
        let text = crate::json::to_text(&executions);
        let mut bytes: Vec<u8> = tokens(executions).flat_map(u64::to_le_bytes).collect();
        let head = bytes.len() / 8;
        bytes.extend(lz4_flex::block::compress_prepend_size(text.as_bytes()));
        let numbers = executions.iter().map(|execution| execution.number);
        Self {
            id,
            first: numbers.clone().min().unwrap_or_default(),
            last: numbers.max().unwrap_or_default(),
            count: u32::try_from(executions.len()).unwrap_or(u32::MAX),
            latest_action: begun(executions).max().unwrap_or_default(),
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
            summary: Some(Summary::of(executions)),
            tokens: u32::try_from(head).unwrap_or_default(),
            digest: digest_of(&bytes),
            bytes: bytes.into(),
        }
    }

    /// The executions, ascending by number.
    ///
    /// # Errors
    /// When the bytes are not what was sealed.
    pub fn read(&self) -> Result<Vec<Execution>, DamagedSegment> {
        decode(&self.bytes, self.tokens)
    }

    /// Gives it its bytes back after loading, if they are the bytes that were sealed.
    pub fn supply(&mut self, bytes: &Rc<[u8]>) -> bool {
        let same = self.digest == digest_of(bytes) && bytes.len() >= 8 * self.tokens as usize;
        if same {
            self.bytes = Rc::clone(bytes);
        }
        same
    }

    /// Takes the bytes that storage has for it, where another build encoded the same executions differently: what is
    /// stored stays as it is.
    ///
    /// # Errors
    /// When they are not of the same executions.
    pub fn adopt(&mut self, bytes: &Rc<[u8]>) -> Result<(), DamagedSegment> {
        let with_head = decode(bytes, self.tokens).map(|read| (read, self.tokens));
        let (read, tokens) = with_head.or_else(|_| decode(bytes, 0).map(|read| (read, 0)))?;
        let own = self.read()?;
        let numbers = |list: &[Execution]| list.iter().map(|one| one.number).collect::<Vec<_>>();
        if numbers(&read) != numbers(&own) {
            return Err(damaged("it is not what the journal sealed"));
        }
        self.tokens = tokens;
        self.digest = digest_of(bytes);
        self.bytes = Rc::clone(bytes);
        Ok(())
    }

    /// The digests of the tokens in it.
    pub fn token_digests(&self) -> impl Iterator<Item = u64> {
        digests(
            self.bytes
                .get(..8 * self.tokens as usize)
                .unwrap_or_default(),
        )
    }

    /// What finds it among the segments of its pipeline. The number alone would not: a segment sealed later may end
    /// with an execution that was recalled from this one.
    #[must_use]
    pub fn key(&self) -> Key {
        (self.last, self.id)
    }

    /// When the earliest action or rule in it may have begun.
    #[must_use]
    pub fn earliest_action(&self) -> Instant {
        self.summary
            .as_ref()
            .map_or(Instant(i64::MIN), |summary| summary.earliest_action)
    }

    /// Whether an execution of this version may have left this stage with success.
    #[must_use]
    pub fn may_have_succeeded(&self, version: u32, stage: u16) -> bool {
        self.summary.as_ref().is_none_or(|summary| {
            summary
                .succeeded
                .iter()
                .any(|(of, stages)| *of == version && stages & bit(stage) != 0)
        })
    }
}
