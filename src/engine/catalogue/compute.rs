//! Compute actions: shell commands on managed compute, with no build project behind them.

use super::action_type::{ActionType, EnvironmentVariables, OwnVariables, aws};
use super::property::text;
use crate::model::ActionCategory::Compute;

pub(super) static TYPES: &[ActionType] = &[aws(Compute, "Commands")
    .v2_only()
    .inputs(1, 10)
    .outputs(0, 1)
    .takes_commands()
    .takes_environment(EnvironmentVariables::PlainAndSecret)
    .configured_by(&[
        text("EnvironmentType", "the operating system to run on")
            .defaults_to("LINUX_CONTAINER")
            .one_of(&["LINUX_CONTAINER", "WINDOWS_SERVER_2022_CONTAINER"]),
        // A size that the operating system does not offer is only noticed when the action runs.
        text("ComputeType", "the size of the machine")
            .defaults_to("BUILD_GENERAL1_SMALL")
            .one_of(&[
                "BUILD_GENERAL1_SMALL",
                "BUILD_GENERAL1_MEDIUM",
                "BUILD_GENERAL1_LARGE",
            ]),
        text("VpcId", "the network to run in"),
        text("Subnets", "subnets of that network"),
        text("SecurityGroupIds", "security groups of that network"),
    ])
    .sets_own(OwnVariables::Declared)
    .times_out_after_minutes(55)
    .takes_seconds(20, 180)];
