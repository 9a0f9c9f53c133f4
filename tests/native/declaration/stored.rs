//! What becomes of an accepted declaration: defaults, versions, secrets.

use super::draft::{
    APPROVE, CHECK, CHECKOUT, Draft, ENTRY, World, changed, context, github, id, right,
    v1_without_commands, worker,
};
use codepipeline_simulator::engine::declaration::{self as declaration, Context, MASK};
use codepipeline_simulator::json as json_of;
use codepipeline_simulator::model::{PipelineDeclaration, PipelineType};
use serde_json::{Value, json};

#[test]
fn vt_10_the_type_follows_from_what_is_used() {
    let left_out = |change: fn(&mut Draft)| {
        declaration::pipeline_type(&changed(|d| {
            v1_without_commands(d);
            d.remove("", "pipelineType");
            change(d);
        }))
    };
    assert_eq!(left_out(|_| {}), PipelineType::V1);
    assert_eq!(
        left_out(|d| {
            d.set("", "executionMode", json!("SUPERSEDED"));
        }),
        PipelineType::V1
    );
    assert_eq!(
        left_out(|d| {
            d.set("", "variables", json!([]));
        }),
        PipelineType::V1
    );
    assert_eq!(
        left_out(|d| {
            d.set("", "executionMode", json!("QUEUED"));
        }),
        PipelineType::V2
    );
    assert_eq!(
        left_out(|d| {
            d.set("", "variables", json!([{ "name": "a" }]));
        }),
        PipelineType::V2
    );
    assert_eq!(
        left_out(|d| {
            d.set("/stages/1", "onFailure", json!({ "result": "RETRY" }));
        }),
        PipelineType::V2
    );
    assert_eq!(
        left_out(|d| {
            d.action(id("Deploy", "AWS", "EC2"), json!({}));
        }),
        PipelineType::V2
    );
}

#[test]
fn pl_21_defaults_are_filled_in() {
    let world = World::new();
    let declaration = changed(|d| {
        v1_without_commands(d);
        d.remove("", "pipelineType")
            .remove(APPROVE, "configuration")
            .set("", "version", json!(9));
        d.set("", "artifactStores", json!({}));
    });
    let stored = declaration::normalise(declaration, &context(&world));
    let stored = json_of::to_value(&stored);
    assert_eq!(stored["pipelineType"], "V1");
    assert_eq!(stored["executionMode"], "SUPERSEDED");
    assert_eq!(stored["version"], 1);
    assert_eq!(stored.get("artifactStores"), None);
    let approve = stored.pointer(APPROVE).expect("the approval");
    assert_eq!(
        *approve,
        json!({
            "name": "Approve",
            "actionTypeId": id("Approval", "AWS", "Manual"),
            "runOrder": 1,
            "configuration": {},
            "inputArtifacts": [],
            "outputArtifacts": [],
            "timeoutInMinutes": 60,
        })
    );
    assert_eq!(
        stored.pointer(&format!("{CHECK}/runOrder")),
        Some(&json!(2))
    );
}

#[test]
fn rules_of_conditions_get_their_defaults_too() {
    let world = World::new();
    let stored = declaration::normalise(changed(|_| {}), &context(&world));
    let stored = json_of::to_value(&stored);
    let rule = stored
        .pointer(&format!("{ENTRY}/rules/0"))
        .expect("the rule");
    assert_eq!(
        rule["ruleTypeId"],
        json!({ "category": "Rule", "owner": "AWS", "provider": "VariableCheck", "version": "1" })
    );
    assert_eq!(rule["inputArtifacts"], json!([]));
}

#[test]
fn pl_18_what_is_stored_stays_right_and_counts_its_versions() {
    let world = World::new();
    let first = declaration::normalise(changed(|_| {}), &context(&world));
    let update = Context {
        existing: Some(&first),
        ..context(&world)
    };
    assert_eq!(declaration::check(&first, &update), Ok(()));
    let second = declaration::normalise(first.clone(), &update);
    assert_eq!(
        second,
        PipelineDeclaration {
            version: Some(2),
            ..first.clone()
        }
    );
}

fn value<'a>(declaration: &'a PipelineDeclaration, action: &str, key: &str) -> Option<&'a str> {
    let mut actions = declaration.stages.iter().flat_map(|stage| &stage.actions);
    let action = actions.find(|one| one.name == action)?;
    action.configuration.as_ref()?.get(key).map(String::as_str)
}

#[test]
fn secrets_are_masked_and_kept() {
    let world = World::new();
    let both = |d: &mut Draft, token: &str, password: &str| {
        github(d, token);
        worker(d, json!({ "Project": "shop", "Password": password }));
    };
    let stored =
        declaration::normalise(changed(|d| both(d, "token", "password")), &context(&world));
    assert_eq!(
        value(&stored, "Checkout", "OAuthToken"),
        Some("token"),
        "AC-19: stored as it is"
    );

    let shown = declaration::mask_secrets(&stored, &world);
    assert_eq!(value(&shown, "Checkout", "OAuthToken"), Some("****"), "S-1");
    assert_eq!(value(&shown, "Check", "Password"), Some("****"), "S-2");
    assert_eq!(value(&shown, "Check", "Project"), Some("shop"), "S-2");

    let update = Context {
        existing: Some(&stored),
        ..context(&world)
    };
    assert_eq!(
        declaration::check(&shown, &update),
        Ok(()),
        "AC-19: what is shown can be sent back"
    );
    let again = declaration::normalise(shown, &update);
    assert_eq!(
        value(&again, "Checkout", "OAuthToken"),
        Some("token"),
        "S-3"
    );
    assert_eq!(value(&again, "Check", "Password"), Some("password"), "S-3");

    let newer = changed(|d| {
        both(d, "*****", "other");
        d.set(
            &format!("{CHECKOUT}/configuration"),
            "Branch",
            json!("next"),
        );
    });
    assert_eq!(
        declaration::check(&newer, &update),
        Ok(()),
        "S-1: five asterisks, S-3: other values changed"
    );
    let newer = declaration::normalise(newer, &update);
    assert_eq!(
        value(&newer, "Checkout", "OAuthToken"),
        Some("token"),
        "S-3"
    );
    assert_eq!(
        value(&newer, "Check", "Password"),
        Some("other"),
        "a new secret is taken"
    );

    for rename in [CHECKOUT, "/stages/0"] {
        let renamed = changed(|d| {
            both(d, MASK, "password");
            d.set(rename, "name", json!("Another"));
        });
        let rule = declaration::refusal(&renamed, &update).map(|one| one.rule);
        assert_eq!(rule, Some("AC-18"), "SG-6: {rename} renamed");
    }
}

#[test]
fn secrets_of_a_single_configuration_are_masked() {
    let world = World::new();
    let stored = changed(|d| github(d, "token"));
    let action = &stored.stages[0].actions[0];
    let configuration = action.configuration.as_ref().expect("a configuration");
    let shown = declaration::mask_configuration(&action.action_type_id, configuration, &world);
    assert_eq!(shown.get("OAuthToken").map(String::as_str), Some(MASK));
    assert_eq!(shown.get("Owner"), configuration.get("Owner"));
}

/// Every place in a value, its own first.
fn places(value: &Value) -> Vec<String> {
    let members: Vec<(String, &Value)> = match value {
        Value::Object(members) => members
            .iter()
            .map(|(name, one)| (name.clone(), one))
            .collect(),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(number, one)| (number.to_string(), one))
            .collect(),
        _ => Vec::new(),
    };
    let below = members.into_iter().flat_map(|(name, one)| {
        // JSON pointers write a slash in a name as ~1; none of ours has one.
        places(one)
            .into_iter()
            .map(move |place| format!("/{name}{place}"))
            .collect::<Vec<_>>()
    });
    std::iter::once(String::new()).chain(below).collect()
}

/// Leaves out one member or item after the other, and doubles every item: whatever is accepted then is accepted
/// again as it was stored and as it is shown, and stays the same but for its version.
#[test]
fn what_is_accepted_can_be_sent_back() {
    let world = World::new();
    let right = {
        let mut draft = Draft(right());
        github(&mut draft, "token");
        worker(
            &mut draft,
            json!({ "Project": "shop", "Password": "password" }),
        );
        draft.0
    };
    let mut tried = Vec::new();
    for place in places(&right).iter().skip(1) {
        let (parent, name) = place.rsplit_once('/').expect("a place below the whole");
        let mut without = right.clone();
        let mut doubled = right.clone();
        match without.pointer_mut(parent).expect("the place above") {
            Value::Object(members) => drop(members.remove(name)),
            Value::Array(items) => drop(items.remove(name.parse().expect("a number"))),
            _ => continue,
        }
        tried.push(without);
        if let Some(Value::Array(items)) = doubled.pointer_mut(parent) {
            let number: usize = name.parse().expect("a number");
            items.push(items[number].clone());
            tried.push(doubled);
        }
    }
    let mut accepted = 0;
    for draft in &tried {
        // Without a required member it is no declaration; the model refuses that.
        let Ok(sent) = json_of::from_value::<PipelineDeclaration>(draft.clone()) else {
            continue;
        };
        if declaration::check(&sent, &context(&world)).is_err() {
            continue;
        }
        accepted += 1;
        let stored = declaration::normalise(sent, &context(&world));
        let update = Context {
            existing: Some(&stored),
            ..context(&world)
        };
        let shown = declaration::mask_secrets(&stored, &world);
        for again in [stored.clone(), shown] {
            assert_eq!(declaration::check(&again, &update), Ok(()), "{draft}");
            let again = declaration::normalise(again, &update);
            assert_eq!(
                again,
                PipelineDeclaration {
                    version: Some(2),
                    ..stored.clone()
                },
                "{draft}"
            );
        }
    }
    assert!(
        accepted > 20 && accepted < tried.len(),
        "{accepted} of {} accepted",
        tried.len()
    );
}
