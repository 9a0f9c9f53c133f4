//! Something arrives at a source place: a commit, a tag, a pull request, an object, an image. Before anything happens
//! the form says which pipelines would start, and why the others would not.

use serde_json::{Map, Value, json};

use super::{Desk, Sheet, effect, option, webhook};
use crate::{
    api::controls::{self, ExplainTriggers},
    engine::{
        providers,
        triggers::explanation::{
            Detection, FilterExplanation, PatternExplanation, TriggerExplanation,
        },
        world::source::Place,
    },
    model::ActionDeclaration,
    page::{
        drive::Deed,
        text::drive::{push as words, stopped},
        view::{EffectView, FormField, FormInput, FormOption, FormView, Icon, Role},
    },
};

/// Fields that are short, and come in pairs.
const HALVES: [&str; 8] = [
    "repository",
    "branch",
    "tag",
    "bucket",
    "key",
    "sourceBranch",
    "destinationBranch",
    "event",
];

/// A source action, and where it looks.
struct Source {
    action: String,
    place: Place,
}

pub fn sheet(desk: &Desk) -> Sheet {
    let sources = sources(desk);
    let chosen = desk
        .draft
        .value("source")
        .and_then(|label| sources.iter().find(|source| source.place.label() == label))
        .or_else(|| sources.first());
    let mut fields = vec![];
    if sources.len() > 1 {
        let label = chosen
            .map(|source| source.place.label())
            .unwrap_or_default();
        let options = sources.iter().map(|source| {
            let place = source.place.label();
            option(&place, &words::source(&source.action, &place), "", &label)
        });
        let options = FormInput::Select(options.collect());
        fields.push(FormField::new("source", words::SOURCE, options));
    }
    let kinds = kinds(desk, chosen.map(|source| &source.place));
    let wanted = desk.draft.value("kind").unwrap_or_default();
    let mut kinds: Vec<FormOption> = kinds;
    let kind = super::choose(&mut kinds, Some(wanted));
    if kinds.len() > 1 {
        fields.push(FormField::new(
            "kind",
            words::KIND,
            FormInput::Options(kinds),
        ));
    }
    if kind == "webhook" {
        return webhook::sheet(desk, fields);
    }
    let Some(source) = chosen else {
        return Sheet {
            view: FormView {
                title: words::TITLE.to_owned(),
                call: "pushRevision".to_owned(),
                intro: words::NO_SOURCE.to_owned(),
                press: words::PRESS_PUSH.to_owned(),
                ..FormView::default()
            },
            deed: None,
        };
    };
    let mut form = Form {
        desk,
        fields,
        change: Map::new(),
    };
    form.fill(&source.place, &kind);
    let change = Value::Object(form.change);
    let fields = form.fields;
    let deed = Deed::control("pushRevision", change.clone());
    let outcome = desk.rehearse(&deed);
    let missing = fields
        .iter()
        .any(|field| field.required && value_of(field).is_empty());
    let mut effects = if outcome.refusal.is_none() {
        explained(desk, &change)
    } else {
        vec![]
    };
    effects.extend(outcome.effects);
    Sheet {
        view: FormView {
            title: words::TITLE.to_owned(),
            call: deed.name.to_owned(),
            fields,
            effects,
            refusal: outcome.refusal.filter(|_| !missing),
            ready: !missing,
            press: words::PRESS_PUSH.to_owned(),
            ..FormView::default()
        },
        deed: Some(deed),
    }
    .held()
}

fn value_of(field: &FormField) -> &str {
    match &field.input {
        FormInput::Text { value, .. } => value,
        FormInput::Options(_) | FormInput::Select(_) => "chosen",
    }
}

/// Where source actions look: those of the shown pipeline first, then those of the others, each place once.
fn sources(desk: &Desk) -> Vec<Source> {
    let world = desk.engine.world();
    let here = desk.scene.pipeline;
    let others = world.pipelines_by_name().filter(|one| one.id != here.id);
    let mut found: Vec<Source> = vec![];
    for pipeline in std::iter::once(here).chain(others) {
        let plan = &pipeline.current().plan;
        let declared = plan.declaration.stages.first();
        let planned = plan.stages.first();
        let both = declared
            .map(|stage| stage.actions.as_slice())
            .unwrap_or_default()
            .iter()
            .zip(
                planned
                    .map(|stage| stage.actions.as_slice())
                    .unwrap_or_default(),
            );
        for (action, planned) in both {
            let place = place(action, planned.kind);
            let known = |place: &Place| found.iter().any(|source| source.place == *place);
            if let Some(place) = place.filter(|place| !known(place)) {
                found.push(Source {
                    action: action.name.clone(),
                    place,
                });
            }
        }
    }
    found
}

fn place(
    action: &ActionDeclaration,
    kind: Option<&'static crate::engine::catalogue::ActionType>,
) -> Option<Place> {
    providers::of(kind).place(action.configuration.as_ref()?)
}

/// What can happen at a place.
fn kinds(desk: &Desk, place: Option<&Place>) -> Vec<FormOption> {
    let plain = |value: &str, label: &str| option(value, label, "", "");
    let mut kinds = match place {
        Some(Place::Branch { .. }) => vec![
            plain("commit", words::COMMIT),
            plain("tag", words::TAG),
            plain("pullRequest", words::PULL_REQUEST),
        ],
        Some(Place::Object { .. }) => vec![plain("object", words::OBJECT)],
        Some(Place::Image { .. }) => vec![plain("image", words::IMAGE)],
        None => vec![],
    };
    if !desk.engine.world().webhooks.is_empty() {
        kinds.push(plain("webhook", words::WEBHOOK));
    }
    kinds
}

/// The fields of a change, and the change as it is filled in.
struct Form<'a> {
    desk: &'a Desk<'a>,
    fields: Vec<FormField>,
    change: Map<String, Value>,
}

impl Form<'_> {
    fn fill(&mut self, place: &Place, kind: &str) {
        match place {
            Place::Branch {
                provider,
                repository,
                branch,
            } => {
                self.change
                    .insert("provider".into(), provider.clone().into());
                self.text("repository", repository, true, "");
                match kind {
                    "tag" => {
                        self.text("tag", "v1.0.0", true, "");
                        self.text("branch", branch, true, "");
                        self.text("message", "", false, words::MADE_UP);
                    }
                    "pullRequest" => self.pull_request(branch),
                    _ => {
                        self.text("branch", branch, true, "");
                        self.text("message", "", false, words::MADE_UP);
                        self.files();
                        self.flag("createsBranch");
                    }
                }
            }
            Place::Object { bucket, key } => {
                self.change.insert("provider".into(), "S3".into());
                self.text("bucket", bucket, true, "");
                self.text("key", key, true, "");
                self.text("revisionId", "", false, words::MADE_UP);
            }
            Place::Image { repository, tag } => {
                self.change.insert("provider".into(), "ECR".into());
                self.text("repository", repository, true, "");
                self.text("tag", tag, true, "");
                self.text("revisionId", "", false, words::MADE_UP);
            }
        }
    }

    fn pull_request(&mut self, destination: &str) {
        let event = self.desk.draft.text("event", "OPEN");
        let events = [
            option("OPEN", words::OPENED, "", &event),
            option("UPDATED", words::UPDATED, "", &event),
            option("CLOSED", words::CLOSED, "", &event),
        ];
        self.fields
            .push(FormField::new("event", "event", FormInput::Select(events.into())).required());
        let mut request = json!({ "event": event });
        let source = self.field("sourceBranch", "feature", true, "");
        let destination = self.field("destinationBranch", destination, false, "");
        let title = self.field("title", "", false, words::MADE_UP);
        let closed = event == "CLOSED";
        let merged = closed && self.tick("merged");
        if let Some(members) = request.as_object_mut() {
            let texts = [
                ("sourceBranch", source),
                ("destinationBranch", destination),
                ("title", title),
            ];
            for (member, text) in texts {
                if !text.is_empty() || member == "sourceBranch" {
                    members.insert(member.to_owned(), text.into());
                }
            }
            if merged {
                members.insert("merged".to_owned(), true.into());
            }
        }
        self.change.insert("pullRequest".into(), request);
        self.files();
    }

    /// A field that is a member of the change.
    fn text(&mut self, member: &str, usual: &str, required: bool, help: &str) {
        let text = self.field(member, usual, required, help);
        if !text.is_empty() {
            self.change.insert(member.to_owned(), text.into());
        }
    }

    fn field(&mut self, id: &str, usual: &str, required: bool, help: &str) -> String {
        let text = self.desk.draft.text(id, usual);
        let mut field = FormField::new(id, id, FormInput::line(text.clone())).help(help);
        field.required = required;
        field.half = HALVES.contains(&id);
        self.fields.push(field);
        text
    }

    fn files(&mut self) {
        let text = self.desk.draft.text("files", "src/main.rs");
        let files: Vec<&str> = text
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .collect();
        if !files.is_empty() {
            self.change.insert("files".into(), json!(files));
        }
        let input = FormInput::Text {
            value: text.clone(),
            lines: 3,
            mono: true,
        };
        self.fields
            .push(FormField::new("files", "files", input).help(words::FILES));
    }

    fn flag(&mut self, member: &str) {
        if self.tick(member) {
            self.change.insert(member.to_owned(), true.into());
        }
    }

    fn tick(&mut self, member: &str) -> bool {
        let value = self.desk.draft.text(member, "false");
        let options = [
            option("false", "false", "", &value),
            option("true", "true", "", &value),
        ];
        self.fields.push(FormField::new(
            member,
            member,
            FormInput::Select(options.into()),
        ));
        value == "true"
    }
}

/// What every pipeline makes of the change that looks where it happens.
fn explained(desk: &Desk, change: &Value) -> Vec<EffectView> {
    let world = desk.engine.world();
    let mut said = vec![];
    for pipeline in world.pipelines_by_name() {
        let name = pipeline.name();
        let asked = json!({ "pipelineName": name, "change": change });
        let answer = controls::read::<ExplainTriggers>("explainTriggers", asked)
            .and_then(|asked| asked.answer(world))
            .unwrap_or_default();
        let ways: Vec<_> = answer.into_iter().filter(|one| one.watches).collect();
        if !ways.is_empty() {
            said.push(verdict(name, &ways));
        }
    }
    if said.is_empty() {
        said.push(effect(words::NOBODY_WATCHES));
    }
    said
}

/// What a filter that did not pass takes, and leaves out.
fn patterns(filter: &FilterExplanation) -> Vec<String> {
    let parts = filter.parts.iter().filter(|part| !part.passes);
    parts
        .filter_map(|part| part.values.iter().find(|value| !value.passes))
        .flat_map(|value| {
            let names = |patterns: &[PatternExplanation]| -> Vec<String> {
                patterns.iter().map(|one| one.pattern.clone()).collect()
            };
            let (takes, leaves) = (names(&value.includes), names(&value.excludes));
            [
                (!takes.is_empty()).then(|| words::takes(&takes)),
                (!leaves.is_empty()).then(|| words::takes_not(&leaves)),
            ]
        })
        .flatten()
        .collect()
}

fn verdict(pipeline: &str, ways: &[TriggerExplanation]) -> EffectView {
    let starts = |one: &&TriggerExplanation| one.starts;
    let at_once = ways
        .iter()
        .filter(starts)
        .any(|one| one.detection != Detection::Polling);
    let polled = ways.iter().any(|one| one.starts);
    let (sign, text) = if at_once {
        ((Role::Ok, Icon::Succeeded), words::starts(pipeline))
    } else if polled {
        ((Role::Wait, Icon::Hourglass), words::polls(pipeline))
    } else {
        ((Role::Gone, Icon::Cancelled), words::starts_not(pipeline))
    };
    // What starts it is the whole reason; else each way says why it does not, filter by filter.
    let mut more: Vec<String> = vec![];
    for way in ways.iter().filter(|way| way.starts == polled) {
        let filters = way.filters.iter().filter(|filter| filter.passes == polled);
        let reasons = filters.map(|filter: &FilterExplanation| stopped(&filter.because));
        let patterns = way.filters.iter().filter(|_| !polled).flat_map(patterns);
        let reasons = std::iter::once(stopped(&way.because)).chain(reasons);
        for reason in reasons.chain(patterns) {
            if !more.contains(&reason) {
                more.push(reason);
            }
        }
    }
    EffectView {
        sign: Some(sign),
        more,
        ..effect(text)
    }
}
