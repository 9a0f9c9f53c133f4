//! The pipelines whose worlds are enumerated, and how much of them: two stages, one action in each unless the case says
//! otherwise. Every action is held by a behavior, so that it ends when a move says so, or at its timeout.
//!
//! All moves are: start, finish or fail each running action, stop and wait, stop and abandon, retry the failed actions or
//! all, roll back, override, close and open a gate, update, time passes to the next deadline; and, where the case has
//! them, an approval's answer, an alarm that goes on or off, a function that answers otherwise, another mode.
//!
//! All of them together, with three executions and both gates, are too many worlds for a build that is not optimised. So
//! there are extents: each says how many executions, which gates and which moves. The normal run covers every case in
//! extents that overlap; what it leaves out there, and only there, is what the names of the extents say. The long mode
//! enumerates [`THREE`] for each case, with nothing left out but the gate of the first stage and the month, and
//! [`EVERYTHING`] for the two modes with queues.

use serde_json::{Value, json};

use crate::bench::{approval, build, pipeline, source, stage};

/// One enumeration.
pub struct Case {
    /// What it is about.
    pub name: &'static str,
    /// What is created.
    pub declaration: Value,
    /// What an update may save: the declaration with these modes; the first one is that of the declaration.
    pub modes: &'static [&'static str],
    /// The alarm that goes on and off.
    pub alarm: Option<&'static str>,
    /// The function that answers this or that.
    pub function: Option<&'static str>,
    /// Executions of PARALLEL mode do not know of each other, so worlds that differ in their order only are one.
    pub interchangeable: bool,
}

/// How much of a case is enumerated.
#[derive(Clone, Copy, Debug)]
pub struct Extent {
    /// How many executions there may be, those included that CreatePipeline and rollbacks by hand start. Automatic
    /// rollbacks come on top.
    pub executions: u32,
    /// The stages whose gates are closed and opened.
    pub gates: &'static [u16],
    /// Whether 31 days may pass while a gate is closed (TR-10).
    pub month: bool,
    /// Kinds of moves that are left out.
    pub without: &'static [&'static str],
}

/// How many moves deep an enumeration goes.
pub const DEPTH: usize = 14;

/// Three executions, the gate of the second stage, all moves.
pub const THREE: Extent = Extent {
    executions: 3,
    gates: &[1],
    month: false,
    without: &[],
};

/// Three executions, both gates, months, all moves.
pub const EVERYTHING: Extent = Extent {
    gates: &[0, 1],
    month: true,
    ..THREE
};

/// Three executions, but the gates stay open, nobody stops and waits, nothing times out.
pub const THREE_IN_A_HURRY: Extent = Extent {
    gates: &[],
    without: &["time", "stop and wait"],
    ..THREE
};

/// Two executions, the gate of the second stage, all moves.
pub const TWO: Extent = Extent {
    executions: 2,
    ..THREE
};

/// Two executions, but the gates stay open.
pub const TWO_WITH_OPEN_GATES: Extent = Extent { gates: &[], ..TWO };

/// Two executions, the gate of the first stage, and 31 days may pass while it is closed.
pub const TWO_AND_A_MONTH: Extent = Extent {
    gates: &[0],
    month: true,
    ..TWO
};

fn two_stages(mode: &str, second: Value) -> Value {
    let mut declaration = pipeline("shop", &[stage("Source", &[source()]), second]);
    declaration["executionMode"] = json!(mode);
    declaration
}

fn ship() -> Value {
    stage("Deploy", &[build("Ship", 1)])
}

fn rule(provider: &str, configuration: Value) -> Value {
    json!({
        "name": "Judge",
        "ruleTypeId": { "category": "Rule", "owner": "AWS", "provider": provider, "version": "1" },
        "configuration": configuration,
    })
}

fn with(mut stage: Value, member: &str, result: &str, rule: Value) -> Value {
    stage[member] = json!({ "conditions": [{ "result": result, "rules": [rule] }] });
    stage
}

fn plain(name: &'static str, modes: &'static [&'static str], second: Value) -> Case {
    Case {
        name,
        declaration: two_stages(modes[0], second),
        modes,
        alarm: None,
        function: None,
        interchangeable: false,
    }
}

pub fn superseded() -> Case {
    plain("SUPERSEDED", &["SUPERSEDED"], ship())
}

pub fn queued() -> Case {
    plain("QUEUED", &["QUEUED"], ship())
}

pub fn parallel() -> Case {
    Case {
        interchangeable: true,
        ..plain("PARALLEL", &["PARALLEL"], ship())
    }
}

/// Every mode follows every other one.
pub fn switching() -> Case {
    plain(
        "modes that change",
        &["SUPERSEDED", "QUEUED", "PARALLEL"],
        ship(),
    )
}

/// An approval that expires after 31 days.
pub fn approving() -> Case {
    let mut approval = approval("Approve", 1);
    approval["timeoutInMinutes"] = json!(31 * 24 * 60);
    plain("an approval", &["QUEUED"], stage("Deploy", &[approval]))
}

pub fn side_by_side() -> Case {
    let actions = [build("Left", 1), build("Right", 1)];
    plain(
        "two parallel actions",
        &["SUPERSEDED"],
        stage("Deploy", &actions),
    )
}

pub fn entry_fails() -> Case {
    let rule = rule("LambdaInvoke", json!({ "FunctionName": "Judge" }));
    Case {
        function: Some("Judge"),
        ..plain(
            "beforeEntry FAIL",
            &["SUPERSEDED"],
            with(ship(), "beforeEntry", "FAIL", rule),
        )
    }
}

pub fn entry_skips() -> Case {
    let rule = rule("LambdaInvoke", json!({ "FunctionName": "Judge" }));
    Case {
        function: Some("Judge"),
        ..plain(
            "beforeEntry SKIP",
            &["QUEUED"],
            with(ship(), "beforeEntry", "SKIP", rule),
        )
    }
}

pub fn rolls_back() -> Case {
    let mut second = ship();
    second["onFailure"] = json!({ "result": "ROLLBACK" });
    plain("onFailure ROLLBACK", &["SUPERSEDED"], second)
}

pub fn retries() -> Case {
    let mut second = ship();
    second["onFailure"] = json!({ "result": "RETRY" });
    plain("onFailure RETRY", &["QUEUED"], second)
}

pub fn watched() -> Case {
    let rule = rule(
        "CloudWatchAlarm",
        json!({ "AlarmName": "Errors", "WaitTime": "60" }),
    );
    Case {
        alarm: Some("Errors"),
        ..plain(
            "onSuccess with an alarm",
            &["SUPERSEDED"],
            with(ship(), "onSuccess", "ROLLBACK", rule),
        )
    }
}
