//! Approval actions: a person decides.

use super::action_type::{ActionType, aws};
use super::property::text;
use crate::model::ActionCategory::Approval;

/// The only action whose `timeoutInMinutes` a declaration may set (AC-21); 7 days otherwise. It takes no time of
/// its own: it waits.
pub(super) static TYPES: &[ActionType] = &[aws(Approval, "Manual")
    .configured_by(&[
        text("NotificationArn", "the SNS topic that tells the reviewers"),
        text("CustomData", "a note for the reviewers"),
        text("ExternalEntityLink", "a page for the reviewers to look at"),
    ])
    .times_out_after_minutes(7 * 24 * 60)];
