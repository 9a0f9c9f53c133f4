//! The short notation of what a stage is held to: `beforeEntry of Build SKIP: OnMain(VariableCheck Variable="#{A.B}"
//! Operator=EQ Value=main) + Again(LambdaInvoke fails)`, and `Build RETRY ALL_ACTIONS` behind the word `onfailure`.
//!
//! It changes a declaration that a `pipeline` line has made, and says how the rules behave. What may not live here:
//! what the engine makes of it.

use codepipeline_simulator::engine::{
    behavior::{Behavior, Scope},
    conditions::RuleKind,
    control::Control,
    declaration::ConditionPlace,
};
use serde_json::{Map, Value, json};

use super::{
    command::{Done, declaration_mut, words},
    notation::behave,
    player::Player,
    reader,
};

/// `PLACE of STAGE [of PIPELINE] RESULT [RETRY_MODE]: RULES`: the stage gets this condition.
pub fn condition(player: &mut Player, text: &str) -> Result<Done, String> {
    let (head, text) = text
        .split_once(": ")
        .ok_or("condition PLACE of STAGE RESULT: RULES")?;
    let words = words(head);
    let (named, results) = placed(&words)?;
    let pipeline = named.pipeline.unwrap_or(&player.usual).to_owned();
    let declaration = declaration_mut(player, &pipeline)?;
    let rules = rules(text, &first_artifact(declaration))?;
    let mut condition = json!({ "rules": rules.declared });
    let stage = stage_named(declaration, named.stage)?;
    match (named.place, results) {
        (ConditionPlace::OnFailure, results) => {
            on_failure(stage, results, Some(condition))?;
        }
        (place, [result]) => {
            condition["result"] = json!(result);
            stage[place.member()] = json!({ "conditions": [condition] });
        }
        _ => return Err("a condition has one result".to_owned()),
    }
    for (rule, behavior) in rules.behaviors {
        let scope = scope(&pipeline, named.stage, named.place, &rule);
        let behavior = Some(behavior);
        if let Err(error) = player.control(Control::SetBehavior { scope, behavior }) {
            return Ok(Err(error));
        }
    }
    Ok(Ok(()))
}

/// `of STAGE [of PIPELINE] RESULT [RETRY_MODE]`: what a failure of the stage leads to, without a condition.
pub fn failure(player: &mut Player, text: &str) -> Result<(), String> {
    let words = words(text);
    let (stage, pipeline, results) = match &words[..] {
        ["of", stage, "of", pipeline, results @ ..] => (stage, Some(*pipeline), results),
        ["of", stage, results @ ..] => (stage, None, results),
        _ => return Err("onfailure of STAGE RESULT".to_owned()),
    };
    let pipeline = pipeline.unwrap_or(&player.usual).to_owned();
    let declaration = declaration_mut(player, &pipeline)?;
    on_failure(stage_named(declaration, stage)?, results, None)
}

/// The condition of a stage at a place, by names.
struct Place<'a> {
    /// Where it stands.
    place: ConditionPlace,
    /// The stage.
    stage: &'a str,
    /// The pipeline, where one is named.
    pipeline: Option<&'a str>,
}

/// `beforeEntry`, `onSuccess` or `onFailure`.
pub fn place(word: &str) -> Result<ConditionPlace, String> {
    ConditionPlace::ALL
        .into_iter()
        .find(|place| place.member() == word)
        .ok_or_else(|| format!("{word} is no place of a condition"))
}

/// How a rule behaves, by names.
pub fn scope(pipeline: &str, stage: &str, place: ConditionPlace, rule: &str) -> Scope {
    Scope::Rule {
        pipeline: pipeline.to_owned(),
        stage: stage.to_owned(),
        place,
        rule: rule.to_owned(),
    }
}

/// `PLACE of STAGE [of PIPELINE]`, and the words behind it.
fn placed<'a, 'b>(words: &'b [&'a str]) -> Result<(Place<'a>, &'b [&'a str]), String> {
    let (named, pipeline, rest) = match words {
        [named, "of", stage, "of", pipeline, rest @ ..] => ((named, stage), Some(*pipeline), rest),
        [named, "of", stage, rest @ ..] => ((named, stage), None, rest),
        _ => return Err("a condition is named as PLACE of STAGE".to_owned()),
    };
    let (named, stage) = named;
    let place = Place {
        place: place(named)?,
        stage,
        pipeline,
    };
    Ok((place, rest))
}

/// The declaration of a stage by its name.
fn stage_named<'a>(declaration: &'a mut Value, name: &str) -> Result<&'a mut Value, String> {
    let stages = declaration["stages"].as_array_mut();
    stages
        .into_iter()
        .flatten()
        .find(|stage| stage["name"] == name)
        .ok_or_else(|| format!("the declaration has no stage {name}"))
}

/// The artifact that a rule reads which has to read one: that of the first source.
fn first_artifact(declaration: &Value) -> Value {
    declaration["stages"][0]["actions"][0]["outputArtifacts"][0].clone()
}

/// Sets what a stage does when it fails: `RESULT [RETRY_MODE]`, beside conditions or without.
pub fn on_failure(
    stage: &mut Value,
    words: &[&str],
    conditions: Option<Value>,
) -> Result<(), String> {
    let (result, mode) = match words {
        [result] => (*result, None),
        [result, mode] => (*result, Some(*mode)),
        _ => return Err("RESULT, or RETRY with its mode".to_owned()),
    };
    let mut failure = Map::new();
    match conditions {
        Some(mut condition) => {
            condition["result"] = json!(result);
            failure.insert("conditions".to_owned(), json!([condition]));
        }
        None => {
            failure.insert("result".to_owned(), json!(result));
        }
    }
    if let Some(mode) = mode {
        failure.insert(
            "retryConfiguration".to_owned(),
            json!({ "retryMode": mode }),
        );
    }
    stage["onFailure"] = Value::Object(failure);
    Ok(())
}

/// Rules, and how they behave by their names.
struct Rules {
    /// As a declaration has them.
    declared: Vec<Value>,
    /// Those that are said to behave in some way.
    behaviors: Vec<(String, Behavior)>,
}

/// `NAME(PROVIDER WORD …) + NAME(…)`.
fn rules(text: &str, artifact: &Value) -> Result<Rules, String> {
    let mut read = Rules {
        declared: vec![],
        behaviors: vec![],
    };
    for text in split(text, '+')? {
        let (name, words) = text
            .strip_suffix(')')
            .and_then(|text| text.split_once('('))
            .ok_or_else(|| format!("{text:?} is not a rule"))?;
        let (declared, behavior) = rule(name.trim(), words, artifact)?;
        read.declared.push(declared);
        if let Some(behavior) = behavior {
            read.behaviors.push((name.trim().to_owned(), behavior));
        }
    }
    Ok(read)
}

fn rule(name: &str, text: &str, artifact: &Value) -> Result<(Value, Option<Behavior>), String> {
    let words = split(text, ' ')?;
    let mut words = words.into_iter().filter(|word| !word.is_empty());
    let provider = words.next().ok_or("a rule has no provider")?;
    let kind = RuleKind::of(provider);
    let mut rule = json!({
        "name": name,
        "ruleTypeId": { "category": "Rule", "owner": "AWS", "provider": provider, "version": "1" },
    });
    let mut configuration = Map::new();
    match kind {
        Some(RuleKind::CodeBuild) => {
            configuration.insert("ProjectName".to_owned(), json!("checks"));
            rule["inputArtifacts"] = json!([artifact]);
        }
        Some(RuleKind::Commands) => rule["commands"] = json!(["npm test"]),
        Some(RuleKind::LambdaInvoke) => {
            configuration.insert("FunctionName".to_owned(), json!("check"));
        }
        _ => {}
    }
    let mut behavior = Behavior::default();
    for word in words {
        let value = |text: &str| match text.starts_with('"') {
            true => reader::value(text),
            false => Ok(json!(text)),
        };
        match word.split_once('=') {
            Some(("reads", list)) => {
                rule["inputArtifacts"] = list
                    .split(',')
                    .map(|name| json!({ "name": name }))
                    .collect();
            }
            Some(("timeout", minutes)) => rule["timeoutInMinutes"] = reader::value(minutes)?,
            Some((key, text)) if key.starts_with(|letter: char| letter.is_uppercase()) => {
                configuration.insert(key.to_owned(), value(text)?);
            }
            _ => behave(&mut behavior, word)?,
        }
    }
    if !configuration.is_empty() {
        rule["configuration"] = Value::Object(configuration);
    }
    // As for actions: what a rule runs takes a minute unless it is said otherwise.
    let behaves = kind.is_some_and(RuleKind::behaves);
    if behaves && behavior.duration.is_none() {
        behave(&mut behavior, "1m")?;
    }
    Ok((rule, behaves.then_some(behavior)))
}

/// Splits a text where a letter stands outside of quotation marks and parentheses; the parts are trimmed.
fn split(text: &str, at: char) -> Result<Vec<&str>, String> {
    let mut parts = vec![];
    let (mut begin, mut depth, mut quoted, mut escaped) = (0, 0_u32, false, false);
    for (index, letter) in text.char_indices() {
        if quoted {
            quoted = letter != '"' || escaped;
            escaped = letter == '\\' && !escaped;
            continue;
        }
        match letter {
            '"' => quoted = true,
            '(' => depth += 1,
            ')' => depth = depth.checked_sub(1).ok_or(") has no (")?,
            _ if letter == at && depth == 0 => {
                parts.push(text[begin..index].trim());
                begin = index + letter.len_utf8();
            }
            _ => {}
        }
    }
    if quoted || depth > 0 {
        return Err(format!("{text:?} is not closed"));
    }
    parts.push(text[begin..].trim());
    Ok(parts)
}

#[test]
fn rules_with_words_as_actions_have_are_read() {
    let artifact = json!({ "name": "CheckoutArtifact" });
    let read = rules(
        "OnMain(VariableCheck Variable=\"#{A.B} + (c)\" Operator=EQ Value=main) + Tests(CodeBuild 5m fails) \
         + Quiet(CloudWatchAlarm AlarmName=errors timeout=5) + More(Commands reads=X,Y)",
        &artifact,
    )
    .expect("it reads");
    assert_eq!(read.declared.len(), 4);
    assert_eq!(
        read.declared[0]["configuration"],
        json!({ "Variable": "#{A.B} + (c)", "Operator": "EQ", "Value": "main" })
    );
    assert_eq!(read.declared[1]["inputArtifacts"], json!([artifact]));
    assert_eq!(read.declared[2]["timeoutInMinutes"], 5);
    assert_eq!(
        read.declared[3]["inputArtifacts"],
        json!([{ "name": "X" }, { "name": "Y" }])
    );
    let behaving: Vec<&str> = read.behaviors.iter().map(|(name, _)| &**name).collect();
    assert_eq!(behaving, ["Tests", "More"], "the others look at something");
    for wrong in [
        "",
        "A",
        "A(",
        "A)",
        "A()",
        "A(LambdaInvoke smells)",
        "A(VariableCheck X=\"1)",
    ] {
        assert!(rules(wrong, &artifact).is_err(), "{wrong}");
    }
}
