//! The report of a job: success, failure, or that it goes on; with the fields that the call takes.

use serde_json::{Map, Value, json};

use super::{Desk, Seen, client, play::Turn};
use crate::{
    engine::rules::jobs::Doer,
    model::{ActionCategory, FailureType},
    page::{
        state::jobs::JobsUi,
        text::jobs::play as words,
        view::{FormField, FormInput, FormOption, build::scene::Scene},
    },
};

/// Fields that are filled in for one call.
pub(super) struct Form<'a> {
    ui: &'a JobsUi,
    /// What was typed for one job is not said of the next.
    prefix: String,
    pub fields: Vec<FormField>,
}

impl<'a> Form<'a> {
    pub fn new(desk: &Desk<'a>, prefix: &str) -> Self {
        Self {
            ui: desk.ui,
            prefix: prefix.to_owned(),
            fields: vec![],
        }
    }

    /// The field that was pushed last stands beside another one.
    fn half(&mut self) {
        if let Some(field) = self.fields.last_mut() {
            field.half = true;
        }
    }

    /// Whether nothing that was filled in is wrong.
    pub fn sound(&self) -> bool {
        self.fields.iter().all(|field| field.problem.is_none())
    }

    fn push(&mut self, field: &str, label: &str, usual: &str, help: &str) -> String {
        let id = format!("{} {field}", self.prefix);
        let text = self.ui.text(&id, usual);
        let input = FormInput::line(text.clone());
        self.fields
            .push(FormField::new(id, label, input).help(help));
        text
    }

    /// A field of one line.
    pub fn line(&mut self, field: &str, usual: &str, help: &str) -> String {
        self.push(field, field, usual, help)
    }

    fn options(
        &mut self,
        field: &str,
        label: &str,
        options: &[(&str, &str)],
        many: bool,
    ) -> String {
        let id = format!("{} {field}", self.prefix);
        let usual = options.first().map_or("", |(value, _)| value);
        let chosen = self.ui.text(&id, usual);
        let options = options.iter().map(|(value, label)| FormOption {
            value: (*value).to_owned(),
            label: (*label).to_owned(),
            chosen: *value == chosen,
            ..FormOption::default()
        });
        let input = if many {
            FormInput::Select(options.collect())
        } else {
            FormInput::Options(options.collect())
        };
        self.fields.push(FormField::new(id, label, input));
        chosen
    }

    /// The field that was pushed last is wrong.
    fn wrong(&mut self, problem: String) {
        if let Some(field) = self.fields.last_mut() {
            field.problem.get_or_insert(problem);
        }
    }

    /// One that has to have a value.
    fn needed(&mut self, text: &str) {
        if let Some(field) = self.fields.last_mut() {
            field.required = true;
        }
        if text.is_empty() {
            self.wrong(words::NEEDED.to_owned());
        }
    }

    /// The token of a partner's client.
    pub fn client_token(&mut self, scene: &Scene, uuid: &str) -> String {
        let usual = client(scene, uuid).map(|(_, token)| token);
        let token = self.line(
            "clientToken",
            &usual.unwrap_or_default(),
            words::CLIENT_TOKEN,
        );
        self.needed(&token);
        token
    }

    /// Pairs, one on each line.
    fn pairs(&mut self, field: &str) -> Map<String, Value> {
        let id = format!("{} {field}", self.prefix);
        let text = self.ui.text(&id, "");
        let input = FormInput::Text {
            value: text.clone(),
            lines: 2,
            mono: true,
        };
        self.fields
            .push(FormField::new(id, field, input).help(words::VARIABLES));
        let mut pairs = Map::new();
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            match line.split_once('=') {
                Some((name, value)) if !name.trim().is_empty() => {
                    pairs.insert(name.trim().to_owned(), value.trim().into());
                }
                _ => self.wrong(words::no_pair(line)),
            }
        }
        pairs
    }
}

/// The report of a job under way, as it is filled in.
pub(super) fn turn(desk: &Desk, seen: &Seen) -> Turn {
    let partner = seen.doer == Doer::Partner;
    let mut form = Form::new(desk, &seen.short());
    let outcome = form.options(
        "outcome",
        words::OUTCOME,
        &[
            ("success", words::SUCCESS),
            ("failure", words::FAILURE),
            ("continue", words::CONTINUE),
        ],
        false,
    );
    let mut input = json!({ "jobId": seen.uuid });
    if partner {
        input["clientToken"] = form.client_token(desk.scene, &seen.uuid).into();
    }
    let (press, note) = match outcome.as_str() {
        "failure" => {
            failure(&mut form, &mut input);
            (words::FAIL, words::NOTE_REPORT)
        }
        "continue" => {
            go_on(&mut form, &mut input, seen);
            (words::GO_ON, words::NOTE_GO_ON)
        }
        _ => {
            success(&mut form, &mut input, desk, partner);
            (words::SUCCEED, words::NOTE_REPORT)
        }
    };
    Turn {
        operation: match (outcome.as_str(), partner) {
            ("failure", false) => "PutJobFailureResult",
            ("failure", true) => "PutThirdPartyJobFailureResult",
            (_, false) => "PutJobSuccessResult",
            (_, true) => "PutThirdPartyJobSuccessResult",
        },
        input,
        ready: form.sound(),
        fields: form.fields,
        note: note.to_owned(),
        press: press.to_owned(),
        others: vec![],
    }
}

fn success(form: &mut Form, input: &mut Value, desk: &Desk, partner: bool) {
    let summary = form.line("summary", "", words::OPTIONAL);
    if !partner {
        form.half();
    }
    if !summary.is_empty() {
        input["executionDetails"] = json!({ "summary": summary });
    }
    if desk.kind.category == ActionCategory::Source {
        let revision = form.line("revision", "", words::REVISION);
        form.half();
        if !revision.is_empty() {
            input["currentRevision"] =
                json!({ "revision": revision, "changeIdentifier": revision });
        }
    }
    // J-34: a partner has none to give.
    if !partner {
        let variables = form.pairs("outputVariables");
        form.half();
        if !variables.is_empty() {
            input["outputVariables"] = Value::Object(variables);
        }
    }
}

fn failure(form: &mut Form, input: &mut Value) {
    let kinds: Vec<(&str, &str)> = FailureType::ALL
        .iter()
        .map(|kind| (kind.as_str(), kind.as_str()))
        .collect();
    let kind = form.options("type", "type", &kinds, true);
    form.half();
    let message = form.line("message", words::MESSAGE, "");
    form.half();
    form.needed(&message);
    input["failureDetails"] = json!({ "type": kind, "message": message });
}

fn go_on(form: &mut Form, input: &mut Value, seen: &Seen) {
    let done: u32 = seen
        .job
        .token
        .as_deref()
        .and_then(|token| token.trim_start_matches("step-").parse().ok())
        .unwrap_or(0);
    let usual = format!("step-{}", done.saturating_add(1));
    let token = form.line("continuationToken", &usual, words::TOKEN);
    form.half();
    form.needed(&token);
    input["continuationToken"] = token.into();
    let percent = form.line("percentComplete", "", words::OPTIONAL);
    form.half();
    let percent = percent.trim();
    match percent.parse::<i64>() {
        Ok(number) if (0..=100).contains(&number) => {
            input["executionDetails"] = json!({ "percentComplete": number });
        }
        _ if percent.is_empty() => {}
        _ => form.wrong(words::no_percent(percent)),
    }
}
