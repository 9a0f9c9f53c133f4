//! Triggers and default change detection: which changes start a pipeline and what the answer says about it.

use codepipeline_simulator::json as json_of;
use codepipeline_simulator::{
    engine::triggers::{
        Outside,
        change::Change,
        explain_triggers,
        explanation::{Detection, TriggerExplanation},
        glob::{Glob, GlobError},
    },
    model::{PipelineDeclaration, TriggerType},
};
use proptest::prelude::*;
use serde_json::{Value, json};

fn source(name: &str, owner: &str, provider: &str, configuration: &Value) -> Value {
    json!({
        "name": name,
        "actionTypeId": { "category": "Source", "owner": owner, "provider": provider, "version": "1" },
        "configuration": configuration,
        "outputArtifacts": [{ "name": name }],
    })
}

fn declaration(sources: &[Value], triggers: &Value) -> PipelineDeclaration {
    json_of::from_value(json!({
        "name": "shop",
        "roleArn": "arn:aws:iam::123456789012:role/pipeline",
        "pipelineType": "V2",
        "triggers": triggers,
        "stages": [{ "name": "Source", "actions": sources }],
    }))
    .expect("the shape of a declaration")
}

fn checkout(more: &[(&str, &str)]) -> Value {
    let mut configuration = json!({
        "ConnectionArn": "arn:aws:codeconnections:us-east-1:123456789012:connection/1",
        "FullRepositoryId": "shop/shop",
        "BranchName": "main",
    });
    for (key, value) in more {
        configuration[*key] = json!(value);
    }
    source(
        "Checkout",
        "AWS",
        "CodeStarSourceConnection",
        &configuration,
    )
}

fn trigger(git: &Value) -> Value {
    let mut git = git.clone();
    git["sourceActionName"] = json!("Checkout");
    json!([{ "providerType": "CodeStarSourceConnection", "gitConfiguration": git }])
}

fn change(change: Value) -> Change {
    json_of::from_value(change).expect("a change")
}

fn push(branch: &str, files: &[&str]) -> Change {
    change(json!({
        "kind": "push", "provider": "CodeStarSourceConnection", "repository": "shop/shop",
        "branch": branch, "files": files, "commitId": "c0ffee",
    }))
}

fn tag(tag: &str) -> Change {
    change(json!({
        "kind": "tag", "provider": "CodeStarSourceConnection", "repository": "shop/shop", "tag": tag,
    }))
}

fn pull_request(event: &str, source: &str, destination: &str, more: &Value) -> Change {
    let mut all = json!({
        "kind": "pullRequest", "provider": "CodeStarSourceConnection", "repository": "shop/shop", "event": event,
        "sourceBranch": source, "destinationBranch": destination, "commitId": "beef",
    });
    for (key, value) in more.as_object().expect("an object") {
        all[key] = value.clone();
    }
    change(all)
}

fn only(mut all: Vec<TriggerExplanation>) -> TriggerExplanation {
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0)
}

/// What the one connection source makes of a change under these filters.
fn asked(git: &Value, change: &Change) -> TriggerExplanation {
    only(explain_triggers(
        &declaration(&[checkout(&[])], &trigger(git)),
        change,
        &Outside::default(),
    ))
}

#[test]
fn tg_18_globs() {
    for (pattern, text, expected) in [
        ("feature/*", "feature/a", true),
        ("feature/*", "feature/a/b", false),
        ("feature/*", "feature/", true),
        ("feature/**", "feature/a", true),
        ("feature/**", "feature/a/b", true),
        ("*.js", "a.js", true),
        ("*.js", "src/a.js", false),
        ("**.js", "src/a.js", true),
        ("**/*.js", "a.js", false),
        ("README.md", "README.md", true),
        ("README.md", "docs/README.md", false),
        ("README.md", "READMEXmd", false),
        ("directory/*", "directory/a", true),
        ("directory/*", "directory/sub/a", false),
        ("v?", "v1", true),
        ("v?", "v", false),
        ("v?", "v/", false),
        ("v[0-9]", "v5", true),
        ("v[0-9]", "va", false),
        ("v[!0-9]", "va", true),
        ("v[!0-9]", "v5", false),
        ("v[!0-9]", "v/", false),
        ("[a-c-]", "-", true),
        ("[^a]", "^", true),
        ("[*?\\]", "\\", true),
        ("[*?\\]", "a", false),
        ("{main,release-*}", "release-7", true),
        ("{main,release-*}", "main", true),
        ("{main,release-*}", "mainx", false),
        ("a{,b}c", "ac", true),
        ("{a,b}{c,d}", "bc", true),
        ("{a,b}{c,d}", "ab", false),
        ("a,b}", "a,b}", true),
        ("\\*", "*", true),
        ("\\*", "a", false),
        ("\\{a\\}", "{a}", true),
        ("Main", "main", false),
        ("**", "a/b/c", true),
        ("*", "", true),
        ("", "", true),
        ("", "a", false),
        ("größ?", "größe", true),
    ] {
        let glob = Glob::parse(pattern).expect(pattern);
        assert_eq!(glob.matches(text), expected, "{pattern} on {text}");
    }
}

#[test]
fn tg_18_what_is_no_glob_says_why() {
    for (pattern, error) in [
        ("[", GlobError::OpenClass),
        ("a[b", GlobError::OpenClass),
        ("[]", GlobError::EmptyClass),
        ("[!]", GlobError::EmptyClass),
        ("[z-a]", GlobError::BackwardRange),
        ("{a,b", GlobError::OpenGroup),
        ("{a,{b}}", GlobError::NestedGroup),
        ("a\\", GlobError::NothingEscaped),
    ] {
        assert_eq!(Glob::parse(pattern), Err(error), "{pattern}");
    }
}

#[test]
fn tg_18_no_glob_is_slow() {
    let stars = Glob::parse(&format!("{}b", "**a".repeat(80))).expect("a pattern");
    assert!(!stars.matches(&"a".repeat(2_000)));
    let groups = Glob::parse(&"{a,aa}".repeat(40)).expect("a pattern");
    assert!(groups.matches(&"a".repeat(80)));
    assert!(!groups.matches(&"a".repeat(81)));
}

/// The same pattern as an expression.
fn expression(glob: &str) -> regex::Regex {
    let mut text = String::new();
    let mut letters = glob.chars().peekable();
    let mut grouped = false;
    while let Some(letter) = letters.next() {
        match letter {
            '*' if letters.next_if_eq(&'*').is_some() => text.push_str("(?s:.)*"),
            '*' => text.push_str("[^/]*"),
            '?' => text.push_str("[^/]"),
            '{' => {
                grouped = true;
                text.push_str("(?:");
            }
            '}' => {
                grouped = false;
                text.push(')');
            }
            ',' if grouped => text.push('|'),
            '[' => {
                let mut class: String = letters.by_ref().take_while(|one| *one != ']').collect();
                let not = class.starts_with('!');
                if not {
                    class.remove(0);
                }
                let class = class.replace('\\', r"\\");
                text.push_str(&if not {
                    format!("[^{class}/]")
                } else {
                    format!("[{class}]")
                });
            }
            '\\' => text.push_str(&regex::escape(
                &letters.next().expect("an escaped letter").to_string(),
            )),
            other => text.push_str(&regex::escape(&other.to_string())),
        }
    }
    regex::Regex::new(&format!(r"\A(?:{text})\z")).expect("an expression")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn tg_18_globs_agree_with_the_expressions_they_stand_for(
        pattern in prop::collection::vec(prop::sample::select(vec![
            "*", "**", "?", "a", "b", "/", ".", "[ab]", "[!a]", "[a-c]", "[\\*]", "{a,b/}", "{a*,}", "{**b,[ab]?}", "\\*", "\\a", ",",
        ]), 0..6),
        text in "[ab/.*,\\\\]{0,6}",
    ) {
        let pattern = pattern.concat();
        let glob = Glob::parse(&pattern).expect("a pattern");
        prop_assert_eq!(glob.matches(&text), expression(&pattern).is_match(&text), "{} on {}", pattern, text);
    }

    #[test]
    fn no_glob_panics(pattern in "[\\[\\]{},!*?\\\\a-c/-]{0,12}|\\PC{0,12}", text in "\\PC{0,6}") {
        if let Ok(glob) = Glob::parse(&pattern) {
            let _ = glob.matches(&text);
        }
    }
}

#[test]
fn tg_6_without_filters_any_push_to_the_branch_starts() {
    for (configuration, change, starts, rule) in [
        (&[][..], push("main", &[]), true, "TG-6"),
        (&[], push("other", &[]), false, "TG-6"),
        (&[], tag("v1"), false, "TG-6"),
        (
            &[],
            pull_request("OPEN", "main", "main", &json!({})),
            false,
            "TG-6",
        ),
        (
            &[("DetectChanges", "true")],
            push("main", &[]),
            true,
            "TG-6",
        ),
        (
            &[("DetectChanges", "false")],
            push("main", &[]),
            false,
            "TG-6",
        ),
        (
            &[("FullRepositoryId", "shop/other")],
            push("main", &[]),
            false,
            "TG-6",
        ),
    ] {
        let declaration = declaration(&[checkout(configuration)], &json!([]));
        let answer = only(explain_triggers(&declaration, &change, &Outside::default()));
        assert_eq!(
            (answer.starts, answer.rule),
            (starts, rule),
            "{configuration:?} {change:?}: {answer:?}"
        );
        assert_eq!(answer.detection, Detection::DetectChanges);
        assert_eq!(answer.run.is_some(), starts);
    }
}

#[test]
fn tg_5_a_trigger_takes_the_place_of_default_detection() {
    let tags_only = json!({ "push": [{ "tags": { "includes": ["v*"] } }] });
    let answer = asked(&tags_only, &push("main", &[]));
    assert!(
        !answer.starts,
        "BranchName does not count any more: {answer:?}"
    );
    assert_eq!(answer.detection, Detection::Trigger);
    // TF-8: without filters it means the branch, and DetectChanges has no say.
    let declaration = declaration(
        &[checkout(&[("DetectChanges", "false")])],
        &trigger(&json!({})),
    );
    let ask = |change| only(explain_triggers(&declaration, &change, &Outside::default()));
    assert!(ask(push("main", &[])).starts);
    assert!(!ask(push("other", &[])).starts);
}

#[test]
fn tg_7_to_tg_13_push_filters() {
    let branches = |includes: &[&str], excludes: &[&str]| {
        let mut criteria = json!({});
        if !includes.is_empty() {
            criteria["includes"] = json!(includes);
        }
        if !excludes.is_empty() {
            criteria["excludes"] = json!(excludes);
        }
        criteria
    };
    let main_src = json!({ "push": [{
        "branches": branches(&["main"], &[]),
        "filePaths": branches(&["src/**", "README.md"], &["src/generated/**"]),
    }] });
    let mut first_push = push("main", &["src/a.rs"]);
    if let Change::Push { creates_branch, .. } = &mut first_push {
        *creates_branch = true;
    }
    let in_branches =
        |includes, excludes| json!({ "push": [{ "branches": branches(includes, excludes) }] });
    let either = json!({ "push": [
        { "branches": branches(&["main"], &[]) },
        { "tags": branches(&["release-*"], &["*-rc"]) },
    ] });
    let licence = json!({ "push": [{
        "branches": branches(&["main"], &[]),
        "filePaths": branches(&["*.md"], &["LICENSE.txt"]),
    }] });
    for (git, change, starts, rule) in [
        // Includes, excludes, both.
        (
            in_branches(&["feature/*"], &[]),
            push("feature/a", &[]),
            true,
            "TG-7",
        ),
        (
            in_branches(&["feature/*"], &[]),
            push("feature/a/b", &[]),
            false,
            "TG-7",
        ),
        (
            in_branches(&["feature/**"], &[]),
            push("feature/a/b", &[]),
            true,
            "TG-7",
        ),
        (
            in_branches(&["**"], &["feature/**"]),
            push("feature/a", &[]),
            false,
            "TG-7",
        ),
        (
            in_branches(&["main", "dev"], &[]),
            push("dev", &[]),
            true,
            "TG-7",
        ),
        (
            in_branches(&["main"], &["main"]),
            push("main", &[]),
            false,
            "TG-7",
        ),
        (
            in_branches(&[], &["feature/**"]),
            push("main", &[]),
            true,
            "TG-7",
        ),
        (
            in_branches(&[], &["feature/**"]),
            push("feature/a", &[]),
            false,
            "TG-7",
        ),
        // Files: one that passes is enough, whatever the others are.
        (main_src.clone(), push("main", &["src/a.rs"]), true, "TG-7"),
        (
            main_src.clone(),
            push("main", &["docs/a.md", "README.md"]),
            true,
            "TG-7",
        ),
        (
            main_src.clone(),
            push("main", &["docs/a.md"]),
            false,
            "TG-9",
        ),
        (
            main_src.clone(),
            push("main", &["src/generated/a.rs"]),
            false,
            "TG-9",
        ),
        (
            main_src.clone(),
            push("main", &["src/generated/a.rs", "src/b.rs"]),
            true,
            "TG-7",
        ),
        (main_src.clone(), push("main", &[]), false, "TG-9"),
        (main_src.clone(), push("dev", &["src/a.rs"]), false, "TG-7"),
        (
            licence,
            push("main", &["LICENSE.txt", "README.md"]),
            true,
            "TG-7",
        ),
        // The push that makes the branch has no files to compare.
        (main_src, first_push.clone(), false, "TG-11"),
        (in_branches(&["main"], &[]), first_push, true, "TG-7"),
        // Tags, whatever the branch.
        (either.clone(), tag("release-1"), true, "TG-7"),
        (either.clone(), tag("release-1-rc"), false, "TG-7"),
        (either.clone(), push("main", &[]), true, "TG-7"),
        (either.clone(), push("release-1", &[]), false, "TG-7"),
        (in_branches(&["main"], &[]), tag("main"), false, "TG-13"),
        (
            either,
            pull_request("OPEN", "main", "main", &json!({})),
            false,
            "TG-7",
        ),
        // A pattern that is none matches nothing.
        (
            in_branches(&["ma[in"], &[]),
            push("main", &[]),
            false,
            "TG-7",
        ),
    ] {
        let answer = asked(&git, &change);
        assert_eq!(
            (answer.starts, answer.rule),
            (starts, rule),
            "{git} {change:?}: {answer:?}"
        );
    }
}

#[test]
fn tg_10_only_the_first_hundred_files_are_judged() {
    let git = json!({ "push": [{ "branches": { "includes": ["main"] }, "filePaths": { "includes": ["wanted"] } }] });
    let mut files = vec!["other"; 99];
    files.push("wanted");
    assert!(asked(&git, &push("main", &files)).starts);
    files.insert(0, "other");
    let answer = asked(&git, &push("main", &files));
    assert_eq!((answer.starts, answer.rule), (false, "TG-10"));
    let part = &answer.filters[0].parts[1];
    assert_eq!((part.values.len(), part.not_considered), (100, 1));
    assert!(part.because.contains("1 more"), "{}", part.because);
}

#[test]
fn tg_12_a_pull_request_is_filtered_by_its_destination_and_runs_its_source() {
    let into_main = json!({ "pullRequest": [{ "events": ["OPEN", "UPDATED"], "branches": { "includes": ["main"] } }] });
    let answer = asked(
        &into_main,
        &pull_request("OPEN", "feature/a", "main", &json!({})),
    );
    let run = answer.run.expect("it starts");
    assert_eq!(run.branch.as_deref(), Some("feature/a"));
    assert_eq!(run.revision_id.as_deref(), Some("beef"));
    assert_eq!(
        (run.rule, run.trigger_type),
        ("TG-12", TriggerType::WebhookV2)
    );
    for (change, rule) in [
        (
            pull_request("OPEN", "main", "feature/a", &json!({})),
            "TG-7",
        ),
        (
            pull_request("CLOSED", "feature/a", "main", &json!({ "merged": true })),
            "TG-7",
        ),
        (push("main", &[]), "TG-7"),
    ] {
        let answer = asked(&into_main, &change);
        assert_eq!((answer.starts, answer.rule), (false, rule), "{change:?}");
    }
    let any_event = json!({ "pullRequest": [{
        "branches": { "includes": ["main"] }, "filePaths": { "includes": ["src/**"] },
    }] });
    for event in ["OPEN", "UPDATED", "CLOSED"] {
        for (file, starts) in [("src/a.rs", true), ("docs/a.md", false)] {
            let change = pull_request(event, "feature/a", "main", &json!({ "files": [file] }));
            assert_eq!(asked(&any_event, &change).starts, starts, "{event} {file}");
        }
    }
}

#[test]
fn tg_15_bitbucket_does_not_tell_of_pull_requests_closed_without_merge() {
    let closed =
        json!({ "pullRequest": [{ "events": ["CLOSED"], "branches": { "includes": ["main"] } }] });
    for (host, merged, starts) in [
        ("GitHub", false, true),
        ("GitHubEnterpriseServer", false, true),
        ("GitLab", false, true),
        ("GitLabSelfManaged", false, true),
        ("Bitbucket", false, false),
        ("GitHub", true, true),
        ("Bitbucket", true, true),
    ] {
        let change = pull_request(
            "CLOSED",
            "feature/a",
            "main",
            &json!({ "host": host, "merged": merged }),
        );
        let answer = asked(&closed, &change);
        assert_eq!(answer.starts, starts, "{host}, merged: {merged}");
        assert_eq!(answer.rule, if starts { "TG-7" } else { "TG-15" });
    }
}

#[test]
fn tg_14_a_merge_is_two_changes_and_may_start_two_executions() {
    let both = json!({
        "push": [{ "branches": { "includes": ["main"] } }],
        "pullRequest": [{ "events": ["CLOSED"], "branches": { "includes": ["main"] } }],
    });
    let merge = pull_request(
        "CLOSED",
        "feature/a",
        "main",
        &json!({ "merged": true, "files": ["a"] }),
    );
    let pushed = merge.push_of_merge().expect("a merge pushes");
    assert_eq!(
        asked(&both, &merge)
            .run
            .expect("it starts")
            .branch
            .as_deref(),
        Some("feature/a")
    );
    assert_eq!(
        asked(&both, &pushed)
            .run
            .expect("it starts")
            .branch
            .as_deref(),
        Some("main")
    );
    for other in [
        pull_request("CLOSED", "feature/a", "main", &json!({})),
        pull_request("OPEN", "feature/a", "main", &json!({ "merged": true })),
        push("main", &[]),
    ] {
        assert_eq!(other.push_of_merge(), None, "{other:?}");
    }
}

#[test]
fn tg_16_a_filter_runs_the_branch_that_matched() {
    let git = json!({ "push": [{ "branches": { "includes": ["feature/**"] } }] });
    let run = asked(&git, &push("feature/a", &[])).run.expect("it starts");
    assert_eq!(
        (run.branch.as_deref(), run.rule),
        (Some("feature/a"), "TG-16")
    );
    assert_eq!(run.revision_id.as_deref(), Some("c0ffee"));
    let git = json!({ "push": [{ "tags": { "includes": ["*"] } }] });
    let run = asked(&git, &tag("v1")).run.expect("it starts");
    assert_eq!(
        (run.branch, run.tag.as_deref(), run.rule),
        (None, Some("v1"), "TG-13")
    );
}

#[test]
fn tg_17_every_source_decides_for_itself() {
    let second = {
        let mut second = checkout(&[("BranchName", "dev")]);
        second["name"] = json!("Second");
        second
    };
    let git = json!({ "push": [{ "branches": { "includes": ["release"] } }] });
    let declaration = declaration(&[checkout(&[]), second], &trigger(&git));
    let starts = |branch| -> Vec<(String, bool)> {
        explain_triggers(&declaration, &push(branch, &[]), &Outside::default())
            .into_iter()
            .map(|answer| (answer.action_name, answer.starts))
            .collect()
    };
    let said = |first, second| {
        vec![
            ("Checkout".to_owned(), first),
            ("Second".to_owned(), second),
        ]
    };
    assert_eq!(starts("release"), said(true, false));
    assert_eq!(starts("dev"), said(false, true));
    assert_eq!(starts("main"), said(false, false));
}

#[test]
fn tg_19_to_tg_21_polling_and_event_rules() {
    let commit = change(
        json!({ "kind": "push", "provider": "CodeCommit", "repository": "shop", "branch": "main" }),
    );
    let object =
        change(json!({ "kind": "object", "bucket": "drops", "key": "shop.zip", "versionId": "v" }));
    let github = change(
        json!({ "kind": "push", "provider": "GitHub", "repository": "shop/shop", "branch": "main" }),
    );
    let image = |tag: &str| {
        change(json!({ "kind": "image", "repository": "shop", "tag": tag, "digest": "sha256:1" }))
    };
    let code_commit = json!({ "RepositoryName": "shop", "BranchName": "main" });
    let s3 = json!({ "S3Bucket": "drops", "S3ObjectKey": "shop.zip" });
    let git_hub = json!({ "Owner": "shop", "Repo": "shop", "Branch": "main" });
    let ecr = json!({ "RepositoryName": "shop" });
    let without_polling = |configuration: &Value| {
        let mut configuration = configuration.clone();
        configuration["PollForSourceChanges"] = json!("false");
        configuration
    };
    let event_rule = |exists| Outside {
        event_rule: Some(exists),
        ..Outside::default()
    };
    let usual = Outside::default();
    let given_up = Outside {
        polling_disabled: true,
        ..usual
    };
    let (poll, event) = (Detection::Polling, Detection::EventRule);
    for (owner, provider, configuration, change, outside, expected) in [
        // Without the key it polls, and the console would not have made an event rule.
        (
            "AWS",
            "CodeCommit",
            code_commit.clone(),
            &commit,
            usual,
            vec![(poll, true, "TG-19"), (event, false, "TG-19")],
        ),
        (
            "AWS",
            "S3",
            s3.clone(),
            &object,
            usual,
            vec![(poll, true, "TG-19"), (event, false, "TG-19")],
        ),
        // As the console writes it.
        (
            "AWS",
            "CodeCommit",
            without_polling(&code_commit),
            &commit,
            usual,
            vec![(poll, false, "TG-19"), (event, true, "TG-19")],
        ),
        (
            "AWS",
            "S3",
            without_polling(&s3),
            &object,
            usual,
            vec![(poll, false, "TG-19"), (event, true, "TG-19")],
        ),
        // Both: two executions (TG-20). Neither: none.
        (
            "AWS",
            "CodeCommit",
            code_commit.clone(),
            &commit,
            event_rule(true),
            vec![(poll, true, "TG-19"), (event, true, "TG-19")],
        ),
        (
            "AWS",
            "CodeCommit",
            without_polling(&code_commit),
            &commit,
            event_rule(false),
            vec![(poll, false, "TG-19"), (event, false, "TG-19")],
        ),
        (
            "AWS",
            "CodeCommit",
            code_commit.clone(),
            &commit,
            given_up,
            vec![(poll, false, "TG-21"), (event, false, "TG-19")],
        ),
        // Elsewhere.
        (
            "AWS",
            "CodeCommit",
            code_commit,
            &github,
            event_rule(true),
            vec![(poll, false, "TG-19"), (event, false, "TG-19")],
        ),
        (
            "AWS",
            "S3",
            s3,
            &image("latest"),
            event_rule(true),
            vec![(poll, false, "TG-19"), (event, false, "TG-19")],
        ),
        // GitHub's first version polls or waits for a webhook.
        (
            "ThirdParty",
            "GitHub",
            git_hub.clone(),
            &github,
            usual,
            vec![(poll, true, "TG-19")],
        ),
        (
            "ThirdParty",
            "GitHub",
            without_polling(&git_hub),
            &github,
            usual,
            vec![(poll, false, "TG-19")],
        ),
        // ECR has an event rule, whatever is said about polling.
        (
            "AWS",
            "ECR",
            ecr.clone(),
            &image("latest"),
            usual,
            vec![(event, true, "TG-19")],
        ),
        (
            "AWS",
            "ECR",
            ecr.clone(),
            &image("v1"),
            usual,
            vec![(event, false, "TG-19")],
        ),
        (
            "AWS",
            "ECR",
            without_polling(&ecr),
            &image("latest"),
            usual,
            vec![(event, true, "TG-19")],
        ),
        (
            "AWS",
            "ECR",
            ecr,
            &image("latest"),
            event_rule(false),
            vec![(event, false, "TG-19")],
        ),
        // A custom source is told, it is not watched.
        ("Custom", "Own", json!({}), &commit, usual, vec![]),
    ] {
        let declaration = declaration(
            &[source("Take", owner, provider, &configuration)],
            &json!([]),
        );
        let answers = explain_triggers(&declaration, change, &outside);
        let got: Vec<_> = answers
            .iter()
            .map(|one| (one.detection, one.starts, one.rule))
            .collect();
        assert_eq!(got, expected, "{provider} {configuration} {outside:?}");
        for run in answers
            .iter()
            .filter_map(|one| one.run.as_ref().map(|run| (run, one.detection)))
        {
            assert_eq!(run.0.trigger_type, run.1.trigger_type());
        }
    }
}

#[test]
fn tg_7_the_answer_says_why_down_to_the_pattern() {
    let git = json!({ "push": [{
        "branches": { "includes": ["main"] },
        "filePaths": { "includes": ["src/**", "[x"], "excludes": ["**.md"] },
    }] });
    let answer = asked(&git, &push("main", &["src/a.md"]));
    let text = json_of::to_value(&answer);
    assert_eq!(
        text,
        json!({
            "stageName": "Source", "actionName": "Checkout", "detection": "trigger", "watches": true, "starts": false,
            "rule": "TG-9", "because": "None of the changed files passes.",
            "filters": [{
                "about": "push", "index": 0, "passes": false,
                "rule": "TG-9", "because": "None of the changed files passes.",
                "parts": [
                    {
                        "part": "branches", "passes": true, "rule": "TG-12", "because": "main is included by main.",
                        "values": [{
                            "value": "main", "passes": true, "rule": "TG-7", "because": "main is included by main.",
                            "includes": [{ "pattern": "main", "matches": true }], "excludes": [],
                        }],
                    },
                    {
                        "part": "filePaths", "passes": false,
                        "rule": "TG-9", "because": "None of the changed files passes.",
                        "values": [{
                            "value": "src/a.md", "passes": false,
                            "rule": "TG-7", "because": "src/a.md is excluded by **.md.",
                            "includes": [
                                { "pattern": "src/**", "matches": true },
                                { "pattern": "[x", "matches": false, "problem": "a [ has no ]" },
                            ],
                            "excludes": [{ "pattern": "**.md", "matches": true }],
                        }],
                    },
                ],
            }],
        })
    );
    let started = json_of::to_value(&asked(&git, &push("main", &["src/a.rs"])));
    assert_eq!(started["run"]["triggerType"], "WebhookV2");
    assert_eq!(started["run"]["revisionId"], "c0ffee");
}

#[test]
fn changes_are_read_as_strictly_as_they_are_written() {
    let merge = pull_request("CLOSED", "a", "b", &json!({ "merged": true }));
    let text = json_of::to_value(&merge);
    assert_eq!(change(text), merge);
    for wrong in [
        json!({ "kind": "push", "provider": "CodeCommit", "repository": "shop" }),
        json!({ "kind": "push", "provider": "SVN", "repository": "shop", "branch": "main" }),
        json!({ "kind": "push", "provider": "CodeCommit", "repository": "shop", "branch": "main", "file": [] }),
        json!({ "kind": "fork" }),
    ] {
        assert!(
            json_of::from_value::<Change>(wrong.clone()).is_err(),
            "{wrong}"
        );
    }
}
