//! The gallery: each of its worlds is played, and what it says is held against it.

mod promises;
mod saved_picture;
mod stops;

use codepipeline_simulator::{
    api::session::Session,
    engine::time::Instant,
    page::{
        gallery::{Inside, LESSONS, Lesson, LineStage, play},
        state::{ClockState, StorageInfo, StorageState, Ui},
        view::{
            ActionView, ChainPart, Frame, PageView, PipelineView, StageView, WhyView,
            build::{self, worlds::Kept},
        },
    },
};
use serde_json::{Value, json};

/// A world of the gallery, and somebody who does things in it.
struct Visit {
    lesson: &'static Lesson,
    session: Session,
}

impl Visit {
    fn to(name: &str) -> Self {
        let lesson = Lesson::named(name).expect("a lesson");
        let session = play(lesson).unwrap_or_else(|refused| panic!("{name}: {refused}"));
        Self { lesson, session }
    }

    fn page(&self) -> PageView {
        self.page_at(&ClockState::default())
    }

    fn page_at(&self, clock: &ClockState) -> PageView {
        let storage = StorageInfo {
            world: self.lesson.name.to_owned(),
            facts: self.session.world().sequence,
            state: StorageState::Saved,
        };
        let mut recent = self.session.recent();
        build::page(
            self.session.world(),
            &Ui::default(),
            clock,
            &storage,
            &mut recent,
            self.session.calls(),
        )
    }

    fn picture(&self) -> PipelineView {
        self.page().pipeline.expect("a pipeline is shown")
    }

    fn stage(&self, name: &str) -> StageView {
        let stages = self.picture().stages;
        let found = stages.into_iter().find(|stage| stage.name == name);
        found.expect("the stage")
    }

    fn tile(&self, stage: &str, name: &str) -> ActionView {
        let columns = self.stage(stage).columns.into_iter();
        let mut actions = columns.flat_map(|column| column.actions);
        actions
            .find(|action| action.name == name)
            .expect("the action")
    }

    fn roster(&self) -> Vec<String> {
        let cells = self.picture().roster;
        let told = cells
            .iter()
            .map(|cell| format!("{} {} {}", cell.token.letter, cell.state.word, cell.line));
        told.collect()
    }

    /// The state word of an execution, by its letter.
    fn state(&self, letter: &str) -> String {
        let cells = self.picture().roster;
        let cell = cells.iter().find(|cell| cell.token.letter == letter);
        cell.map_or_else(
            || "not in the roster".to_owned(),
            |cell| cell.state.word.clone(),
        )
    }

    fn why(&self, letter: &str) -> WhyView {
        let cells = self.picture().roster;
        let cell = cells.into_iter().find(|cell| cell.token.letter == letter);
        cell.and_then(|cell| cell.why).expect("it has a reason")
    }

    /// The headline and the rule of an execution's reason.
    fn because(&self, letter: &str) -> (String, String) {
        let why = self.why(letter);
        let parts = why.chain.iter().map(|part| match part {
            ChainPart::Token(token) => token.letter.clone(),
            ChainPart::Thing(_, text) | ChainPart::Words(text) => text.clone(),
        });
        (parts.collect::<Vec<_>>().join(" "), why.rule.1)
    }

    fn holder(&self, stage: &str) -> Option<String> {
        self.stage(stage).holder.map(|token| token.letter)
    }

    fn waiting(&self, stage: &str) -> Vec<String> {
        let waiting = self.stage(stage).waiting.into_iter();
        waiting.map(|one| one.token.letter).collect()
    }

    fn call(&mut self, operation: &str, input: Value) -> Value {
        let answer = self.session.execute(operation, input, 0.0);
        let _ = self.session.collect();
        answer.unwrap_or_else(|error| panic!("{operation}: {error}"))
    }

    /// Presses Play for so many virtual seconds.
    fn play(&mut self, seconds: i64) {
        let to = self.session.world().now.after(seconds * 1_000);
        self.session.advance_some(to, usize::MAX, 0.0);
        let _ = self.session.collect();
    }

    /// Plays until nothing is under way.
    fn play_on(&mut self) {
        while let Some(at) = self.session.engine().next_completion() {
            self.session.advance_some(at, usize::MAX, 0.0);
        }
        let _ = self.session.collect();
    }

    fn pipeline(&self) -> String {
        self.picture().name
    }

    /// The UUID of an execution in the roster.
    fn id(&self, letter: &str) -> String {
        let cells = self.picture().roster;
        let cell = cells.iter().find(|cell| cell.token.letter == letter);
        cell.expect("it is in the roster").token.execution.clone()
    }

    fn answer(&mut self, stage: &str, action: &str, status: &str) {
        let token = self
            .tile(stage, action)
            .approval
            .expect("it is asked")
            .token;
        let input = json!({
            "pipelineName": self.pipeline(), "stageName": stage, "actionName": action, "token": token,
            "result": { "status": status, "summary": "" },
        });
        self.call("PutApprovalResult", input);
    }

    fn open_gate(&mut self, stage: &str) {
        let input = json!({
            "pipelineName": self.pipeline(), "stageName": stage, "transitionType": "Inbound",
        });
        self.call("EnableStageTransition", input);
    }
}

/// The line of a picture as the gallery writes it.
fn drawn(picture: &PipelineView) -> Vec<LineStage> {
    let plain = |token: &codepipeline_simulator::page::view::Token| {
        let mut plain = token.clone();
        plain.execution.clear();
        plain.short.clear();
        plain.rollback = false;
        plain
    };
    let stage = |stage: &StageView| LineStage {
        waiting: stage
            .waiting
            .iter()
            .rev()
            .map(|one| plain(&one.token))
            .collect(),
        closed: !stage.gate.open,
        inside: match (&stage.holder, stage.frame) {
            (Some(holder), _) => Inside::Held(plain(holder)),
            _ if picture.mode == "PARALLEL" => {
                let count = stage
                    .line
                    .split(' ')
                    .next()
                    .and_then(|count| count.parse().ok());
                Inside::AtOnce(count.unwrap_or(0))
            }
            (None, Frame::Bad) => Inside::Failed,
            (None, _) => Inside::Free,
        },
    };
    picture.stages.iter().map(stage).collect()
}

#[test]
fn a_world_that_is_kept_is_told_from_one_as_it_begins() {
    let begins: Vec<_> = LESSONS
        .iter()
        .map(|lesson| {
            let session = play(lesson).expect("it plays");
            (lesson.name, session.world().sequence)
        })
        .collect();
    let expected = LESSONS.iter().map(|lesson| (lesson.name, lesson.facts));
    assert_eq!(begins, expected.collect::<Vec<_>>());
    let kept = |facts| vec![("retry".to_owned(), facts, 0)];
    let told = |kept: &[Kept]| {
        let gallery = build::worlds::gallery(kept, "default", None);
        let cards = gallery.lessons.iter();
        let told = cards.filter_map(|card| Some((card.name, card.changed.clone()?)));
        told.collect::<Vec<_>>()
    };
    let (_, at_first) = begins[6];
    assert_eq!(told(&kept(Some(at_first))), []);
    assert_eq!(
        told(&kept(Some(at_first + 1_000))),
        [(
            "retry",
            "Yours, changed: it opens as you left it, with 1,021 facts.".to_owned()
        )]
    );
}

#[test]
fn every_world_begins_as_its_card_draws_it_and_says_what_to_watch() {
    for lesson in &LESSONS {
        let visit = Visit::to(lesson.name);
        assert_eq!(drawn(&visit.picture()), lesson.line(), "{}", lesson.name);
        let page = visit.page();
        let shown = page.worlds.lesson.expect("it is a world of the gallery");
        assert_eq!(
            (shown.title, shown.watch),
            (lesson.words.title, lesson.words.watch)
        );
        assert!(lesson.words.card.starts_with("Watch "), "{}", lesson.name);
        assert!(!visit.session.playing(), "it begins paused");
    }
}

#[test]
fn a_world_begins_the_same_every_time_and_is_known_by_its_beginning() {
    for lesson in &LESSONS {
        let (one, two) = (Visit::to(lesson.name), Visit::to(lesson.name));
        assert_eq!(
            one.session.snapshot(),
            two.session.snapshot(),
            "{}",
            lesson.name
        );
        assert_eq!(Lesson::of(lesson.name, one.session.world()), Some(lesson));
        assert_eq!(Lesson::of("default", one.session.world()), None);
    }
    let own = Session::new(codepipeline_simulator::page::begin::options(
        "us-east-1",
        77,
        Instant(0),
    ));
    assert_eq!(
        Lesson::of("superseded", own.world()),
        None,
        "somebody's own world of that name"
    );
}

#[test]
fn names_and_seeds_are_no_two_the_same() {
    use std::collections::BTreeSet;
    let names: BTreeSet<&str> = LESSONS.iter().map(|lesson| lesson.name).collect();
    let titles: BTreeSet<&str> = LESSONS.iter().map(|lesson| lesson.words.title).collect();
    assert_eq!((names.len(), titles.len()), (LESSONS.len(), LESSONS.len()));
}
