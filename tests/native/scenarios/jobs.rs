//! Commands about jobs and about workers: `poll`, `acknowledge`, `succeed`, `fail`, `worker`, `detach`.

use codepipeline_simulator::{engine::operations::USUAL_TOKEN, model::ApiError};
use serde_json::{Value, json};

use super::{
    command::{control, split_text},
    notation,
    player::Player,
    reader,
};

type Done = Result<(), ApiError>;

/// Carries a line out.
pub fn perform(player: &mut Player, verb: &str, rest: &str) -> Result<Done, String> {
    match verb {
        "poll" => poll(player, rest),
        "worker" => worker(player, rest),
        "detach" => control(
            player,
            "detachWorker",
            json!({ "actionType": action_type(rest) }),
        ),
        "fail" => {
            let (head, message) = split_text(rest)?;
            let mut words = head.split_whitespace();
            let job = words.next().unwrap_or_default();
            let code = words.next().unwrap_or("JobFailed");
            let message = message.unwrap_or_else(|| "it broke".to_owned());
            let input = json!({ "failureDetails": { "type": code, "message": message } });
            report(player, job, input, "FailureResult")
        }
        _ => {
            let (job, input) = match rest.find('{') {
                Some(at) => (rest[..at].trim(), reader::value(&rest[at..])?),
                None => (rest, json!({})),
            };
            if verb == "succeed" {
                report(player, job, input, "SuccessResult")
            } else {
                acknowledge(player, job, input)
            }
        }
    }
}

/// `Category/Owner/Provider`, of version 1.
fn action_type(text: &str) -> String {
    format!("{text}/1")
}

/// `poll Test/Custom/Rig [{more members}]`.
fn poll(player: &mut Player, text: &str) -> Result<Done, String> {
    let (kind, mut input) = match text.find('{') {
        Some(at) => (text[..at].trim(), reader::value(&text[at..])?),
        None => (text, json!({})),
    };
    let parts: Vec<&str> = kind.split('/').collect();
    let [category, owner, provider] = parts[..] else {
        return Err("poll CATEGORY/OWNER/PROVIDER".to_owned());
    };
    input["actionTypeId"] = json!({
        "category": category, "owner": owner, "provider": provider, "version": "1",
    });
    let operation = match owner {
        "ThirdParty" => "PollForThirdPartyJobs",
        _ => "PollForJobs",
    };
    player.call(operation, input)
}

/// `acknowledge J1 [{nonce: …}]`: with the nonce that was told last.
fn acknowledge(player: &mut Player, job: &str, mut input: Value) -> Result<Done, String> {
    let (_, partner) = player.job_record(job)?;
    if input["nonce"].is_null() {
        input["nonce"] = json!(player.nonce(job)?);
    }
    call(player, job, input, partner, "Acknowledge", "")
}

/// `succeed J1 [{…}]`, `fail J1 [CODE] ["message"]`.
fn report(player: &mut Player, job: &str, input: Value, result: &str) -> Result<Done, String> {
    let (_, partner) = player.job_record(job)?;
    call(player, job, input, partner, "Put", result)
}

fn call(
    player: &mut Player,
    job: &str,
    mut input: Value,
    partner: bool,
    verb: &str,
    result: &str,
) -> Result<Done, String> {
    input["jobId"] = json!(job);
    let whose = if partner { "ThirdParty" } else { "" };
    if partner && input["clientToken"].is_null() {
        input["clientToken"] = json!(USUAL_TOKEN);
    }
    player.call(&format!("{verb}{whose}Job{result}"), input)
}

/// `worker Test/Custom/Rig: WORD WORD …`: attaches one that polls every 30 s and takes a minute, unless a word says
/// otherwise.
fn worker(player: &mut Player, text: &str) -> Result<Done, String> {
    let (kind, words) = text.split_once(':').unwrap_or((text, ""));
    let mut input = json!({ "actionType": action_type(kind.trim()) });
    for word in words.split_whitespace() {
        let span =
            |text: &str| notation::span(text).ok_or_else(|| format!("{text:?} is no span of time"));
        match word.split_once('=') {
            None if word == "external" => input["external"] = json!(true),
            None if word == "fails" => input["failure"] = json!({}),
            None => {
                let takes = span(word)?;
                input["duration"] = json!({ "min": takes, "max": takes });
            }
            Some(("fails", code)) => input["failure"] = json!({ "code": code }),
            Some(("every", interval)) => input["interval"] = json!(span(interval)?),
            Some(("never", "acknowledges")) => input["silence"] = json!("acknowledge"),
            Some(("never", "reports")) => input["silence"] = json!("report"),
            Some(("continues", times)) => input["continuations"] = reader::value(times)?,
            Some(("hands", count)) => input["jobsAtOnce"] = reader::value(count)?,
            Some(("gives", pair)) => {
                let (key, value) = pair.split_once(':').ok_or("gives=KEY:VALUE")?;
                input["outputVariables"][key] = json!(value);
            }
            _ => return Err(format!("{word:?} says nothing about a worker")),
        }
    }
    control(player, "attachWorker", input)
}

/// What `job J1` is: its details as its worker gets them, and how far it is.
pub fn subject(player: &mut Player, name: &str) -> Result<Value, String> {
    let (status, partner) = player.job_record(name)?;
    let id = player.job(name);
    let mut value = json!({});
    if partner {
        let input = json!({ "jobId": id, "clientToken": USUAL_TOKEN });
        if let Ok(mut answer) = player.ask("GetThirdPartyJobDetails", input) {
            value = answer["jobDetails"].take();
        }
    } else {
        value = player.ask("GetJobDetails", json!({ "jobId": id }))?["jobDetails"].take();
    }
    value["status"] = json!(status);
    Ok(value)
}
