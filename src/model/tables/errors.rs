//! The errors the service answers with: those its model names, and those that every AWS service has in common.

/// Declares [`ErrorCode`]: the published errors, then the common ones with their HTTP status.
macro_rules! errors {
    (
        published { $( $(#[$published_meta:meta])* $published:ident; )* }
        common { $( $(#[$common_meta:meta])* $common:ident $status:literal; )* }
    ) => {
        /// The name of an error: `__type` on the wire, `name` in JavaScript.
        #[allow(clippy::enum_variant_names, reason = "the names are the service's own")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum ErrorCode {
            $( $(#[$published_meta])* $published, )*
            $( $(#[$common_meta])* $common, )*
        }

        impl ErrorCode {
            /// The errors that the service's model names.
            pub const PUBLISHED: &'static [Self] = &[$(Self::$published),*];

            /// The errors that every AWS service has (W-15, W-16).
            pub const COMMON: &'static [Self] = &[$(Self::$common),*];

            /// The name as it is sent.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$published => stringify!($published),)*
                    $(Self::$common => stringify!($common),)*
                }
            }

            /// The HTTP status as published: the service's own errors have none, which means 400.
            pub(in crate::model) const fn published_status(self) -> Option<u16> {
                match self {
                    $(Self::$common => Some($status),)*
                    _ => None,
                }
            }
        }
    };
}

errors! {
    published {
        /// No such run of an action.
        ActionExecutionNotFoundException;
        /// No such action in the stage.
        ActionNotFoundException;
        /// The action type exists with another definition; no operation declares it.
        ActionTypeAlreadyExistsException;
        /// No such action type.
        ActionTypeNotFoundException;
        /// Somebody has decided already.
        ApprovalAlreadyCompletedException;
        /// Another change to the same resource is under way.
        ConcurrentModificationException;
        /// Too many executions of the pipeline run at once.
        ConcurrentPipelineExecutionsLimitExceededException;
        /// The condition is not in a state in which it can be overridden.
        ConditionNotOverridableException;
        /// The pipeline is busy with something that does not go together with the request.
        ConflictException;
        /// The execution is being stopped in this way already.
        DuplicatedStopRequestException;
        /// An action of the declaration is wrong.
        InvalidActionDeclarationException;
        /// The token does not belong to the approval that is waiting.
        InvalidApprovalTokenException;
        /// The ARN does not name a resource of this account and Region.
        InvalidArnException;
        /// A blocker of the declaration is wrong.
        InvalidBlockerDeclarationException;
        /// The client token does not belong to the partner job.
        InvalidClientTokenException;
        /// The job is not of the kind the operation is for.
        InvalidJobException;
        /// The job is in a state that does not allow the request.
        InvalidJobStateException;
        /// The token does not continue this list.
        InvalidNextTokenException;
        /// The nonce is not the one of the latest hand-out.
        InvalidNonceException;
        /// A stage of the declaration is wrong.
        InvalidStageDeclarationException;
        /// The declaration as a whole is wrong.
        InvalidStructureException;
        /// The tags are not well formed.
        InvalidTagsException;
        /// The authentication of the webhook does not fit its kind.
        InvalidWebhookAuthenticationParametersException;
        /// A filter of the webhook is not understood.
        InvalidWebhookFilterPatternException;
        /// No such job.
        JobNotFoundException;
        /// The account has as many of these as it may have.
        LimitExceededException;
        /// The execution is not the latest one in the stage.
        NotLatestPipelineExecutionException;
        /// The output variables of the action are too long together (PV-5).
        OutputVariablesSizeExceededException;
        /// No such execution of the pipeline.
        PipelineExecutionNotFoundException;
        /// The execution has ended, or never was.
        PipelineExecutionNotStoppableException;
        /// The execution is not one that can be rolled back to.
        PipelineExecutionOutdatedException;
        /// The name belongs to another pipeline.
        PipelineNameInUseException;
        /// No such pipeline.
        PipelineNotFoundException;
        /// No such version of the pipeline.
        PipelineVersionNotFoundException;
        /// The action type could not be changed.
        RequestFailedException;
        /// No such resource.
        ResourceNotFoundException;
        /// No such stage in the pipeline.
        StageNotFoundException;
        /// The stage is not in a state in which it can be retried.
        StageNotRetryableException;
        /// The resource would have too many tags.
        TooManyTagsException;
        /// The stage cannot be rolled back.
        UnableToRollbackStageException;
        /// The request does not fit the published shapes, or another check made before any work.
        ValidationException;
        /// No such webhook.
        WebhookNotFoundException;
    }
    common {
        /// The body is not JSON, or a value has the wrong JSON type.
        SerializationException 400;
        /// No such operation.
        UnknownOperationException 400;
        /// The operation exists but the simulator does not do it.
        NotImplementedException 501;
        /// A fault of the simulator itself.
        InternalFailure 500;
        /// The request is not signed.
        MissingAuthenticationTokenException 400;
        /// Too many requests; only when asked for.
        ThrottlingException 400;
        /// The caller may not do this; only when asked for. The service was seen to send it with 400 (W-15).
        AccessDeniedException 400;
        /// The service is down; only when asked for.
        ServiceUnavailable 503;
    }
}
