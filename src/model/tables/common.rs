//! What several topics use: texts, numbers, instants, and what went wrong.

use super::*;

shapes! {
    /// What went wrong in an action or a rule.
    structure ErrorDetails {
        /// System or customer code of the error, for example `JobFailed`.
        optional code: Code = "code";
        optional message: Message = "message";
    }

    text AWSRegionName (4..=30)
    text AccountId (ACCOUNT_ID)
    text Code ()
    text Description (1..=160)
    text ExecutionSummary (1..=2048)
    text JobId (UUID)
    text LastUpdatedBy ()
    text LogStreamARN (1..=250)
    text Message (1..=5000)
    text NextToken (1..=2048)
    text Revision (1..=1500)
    text RevisionChangeIdentifier (1..=100)
    text RevisionSummary (1..=2048)
    text RoleArn (ROLE_ARN; ..=1024)
    /// Any text. The service calls it `String`.
    text("String") Text ()
    text Url (1..=2048)
    text UrlTemplate (1..=2048)

    integer MaxResults (1..=100)
    integer Percentage (0..=100)

    boolean Boolean ()

    /// An instant. The service calls it `Timestamp`, which here is the type that holds one.
    timestamp("Timestamp") Moment ()
}
