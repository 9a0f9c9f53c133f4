//! Who reads a variable, who reads an artifact: of the declaration of one version, by name.

use crate::{
    engine::{
        declaration::{self, ConditionPlace},
        world::plan::{Plan, texts},
    },
    page::text::details::sections as words,
};

/// Every action with its place, in the order of the line.
pub fn places(plan: &Plan) -> Vec<(u16, u16)> {
    let mut places = vec![];
    for (stage, planned) in (0_u16..).zip(&plan.stages) {
        for (action, _) in (0_u16..).zip(&planned.actions) {
            places.push((stage, action));
        }
    }
    places
}

/// "Build / Compile".
pub fn place(plan: &Plan, (stage, action): (u16, u16)) -> String {
    words::place(&plan.stage(stage).name, &plan.action(stage, action).name)
}

/// The variables of a namespace that are read, each with who reads it, in the order of the line.
pub fn of_namespace(plan: &Plan, namespace: &str) -> Vec<(String, Vec<String>)> {
    let mut read: Vec<(String, Vec<String>)> = vec![];
    let mut note = |text: &str, reader: &str| {
        for reference in declaration::references(text) {
            if reference.namespace != namespace {
                continue;
            }
            let known = read.iter().position(|(key, _)| key == reference.key);
            match known.and_then(|place| read.get_mut(place)) {
                Some((_, readers)) => {
                    if readers.last().is_none_or(|last| last != reader) {
                        readers.push(reader.to_owned());
                    }
                }
                None => read.push((reference.key.to_owned(), vec![reader.to_owned()])),
            }
        }
    };
    for at in places(plan) {
        if plan.action_plan(at.0, at.1).refers {
            let reader = place(plan, at);
            texts(plan.action(at.0, at.1)).for_each(|text| note(text, &reader));
        }
    }
    for (index, stage) in (0_u16..).zip(&plan.declaration.stages) {
        for condition in ConditionPlace::ALL {
            let rules = plan
                .condition(index, condition)
                .and_then(|condition| condition.rules.as_ref());
            for rule in rules.into_iter().flatten() {
                let reader = words::rule(&stage.name, &rule.name);
                let values = rule.configuration.iter().flatten();
                values.for_each(|(_, text)| note(text, &reader));
            }
        }
    }
    read
}

/// Who reads a variable, of those of its namespace.
pub fn of(read: &[(String, Vec<String>)], key: &str) -> String {
    let found = read.iter().find(|(name, _)| name == key);
    words::read_by(found.map_or(&[], |(_, readers)| readers))
}

/// Who reads an artifact.
pub fn of_artifact(plan: &Plan, artifact: &str) -> String {
    let mut readers = vec![];
    for at in places(plan) {
        let mut inputs = plan.action(at.0, at.1).input_artifacts.iter().flatten();
        if inputs.any(|input| input.name == artifact) {
            readers.push(place(plan, at));
        }
    }
    words::read_by(&readers)
}
