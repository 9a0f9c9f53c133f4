//! The catalogue of built-in types against `catalogue.facts`, both ways.

use codepipeline_simulator::engine::catalogue::{
    self, ActionType, EnvironmentVariables, OwnVariables, Property, RequiredWhen, RuleType,
    SecondsRange,
};
use codepipeline_simulator::model::{ActionCategory, ActionOwner};
use std::collections::BTreeSet;

/// Every line with the name of its type before it, so that a line out of place is seen.
fn facts(lines: impl IntoIterator<Item = impl AsRef<str>>) -> BTreeSet<String> {
    let mut subject = String::new();
    let mut facts = BTreeSet::new();
    for line in lines {
        let line = line.as_ref().trim_end();
        if !line.starts_with(' ') {
            line.clone_into(&mut subject);
        }
        let is_new = facts.insert(format!("{subject}: {}", line.trim_start()));
        assert!(is_new, "said twice: {subject}: {line}");
    }
    facts
}

fn flags(flags: &[(&str, bool)]) -> String {
    let set = flags.iter().filter(|(_, is_set)| *is_set);
    let names: String = set.map(|(name, _)| format!(" {name}")).collect();
    format!("  flags{names}")
}

fn seconds(label: &str, range: SecondsRange) -> String {
    format!("  seconds {label}{}-{}", range.min, range.max)
}

fn property(one: &Property) -> String {
    let mut line = format!("  property {} {}", one.name, one.kind);
    for (flag, is_set) in [
        (" required", one.required),
        (" secret", one.secret),
        (" key", one.key),
        (" conditional", one.required_when.is_some()),
    ] {
        if is_set {
            line.push_str(flag);
        }
    }
    if let Some(default) = one.default {
        line.push_str(&format!(" default={default}"));
    }
    if !one.allowed.is_empty() {
        line.push_str(&format!(" one-of={}", one.allowed.join(",")));
    }
    line
}

fn action(one: &ActionType) -> Vec<String> {
    let mut lines = vec![
        format!(
            "action {}/{}/{}/{}",
            one.category, one.owner, one.provider, one.version
        ),
        format!(
            "  artifacts in {}-{} out {}-{}",
            one.inputs.min, one.inputs.max, one.outputs.min, one.outputs.max
        ),
        flags(&[
            ("v2-only", one.v2_only),
            ("unlisted", !one.listed),
            ("open-configuration", one.open_configuration),
            ("action-role", one.action_role()),
            ("cross-region", one.cross_region() == Some(true)),
            ("cross-region-unknown", one.cross_region().is_none()),
        ]),
        format!("  minutes {}", one.timeout_minutes),
        seconds("", one.duration),
    ];
    if let Some((key, choices)) = one.duration_by {
        lines.extend(
            choices
                .iter()
                .map(|(value, range)| seconds(&format!("{key}={value} "), *range)),
        );
    }
    lines.extend(
        one.revision_types
            .iter()
            .map(|revision| format!("  revision {revision}")),
    );
    lines.extend(
        one.variables
            .iter()
            .map(|name| format!("  variable {name}")),
    );
    if one.own_variables != OwnVariables::None {
        lines.push(format!("  variable *{:?}", one.own_variables));
    }
    if let Some(by) = one.variables_by_change {
        for (change, names) in [
            ("always", by.always),
            ("push", by.push),
            ("tag", by.tag),
            ("pullRequest", by.pull_request),
        ] {
            lines.extend(
                names
                    .iter()
                    .map(|name| format!("  variable-of {change} {name}")),
            );
        }
    }
    if one.takes_commands {
        lines.push("  declares commands".to_owned());
    }
    match one.environment_variables {
        EnvironmentVariables::None => {}
        EnvironmentVariables::Plain => lines.push("  declares environmentVariables".to_owned()),
        EnvironmentVariables::PlainAndSecret => {
            lines.push("  declares environmentVariables with secrets".to_owned());
        }
    }
    lines.extend(one.properties.iter().map(property));
    lines
}

fn rule(one: &RuleType) -> Vec<String> {
    let mut lines = vec![
        format!("rule Rule/AWS/{}/{}", one.provider, one.version),
        format!("  artifacts in {}-{}", one.inputs.min, one.inputs.max),
        flags(&[("skip", one.allowed_with_skip), ("v2-only", true)]),
        seconds("", one.duration),
    ];
    if one.takes_commands {
        lines.push("  declares commands".to_owned());
    }
    lines.extend(one.properties.iter().map(property));
    lines
}

#[test]
fn the_catalogue_says_what_the_facts_say() {
    let written = facts(
        catalogue::action_types()
            .flat_map(action)
            .chain(catalogue::RULE_TYPES.iter().flat_map(rule)),
    );
    let known = facts(include_str!("../catalogue.facts").lines());
    let missing: Vec<_> = known.difference(&written).collect();
    let extra: Vec<_> = written.difference(&known).collect();
    assert!(
        missing.is_empty() && extra.is_empty(),
        "facts that the catalogue lacks: {missing:#?}\nfacts that only the catalogue has: {extra:#?}"
    );
}

#[test]
fn properties_keep_the_order_of_the_facts() {
    let mut known: Vec<(String, Vec<String>)> = Vec::new();
    for line in include_str!("../catalogue.facts").lines() {
        let mut words = line.split_whitespace();
        match words.next() {
            Some("property") => {
                let name = words.next().unwrap_or_default().to_owned();
                known
                    .last_mut()
                    .expect("a property stands below a type")
                    .1
                    .push(name);
            }
            Some("action" | "rule") if !line.starts_with(' ') => {
                known.push((line.to_owned(), Vec::new()))
            }
            _ => {}
        }
    }
    for one in catalogue::action_types() {
        let title = action(one).remove(0);
        let names: Vec<String> = one
            .properties
            .iter()
            .map(|one| one.name.to_owned())
            .collect();
        assert!(known.contains(&(title.clone(), names)), "{title}");
    }
}

#[test]
fn a_type_is_found_by_its_whole_id() {
    let find = |category, owner, provider, version| {
        catalogue::find(category, owner, provider, version).map(|one| one.provider)
    };
    let (source, aws) = (ActionCategory::Source, ActionOwner::Aws);
    assert_eq!(find(source, aws, "S3", "1"), Some("S3"));
    assert_eq!(find(source, aws, "S3", "2"), None);
    assert_eq!(find(source, aws, "GitHub", "1"), None);
    assert_eq!(
        find(source, ActionOwner::ThirdParty, "GitHub", "1"),
        Some("GitHub")
    );
    assert_eq!(find(ActionCategory::Build, aws, "S3", "1"), None);
    assert_eq!(
        find(ActionCategory::Build, ActionOwner::Custom, "Jenkins", "1"),
        None
    );
    for one in catalogue::action_types() {
        let found = catalogue::find(one.category, one.owner, one.provider, one.version);
        assert_eq!(found, Some(one), "{} is there once", one.provider);
    }
    assert!(catalogue::find_rule("VariableCheck", "1").is_some());
    assert!(catalogue::find_rule("VariableCheck", "2").is_none());
}

#[test]
fn what_properties_say_of_each_other_is_about_properties_of_the_same_type() {
    let groups = catalogue::action_types()
        .map(|one| (one.provider, one.properties))
        .chain(
            catalogue::RULE_TYPES
                .iter()
                .map(|one| (one.provider, one.properties)),
        );
    for (provider, properties) in groups {
        for one in properties {
            let named = match one.required_when {
                Some(RequiredWhen::Value(key, values)) => {
                    let other = properties.iter().find(|other| other.name == key);
                    let allowed = other.map_or(&[][..], |other| other.allowed);
                    assert!(
                        values.iter().all(|value| allowed.contains(value)),
                        "{provider} {}",
                        one.name
                    );
                    key
                }
                Some(RequiredWhen::Present(key) | RequiredWhen::Absent(key)) => key,
                _ => continue,
            };
            assert!(
                properties.iter().any(|other| other.name == named),
                "{provider} {}",
                one.name
            );
        }
    }
}

#[test]
fn a_duration_depends_on_the_action_mode() {
    let stack = catalogue::find(
        ActionCategory::Deploy,
        ActionOwner::Aws,
        "CloudFormation",
        "1",
    )
    .expect("CloudFormation is built in");
    let with = |mode: Option<&'static str>| {
        stack.duration_with(|key| mode.filter(|_| key == "ActionMode"))
    };
    assert_eq!(
        with(Some("CHANGE_SET_REPLACE")),
        SecondsRange { min: 15, max: 60 }
    );
    assert_eq!(with(Some("#{variables.mode}")), stack.duration);
    assert_eq!(with(None), stack.duration);
}

#[test]
fn people_read_other_names_for_two_providers() {
    assert_eq!(
        catalogue::display_name("CodeStarSourceConnection"),
        "CodeConnections"
    );
    assert_eq!(catalogue::display_name("Manual"), "Manual approval");
    assert_eq!(catalogue::display_name("CodeBuild"), "CodeBuild");
}
