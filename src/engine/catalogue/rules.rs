//! Rule types: the checks that stage conditions run. Their artifact counts and durations are this project's
//! choice where the guide gives an example only.

use super::build::{
    BATCH_ENABLED, COMBINE_ARTIFACTS, ENVIRONMENT_VARIABLES, PRIMARY_SOURCE, PROJECT_NAME,
};
use super::property::{number, text};
use super::rule_type::{RuleType, rule};

pub(super) static TYPES: &[RuleType] = &[
    rule("CloudWatchAlarm")
        .configured_by(&[
            text("AlarmName", "the alarm").required().key(),
            text("AlarmStates", "the states of the alarm that count").one_of(&[
                "ALARM",
                "OK",
                "INSUFFICIENT_DATA",
            ]),
            number(
                "WaitTime",
                "how many minutes to watch before the result counts",
            ),
        ])
        .takes_seconds(1, 5),
    rule("CodeBuild")
        .inputs(1, 5)
        .configured_by(&[
            PROJECT_NAME,
            PRIMARY_SOURCE,
            BATCH_ENABLED,
            COMBINE_ARTIFACTS,
            ENVIRONMENT_VARIABLES,
        ])
        .times_out_after_minutes(8 * 60)
        .takes_seconds(60, 300),
    rule("Commands")
        .inputs(0, 5)
        .takes_commands()
        .times_out_after_minutes(55)
        .takes_seconds(20, 120),
    rule("DeploymentWindow")
        .configured_by(&[
            text("Cron", "when the window is open, written the Quartz way")
                .required()
                .key(),
            text("TimeZone", "the time zone of the expression").defaults_to("UTC"),
        ])
        .takes_seconds(1, 2),
    rule("LambdaInvoke")
        .inputs(0, 5)
        .may_skip()
        .configured_by(&[
            text("FunctionName", "the function").required().key(),
            text("UserParameters", "text that the function is given"),
        ])
        .times_out_after_minutes(60)
        .takes_seconds(1, 20),
    rule("VariableCheck")
        .may_skip()
        .configured_by(&[
            text("Variable", "a reference to the variable")
                .required()
                .key(),
            text("Value", "what it is compared with").required(),
            text(
                "Operator",
                "how they are compared; MATCHES takes a regular expression",
            )
            .required()
            .one_of(&["EQ", "NE", "CONTAINS", "MATCHES"]),
        ])
        .takes_seconds(1, 1),
];
