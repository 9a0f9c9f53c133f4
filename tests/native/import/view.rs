//! What the dialog shows.

use codepipeline_simulator::page::import::{NameChoice, Reading, read, view};
use serde_json::json;

use super::draft::{answer, import, plain, reading, three_regions, world};

#[test]
fn what_was_found_is_shown_before_anything_is_done() {
    let read = reading(&world(), &answer("us-east-1"));
    let shown = view(&read, &read.choices(), false);
    let found = shown.found.expect("found");
    assert_eq!(
        (found.kind.as_str(), found.name.as_str()),
        ("An answer of GetPipeline", "orchard")
    );
    let rows: Vec<_> = found
        .rows
        .iter()
        .map(|row| (row.label.as_str(), row.value.as_str()))
        .collect();
    assert_eq!(
        rows,
        [
            ("Stages", "2"),
            ("Actions", "2"),
            ("Version", "3, becomes 1 here"),
            ("Mode", "SUPERSEDED"),
            ("Type", "V1"),
            ("Region", "us-east-1, by the ARN of the pipeline"),
        ]
    );
    let stages: Vec<_> = found
        .stages
        .iter()
        .map(|stage| (stage.name.as_str(), stage.note.as_str()))
        .collect();
    assert_eq!(stages, [("Source", "1 action"), ("Field", "1 action")]);
    assert_eq!(
        shown.notices,
        ["Importing creates the pipeline, and that starts one execution."]
    );
    assert_eq!(
        (shown.accept.as_str(), shown.ready, shown.headline),
        ("Import", true, None)
    );
}

#[test]
fn a_region_is_chosen_by_its_option() {
    let read = reading(&world(), &three_regions());
    let mut choices = read.choices();
    let shown = view(&read, &choices, false);
    assert_eq!(shown.accept, "Import into a new world");
    assert_eq!(
        (shown.choices[0].chosen, shown.choices[0].options.len()),
        (0, 2)
    );
    assert!(shown.choices[0].question.contains("eu-west-1"));
    choices.choose(&read, 0, 1);
    let shown = view(&read, &choices, false);
    assert_eq!(
        (shown.accept.as_str(), shown.choices[0].chosen),
        ("Import", 1)
    );
    let before = choices.clone();
    choices.choose(&read, 7, 0);
    choices.choose(&read, 0, 7);
    choices.fill(&read, 0, "apples".to_owned());
    assert_eq!(choices, before, "what is not there is not chosen");
}

#[test]
fn an_update_says_what_it_costs() {
    let mut engine = world();
    import(&mut engine, &plain());
    let read = reading(&engine, &plain());
    let mut choices = read.choices();
    let shown = view(&read, &choices, false);
    assert_eq!(
        shown.choices[0].field.as_ref().expect("a field").value,
        "orchard-2"
    );
    choices.choose(&read, 0, 1);
    assert_eq!(choices.name, NameChoice::Update);
    let shown = view(&read, &choices, false);
    assert_eq!(shown.accept, "Import as version 2");
    assert_eq!(shown.choices[0].field, None);
    let note = shown.choices[0].options[1].note.as_deref();
    assert_eq!(
        note,
        Some("1 execution that is under way is cancelled, none starts.")
    );
    assert_eq!(
        shown.notices,
        ["Importing updates the pipeline. That starts no execution."]
    );
}

#[test]
fn problems_and_work_hold_the_button() {
    let mut document = plain();
    document["pipeline"]["stages"][1]["name"] = json!("Source");
    let read_it = reading(&world(), &document);
    let shown = view(&read_it, &read_it.choices(), false);
    assert_eq!(
        shown.headline.as_deref(),
        Some("CreatePipeline would refuse this.")
    );
    assert_eq!((shown.ready, shown.problems.len()), (false, 1));
    let fine = reading(&world(), &plain());
    let shown = view(&fine, &fine.choices(), true);
    assert!(!shown.ready && shown.busy.is_some());
    let nothing = read("", world().world());
    let shown = view(&nothing, &nothing.choices(), false);
    assert!(
        !shown.ready
            && shown.found.is_none()
            && shown.problems.is_empty()
            && shown.headline.is_none()
    );
}

#[test]
fn a_saved_world_can_be_opened_and_says_what_that_costs() {
    let file = json!({
        "kind": "codepipeline-simulator-world", "format": 1, "sequence": 214, "clock": 1_772_524_800_000_u64,
        "pipeline": { "name": "orchard" },
    });
    let read_it = reading(&world(), &file);
    assert!(matches!(read_it, Reading::SavedWorld(_)));
    assert_eq!(
        read_it.plan(&read_it.choices()),
        Err(vec![]),
        "it is no call"
    );
    let shown = view(&read_it, &read_it.choices(), false);
    assert_eq!(
        (shown.accept.as_str(), shown.ready),
        ("Open this world in place of the present one", true)
    );
    assert_eq!(shown.notices.len(), 1);
    assert!(
        shown.notices[0].contains("replaced") && shown.notices[0].contains("Save it as a file")
    );
    let found = shown.found.expect("found");
    assert_eq!(
        (found.kind.as_str(), found.name.as_str()),
        ("A world file", "A saved world")
    );
    let rows: Vec<_> = found
        .rows
        .iter()
        .map(|row| (row.label.as_str(), row.value.as_str()))
        .collect();
    assert_eq!(
        rows,
        [("Facts", "214"), ("Clock", "08:00, Tue 3 Mar 2026, UTC")]
    );
    for (clock, rows) in [(json!([]), 0), (json!(i64::MAX), 1), (json!(i64::MIN), 1)] {
        let odd =
            json!({ "kind": "codepipeline-simulator-world", "sequence": "many", "clock": clock });
        let odd = reading(&world(), &odd);
        let found = view(&odd, &odd.choices(), false).found.expect("found");
        assert_eq!(found.rows.len(), rows, "{clock}");
    }
}
