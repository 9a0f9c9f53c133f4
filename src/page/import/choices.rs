//! What a person decides before the import, and the questions that ask for it.

use super::custom_types::Proposal;
use super::region::RegionEvidence;

/// Everything that can be decided. What nobody asks for has no effect.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    /// Where to, when the declaration belongs to another Region.
    pub region: RegionChoice,
    /// What to do when the name is taken.
    pub name: NameChoice,
    /// The new name for [`NameChoice::Rename`].
    pub new_name: String,
    /// Whether to create the custom action types that are missing.
    pub custom_types: TypesChoice,
}

/// Where to, when the declaration belongs to another Region than the world.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RegionChoice {
    /// Into a new world in the declaration's Region.
    #[default]
    NewWorld,
    /// Into this world all the same.
    ThisWorld,
}

/// What to do when the world has a pipeline of this name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NameChoice {
    /// Keep both: the imported one gets another name.
    #[default]
    Rename,
    /// UpdatePipeline instead of CreatePipeline.
    Update,
}

/// Whether to create the custom action types that are missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TypesChoice {
    /// Create them first.
    #[default]
    Create,
    /// Leave them out, and see what the service says.
    Leave,
}

/// A question that a reading raises.
#[derive(Clone, Debug, PartialEq)]
pub enum Question<'a> {
    /// The declaration belongs to another Region than the world.
    OtherRegion {
        /// The declaration's.
        region: &'a str,
        /// What says so.
        evidence: RegionEvidence,
        /// The world's.
        here: &'a str,
    },
    /// The world has a pipeline of this name.
    NameTaken {
        /// The name.
        name: &'a str,
        /// A name that is free.
        proposed: &'a str,
        /// The version that UpdatePipeline would save.
        next_version: u32,
        /// How many executions UpdatePipeline would cancel (UP-3).
        cancelled: usize,
    },
    /// Custom action types are missing.
    UnknownTypes(Vec<&'a Proposal>),
}
