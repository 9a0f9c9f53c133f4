//! Commands: the operations under short names, the controls, and time.

use codepipeline_simulator::{
    api::controls::{
        self, AttachWorker, CompleteAction, DeliverWebhook, DetachWorker, ExplainTriggers,
        FailNext, PushRevision, SetAlarm, SetBehavior, SetClientToken, SetEventRule,
        SetLambdaResult, SetSchedule,
    },
    engine::{behavior::Behavior, control::Control},
    model::ApiError,
};
use serde_json::{Map, Value, json};

use super::{change, conditions, jobs, notation, player::Player, reader};

/// What a line came to: accepted, or refused with the service's error.
pub type Done = Result<(), ApiError>;

/// Carries a line out.
pub fn perform(player: &mut Player, text: &str) -> Result<Done, String> {
    let (verb, rest) = text.split_once(' ').unwrap_or((text, ""));
    let rest = rest.trim();
    match verb {
        "pipeline" => declare_pipeline(player, rest),
        "declare" => declare(player, rest).map(Ok),
        "condition" => conditions::condition(player, rest),
        "onfailure" => conditions::failure(player, rest).map(Ok),
        "trigger" => trigger(player, rest).map(Ok),
        "create" => {
            let (name, members) = named(player, rest)?;
            let mut input = members.unwrap_or_else(|| json!({}));
            input["pipeline"] = declared(player, &name)?;
            player.call("CreatePipeline", input)
        }
        "update" => {
            let declaration = declared(player, rest)?;
            player.call("UpdatePipeline", json!({ "pipeline": declaration }))
        }
        "delete" => player.call("DeletePipeline", json!({ "name": rest })),
        "start" => {
            let (name, members) = named(player, rest)?;
            let mut input = members.unwrap_or_else(|| json!({}));
            input["name"] = json!(name);
            player.call("StartPipelineExecution", input)
        }
        "stop" | "abandon" => {
            let (name, reason) = split_text(rest)?;
            let (pipeline, id) = player.execution(name)?;
            let mut input = json!({ "pipelineName": pipeline, "pipelineExecutionId": id });
            if verb == "abandon" {
                input["abandon"] = json!(true);
            }
            with(&mut input, "reason", reason);
            player.call("StopPipelineExecution", input)
        }
        "retry" => {
            let [stage, "of", name, mode] = words(rest)[..] else {
                return Err("retry STAGE of EXECUTION MODE".to_owned());
            };
            let (pipeline, id) = player.execution(name)?;
            let input = json!({
                "pipelineName": pipeline, "stageName": stage, "pipelineExecutionId": id, "retryMode": mode,
            });
            player.call("RetryStageExecution", input)
        }
        "rollback" => {
            let (stage, name) = match words(rest)[..] {
                [stage, "to", name] => (stage, name),
                [stage, "to", name, "as", execution] => {
                    player.next_name = Some(execution.to_owned());
                    (stage, name)
                }
                _ => return Err("rollback STAGE to EXECUTION [as EXECUTION]".to_owned()),
            };
            let (pipeline, id) = player.execution(name)?;
            let input = json!({
                "pipelineName": pipeline, "stageName": stage, "targetPipelineExecutionId": id,
            });
            player.call("RollbackStage", input)
        }
        "override" => {
            let [condition, "of", stage, "for", name] = words(rest)[..] else {
                return Err("override CONDITION of STAGE for EXECUTION".to_owned());
            };
            let (pipeline, id) = player.execution(name)?;
            let input = json!({
                "pipelineName": pipeline, "stageName": stage, "pipelineExecutionId": id, "conditionType": condition,
            });
            player.call("OverrideStageCondition", input)
        }
        "enable" | "disable" => {
            let (place, reason) = split_text(rest)?;
            let (stage, pipeline) = of_pipeline(player, place);
            let mut input = json!({
                "pipelineName": pipeline, "stageName": stage, "transitionType": "Inbound",
            });
            if verb == "disable" {
                with(&mut input, "reason", reason);
                player.call("DisableStageTransition", input)
            } else {
                player.call("EnableStageTransition", input)
            }
        }
        "approve" | "reject" => {
            let (approval, summary) = split_text(rest)?;
            let token = player.token(approval)?;
            let (action, name) = approval.split_once(" of ").unwrap_or_default();
            let (stage, action) = action.split_once('.').unwrap_or_default();
            let (pipeline, _) = player.execution(name)?;
            let status = if verb == "approve" {
                "Approved"
            } else {
                "Rejected"
            };
            let input = json!({
                "pipelineName": pipeline, "stageName": stage, "actionName": action, "token": token,
                "result": { "status": status, "summary": summary.unwrap_or_default() },
            });
            player.call("PutApprovalResult", input)
        }
        "call" => {
            let (operation, input) = rest.split_once(' ').unwrap_or((rest, "{}"));
            player.call(operation, reader::value(input)?)
        }
        "control" => {
            let (name, input) = rest.split_once(' ').ok_or("control NAME {…}")?;
            control(player, name, reader::value(input)?)
        }
        "behavior" => behavior(player, rest),
        "complete" => complete(player, rest),
        "alarm" => {
            let [name, state] = words(rest)[..] else {
                return Err("alarm NAME STATE".to_owned());
            };
            let input = json!({ "alarmName": name, "state": state });
            control(player, "setAlarm", input)
        }
        "lambda" => lambda(player, rest),
        "poll" | "acknowledge" | "succeed" | "fail" | "worker" | "detach" => {
            jobs::perform(player, verb, rest)
        }
        "push" => control(player, "pushRevision", reader::value(rest)?),
        _ if change::VERBS.contains(&verb) => {
            let input = change::read(player, text)?;
            control(player, "pushRevision", input)
        }
        "explain" => {
            let change = change::read(player, rest)?;
            let question = json!({ "pipelineName": player.usual, "change": change });
            control(player, "explainTriggers", question)
        }
        "advance" => advance(player, rest).map(Ok),
        "repeat" => {
            let (count, command) = rest.split_once(": ").ok_or("repeat COUNT: COMMAND")?;
            let count: u32 = count.parse().map_err(|_| format!("{count} is no count"))?;
            for round in 1..=count {
                let command = command.replace("<n>", &round.to_string());
                if let Err(error) = perform(player, &command)? {
                    return Ok(Err(error));
                }
            }
            Ok(Ok(()))
        }
        _ => Err("this is no command".to_owned()),
    }
}

/// The words of a text.
pub fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

fn with(input: &mut Value, member: &str, text: Option<String>) {
    if let Some(text) = text {
        input[member] = json!(text);
    }
}

/// A quoted text at the end of a line.
pub fn split_text(text: &str) -> Result<(&str, Option<String>), String> {
    match text.find('"') {
        None => Ok((text, None)),
        Some(at) => {
            let said = reader::value(&text[at..])?;
            Ok((text[..at].trim(), said.as_str().map(str::to_owned)))
        }
    }
}

/// `STAGE` or `STAGE of PIPELINE`.
pub fn of_pipeline<'a>(player: &Player, text: &'a str) -> (&'a str, String) {
    match text.split_once(" of ") {
        Some((what, pipeline)) => (what.trim(), pipeline.trim().to_owned()),
        None => (text, player.usual.clone()),
    }
}

/// `NAME [as EXECUTION] [{…}]`: remembers what the execution is called.
fn named(player: &mut Player, text: &str) -> Result<(String, Option<Value>), String> {
    let (text, members) = match text.find('{') {
        Some(at) => (&text[..at], Some(reader::value(&text[at..])?)),
        None => (text, None),
    };
    match words(text)[..] {
        [name] => Ok((name.to_owned(), members)),
        [name, "as", execution] => {
            player.next_name = Some(execution.to_owned());
            Ok((name.to_owned(), members))
        }
        _ => Err("NAME, NAME as EXECUTION".to_owned()),
    }
}

fn declared(player: &Player, name: &str) -> Result<Value, String> {
    player
        .declarations
        .get(name)
        .cloned()
        .ok_or_else(|| format!("no pipeline line declares {name}"))
}

fn declare_pipeline(player: &mut Player, text: &str) -> Result<Done, String> {
    let read = notation::pipeline(text)?;
    player.usual = read.name.clone();
    player.declarations.insert(read.name, read.declaration);
    for (scope, behavior) in read.behaviors {
        let behavior = Some(behavior);
        if let Err(error) = player.control(Control::SetBehavior { scope, behavior }) {
            return Ok(Err(error));
        }
    }
    Ok(Ok(()))
}

/// `declare [PIPELINE] /pointer VALUE`: changes the declaration; `null` takes the member away.
fn declare(player: &mut Player, text: &str) -> Result<(), String> {
    let (name, text) = match text.split_once(' ') {
        Some((name, rest)) if !name.starts_with('/') => (name.to_owned(), rest),
        _ => (player.usual.clone(), text),
    };
    let (pointer, value) = text.split_once(' ').ok_or("declare /POINTER VALUE")?;
    let value = player.with_ids(reader::value(value)?)?;
    let (parent, key) = pointer.rsplit_once('/').ok_or("a pointer begins with /")?;
    match declaration_mut(player, &name)?.pointer_mut(parent) {
        Some(Value::Object(members)) if value.is_null() => {
            members.shift_remove(key);
        }
        Some(Value::Object(members)) => {
            members.insert(key.to_owned(), value);
        }
        Some(Value::Array(items)) => match key.parse::<usize>() {
            Ok(index) if index < items.len() => items[index] = value,
            _ => items.push(value),
        },
        _ => return Err(format!("the declaration has nothing at {parent}")),
    }
    Ok(())
}

/// The declaration of a pipeline, to be changed.
pub fn declaration_mut<'a>(player: &'a mut Player, name: &str) -> Result<&'a mut Value, String> {
    player
        .declarations
        .get_mut(name)
        .ok_or_else(|| format!("no pipeline line declares {name}"))
}

/// `NAME succeeds`, `NAME fails ["message"]`, `NAME as usual`: what a function answers to rules.
fn lambda(player: &mut Player, text: &str) -> Result<Done, String> {
    let (said, message) = split_text(text)?;
    let (name, result) = match words(said)[..] {
        [name, "succeeds"] => (name, json!({ "kind": "success" })),
        [name, "fails"] => {
            let mut result = json!({ "kind": "error" });
            with(&mut result, "message", message);
            (name, result)
        }
        [name, "as", "usual"] => (name, Value::Null),
        _ => return Err("lambda NAME succeeds, fails or as usual".to_owned()),
    };
    let input = json!({ "functionName": name, "result": result });
    control(player, "setLambdaResult", input)
}

/// `push {…}` or `pull request {…}`: one more filter for the first source of the usual pipeline; `none` has no filter.
fn trigger(player: &mut Player, text: &str) -> Result<(), String> {
    let declaration = player
        .declarations
        .get_mut(&player.usual)
        .ok_or("no pipeline line stands above")?;
    let source = declaration["stages"][0]["actions"][0]["name"].clone();
    if declaration["triggers"].is_null() {
        declaration["triggers"] = json!([{
            "providerType": "CodeStarSourceConnection",
            "gitConfiguration": { "sourceActionName": source },
        }]);
    }
    let git = &mut declaration["triggers"][0]["gitConfiguration"];
    let (member, filter) = match text.split_once('{') {
        _ if text == "none" => return Ok(()),
        Some(("push ", _)) => ("push", &text["push ".len()..]),
        Some(("pull request ", _)) => ("pullRequest", &text["pull request ".len()..]),
        _ => return Err("trigger push {…}, trigger pull request {…}, trigger none".to_owned()),
    };
    if git[member].is_null() {
        git[member] = json!([]);
    }
    let filters = git[member].as_array_mut().ok_or("filters are a list")?;
    filters.push(reader::value(filter)?);
    Ok(())
}

/// `STAGE.ACTION [of PIPELINE]: WORD WORD …`, or `as usual`; of a rule `STAGE.PLACE.RULE`.
fn behavior(player: &mut Player, text: &str) -> Result<Done, String> {
    let (place, said) = text
        .split_once(": ")
        .ok_or("behavior STAGE.ACTION: WORDS")?;
    let (action, pipeline) = of_pipeline(player, place);
    let scope = match action.split('.').collect::<Vec<_>>()[..] {
        [stage, action] => notation::scope(&pipeline, stage, action),
        [stage, place, rule] => {
            conditions::scope(&pipeline, stage, conditions::place(place)?, rule)
        }
        _ => return Err("behavior STAGE.ACTION: WORDS".to_owned()),
    };
    let mut behavior = Behavior::default();
    if said != "as usual" {
        for word in words(said) {
            notation::behave(&mut behavior, word)?;
        }
    }
    let behavior = (said != "as usual").then_some(behavior);
    Ok(player.control(Control::SetBehavior { scope, behavior }))
}

/// `STAGE.ACTION of EXECUTION [{…}]`.
fn complete(player: &mut Player, text: &str) -> Result<Done, String> {
    let (place, members) = match text.find('{') {
        Some(at) => (text[..at].trim(), reader::value(&text[at..])?),
        None => (text, Value::Object(Map::new())),
    };
    let (action, execution) = place
        .split_once(" of ")
        .ok_or("complete STAGE.ACTION of EXECUTION")?;
    let row = player.row(action, execution)?;
    let mut input = members;
    input["actionExecutionId"] = row["actionExecutionId"].clone();
    control(player, "completeAction", input)
}

/// A control by its name in the API.
pub fn control(player: &mut Player, name: &str, input: Value) -> Result<Done, String> {
    let input = player.with_ids(input)?;
    let world = player.bench.engine.world();
    let control = match name {
        "setBehavior" => {
            controls::read::<SetBehavior>(name, input).and_then(|it| it.control(world))
        }
        "completeAction" => {
            controls::read::<CompleteAction>(name, input).and_then(|it| it.control(world))
        }
        "pushRevision" => {
            controls::read::<PushRevision>(name, input).and_then(|it| it.control(world))
        }
        "setEventRule" => {
            controls::read::<SetEventRule>(name, input).and_then(|it| it.control(world))
        }
        "setSchedule" => {
            controls::read::<SetSchedule>(name, input).and_then(|it| it.control(world))
        }
        "explainTriggers" => {
            // A question, and no control of the engine.
            let question = controls::read::<ExplainTriggers>(name, input);
            return Ok(question.and_then(|it| it.answer(world)).map(|answer| {
                player.answer = codepipeline_simulator::json::to_value(&answer);
            }));
        }
        "deliverWebhook" => {
            controls::read::<DeliverWebhook>(name, input).and_then(DeliverWebhook::control)
        }
        "failNext" => controls::read::<FailNext>(name, input).and_then(FailNext::control),
        "attachWorker" => {
            controls::read::<AttachWorker>(name, input).and_then(AttachWorker::control)
        }
        "detachWorker" => {
            controls::read::<DetachWorker>(name, input).and_then(DetachWorker::control)
        }
        "setClientToken" => {
            controls::read::<SetClientToken>(name, input).and_then(SetClientToken::control)
        }
        "setAlarm" => controls::read::<SetAlarm>(name, input).and_then(SetAlarm::control),
        "setLambdaResult" => {
            controls::read::<SetLambdaResult>(name, input).and_then(SetLambdaResult::control)
        }
        _ => return Err(format!("{name} is no control")),
    };
    Ok(control.and_then(|control| player.control(control)))
}

/// `3m`, `1h 30m`, or `until idle`.
fn advance(player: &mut Player, text: &str) -> Result<(), String> {
    if text == "until idle" {
        player.bench.until_idle();
    } else {
        let span = notation::span(text).ok_or_else(|| format!("{text:?} is no span of time"))?;
        player.bench.advance(span);
    }
    player.listen();
    Ok(())
}
