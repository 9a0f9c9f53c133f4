//! Checked lines: `expect RULES: STATEMENT`, `refused RULES: COMMAND -> ERROR`, `story RULES:`.

use regex::Regex;
use serde_json::{Value, json};

use super::{command::of_pipeline, conditions, notation, player::Player, reader, story};

/// Whether a line is one of the checked ones, a story aside.
pub fn is_one(text: &str) -> bool {
    text.starts_with("expect") || text.starts_with("refused")
}

/// The rules that a checked line names, stories included; empty for a command.
pub fn rules(text: &str) -> Vec<&str> {
    if !is_one(text) && !text.starts_with("story") {
        return vec![];
    }
    let head = text.split_once(':').map_or(text, |(head, _)| head);
    // A story may be of one execution only, and an execution is no rule.
    let head = head.split(" of ").next().unwrap_or(head);
    head.split([' ', ','])
        .skip(1)
        .filter(|word| !word.is_empty())
        .collect()
}

fn ruled(text: &str) -> Result<&str, String> {
    let (_, rest) = text.split_once(':').unwrap_or((text, ""));
    if rules(text).is_empty() {
        return Err("a checked line names at least one rule before its colon".to_owned());
    }
    Ok(rest.trim())
}

/// What is told at a `story RULES [of EXECUTION]:` line.
pub fn story(player: &mut Player, text: &str) -> Result<Vec<String>, String> {
    ruled(text)?;
    let head = text
        .strip_suffix(':')
        .ok_or("a story line ends with its colon")?;
    let of = head.split_once(" of ").map(|(_, name)| name.trim());
    if let Some(name) = of {
        player.execution(name)?;
    }
    Ok(player.story(of))
}

/// Checks a line.
pub fn check(player: &mut Player, text: &str) -> Result<(), String> {
    let rest = ruled(text)?;
    if text.starts_with("refused") {
        refused(player, rest)
    } else {
        statement(player, rest)
    }
}

/// `COMMAND -> ERROR ["beginning of its message"]`: refused, and nothing has changed.
fn refused(player: &mut Player, text: &str) -> Result<(), String> {
    let (command, expected) = text
        .rsplit_once(" -> ")
        .ok_or("a refusal is written as COMMAND -> ERROR")?;
    let (code, message) = match expected.split_once(' ') {
        Some((code, message)) => (code, reader::value(message)?),
        None => (expected, json!("")),
    };
    let before = player.bench.engine.snapshot();
    let Err(error) = player.attempt(command)? else {
        return Err("it was not refused".to_owned());
    };
    if before != player.bench.engine.snapshot() {
        return Err("it was refused and yet something has changed".to_owned());
    }
    let begins = message.as_str().unwrap_or_default();
    if error.code.name() == code && error.message.starts_with(begins) {
        Ok(())
    } else {
        Err(format!(
            "the refusal is {}: {}",
            error.code.name(),
            error.message
        ))
    }
}

fn statement(player: &mut Player, text: &str) -> Result<(), String> {
    if text == "nothing happened" {
        return match player.fresh() {
            0 => Ok(()),
            count => Err(format!("{count} facts were recorded")),
        };
    }
    if let Some(expected) = text.strip_prefix("starts ") {
        return starts(player, expected);
    }
    if text == "nothing is due" {
        return match player.bench.engine.next_deadline() {
            None => Ok(()),
            Some(at) => Err(format!("something is due at {}", at.iso())),
        };
    }
    if let Some(line) = text.strip_prefix("happened ") {
        return match player.happened().any(|told| told == line) {
            true => Ok(()),
            false => Err(told_so_far(player)),
        };
    }
    if let Some(line) = text.strip_prefix("never happened ") {
        return match player.happened().any(|told| told == line) {
            false => Ok(()),
            true => Err("it has happened".to_owned()),
        };
    }
    if let Some(expected) = text.strip_prefix("clock is ") {
        let found = player.elapsed();
        return match notation::span(expected) == Some(found) {
            true => Ok(()),
            false => Err(format!("it is {}", story::span(found))),
        };
    }
    if text.starts_with("executions") && text.contains(" are ") {
        return executions(player, text);
    }
    if text.starts_with("events of ") {
        return events(player, text);
    }
    if text.starts_with("inbound ") {
        return inbound(player, text);
    }
    compare(player, text)
}

/// `starts E2, E3` or `starts nothing`, of the last command; behind a colon a part of the reasons in its answer.
fn starts(player: &Player, text: &str) -> Result<(), String> {
    let (expected, because) = match text.split_once(": ") {
        Some((expected, because)) => (expected, Some(reader::value(because)?)),
        None => (text, None),
    };
    let started = player.started().join(", ");
    let found = if started.is_empty() {
        "nothing"
    } else {
        &started
    };
    let reactions = player.answer["pipelines"].as_array();
    let told: Vec<&str> = reactions
        .into_iter()
        .flatten()
        .filter_map(|reaction| reaction["because"].as_str())
        .collect();
    let told = told.join(" / ");
    if found != expected {
        return Err(format!("it starts {found}; the reasons are: {told}"));
    }
    let wanted = because.as_ref().and_then(Value::as_str);
    match told.contains(wanted.unwrap_or_default()) {
        true => Ok(()),
        false => Err(format!("the reasons are: {told}")),
    }
}

fn told_so_far(player: &Player) -> String {
    let told: Vec<String> = player.happened().collect();
    format!("what has happened:\n      {}", told.join("\n      "))
}

fn equal(found: &str, expected: &str) -> Result<(), String> {
    if found == expected {
        Ok(())
    } else {
        Err(format!("it is {found}"))
    }
}

/// `executions [of PIPELINE] are E2 Succeeded, E1 Failed`: newest start first.
fn executions(player: &mut Player, text: &str) -> Result<(), String> {
    let (subject, expected) = text.split_once(" are ").unwrap_or_default();
    let (_, pipeline) = of_pipeline(player, subject);
    let listed = player.ask(
        "ListPipelineExecutions",
        json!({ "pipelineName": pipeline }),
    )?;
    let found: Vec<String> = listed["pipelineExecutionSummaries"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|summary| {
            let id = summary["pipelineExecutionId"].as_str().unwrap_or_default();
            let status = summary["status"].as_str().unwrap_or_default();
            format!("{} {status}", player.name(id))
        })
        .collect();
    equal(&found.join(", "), expected)
}

/// `events of E1 are pipeline STARTED, stage Source STARTED`: all of them so far; `end with` the last of them.
fn events(player: &Player, text: &str) -> Result<(), String> {
    let (subject, expected, all) = match (text.split_once(" are "), text.split_once(" end with ")) {
        (Some((subject, expected)), None) => (subject, expected, true),
        (None, Some((subject, expected))) => (subject, expected, false),
        _ => return Err("events of EXECUTION are …, or end with …".to_owned()),
    };
    let execution = subject.strip_prefix("events of ").unwrap_or_default();
    let sent: Vec<&str> = player
        .events(execution)?
        .map(|sent| sent.name.as_str())
        .collect();
    let count = expected.split(", ").count();
    let from = if all {
        0
    } else {
        sent.len().saturating_sub(count)
    };
    equal(&sent[from..].join(", "), expected)
}

/// `inbound of STAGE [of PIPELINE] is E2, E3`, or `is empty`: the list, head first, and the head alone beside it.
fn inbound(player: &mut Player, text: &str) -> Result<(), String> {
    let (subject, expected) = text
        .split_once(" is ")
        .ok_or("inbound of STAGE is EXECUTIONS")?;
    let place = subject.strip_prefix("inbound of ").unwrap_or_default();
    let (stage, pipeline) = of_pipeline(player, place);
    let state = stage_state(player, stage, &pipeline)?;
    let names: Vec<String> = state["inboundExecutions"]
        .as_array()
        .ok_or("the stage has no inboundExecutions")?
        .iter()
        .map(|entry| player.name(entry["pipelineExecutionId"].as_str().unwrap_or_default()))
        .collect();
    if state["inboundExecution"] != state["inboundExecutions"][0] {
        return Err(format!(
            "inboundExecution is {} and not the head of the list",
            state["inboundExecution"]
        ));
    }
    let found = if names.is_empty() {
        "empty".to_owned()
    } else {
        names.join(", ")
    };
    equal(&found, expected)
}

fn stage_state(player: &mut Player, stage: &str, pipeline: &str) -> Result<Value, String> {
    let state = player.ask("GetPipelineState", json!({ "name": pipeline }))?;
    let stages = state["stageStates"].as_array();
    stages
        .into_iter()
        .flatten()
        .find(|state| state["stageName"] == stage)
        .cloned()
        .ok_or_else(|| format!("{pipeline} has no stage {stage}"))
}

/// What a statement is about: a value, and the member that is meant where a mere status is compared.
struct Subject {
    value: Value,
    status: &'static str,
}

/// Whether a word begins the predicate of a statement.
const PREDICATES: [&str; 8] = [
    "is", "has", "starts", "contains", "matches", "never", "same", "differs",
];

/// `SUBJECT PREDICATE`.
fn compare(player: &mut Player, text: &str) -> Result<(), String> {
    let words: Vec<&str> = text.split(' ').collect();
    let at = words
        .iter()
        .position(|word| PREDICATES.contains(word))
        .ok_or("this is no statement")?;
    let (subject, path) = subject(player, &words[..at])?;
    let predicate = words[at..].join(" ");
    // `stage Build is Failed with E1`
    let (predicate, with) = match predicate.split_once(" with E") {
        Some((predicate, name)) if words[0] == "stage" && !name.contains(' ') => {
            (predicate.to_owned(), Some(format!("E{name}")))
        }
        _ => (predicate, None),
    };
    if let Some(name) = with {
        let found = follow(&subject.value, "latestExecution.pipelineExecutionId");
        let found = found.as_ref().and_then(Value::as_str).unwrap_or_default();
        equal(&player.name(found), &name)?;
    }
    let says_status = path.is_empty()
        && predicate != "is absent"
        && predicate
            .strip_prefix("is ")
            .is_some_and(|value| !value.starts_with(['{', '[']));
    let path = if says_status { subject.status } else { &path };
    let found = follow(&subject.value, path);
    let other = [("same as ", true), ("differs from ", false)]
        .into_iter()
        .find_map(|(words, same)| Some((predicate.strip_prefix(words)?, same)));
    if let Some((other, wanted)) = other {
        let (other, path) = self::subject(player, &other.split(' ').collect::<Vec<_>>())?;
        let other = follow(&other.value, &path);
        let (Some(found), Some(other)) = (&found, &other) else {
            return Err("one of the two is absent".to_owned());
        };
        return match same(found, other) == wanted {
            true => Ok(()),
            false => Err(format!("they are {found} and {other}")),
        };
    }
    predicate_holds(player, found.as_ref(), &predicate)
}

fn subject(player: &mut Player, words: &[&str]) -> Result<(Subject, String), String> {
    // The path stands behind the last word; an action's own name has a period too.
    let Some((last, before)) = words.split_last() else {
        return Err("this is no statement".to_owned());
    };
    let periods = usize::from(matches!(before, ["action"])) + 1;
    let mut cut = last.len();
    let mut seen = 0;
    for (index, letter) in last.char_indices() {
        if letter == '.' || letter == '[' {
            seen += 1;
            if seen == periods || letter == '[' {
                cut = index;
                break;
            }
        }
    }
    let (last, path) = last.split_at(cut);
    let path = path.trim_start_matches('.').to_owned();
    let mut named = before.to_vec();
    named.push(last);
    let usual = player.usual.clone();
    let plain = |value| Subject { value, status: "" };
    let subject = match named[..] {
        ["answer"] => plain(player.answer.clone()),
        ["error"] => {
            let error = player.refusal.as_ref().ok_or("nothing was refused")?;
            plain(json!({ "code": error.code.name(), "message": error.message }))
        }
        ["metadata"] => {
            plain(player.ask("GetPipeline", json!({ "name": usual }))?["metadata"].take())
        }
        ["state"] => plain(player.ask("GetPipelineState", json!({ "name": usual }))?),
        ["state", "of", name] => plain(player.ask("GetPipelineState", json!({ "name": name }))?),
        ["declaration"] => {
            plain(player.ask("GetPipeline", json!({ "name": usual }))?["pipeline"].take())
        }
        ["declaration", "of", name] => {
            plain(player.ask("GetPipeline", json!({ "name": name }))?["pipeline"].take())
        }
        ["stage", stage] => of_stage(player, stage, &usual)?,
        ["stage", stage, "of", name] => of_stage(player, stage, name)?,
        ["action", action] => of_action(player, action, &usual)?,
        ["action", action, "of", name] => of_action(player, action, name)?,
        ["condition", place, "of", stage] => of_condition(player, place, stage, &usual)?,
        ["condition", place, "of", stage, "of", name] => of_condition(player, place, stage, name)?,
        ["rule", rule, "of", stage, "of", name] => Subject {
            value: player.rule(rule, stage, name)?,
            status: "status",
        },
        ["row", action, "of", name] => Subject {
            value: player.row(action, name)?,
            status: "status",
        },
        ["summary", "of", name] => {
            let (pipeline, id) = player.execution(name)?;
            let listed = player.ask(
                "ListPipelineExecutions",
                json!({ "pipelineName": pipeline }),
            )?;
            let rows = listed["pipelineExecutionSummaries"].as_array();
            let row = rows
                .into_iter()
                .flatten()
                .find(|row| row["pipelineExecutionId"] == id);
            Subject {
                value: row.cloned().unwrap_or(Value::Null),
                status: "status",
            }
        }
        ["job", name] => Subject {
            value: super::jobs::subject(player, name)?,
            status: "status",
        },
        ["targets", "of", action, "of", name] => {
            let row = player.row(action, name)?;
            let input = json!({ "actionExecutionId": row["actionExecutionId"] });
            let mut answer = player.ask("ListDeployActionExecutionTargets", input)?;
            plain(answer["targets"].take())
        }
        ["event", .., "of", name] => {
            let what = named[1..named.len() - 2].join(" ");
            let sent = player.sent(&what, name)?;
            plain(sent.map_or(Value::Null, |sent| sent.event.clone()))
        }
        ["notification", .., "of", name] => {
            let what = named[1..named.len() - 2].join(" ");
            let sent = player.sent(&what, name)?;
            plain(sent.map_or(Value::Null, |sent| sent.notification.clone()))
        }
        ["message", "of", approval, "of", name] => {
            let sent = player.sent(&format!("message {approval}"), name)?;
            plain(sent.map_or(Value::Null, |sent| sent.event.clone()))
        }
        [name] => {
            let (pipeline, id) = player.execution(name)?;
            let input = json!({ "pipelineName": pipeline, "pipelineExecutionId": id });
            let answer = player.ask("GetPipelineExecution", input)?;
            Subject {
                value: answer["pipelineExecution"].clone(),
                status: "status",
            }
        }
        _ => return Err("this is no statement".to_owned()),
    };
    Ok((subject, path))
}

const LATEST_STATUS: &str = "latestExecution.status";

fn of_stage(player: &mut Player, stage: &str, pipeline: &str) -> Result<Subject, String> {
    Ok(Subject {
        value: stage_state(player, stage, pipeline)?,
        status: LATEST_STATUS,
    })
}

fn of_condition(
    player: &mut Player,
    place: &str,
    stage: &str,
    pipeline: &str,
) -> Result<Subject, String> {
    let place = conditions::place(place)?;
    let state = stage_state(player, stage, pipeline)?;
    Ok(Subject {
        value: state[format!("{}ConditionState", place.member())].clone(),
        status: LATEST_STATUS,
    })
}

fn of_action(player: &mut Player, action: &str, pipeline: &str) -> Result<Subject, String> {
    let (stage, action) = action
        .split_once('.')
        .ok_or("an action is named as STAGE.ACTION")?;
    let state = stage_state(player, stage, pipeline)?;
    let actions = state["actionStates"].as_array();
    let value = actions
        .into_iter()
        .flatten()
        .find(|state| state["actionName"] == action)
        .ok_or_else(|| format!("{stage} has no action {action}"))?;
    Ok(Subject {
        value: value.clone(),
        status: LATEST_STATUS,
    })
}

/// What a path such as `trigger.triggerType` or `[0].name` leads to.
pub fn follow(value: &Value, path: &str) -> Option<Value> {
    let mut found = value;
    for step in path.split(['.', '[']).filter(|step| !step.is_empty()) {
        found = match step.strip_suffix(']') {
            Some(index) => found.get(index.parse::<usize>().ok()?)?,
            None => found.get(step)?,
        };
    }
    (!found.is_null()).then(|| found.clone())
}

fn predicate_holds(
    player: &mut Player,
    found: Option<&Value>,
    predicate: &str,
) -> Result<(), String> {
    let shown = found.map_or("absent".to_owned(), Value::to_string);
    let text = found.and_then(Value::as_str).unwrap_or_default();
    let mut quoted = |rest: &str| -> Result<String, String> {
        let value = player.with_ids(reader::value(rest)?)?;
        let text = value.as_str().map(str::to_owned);
        text.ok_or_else(|| format!("{rest} is not a text"))
    };
    let holds = match predicate {
        "is absent" | "never began" => found.is_none(),
        "is present" => found.is_some(),
        _ => {
            if let Some(rest) = predicate.strip_prefix("is not ") {
                let expected = player.with_ids(reader::value(rest)?)?;
                found.is_some_and(|found| !same(found, &expected))
            } else if let Some(rest) = predicate.strip_prefix("is ") {
                let expected = player.with_ids(reader::value(rest)?)?;
                found.is_some_and(|found| same(found, &expected))
            } else if let Some(rest) = predicate.strip_prefix("starts with ") {
                found.is_some() && text.starts_with(&quoted(rest)?)
            } else if let Some(rest) = predicate.strip_prefix("contains ") {
                found.is_some() && text.contains(&quoted(rest)?)
            } else if let Some(rest) = predicate.strip_prefix("matches ") {
                let pattern = Regex::new(&format!("^(?:{})$", quoted(rest)?))
                    .map_err(|error| error.to_string())?;
                found.is_some() && pattern.is_match(text)
            } else if let Some(rest) = predicate.strip_prefix("has ") {
                let count = rest.split(' ').next().and_then(|count| count.parse().ok());
                found.and_then(Value::as_array).map(Vec::len) == count && count.is_some()
            } else {
                return Err("this is no statement".to_owned());
            }
        }
    };
    if holds {
        Ok(())
    } else {
        Err(format!("it is {shown}"))
    }
}

/// Equal, where 60 and 60.0 are.
fn same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => left.as_f64() == right.as_f64(),
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len()
                && left
                    .iter()
                    .zip(right)
                    .all(|(left, right)| same(left, right))
        }
        (Value::Object(left), Value::Object(right)) => {
            left.len() == right.len()
                && left
                    .iter()
                    .all(|(key, left)| right.get(key).is_some_and(|right| same(left, right)))
        }
        _ => left == right,
    }
}
