//! How an action behaves: what comes of it, how long it takes, what it gives out; alone, or like every action of its
//! provider, or the run of it that is under way.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{Desk, Sheet, effect, option};
use crate::{
    engine::{
        behavior::{Behavior, Outcome, Scope},
        catalogue,
        ids::Kind,
    },
    model::FailureType,
    page::{
        drive::Deed,
        text::drive::behaviour as words,
        view::{FormField, FormInput, FormOption, FormView},
        words::behaviour as outcomes,
    },
};

pub fn sheet(desk: &Desk, stage: &str, action: &str) -> Sheet {
    let view = FormView {
        title: words::title(action),
        call: "setBehavior".to_owned(),
        press: words::PRESS.to_owned(),
        ..FormView::default()
    };
    let plan = desk.scene.plan;
    let place = plan
        .stage_index(stage)
        .and_then(|index| Some((index, plan.action_index(index, action)?)));
    let Some((stage_index, index)) = place else {
        return Sheet { view, deed: None };
    };
    let declared = plan.action(stage_index, index);
    let id = &declared.action_type_id;
    let provider = format!("{}/{}/{}", id.category, id.owner, id.provider);
    let record = super::super::action::record(desk.scene, stage_index, index)
        .filter(|record| record.action.running());
    let mut targets = vec![
        option("action", &words::only(action), "", ""),
        option(
            "provider",
            &words::every(catalogue::display_name(&id.provider)),
            &provider,
            "",
        ),
    ];
    if let Some(record) = &record {
        let who = super::super::letter(record.execution.number);
        targets.push(FormOption {
            token: Some(desk.scene.token(record.execution.number)),
            ..option("execution", &words::this_one(action, &who), "", "")
        });
    }
    let target = super::choose(&mut targets, desk.draft.value("target"));
    let (scope, named) = match (target.as_str(), &record) {
        ("provider", _) => (
            Scope::Provider {
                category: id.category.to_string(),
                owner: id.owner.to_string(),
                provider: id.provider.clone(),
            },
            json!({ "provider": provider }),
        ),
        ("execution", Some(record)) => (
            Scope::Execution(record.id),
            json!({ "actionExecutionId": desk.scene.key().uuid(Kind::ActionExecution, record.id) }),
        ),
        _ => (
            Scope::Action {
                pipeline: desk.pipeline().to_owned(),
                stage: stage.to_owned(),
                action: action.to_owned(),
            },
            json!({ "pipelineName": desk.pipeline(), "stageName": stage, "actionName": action }),
        ),
    };
    let said = desk
        .engine
        .world()
        .behaviors
        .get(&scope)
        .cloned()
        .unwrap_or_default();
    let mut form = Form {
        desk,
        // What was typed for one target is not said of the next.
        prefix: target.clone(),
        fields: vec![FormField::new(
            "target",
            words::WHO,
            FormInput::Options(targets),
        )],
    };
    let behavior = form.behavior(&said, matches!(id.provider.as_str(), "EC2" | "EKS"));
    let fields = form.fields;
    let sound = fields.iter().all(|field| field.problem.is_none());
    let behavior = if behavior.is_empty() {
        Value::Null
    } else {
        Value::Object(behavior)
    };
    let deed = Deed::control(
        "setBehavior",
        json!({ "target": named, "behavior": behavior }),
    );
    let outcome = desk.rehearse(&deed);
    let mut effects = outcome.effects;
    if effects.is_empty() && outcome.refusal.is_none() {
        let what = match target.as_str() {
            "provider" => words::every(catalogue::display_name(&id.provider)),
            "execution" => words::this_one(
                action,
                &record
                    .as_ref()
                    .map(|one| super::super::letter(one.execution.number))
                    .unwrap_or_default(),
            ),
            _ => action.to_owned(),
        };
        effects.push(effect(words::set(&what)));
    }
    Sheet {
        view: FormView {
            fields,
            effects,
            refusal: outcome.refusal.filter(|_| sound),
            ready: sound,
            ..view
        },
        deed: Some(deed),
    }
    .held()
}

/// Fields that are filled in, whatever the form is about.
pub(super) struct Form<'a> {
    desk: &'a Desk<'a>,
    prefix: String,
    pub fields: Vec<FormField>,
}

impl<'a> Form<'a> {
    pub fn new(desk: &'a Desk<'a>, prefix: &str) -> Self {
        Self {
            desk,
            prefix: prefix.to_owned(),
            fields: vec![],
        }
    }

    /// The field that was pushed last stands beside another one.
    pub fn half(&mut self) {
        if let Some(field) = self.fields.last_mut() {
            field.half = true;
        }
    }

    /// The setting as it is filled in; what is left empty is not said.
    fn behavior(&mut self, said: &Behavior, deploys: bool) -> Map<String, Value> {
        let mut behavior = Map::new();
        if let Some(outcome) = self.outcome(said.outcome.as_ref()) {
            behavior.insert("outcome".to_owned(), outcome);
        }
        let seconds = |milliseconds: i64| (milliseconds / 1_000).to_string();
        let usual = |pick: fn(&crate::engine::behavior::DurationRange) -> i64| {
            said.duration
                .as_ref()
                .map(pick)
                .map(seconds)
                .unwrap_or_default()
        };
        let min = self.number("duration.min", &usual(|range| range.min), words::DURATION);
        let max = self.number("duration.max", &usual(|range| range.max), words::DURATION);
        if let Some(one) = min.or(max) {
            let (min, max) = (min.unwrap_or(one), max.unwrap_or(one));
            #[expect(
                clippy::cast_possible_truncation,
                reason = "floats are held inside the calendar"
            )]
            let milliseconds = |seconds: f64| (seconds * 1_000.0) as i64;
            let range = json!({ "min": milliseconds(min), "max": milliseconds(max) });
            behavior.insert("duration".to_owned(), range);
        }
        let outputs = self.outputs(said.output_variables.as_ref());
        if !outputs.is_empty() {
            behavior.insert("outputVariables".to_owned(), json!(outputs));
        }
        if deploys {
            let usual = said
                .targets
                .map(|count| count.to_string())
                .unwrap_or_default();
            #[expect(
                clippy::cast_possible_truncation,
                reason = "what does not fit is refused"
            )]
            #[expect(clippy::cast_sign_loss, reason = "what does not fit is refused")]
            if let Some(count) = self.number("targets", &usual, words::TARGETS) {
                behavior.insert(
                    "targets".to_owned(),
                    json!(count.clamp(0.0, 60_000.0) as u16),
                );
            }
        }
        behavior
    }

    fn outcome(&mut self, said: Option<&Outcome>) -> Option<Value> {
        let now = match said {
            None => "usual",
            Some(Outcome::Succeed) => "succeed",
            Some(Outcome::Fail { .. }) => "fail",
            Some(Outcome::Hold) => "hold",
            Some(Outcome::Hang) => "hang",
            Some(Outcome::Flaky { .. }) => "flaky",
        };
        let kind = self.text("outcome", now);
        let ways = [
            ("usual", words::USUAL, words::USUAL_NOTE),
            ("succeed", outcomes::SUCCEED, ""),
            ("fail", outcomes::FAIL, ""),
            ("hold", outcomes::HOLD, outcomes::HOLD_NOTE),
            ("hang", outcomes::HANG, outcomes::HANG_NOTE),
            ("flaky", words::FLAKY, words::FLAKY_NOTE),
        ];
        let options = ways.map(|(value, label, _)| option(value, label, "", &kind));
        let chosen = ways.iter().find(|(value, ..)| *value == kind);
        let note = chosen.map_or("", |(_, _, note)| note);
        self.push(
            "outcome",
            words::OUTCOME,
            FormInput::Options(options.into()),
            note,
        );
        match kind.as_str() {
            "usual" => None,
            "fail" => {
                let (code, message) = match said {
                    Some(Outcome::Fail { code, message }) => (*code, message.clone()),
                    _ => (FailureType::JobFailed, None),
                };
                let code = self.text("code", code.as_str());
                let codes = FailureType::ALL
                    .iter()
                    .map(|one| option(one.as_str(), one.as_str(), "", &code));
                self.push("code", words::CODE, FormInput::Select(codes.collect()), "");
                let message =
                    self.line("message", &message.unwrap_or_default(), words::MESSAGE_HELP);
                let mut outcome = json!({ "kind": "fail", "code": code });
                if !message.is_empty() {
                    outcome["message"] = message.into();
                }
                Some(outcome)
            }
            "flaky" => {
                let usual = match said {
                    Some(Outcome::Flaky { probability }) => probability.to_string(),
                    _ => "0.5".to_owned(),
                };
                let probability = self.number("probability", &usual, words::PROBABILITY);
                Some(json!({ "kind": "flaky", "probability": probability.unwrap_or(0.5) }))
            }
            other => Some(json!({ "kind": other })),
        }
    }

    fn id(&self, field: &str) -> String {
        format!("{} {field}", self.prefix)
    }

    pub fn text(&self, field: &str, usual: &str) -> String {
        self.desk.draft.text(&self.id(field), usual)
    }

    pub fn push(&mut self, field: &str, label: &str, input: FormInput, help: &str) {
        self.fields
            .push(FormField::new(self.id(field), label, input).help(help));
    }

    pub fn line(&mut self, field: &str, usual: &str, help: &str) -> String {
        let text = self.text(field, usual);
        self.push(field, field, FormInput::line(text.clone()), help);
        if let Some(pushed) = self.fields.last_mut() {
            pushed.half = field.starts_with("duration");
        }
        text
    }

    pub fn number(&mut self, field: &str, usual: &str, help: &str) -> Option<f64> {
        let text = self.line(field, usual, help);
        let trimmed = text.trim();
        let number: Option<f64> = trimmed
            .parse()
            .ok()
            .filter(|number: &f64| number.is_finite());
        if number.is_none() && !trimmed.is_empty() {
            self.wrong(words::no_number(trimmed));
        }
        number
    }

    pub fn outputs(&mut self, said: Option<&BTreeMap<String, String>>) -> BTreeMap<String, String> {
        let usual: Vec<String> = said
            .into_iter()
            .flatten()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let text = self.text("outputVariables", &usual.join("\n"));
        let input = FormInput::Text {
            value: text.clone(),
            lines: 2,
            mono: true,
        };
        self.push("outputVariables", "outputVariables", input, words::OUTPUTS);
        let mut outputs = BTreeMap::new();
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            match line.split_once('=') {
                Some((name, value)) if !name.trim().is_empty() => {
                    outputs.insert(name.trim().to_owned(), value.trim().to_owned());
                }
                _ => self.wrong(words::no_pair(line)),
            }
        }
        outputs
    }

    /// The field that was pushed last is wrong.
    fn wrong(&mut self, problem: String) {
        if let Some(field) = self.fields.last_mut() {
            field.problem.get_or_insert(problem);
        }
    }
}
