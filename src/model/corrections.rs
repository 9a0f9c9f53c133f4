//! Where the service behaves otherwise than its published model says, each with the reason.
//!
//! The tables stay equal to what AWS publishes; code that answers requests asks here as well.

use super::pattern::{self, Pattern};
use super::shape::Shape;
use super::tables::errors::ErrorCode;
use super::tables::{self};

/// One difference between the service and its model.
#[derive(Debug)]
pub enum Correction {
    /// A limit on the texts in a map that is checked later, and in other words, than the rest.
    LateLimit {
        /// Shape of the text, with the limit that holds.
        shape: &'static Shape,
        /// The limit that the first check has and names.
        first_max: i64,
        /// The whole message of the second check.
        message: &'static str,
        /// Why we believe so.
        reason: &'static str,
    },
    /// An error the service answers although the operation does not declare it.
    Undeclared {
        /// Name of the operation.
        operation: &'static str,
        /// The error.
        error: ErrorCode,
        /// Why we believe so.
        reason: &'static str,
    },
    /// An error every operation answers although none declares it.
    UndeclaredByAll {
        /// The error.
        error: ErrorCode,
        /// Whether it comes only where somebody asked for it (`failNext`).
        asked_for: bool,
        /// When it comes.
        reason: &'static str,
    },
    /// An error an operation declares and never answers.
    NeverAnswered {
        /// Name of the operation.
        operation: &'static str,
        /// The error.
        error: ErrorCode,
        /// Why we believe so.
        reason: &'static str,
    },
    /// The HTTP status of an error, where the model has none.
    Status {
        /// The error.
        error: ErrorCode,
        /// Its status.
        status: u16,
        /// Why we believe so.
        reason: &'static str,
    },
    /// A text that the service takes although the published pattern does not match it.
    Wider {
        /// The shape of the text.
        shape: &'static Shape,
        /// The published pattern, with what really decides.
        pattern: &'static Pattern,
        /// Why we believe so.
        reason: &'static str,
    },
    /// The published limits of a shape hold for what is sent, not for what is answered.
    OnlyInInput {
        /// The shape.
        shape: &'static Shape,
        /// Why we believe so.
        reason: &'static str,
    },
}

/// Every difference we know of.
pub static CORRECTIONS: &[Correction] = &[
    Correction::LateLimit {
        shape: &tables::ActionConfigurationValue,
        first_max: 50_000,
        message: "ActionConfiguration Map value must satisfy constraint: \
                  [Member must have length less than or equal to 1000, \
                  Member must have length greater than or equal to 1]",
        reason: "VM-5: since 2022 the shape message names 50000, and a separate message refuses more than the 1000 \
                 that model and quotas name",
    },
    Correction::Undeclared {
        operation: "UpdatePipeline",
        error: ErrorCode::PipelineNotFoundException,
        reason: "PL-2: updating a name that does not exist has to fail somehow, and the model declares no error for it",
    },
    Correction::UndeclaredByAll {
        error: ErrorCode::SerializationException,
        asked_for: false,
        reason: "W-16: the body is not of its protocol, or a value in it has the wrong type",
    },
    Correction::UndeclaredByAll {
        error: ErrorCode::UnknownOperationException,
        asked_for: false,
        reason: "W-16: the request names no operation of the service",
    },
    Correction::UndeclaredByAll {
        error: ErrorCode::MissingAuthenticationTokenException,
        asked_for: false,
        reason: "W-16: the request is not signed, where that is required",
    },
    Correction::UndeclaredByAll {
        error: ErrorCode::ThrottlingException,
        asked_for: true,
        reason: "W-15: any service throttles",
    },
    Correction::UndeclaredByAll {
        error: ErrorCode::AccessDeniedException,
        asked_for: true,
        reason: "W-15: any caller may lack a permission",
    },
    Correction::UndeclaredByAll {
        error: ErrorCode::ServiceUnavailable,
        asked_for: true,
        reason: "W-15: any service may be down",
    },
    Correction::UndeclaredByAll {
        error: ErrorCode::InternalFailure,
        asked_for: true,
        reason: "W-15: any service may fail; where nobody asked for it, a fault of the simulator",
    },
    Correction::Status {
        error: ErrorCode::ConflictException,
        status: 409,
        reason: "W-14: AWS's API pages and later versions of the model say 409",
    },
    Correction::NeverAnswered {
        operation: "ListRuleTypes",
        error: ErrorCode::InvalidNextTokenException,
        reason: "P-2: the operation takes no token",
    },
    Correction::Wider {
        shape: &tables::ResourceArn,
        pattern: &pattern::RESOURCE_ARN_PERHAPS_WITHOUT_ACCOUNT,
        reason: "A-11: Terraform, told not to ask for its account, leaves it out of the ARN of a custom action type",
    },
    Correction::OnlyInInput {
        shape: &tables::MinimumArtifactCount,
        reason: "AC-38: built-in action types with up to 10 input artifacts are listed",
    },
    Correction::OnlyInInput {
        shape: &tables::MaximumArtifactCount,
        reason: "AC-38: built-in action types with up to 10 input artifacts are listed",
    },
    Correction::OnlyInInput {
        shape: &tables::ActionConfigurationPropertyList,
        reason: "AC-38: built-in action types with up to 22 properties are listed",
    },
    Correction::OnlyInInput {
        shape: &tables::ActionTypeProperties,
        reason: "AC-38: the same types have as many properties where GetActionType tells them",
    },
];
