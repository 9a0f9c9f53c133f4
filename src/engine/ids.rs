//! Identity. Inside, things are small numbers; at the edge they are UUIDs.
//!
//! An id is never looked up in an index: the UUID *is* the number, passed through a keyed permutation, with the
//! rest of its bits as a check. So turning one into the other costs nothing, history needs no index of ids, and
//! a UUID that this world did not issue is recognised as foreign.

use crate::json::{FromJson, ToJson};

use super::random::{mix, unmix};

/// A pipeline of the world. Never reused, not even after a delete and re-create of the same name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, ToJson, FromJson)]
#[json(transparent)]
pub struct PipelineId(pub u32);

/// A pipeline execution: the pipeline and the number of the start, from 1, in start order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, ToJson, FromJson)]
#[json(from = "(u32, u32)", into = "(u32, u32)")]
pub struct ExecutionId {
    /// Whose execution.
    pub pipeline: PipelineId,
    /// 1 for the first start.
    pub number: u32,
}

impl From<(u32, u32)> for ExecutionId {
    fn from((pipeline, number): (u32, u32)) -> Self {
        Self {
            pipeline: PipelineId(pipeline),
            number,
        }
    }
}

impl From<ExecutionId> for (u32, u32) {
    fn from(id: ExecutionId) -> Self {
        (id.pipeline.0, id.number)
    }
}

/// An action execution: the execution and the number of the start within it, from 0, in start order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, ToJson, FromJson)]
pub struct ActionExecutionId {
    /// Whose action execution.
    pub execution: ExecutionId,
    /// 0 for the first action that the execution starts.
    pub ordinal: u32,
}

/// A rule execution: the execution and the number of the start within it, from 0, in start order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, ToJson, FromJson)]
pub struct RuleExecutionId {
    /// Whose rule execution.
    pub execution: ExecutionId,
    /// 0 for the first rule that the execution starts.
    pub ordinal: u32,
}

/// A job: the execution and the number of the job within it, from 0, in the order in which they were made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, ToJson, FromJson)]
pub struct JobId {
    /// Whose job.
    pub execution: ExecutionId,
    /// 0 for the first job of the execution.
    pub ordinal: u32,
}

/// What a UUID stands for. Two kinds never share a UUID.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u64)]
pub enum Kind {
    /// RN-7: a pipeline execution.
    Execution = 1,
    /// RN-8: an action execution.
    ActionExecution = 2,
    /// AP-2: the token of an approval, also its external execution id (AP-3).
    Approval = 3,
    /// The run of a simulated provider: a build, a deployment, a state machine.
    External = 4,
    /// A rule execution (CO-31); its ordinal counts the rules of the execution.
    RuleExecution = 5,
    /// An event about a change of state: the number of the fact that means it, and its place among those.
    Event = 6,
    /// What ran on one target of a deployment.
    Target = 7,
    /// RN-7: a job; its ordinal counts the jobs of the execution.
    Job = 10,
    /// RN-7, T-7: the client of a partner, one for each action.
    Client = 11,
}

const PIPELINE_BITS: u32 = 20;
const NUMBER_BITS: u32 = 26;
const ORDINAL_BITS: u32 = 64 - PIPELINE_BITS - NUMBER_BITS;

/// The most pipelines a world can ever create, deleted ones included.
pub const MAX_PIPELINES: u32 = 1 << PIPELINE_BITS;
/// The most executions one pipeline can ever start.
pub const MAX_EXECUTIONS: u32 = 1 << NUMBER_BITS;

fn pack(id: ActionExecutionId) -> u64 {
    (u64::from(id.execution.pipeline.0) << (NUMBER_BITS + ORDINAL_BITS))
        | (u64::from(id.execution.number) << ORDINAL_BITS)
        | u64::from(id.ordinal)
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "each part is masked to its width"
)]
fn unpack(word: u64) -> ActionExecutionId {
    ActionExecutionId {
        execution: ExecutionId {
            pipeline: PipelineId((word >> (NUMBER_BITS + ORDINAL_BITS)) as u32),
            number: (word >> ORDINAL_BITS) as u32 & (MAX_EXECUTIONS - 1),
        },
        ordinal: (word & ((1 << ORDINAL_BITS) - 1)) as u32,
    }
}

/// The secret of a world, from its seed: which UUIDs it issues.
#[derive(Clone, Copy, Debug)]
pub struct Key(u64);

impl Key {
    /// The key of a world with this seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(mix(seed ^ 0x0c0d_e919_e11e_5eed))
    }

    const fn check(self, kind: Kind, scattered: u64) -> u64 {
        mix(scattered ^ self.0.rotate_left(17) ^ (kind as u64))
    }

    /// The UUID (version 4 in form, RN-7) of a thing.
    #[must_use]
    pub fn uuid(self, kind: Kind, id: ActionExecutionId) -> String {
        let scattered = mix(pack(id) ^ self.0 ^ ((kind as u64) << 1));
        let check = self.check(kind, scattered);
        // 60 bits of the number before the version and variant digits, 4 after; the check fills the other 58.
        let first = scattered >> 16;
        let second = scattered >> 4 & 0xfff;
        let third = 0x8 | (check >> 56 & 0x3);
        let rest = (scattered & 0xf) << 56 | (check & 0x00ff_ffff_ffff_ffff);
        format!(
            "{:08x}-{:04x}-4{second:03x}-{third:x}{:03x}-{:012x}",
            first >> 16,
            first & 0xffff,
            rest >> 48 & 0xfff,
            rest & 0xffff_ffff_ffff
        )
    }

    /// The UUID of a rule execution.
    #[must_use]
    pub fn rule(self, id: RuleExecutionId) -> String {
        let RuleExecutionId { execution, ordinal } = id;
        self.uuid(
            Kind::RuleExecution,
            ActionExecutionId { execution, ordinal },
        )
    }

    /// The UUID of a job.
    #[must_use]
    pub fn job(self, id: JobId) -> String {
        let JobId { execution, ordinal } = id;
        self.uuid(Kind::Job, ActionExecutionId { execution, ordinal })
    }

    /// The job a UUID stands for.
    #[must_use]
    pub fn parse_job(self, uuid: &str) -> Option<JobId> {
        let ActionExecutionId { execution, ordinal } = self.parse(Kind::Job, uuid)?;
        Some(JobId { execution, ordinal })
    }

    /// The UUID of the client of a partner, from a number that belongs to it.
    #[must_use]
    pub fn client(self, number: u64) -> String {
        self.uuid(Kind::Client, unpack(number))
    }

    /// The thing a UUID stands for; `None` for a UUID that this world did not issue for this kind.
    #[must_use]
    pub fn parse(self, kind: Kind, uuid: &str) -> Option<ActionExecutionId> {
        let mut digits = 0_u128;
        for (position, byte) in uuid.bytes().enumerate() {
            let digit = match byte {
                b'-' if matches!(position, 8 | 13 | 18 | 23) => continue,
                b'0'..=b'9' => byte - b'0',
                b'a'..=b'f' => byte - b'a' + 10,
                _ => return None,
            };
            digits = digits << 4 | u128::from(digit);
        }
        let field = |shift: u32, bits: u32| -> u64 {
            u64::try_from(digits >> shift & ((1 << bits) - 1)).unwrap_or_default()
        };
        let scattered = field(80, 48) << 16 | field(64, 12) << 4 | field(56, 4);
        let id = unpack(unmix(scattered) ^ self.0 ^ ((kind as u64) << 1));
        (self.uuid(kind, id) == uuid).then_some(id)
    }

    /// The UUID of an execution.
    #[must_use]
    pub fn execution(self, id: ExecutionId) -> String {
        self.uuid(
            Kind::Execution,
            ActionExecutionId {
                execution: id,
                ordinal: 0,
            },
        )
    }

    /// The UUID of the `place`th event, 0 to 7, that a fact means.
    #[must_use]
    pub fn event(self, fact: u64, place: u64) -> String {
        self.uuid(Kind::Event, unpack(fact << 3 | place & 7))
    }

    /// The UUID of what ran on a target of a deployment, from a number that belongs to it.
    #[must_use]
    pub fn of_target(self, number: u64) -> String {
        self.uuid(Kind::Target, unpack(number))
    }

    /// The execution a UUID stands for.
    #[must_use]
    pub fn parse_execution(self, uuid: &str) -> Option<ExecutionId> {
        self.parse(Kind::Execution, uuid).map(|id| id.execution)
    }

    /// A number that belongs to a thing and to nothing else: what simulated providers make their ids of.
    #[must_use]
    pub fn number(self, id: ActionExecutionId, salt: u64) -> u64 {
        mix(mix(pack(id) ^ self.0) ^ mix(salt))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some() -> Vec<ActionExecutionId> {
        let mut ids = vec![];
        for pipeline in [0, 1, 77, MAX_PIPELINES - 1] {
            for number in [0, 1, 2, 4_711, MAX_EXECUTIONS - 1] {
                for ordinal in [0, 1, 999, (1 << ORDINAL_BITS) - 1] {
                    ids.push(ActionExecutionId {
                        execution: ExecutionId {
                            pipeline: PipelineId(pipeline),
                            number,
                        },
                        ordinal,
                    });
                }
            }
        }
        ids
    }

    #[test]
    fn rn_7_a_uuid_has_the_form_and_comes_back_as_the_same_thing() {
        let form = regex::Regex::new(
            "^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$",
        )
        .expect("a pattern");
        for seed in [0, 1, u64::MAX] {
            let key = Key::new(seed);
            for kind in [
                Kind::Execution,
                Kind::ActionExecution,
                Kind::Approval,
                Kind::External,
            ] {
                for id in some() {
                    let uuid = key.uuid(kind, id);
                    assert!(form.is_match(&uuid), "{uuid}");
                    assert_eq!(key.parse(kind, &uuid), Some(id), "{uuid}");
                }
            }
        }
    }

    #[test]
    fn a_foreign_uuid_is_nothing() {
        let key = Key::new(1);
        let id = some()[7];
        let uuid = key.uuid(Kind::Execution, id);
        assert_eq!(key.parse(Kind::Approval, &uuid), None, "another kind");
        assert_eq!(
            Key::new(2).parse(Kind::Execution, &uuid),
            None,
            "another world"
        );
        for foreign in [
            "",
            "x",
            "11111111-2222-3333-4444-555555555555",
            "0b1e4c6e-9e0a-4c1e-8a7e-1234567890ab",
            &uuid[1..],
        ] {
            assert_eq!(key.parse(Kind::Execution, foreign), None, "{foreign}");
        }
        for position in 0..uuid.len() {
            let mut changed = uuid.clone().into_bytes();
            changed[position] = if changed[position] == b'0' {
                b'1'
            } else {
                b'0'
            };
            let changed = String::from_utf8(changed).expect("ASCII");
            assert_eq!(key.parse(Kind::Execution, &changed), None, "{changed}");
        }
    }
}
