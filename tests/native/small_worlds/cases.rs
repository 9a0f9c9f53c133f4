//! The pipelines whose worlds are enumerated: two stages, one action in each unless the case says otherwise. Every action
//! is held by a behavior, so that it ends when a move says so, or at its timeout.
//!
//! All of them have these moves: start (until there are three executions), finish or fail each running action, stop and
//! wait, stop and abandon, retry the failed actions or all, roll back (where there are not three executions yet), close and open the gates,
//! update, and let time pass to the next deadline. `month` adds that 31 days pass while a gate is closed (TR-10).

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
    /// The stages whose gates are closed and opened.
    pub gates: &'static [u16],
    /// Whether 31 days may pass while a gate is closed.
    pub month: bool,
    /// The alarm that goes on and off.
    pub alarm: Option<&'static str>,
    /// The function that answers this or that.
    pub function: Option<&'static str>,
    /// How many executions there may be, those included that CreatePipeline and rollbacks by hand start. Automatic
    /// rollbacks come on top.
    pub executions: u32,
    /// How many moves deep.
    pub depth: usize,
    /// Executions of PARALLEL mode do not know of each other, so worlds that differ in their order only are one.
    pub interchangeable: bool,
    /// Moves that are left out, because the worlds would be too many in the time there is.
    pub without: &'static [&'static str],
}

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
        gates: &[0, 1],
        month: false,
        alarm: None,
        function: None,
        executions: 3,
        depth: 14,
        interchangeable: false,
        without: &[],
    }
}

pub fn superseded() -> Case {
    Case {
        month: true,
        ..plain("SUPERSEDED", &["SUPERSEDED"], ship())
    }
}

pub fn queued() -> Case {
    Case {
        month: true,
        ..plain("QUEUED", &["QUEUED"], ship())
    }
}

pub fn parallel() -> Case {
    Case {
        month: true,
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
