//! The picture as a file: what is in it, and what is not.

use codepipeline_simulator::page::{
    gallery::LESSONS,
    svg,
    view::{ActionView, CheckPlace, CheckView, PipelineView, build::worlds::caption},
};

use super::Visit;

const SPRITE: &str = include_str!("../../../www/icons.svg");

fn saved(visit: &Visit) -> String {
    let page = visit.page();
    let pipeline = page.pipeline.expect("a pipeline is shown");
    svg::picture(&pipeline, &caption(&pipeline, &page.clock), SPRITE)
}

/// Whether every element is closed, and in which order they begin.
fn elements(text: &str) -> Vec<&str> {
    let mut open: Vec<&str> = vec![];
    let mut all = vec![];
    for part in text.split('<').skip(1) {
        let (tag, _) = part.split_once('>').expect("a tag ends");
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "{tag}");
            continue;
        }
        let name = tag.split([' ', '/']).next().expect("a name");
        all.push(name);
        if !tag.ends_with('/') {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?}");
    all
}

#[test]
fn every_world_is_saved_as_one_whole_file_without_anything_from_elsewhere() {
    for lesson in &LESSONS {
        let visit = Visit::to(lesson.name);
        let file = saved(&visit);
        assert!(file.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\""));
        let elements = elements(&file);
        assert!(!elements.contains(&"script"));
        let elsewhere = file.replace("http://www.w3.org/2000/svg", "");
        for foreign in [
            "http",
            "url(",
            "@import",
            "data:",
            "light-dark",
            "var(",
            "NaN",
            "inf",
        ] {
            assert!(!elsewhere.contains(foreign), "{}: {foreign}", lesson.name);
        }
        // Every sign that is used is in the file.
        for used in file.split("<use href=\"#").skip(1) {
            let id = used.split('"').next().expect("an id");
            assert!(file.contains(&format!("<symbol id=\"{id}\"")), "{id}");
        }
        for stage in visit.picture().stages {
            assert!(
                file.contains(&stage.name),
                "{}: {}",
                lesson.name,
                stage.name
            );
            for action in stage.columns.iter().flat_map(|column| &column.actions) {
                assert!(
                    file.contains(&action.name),
                    "{}: {}",
                    lesson.name,
                    action.name
                );
            }
        }
    }
}

#[test]
fn locks_ghosts_gates_and_queues_are_drawn() {
    let file = saved(&Visit::to("superseded"));
    for said in [
        ">closed</text>",
        ">superseded</text>",
        ">by C, 09:57</text>",
        ">Needs approval</text>",
        "#i-lock",
        "stroke-dasharray=\"4 3\"",
        "storefront-release, SUPERSEDED, version 1. 09:59:30, Tue 3 Mar 2026, UTC",
    ] {
        assert!(file.contains(said), "{said}");
    }
    assert!(
        saved(&Visit::to("queued")).contains(">3rd, waits 3</text>")
            || saved(&Visit::to("queued")).contains("3rd, waits")
    );
}

#[test]
fn lanes_are_drawn_as_lanes() {
    let file = saved(&Visit::to("parallel"));
    for said in [
        ">3 lanes</text>",
        ">newest at the bottom</text>",
        ">Compile 15 %</text>",
        "class=\"coming\"",
        "class=\"passed\"",
        "previews, PARALLEL, version 1.",
    ] {
        assert!(file.contains(said), "{said}");
    }
    assert!(!file.contains("#i-lock"), "nobody holds anything");
}

#[test]
fn checks_are_drawn_round_and_what_hangs_under_a_block_has_room() {
    let visit = Visit::to("rollback");
    let mut pipeline = visit.picture();
    let rule = ActionView {
        name: "OfficeHours".to_owned(),
        ..pipeline.stages[1].columns[0].actions[0].clone()
    };
    let check = |place, engaged| CheckView {
        place,
        caption: "on a check".to_owned(),
        engaged,
        rules: vec![rule.clone()],
        holds: None,
        remedy: None,
    };
    let height = |pipeline: &PipelineView| {
        let file = svg::picture(pipeline, "", SPRITE);
        let (_, after) = file.split_once("height=\"").expect("a height");
        let (height, _) = after.split_once('"').expect("its end");
        (height.parse::<f64>().expect("a number"), file)
    };
    for stage in &mut pipeline.stages {
        stage.checks = vec![];
    }
    let (plain, file) = height(&pipeline);
    assert!(!file.contains("rx=\"16\""));
    pipeline.stages[1].checks = vec![check(CheckPlace::Before, true)];
    let (beside, file) = height(&pipeline);
    assert!(file.contains("rx=\"16\"") && file.contains(">OfficeHours</text>"));
    assert_eq!(beside, plain);
    pipeline.stages[1].checks = vec![check(CheckPlace::Failure, false)];
    let (chip, file) = height(&pipeline);
    assert!(file.contains(">on a check: 1 check</text>"));
    pipeline.stages[1].checks = vec![check(CheckPlace::Failure, true)];
    let (engaged, _) = height(&pipeline);
    assert!(engaged > chip && chip >= plain, "{plain} {chip} {engaged}");
}

#[test]
fn texts_of_strangers_stay_texts() {
    let visit = Visit::to("superseded");
    let mut pipeline = visit.picture();
    let hostile = "</text><script>alert(1)</script>";
    for stage in &mut pipeline.stages {
        stage.gate.note = hostile.to_owned();
        stage.gate.open = false;
        stage.line = hostile.to_owned();
        for ghost in &mut stage.ghosts {
            ghost.line = hostile.to_owned();
        }
        for action in stage
            .columns
            .iter_mut()
            .flat_map(|column| &mut column.actions)
        {
            action.name = hostile.to_owned();
            action.state.word = "\" onload=\"x".to_owned();
        }
    }
    let file = svg::picture(&pipeline, hostile, SPRITE);
    assert!(!elements(&file).contains(&"script"));
    assert!(!file.contains("onload=\""));
}
