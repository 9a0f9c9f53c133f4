//! The short notation of a pipeline: `shop SUPERSEDED: Source(Checkout 1m) | Build(Lint 1m + Compile 2m > Test)`.
//!
//! Actions of one group are joined by `+` and get the same run order; `>` begins the next group.

use codepipeline_simulator::json as json_of;
use codepipeline_simulator::{
    engine::{
        behavior::{Behavior, DurationRange, Outcome, Scope},
        time::{DAY, HOUR, MINUTE, SECOND},
    },
    model::FailureType,
};
use serde_json::{Map, Value, json};

/// A declaration, and how its actions behave.
#[derive(Debug)]
pub struct Pipeline {
    /// Its name.
    pub name: String,
    /// As CreatePipeline takes it.
    pub declaration: Value,
    /// How its actions behave.
    pub behaviors: Vec<(Scope, Behavior)>,
}

/// A span such as `90s`, `3m`, `1h 30m` or `31d2h`.
pub fn span(text: &str) -> Option<i64> {
    let mut rest = text.trim();
    let mut milliseconds = 0;
    while !rest.is_empty() {
        let digits = rest.find(|letter: char| !letter.is_ascii_digit())?;
        let (number, behind) = rest.split_at(digits);
        let end = behind
            .find(|letter: char| !letter.is_ascii_lowercase())
            .unwrap_or(behind.len());
        let (unit, behind) = behind.split_at(end);
        let unit = match unit {
            "ms" => 1,
            "s" => SECOND,
            "m" => MINUTE,
            "h" => HOUR,
            "d" => DAY,
            _ => return None,
        };
        milliseconds += number.parse::<i64>().ok()? * unit;
        rest = behind.trim_start();
    }
    Some(milliseconds).filter(|_| !text.is_empty())
}

/// Reads what stands behind the word `pipeline`.
pub fn pipeline(text: &str) -> Result<Pipeline, String> {
    let (head, stages) = text
        .split_once(": ")
        .ok_or("a pipeline is written as NAME [MODE] [TYPE]: STAGE(ACTION) | STAGE(ACTION)")?;
    let mut words = head.split_whitespace();
    let name = words.next().ok_or("the pipeline has no name")?;
    let mut declaration = json!({
        "name": name,
        "roleArn": "arn:aws:iam::123456789012:role/pipeline",
        "artifactStore": { "type": "S3", "location": "artifacts-bucket" },
        "pipelineType": "V2",
    });
    for word in words {
        match word {
            "SUPERSEDED" | "QUEUED" | "PARALLEL" => declaration["executionMode"] = json!(word),
            "V1" | "V2" => declaration["pipelineType"] = json!(word),
            "untyped" => {
                declaration
                    .as_object_mut()
                    .map(|members| members.remove("pipelineType"));
            }
            other => return Err(format!("{other:?} is neither a mode nor a type")),
        }
    }
    let mut reading = Reading {
        pipeline: name.to_owned(),
        first_artifact: None,
        behaviors: vec![],
    };
    let stages: Result<Vec<Value>, String> = stages
        .split('|')
        .enumerate()
        .map(|(index, stage)| reading.stage(stage.trim(), index == 0))
        .collect();
    declaration["stages"] = Value::Array(stages?);
    Ok(Pipeline {
        name: name.to_owned(),
        declaration,
        behaviors: reading.behaviors,
    })
}

struct Reading {
    pipeline: String,
    first_artifact: Option<String>,
    behaviors: Vec<(Scope, Behavior)>,
}

/// An action type under a short name.
#[derive(Clone, Copy)]
struct Kind {
    short: &'static str,
    long: &'static str,
    /// What it needs.
    configuration: &'static [(&'static str, &'static str)],
    /// Whether it reads an artifact unless told otherwise.
    reads: bool,
}

const KINDS: [Kind; 8] = [
    Kind {
        short: "codecommit",
        long: "Source/AWS/CodeCommit",
        configuration: &[
            ("RepositoryName", "shop"),
            ("BranchName", "main"),
            ("PollForSourceChanges", "false"),
        ],
        reads: false,
    },
    Kind {
        short: "connection",
        long: "Source/AWS/CodeStarSourceConnection",
        configuration: &[
            (
                "ConnectionArn",
                "arn:aws:codeconnections:us-east-1:123456789012:connection/1",
            ),
            ("FullRepositoryId", "acme/shop"),
            ("BranchName", "main"),
        ],
        reads: false,
    },
    Kind {
        short: "s3",
        long: "Source/AWS/S3",
        configuration: &[
            ("S3Bucket", "sources"),
            ("S3ObjectKey", "shop.zip"),
            ("PollForSourceChanges", "false"),
        ],
        reads: false,
    },
    Kind {
        short: "codebuild",
        long: "Build/AWS/CodeBuild",
        configuration: &[("ProjectName", "project")],
        reads: true,
    },
    Kind {
        short: "approval",
        long: "Approval/AWS/Manual",
        configuration: &[],
        reads: false,
    },
    Kind {
        short: "lambda",
        long: "Invoke/AWS/Lambda",
        configuration: &[("FunctionName", "function")],
        reads: false,
    },
    Kind {
        short: "invoke",
        long: "Invoke/AWS/CodePipeline",
        configuration: &[],
        reads: false,
    },
    Kind {
        short: "deploy",
        long: "Deploy/AWS/S3",
        configuration: &[("BucketName", "site"), ("Extract", "true")],
        reads: true,
    },
];

impl Reading {
    fn stage(&mut self, text: &str, first: bool) -> Result<Value, String> {
        let (name, actions) = text
            .strip_suffix(')')
            .and_then(|text| text.split_once('('))
            .ok_or_else(|| format!("{text:?} is not a stage"))?;
        let mut declared = vec![];
        for (group, actions) in actions.split('>').enumerate() {
            for action in actions
                .split('+')
                .filter(|action| !action.trim().is_empty())
            {
                declared.push(self.action(name.trim(), action.trim(), first, group + 1)?);
            }
        }
        Ok(json!({ "name": name.trim(), "actions": declared }))
    }

    fn action(
        &mut self,
        stage: &str,
        text: &str,
        first: bool,
        group: usize,
    ) -> Result<Value, String> {
        let mut words = text.split_whitespace();
        let name = words.next().ok_or("an action has no name")?;
        let mut kind = if first { KINDS[0] } else { KINDS[3] };
        let mut other_kind = None;
        let mut rest = vec![];
        for word in words {
            match KINDS.iter().find(|kind| kind.short == word) {
                Some(found) => kind = *found,
                None if word.matches('/').count() == 2 && !word.contains('=') => {
                    other_kind = Some(word)
                }
                None => rest.push(word),
            }
        }
        let mut reads = kind.reads;
        let mut configuration: Map<String, Value> = kind
            .configuration
            .iter()
            .map(|(key, value)| ((*key).to_owned(), json!(value)))
            .collect();
        if other_kind.is_some() {
            configuration.clear();
            reads = false;
        }
        let parts: Vec<&str> = other_kind.unwrap_or(kind.long).split('/').collect();
        let mut action = json!({
            "name": name,
            "actionTypeId": { "category": parts[0], "owner": parts[1], "provider": parts[2], "version": "1" },
            "runOrder": group,
        });
        let names = |list: &str| -> Value {
            list.split(',')
                .map(|name| json!({ "name": name }))
                .collect()
        };
        if parts[0] == "Source" {
            let artifact = format!("{name}Artifact");
            action["outputArtifacts"] = names(&artifact);
            action["namespace"] = json!(name);
            self.first_artifact.get_or_insert(artifact);
        } else if reads && let Some(artifact) = &self.first_artifact {
            action["inputArtifacts"] = names(artifact);
        }
        let mut behavior = Behavior::default();
        for word in rest {
            match word.split_once('=') {
                Some(("reads", list)) => action["inputArtifacts"] = names(list),
                Some(("makes", list)) => action["outputArtifacts"] = names(list),
                Some(("as", namespace)) => action["namespace"] = json!(namespace),
                Some(("order", order)) => action["runOrder"] = super::reader::value(order)?,
                Some(("timeout", minutes)) => {
                    action["timeoutInMinutes"] = super::reader::value(minutes)?
                }
                Some((key, value)) if key.starts_with(|letter: char| letter.is_uppercase()) => {
                    configuration.insert(key.to_owned(), json!(value));
                }
                _ => behave(&mut behavior, word)?,
            }
        }
        action["configuration"] = Value::Object(configuration);
        // Everything takes a minute unless it is said otherwise, so that no scenario depends on chance.
        let by_itself = parts[0] != "Approval" && parts[1] != "Custom";
        if behavior.duration.is_none() && (by_itself || behavior.outcome.is_some()) {
            behave(&mut behavior, "1m")?;
        }
        if behavior != Behavior::default() {
            let scope = scope(&self.pipeline, stage, name);
            self.behaviors.push((scope, behavior));
        }
        Ok(action)
    }
}

/// One action, by names.
pub fn scope(pipeline: &str, stage: &str, action: &str) -> Scope {
    Scope::Action {
        pipeline: pipeline.to_owned(),
        stage: stage.to_owned(),
        action: action.to_owned(),
    }
}

/// A word about how an action behaves: a duration, `succeeds`, `fails`, `fails=Code`, `holds`, `hangs`, `gives=K:V`,
/// `targets=5`.
pub fn behave(behavior: &mut Behavior, word: &str) -> Result<(), String> {
    if let Some(takes) = span(word) {
        behavior.duration = Some(DurationRange {
            min: takes,
            max: takes,
        });
        return Ok(());
    }
    let fails = |code| Outcome::Fail {
        code,
        message: None,
    };
    behavior.outcome = Some(match word.split_once('=') {
        None if word == "succeeds" => Outcome::Succeed,
        None if word == "fails" => fails(FailureType::JobFailed),
        None if word == "holds" => Outcome::Hold,
        None if word == "hangs" => Outcome::Hang,
        Some(("fails", code)) => {
            fails(json_of::from_value(json!(code)).map_err(|_| format!("{code} is no code"))?)
        }
        Some(("targets", count)) => {
            let count = count.parse().map_err(|_| format!("{count} is no number"))?;
            behavior.targets = Some(count);
            return Ok(());
        }
        Some(("gives", pair)) => {
            let (key, value) = pair.split_once(':').ok_or("gives=KEY:VALUE")?;
            behavior
                .output_variables
                .get_or_insert_default()
                .insert(key.to_owned(), value.to_owned());
            return Ok(());
        }
        _ => return Err(format!("{word:?} says nothing about an action")),
    });
    Ok(())
}

#[test]
fn groups_types_and_settings_are_read() {
    let read = pipeline(
        "shop QUEUED: Source(Checkout 2m) | Build(A fails + B approval timeout=5 > C Key=v reads=X,Y order=7)",
    )
    .expect("it reads");
    let actions = &read.declaration["stages"][1]["actions"];
    let orders: Vec<&Value> = (0..3).map(|index| &actions[index]["runOrder"]).collect();
    assert_eq!(orders, [1, 1, 7]);
    assert_eq!(
        actions[0]["inputArtifacts"],
        json!([{ "name": "CheckoutArtifact" }])
    );
    assert_eq!(actions[1]["actionTypeId"]["category"], "Approval");
    assert_eq!(actions[1]["timeoutInMinutes"], 5);
    assert_eq!(
        actions[2]["inputArtifacts"],
        json!([{ "name": "X" }, { "name": "Y" }])
    );
    assert_eq!(actions[2]["configuration"]["Key"], "v");
    let takes: Vec<Option<i64>> = read
        .behaviors
        .iter()
        .map(|(_, behavior)| behavior.duration.map(|range| range.min / MINUTE))
        .collect();
    assert_eq!(takes, [Some(2), Some(1), Some(1)], "not the approval");
    for wrong in ["shop", "shop ODD: A(B)", "shop: A", "shop: A(B smells)"] {
        assert!(pipeline(wrong).is_err(), "{wrong}");
    }
}
