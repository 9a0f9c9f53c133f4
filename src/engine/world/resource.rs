//! What can have tags: a pipeline, a webhook, a custom action type (RN-6).

use std::rc::Rc;

use crate::json::{FromJson, ToJson};

use super::World;
use crate::{
    engine::ids::PipelineId,
    model::{ActionTypeId, Tag},
};

/// Something that has tags.
#[derive(Clone, Debug, PartialEq, ToJson, FromJson)]
pub enum Resource {
    /// A pipeline.
    Pipeline(PipelineId),
    /// A webhook, by name.
    Webhook(Rc<str>),
    /// A custom action type.
    ActionType(Rc<ActionTypeId>),
}

impl Resource {
    /// The pipeline that it is.
    #[must_use]
    pub const fn pipeline(&self) -> Option<PipelineId> {
        match self {
            Self::Pipeline(id) => Some(*id),
            Self::Webhook(_) | Self::ActionType(_) => None,
        }
    }
}

impl World {
    /// The ARN of an action type (RN-5).
    #[must_use]
    pub fn action_type_arn(&self, id: &ActionTypeId) -> String {
        let ActionTypeId {
            category,
            owner,
            provider,
            version,
        } = id;
        self.pipeline_arn(&format!(
            "actiontype:{owner}/{category}/{provider}/{version}"
        ))
    }

    /// The tags of a resource; `None` where it does not exist.
    #[must_use]
    pub fn tags(&self, resource: &Resource) -> Option<&[Tag]> {
        Some(match resource {
            Resource::Pipeline(id) => &self.pipelines.get(id)?.tags,
            Resource::Webhook(name) => &self.webhooks.get(name)?.tags,
            Resource::ActionType(id) => &self.custom_type_record(id)?.tags,
        })
    }
}
