//! The timeline: what every execution did with its time, where it is drawn, and what the past costs.

use codepipeline_simulator::{
    engine::{
        behavior::Outcome,
        ids::PipelineId,
        time::{DAY, HOUR, MINUTE},
    },
    model::FailureType,
    page::{
        state::{
            Ui,
            timeline::{By, TimelineCommand, TimelineUi, Window},
        },
        view::{
            Selection,
            build::{read_past, timeline_after, timeline_alone},
            timeline::{Bar, BarKind, End, TimelineView},
        },
    },
};
use serde_json::json;

use super::story::main_picture;
use crate::bench::{Bench, approval, build, pipeline, source, stage, three_stages};

fn view(bench: &Bench, ui: &Ui) -> TimelineView {
    let facts = bench.facts.iter().rev();
    timeline_alone(bench.engine.world(), ui, facts).expect("a pipeline is shown")
}

/// The timeline after everything of the past was read that it wants.
fn read(bench: &Bench, ui: &Ui) -> TimelineView {
    let mut shown = view(bench, ui);
    while shown.wants {
        assert!(
            read_past(bench.engine.world(), ui),
            "what is wanted can be read"
        );
        shown = view(bench, ui);
    }
    shown
}

fn does(bench: &Bench, ui: &mut Ui, command: TimelineCommand) {
    ui.timeline = timeline_after(bench.engine.world(), ui, command);
}

fn ordered(by: By) -> Ui {
    Ui {
        timeline: TimelineUi {
            by,
            height: 2_000.0,
            ..TimelineUi::default()
        },
        ..Ui::default()
    }
}

fn labels(view: &TimelineView) -> Vec<&str> {
    let mut labels: Vec<&str> = view
        .plot
        .bars
        .iter()
        .map(|bar| bar.label.as_str())
        .collect();
    labels.sort_unstable();
    labels
}

fn bar<'a>(view: &'a TimelineView, label: &str) -> &'a Bar {
    let found = view
        .plot
        .bars
        .iter()
        .find(|bar| bar.label.starts_with(label));
    found.unwrap_or_else(|| panic!("{label} is not in {:?}", labels(view)))
}

/// Where a bar is on the screen.
fn left(view: &TimelineView, bar: &Bar) -> f64 {
    bar.x + view.shift
}

#[test]
fn the_main_picture_over_time() {
    let bench = main_picture();
    let ui = ordered(By::Stage);
    let shown = view(&bench, &ui);
    let rows: Vec<&str> = shown
        .plot
        .rows
        .iter()
        .map(|row| row.label.as_str())
        .collect();
    assert_eq!(rows, ["Source", "Build", "Staging", "Production"]);
    for label in [
        "A, Production, inside, waits for a person, since 09:12",
        "B, Production, in front, waits for its turn, 09:23",
        "C, Production, in front, waits for its turn, since 09:57",
        "D, Staging, in front, the gate is closed, since 09:54",
        "C, Staging, inside, succeeded, 09:48",
    ] {
        bar(&shown, label);
    }
    let superseded = bar(&shown, "B, Production");
    assert!(superseded.stop && superseded.label.ends_with("and left the line"));
    assert_eq!(superseded.kind, BarKind::Lock);
    let asked = bar(&shown, "A, Production, inside");
    assert_eq!((asked.end, asked.kind), (End::Now, BarKind::Run));
    assert!(
        asked
            .parts
            .iter()
            .any(|part| part.1 == End::Now && part.2 == BarKind::Person)
    );
    assert_eq!(asked.text.as_deref(), Some("waits for a person"));
    // In front is thinner and above, and everything lies between the left edge and now.
    assert!(superseded.height < asked.height && superseded.y < asked.y);
    for bar in &shown.plot.bars {
        let from = left(&shown, bar);
        assert!(
            (0.0..=shown.now + shown.shift).contains(&from),
            "{} at {from}",
            bar.label
        );
    }
    assert!((0.5..=0.91).contains(&((shown.now + shown.shift) / 560.0)));
    assert!(
        shown.label.starts_with("Timeline by stage, 08:5"),
        "{}",
        shown.label
    );
    // What is due: LoadTest soon, the approval far beyond the edge.
    let marks: Vec<&str> = shown
        .plot
        .marks
        .iter()
        .map(|mark| mark.label.as_str())
        .collect();
    assert!(
        marks
            .iter()
            .any(|mark| mark.starts_with("LoadTest ends, 10:1")),
        "{marks:?}"
    );
    assert!(
        marks.contains(&"Approve times out, Tue 10 Mar, 09:12"),
        "{marks:?}"
    );
    let far = shown
        .plot
        .marks
        .iter()
        .find(|mark| mark.short == "10 Mar")
        .expect("the approval");
    assert!(far.x + shown.shift > 560.0);
}

#[test]
fn by_execution_each_has_a_row_and_the_newest_is_first() {
    let bench = main_picture();
    let shown = view(&bench, &ordered(By::Execution));
    let letters: Vec<&str> = shown
        .plot
        .rows
        .iter()
        .filter_map(|row| Some(row.token.as_ref()?.letter.as_str()))
        .collect();
    assert_eq!(letters, ["D", "C", "B", "A"]);
    let staging = bar(&shown, "D, Build, inside, succeeded");
    assert_eq!(staging.text.as_deref().or(Some("Build")), Some("Build"));
    assert!(staging.y < bar(&shown, "C, Build").y);
}

#[test]
fn the_table_says_the_same() {
    let bench = main_picture();
    let by_stage = view(&bench, &ordered(By::Stage));
    let table = view(&bench, &ordered(By::Table));
    assert!(table.plot.bars.is_empty() && table.plot.table_note.is_none());
    for bar in &by_stage.plot.bars {
        let row = table.plot.table.iter().find(|row| {
            let begins = format!("{}, {}, {}, ", row.token.letter, row.stage, row.what);
            let from = row.from.as_str();
            bar.label
                .replace(", and left the line", "")
                .starts_with(&begins.replace(", and left the line", ""))
                && bar.label.contains(from)
        });
        assert!(
            row.is_some(),
            "{} is not in {:?}",
            bar.label,
            table.plot.table
        );
    }
    let first = &table.plot.table[0];
    assert_eq!(
        (
            first.token.letter.as_str(),
            first.to.as_str(),
            first.span.as_str()
        ),
        ("C", "goes on", "")
    );
}

#[test]
fn the_selected_execution_is_marked_and_a_stage_too() {
    let bench = main_picture();
    let chosen = view(&bench, &ordered(By::Stage)).plot.bars[0].token.clone();
    let mut ui = ordered(By::Stage);
    ui.selection = Selection::Execution(chosen.execution.clone());
    for bar in &view(&bench, &ui).plot.bars {
        assert_eq!(bar.selected, bar.token == chosen, "{}", bar.label);
    }
    ui.selection = Selection::Stage("Staging".into());
    let shown = view(&bench, &ui);
    let marked: Vec<bool> = shown.plot.rows.iter().map(|row| row.selected).collect();
    assert_eq!(marked, [false, false, true, false]);
}

#[test]
fn between_two_facts_only_now_moves() {
    let mut bench = main_picture();
    let ui = ordered(By::Stage);
    let before = view(&bench, &ui);
    let facts = bench.facts.len();
    bench.advance(1_000);
    let after = view(&bench, &ui);
    assert_eq!(bench.facts.len(), facts, "nothing happened");
    assert!(std::sync::Arc::ptr_eq(&before.plot, &after.plot));
    assert_eq!(before.shift, after.shift);
    assert!(after.now > before.now);
}

#[test]
fn zooming_keeps_what_is_under_the_pointer_and_zero_fits_again() {
    let bench = main_picture();
    let mut ui = ordered(By::Stage);
    let fits = view(&bench, &ui);
    let label = "C, Staging, inside";
    let at = left(&fits, bar(&fits, label));
    for factor in [1.3, 1.3, 2.0, 0.7] {
        does(
            &bench,
            &mut ui,
            TimelineCommand::Zoom {
                factor,
                at: Some(at),
            },
        );
        let shown = view(&bench, &ui);
        let now = left(&shown, bar(&shown, label));
        assert!((now - at).abs() < 0.3, "it went from {at} to {now}");
        assert!(shown.moved);
    }
    does(&bench, &mut ui, TimelineCommand::Pan(50.0));
    let panned = view(&bench, &ui);
    assert!((left(&panned, bar(&panned, label)) - (at - 50.0)).abs() < 0.3);
    does(&bench, &mut ui, TimelineCommand::Fit);
    assert_eq!(view(&bench, &ui), fits);
    // However long somebody turns the wheel.
    for factor in [100.0, 0.01] {
        for _ in 0..40 {
            does(&bench, &mut ui, TimelineCommand::Zoom { factor, at: None });
            let shown = view(&bench, &ui);
            assert!(
                shown.shift.is_finite() && shown.now.is_finite() && shown.plot.ticks.len() < 60
            );
        }
    }
    for by in [1e9, -1e12, f64::MAX] {
        does(&bench, &mut ui, TimelineCommand::Pan(by));
        assert!(view(&bench, &ui).shift.is_finite());
    }
}

#[test]
fn a_window_that_shows_now_follows_it_and_another_stays() {
    let mut bench = main_picture();
    let mut ui = ordered(By::Stage);
    does(
        &bench,
        &mut ui,
        TimelineCommand::Zoom {
            factor: 3.0,
            at: None,
        },
    );
    bench.advance(3 * HOUR);
    let shown = view(&bench, &ui);
    let now = shown.now + shown.shift;
    assert!((now - 0.9 * 560.0).abs() < 1.0, "now is at {now}");
    does(&bench, &mut ui, TimelineCommand::Pan(-5_000.0));
    let before = view(&bench, &ui);
    assert!(matches!(
        ui.timeline.window,
        Window::At { follows: None, .. }
    ));
    bench.advance(HOUR);
    assert_eq!(view(&bench, &ui).shift, before.shift);
}

#[test]
fn idle_days_are_folded_and_can_be_unfolded() {
    let mut bench = main_picture();
    let mut ui = ordered(By::Stage);
    bench.advance(3 * DAY);
    bench.start("storefront-release");
    bench.advance(20 * MINUTE);
    let folded = view(&bench, &ui);
    let fold = folded
        .plot
        .folds
        .iter()
        .find(|fold| fold.label.starts_with("2 days 23 h"))
        .expect("a fold");
    let newest = bar(&folded, "E, Build, inside");
    assert!(newest.x > fold.x + 28.0 && !matches!(newest.end, End::At(to) if to - newest.x < 3.0));
    // The day changed: the hours say which.
    assert!(
        folded
            .plot
            .ticks
            .iter()
            .any(|tick| tick.label.starts_with("3 Mar, "))
    );
    does(&bench, &mut ui, TimelineCommand::Unfold(true));
    let whole = view(&bench, &ui);
    assert!(whole.plot.folds.is_empty());
    let newest = bar(&whole, "E, Build");
    assert!(
        matches!(newest.end, End::At(to) if to - newest.x <= 3.1),
        "thin, and alone: it stands for itself"
    );
}

#[test]
fn many_at_once_stand_above_each_other_or_become_a_strip() {
    let mut bench = Bench::new();
    let mut declaration = pipeline(
        "many",
        &[
            stage("Source", &[source()]),
            stage("Gate", &[approval("Ask", 1)]),
        ],
    );
    declaration["executionMode"] = json!("PARALLEL");
    bench.create(&declaration);
    bench.until_idle();
    for _ in 0..20 {
        bench.start("many");
        bench.advance(10 * MINUTE);
    }
    let shown = view(&bench, &ordered(By::Stage));
    let inside: Vec<&Bar> = shown
        .plot
        .bars
        .iter()
        .filter(|bar| bar.label.contains("Gate"))
        .collect();
    let floors: std::collections::BTreeSet<u64> =
        inside.iter().map(|bar| bar.y.to_bits()).collect();
    assert_eq!((inside.len(), floors.len()), (3, 3));
    assert!(!shown.plot.strips.is_empty());
    let each = view(&bench, &ordered(By::Execution));
    assert_eq!(
        each.plot
            .bars
            .iter()
            .filter(|bar| bar.label.contains("Gate"))
            .count(),
        21
    );
}

#[test]
fn the_past_is_read_for_the_window_and_not_before() {
    let mut bench = Bench::new();
    bench.create(&three_stages("shop"));
    bench.until_idle();
    let begun = bench.now();
    for _ in 0..400 {
        bench.start("shop");
        bench.until_idle();
        bench.advance(2 * MINUTE);
    }
    let world = bench.engine.world();
    let history = &world.pipeline(PipelineId(0)).history;
    assert!(history.segments().len() >= 4);
    let mut ui = ordered(By::Stage);
    // At first the live ones: the past begins left of them.
    let first = view(&bench, &ui);
    let shown = read(&bench, &ui);
    assert!(shown.plot.bars.len() >= first.plot.bars.len());
    // All of it.
    ui.timeline.window = Window::At {
        from: begun,
        scale: 500_000.0,
        follows: Some(0.9),
    };
    let fresh = Ui {
        timeline: ui.timeline,
        ..Ui::default()
    };
    let before = view(&bench, &fresh);
    assert!(before.wants, "nothing was read for it");
    let whole = read(&bench, &fresh);
    // Thin ones stand in strips, so that it is their width that tells how much is drawn.
    let drawn =
        |view: &TimelineView| -> f64 { view.plot.strips.iter().map(|strip| strip.width).sum() };
    assert!(drawn(&whole) > drawn(&before));
    // One of the first, closely.
    ui.timeline.window = Window::At {
        from: begun,
        scale: 5_000.0,
        follows: None,
    };
    let shown = read(&bench, &ui);
    bar(&shown, "B, Build, inside, succeeded");
    assert!(shown.plot.older_note.is_none());
    // By execution, far down the list.
    let mut ui = ordered(By::Execution);
    ui.timeline.height = 100.0;
    ui.timeline.window = Window::At {
        from: begun,
        scale: 5_000.0,
        follows: None,
    };
    does(&bench, &mut ui, TimelineCommand::Scroll(1e9));
    let shown = read(&bench, &ui);
    assert!(shown.plot.rows.len() <= 5);
    let last = shown
        .plot
        .rows
        .last()
        .and_then(|row| row.token.clone())
        .expect("a row");
    assert_eq!(last.letter, "A");
    bar(&shown, "A, Build, inside, succeeded");
}

#[test]
fn another_pipeline_or_version_is_not_mistaken_for_the_one_before() {
    let mut bench = main_picture();
    bench.create(&three_stages("zoo"));
    bench.until_idle();
    let mut ui = ordered(By::Stage);
    let before = view(&bench, &ui);
    ui.pipeline = Some("zoo".into());
    let zoo = view(&bench, &ui);
    assert_eq!(zoo.plot.rows.len(), 3);
    ui.pipeline = None;
    assert_eq!(view(&bench, &ui).plot, before.plot);
    let mut fewer = three_stages("zoo");
    fewer["stages"][1]["name"] = json!("Compilation");
    bench.ok("UpdatePipeline", json!({ "pipeline": fewer }));
    ui.pipeline = Some("zoo".into());
    let after = view(&bench, &ui);
    assert_eq!(after.plot.rows[1].label, "Compilation");
    assert!(
        !after
            .plot
            .bars
            .iter()
            .any(|bar| bar.label.contains("Build")),
        "no row has its stage any more"
    );
    ui.timeline.by = By::Execution;
    bar(&view(&bench, &ui), "A, Build, inside");
}

/// A pipeline whose first execution failed in its second stage.
fn failed() -> Bench {
    let mut bench = Bench::new();
    bench.create(&pipeline(
        "shop",
        &[
            stage("Source", &[source()]),
            stage("Build", &[build("Compile", 1)]),
        ],
    ));
    let fails = Outcome::Fail {
        code: FailureType::JobFailed,
        message: None,
    };
    bench.outcome("shop", "Build", "Compile", fails);
    bench.until_idle();
    bench
}

#[test]
fn a_failed_stage_says_so() {
    let bench = failed();
    let shown = view(&bench, &ordered(By::Stage));
    assert_eq!(bar(&shown, "A, Build, inside, failed").kind, BarKind::Fail);
}

#[test]
fn re_1_a_retry_is_a_stay_of_its_own_and_what_failed_stays() {
    let mut bench = failed();
    bench.advance(HOUR);
    // Nobody has put it right yet, so it is not gone from sight; and that is what can be done.
    let page = super::page(&bench);
    let roster = &super::picture(&page).roster;
    assert_eq!(roster.len(), 1);
    assert_eq!(
        page.clock.next.1,
        "until you retry what failed, roll it back, or start an execution."
    );
    let execution = bench.executions("shop").remove(0);
    bench.ok(
        "RetryStageExecution",
        json!({ "pipelineName": "shop", "stageName": "Build", "pipelineExecutionId": execution, "retryMode": "FAILED_ACTIONS" }),
    );
    bench.advance(30_000);
    let shown = view(&bench, &ordered(By::Stage));
    let failed = bar(&shown, "A, Build, inside, failed");
    let again = bar(&shown, "A, Build, inside, at work");
    assert!(matches!(failed.end, End::At(to) if to < again.x));
    assert_eq!(again.end, End::Now);
    assert_eq!(
        super::stage(&super::page(&bench), "Build").line,
        "locked by A, 30 s"
    );
}

#[test]
fn an_instant_is_read_who_was_where() {
    let bench = main_picture();
    let mut ui = ordered(By::Stage);
    let shown = view(&bench, &ui);
    let place = left(&shown, bar(&shown, "C, Build, inside")) + 1.0;
    does(&bench, &mut ui, TimelineCommand::Read(Some(place)));
    let reading = view(&bench, &ui).reading.expect("it is read");
    assert!(reading.title.starts_with("At "), "{}", reading.title);
    let lines: Vec<String> = reading
        .lines
        .iter()
        .map(|(sign, line)| format!("{} {line}", sign.as_ref().expect("somebody").letter))
        .collect();
    assert!(
        lines.contains(&"C Build: inside, at work".to_owned()),
        "{lines:?}"
    );
    // It stays at its instant while the clock goes on, and the line with it.
    assert!((reading.place + view(&bench, &ui).shift - place).abs() < 1.0);
    // Every line is a bar that is drawn there.
    let drawn = shown.plot.bars.iter().filter(|bar| {
        let to = match bar.end {
            End::At(to) => to,
            End::Now => shown.now,
        };
        left(&shown, bar) <= place && place < to + shown.shift
    });
    assert_eq!(lines.len(), drawn.count(), "{lines:?}");
    does(
        &bench,
        &mut ui,
        TimelineCommand::Read(Some(place - 10_000.0)),
    );
    let reading = view(&bench, &ui).reading.expect("it is read");
    assert!(reading.lines == [(None, "nobody was in the line".to_owned())]);
    // What is to come is not known.
    let now = shown.now + shown.shift;
    does(&bench, &mut ui, TimelineCommand::Read(Some(now + 5.0)));
    assert!(view(&bench, &ui).reading.is_none());
    does(&bench, &mut ui, TimelineCommand::Read(Some(place)));
    does(&bench, &mut ui, TimelineCommand::Read(None));
    assert!(view(&bench, &ui).reading.is_none());
}
