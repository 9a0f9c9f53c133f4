//! Test actions. The quotas page gives a test 8 hours (QT-37).

use super::action_type::{ActionType, OwnVariables, aws, partner};
use super::build::CODEBUILD;
use super::property::{RequiredWhen, flag, number, text};
use crate::model::ActionCategory::Test;

const TEST_TIMEOUT_MINUTES: u32 = 8 * 60;

pub(super) static TYPES: &[ActionType] = &[
    aws(Test, "CodeBuild")
        .inputs(1, 5)
        .outputs(0, 5)
        .configured_by(CODEBUILD)
        .sets_own(OwnVariables::ExportedByBuild)
        .times_out_after_minutes(TEST_TIMEOUT_MINUTES)
        .takes_seconds(60, 600),
    aws(Test, "DeviceFarm")
        .inputs(1, 1)
        .configured_by(&[
            text("ProjectId", "the Device Farm project")
                .required()
                .key(),
            text("DevicePoolArn", "the devices to test on")
                .required()
                .key(),
            text("AppType", "what kind of app it is")
                .required()
                .one_of(&["iOS", "Android", "Web"]),
            text("App", "the app's file in the input artifact").required(),
            text("TestType", "the test framework").required().one_of(&[
                "APPIUM_JAVA_JUNIT",
                "APPIUM_JAVA_TESTNG",
                "APPIUM_NODE",
                "APPIUM_RUBY",
                "APPIUM_PYTHON",
                "APPIUM_WEB_JAVA_JUNIT",
                "APPIUM_WEB_JAVA_TESTNG",
                "APPIUM_WEB_NODE",
                "APPIUM_WEB_RUBY",
                "APPIUM_WEB_PYTHON",
                "BUILTIN_FUZZ",
                "INSTRUMENTATION",
                "XCTEST",
                "XCTEST_UI",
            ]),
            text("TestSpec", "the test spec's file in the input artifact")
                .required_when(RequiredWhen::Running("the test runs in custom mode")),
            text("Test", "the tests' file in the input artifact"),
            flag("RadioBluetoothEnabled", "start with Bluetooth on"),
            flag("RadioWifiEnabled", "start with Wi-Fi on"),
            flag("RadioNfcEnabled", "start with NFC on"),
            flag("RadioGpsEnabled", "start with GPS on"),
            flag("RecordAppPerformanceData", "measure CPU, frames and memory"),
            flag("RecordVideo", "film the screen"),
            number(
                "FuzzEventCount",
                "how many random events to send, up to 10000",
            ),
            number(
                "FuzzEventThrottle",
                "the pause between two of them in milliseconds, up to 1000",
            ),
            number("FuzzRandomizerSeed", "the same seed sends the same events"),
            text(
                "CustomHostMachineArtifacts",
                "where files of the host machine end up",
            ),
            text("CustomDeviceArtifacts", "where files of the device end up"),
            flag("UnmeteredDevicesOnly", "use only devices paid by the month"),
            number("JobTimeoutMinutes", "how long one device may take"),
            number("Latitude", "where the device believes to be, in degrees"),
            number("Longitude", "where the device believes to be, in degrees"),
        ])
        .times_out_after_minutes(TEST_TIMEOUT_MINUTES)
        .takes_seconds(300, 1200),
    // Partners that the service lists by name only: the counts are this project's guess, the configuration is
    // made on the partner's own page.
    partner(Test, "GhostInspector")
        .inputs(0, 1)
        .configured_elsewhere()
        .times_out_after_minutes(TEST_TIMEOUT_MINUTES)
        .takes_seconds(60, 300),
    partner(Test, "MFStormRunner")
        .inputs(0, 1)
        .configured_elsewhere()
        .times_out_after_minutes(TEST_TIMEOUT_MINUTES)
        .takes_seconds(300, 1200),
    partner(Test, "Runscope")
        .inputs(0, 1)
        .configured_elsewhere()
        .times_out_after_minutes(TEST_TIMEOUT_MINUTES)
        .takes_seconds(20, 120),
    // Named in the guide, but no account was seen that lists it.
    partner(Test, "Nouvola")
        .unlisted()
        .inputs(0, 1)
        .configured_elsewhere()
        .times_out_after_minutes(TEST_TIMEOUT_MINUTES)
        .takes_seconds(300, 1200),
];
