//! Playing a story and checking the world: after every step, and more thoroughly after every chunk of steps.

use codepipeline_simulator::json as json_of;
use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use codepipeline_simulator::engine::{
    Engine,
    fact::{Event, Fact},
    invariants,
    world::Options,
};
use serde_json::json;

use super::{
    Story,
    shape::OTHER,
    step::{Done, Step, perform},
};
use crate::bench::three_stages;

/// What a story came to.
#[derive(Default)]
pub struct Tally {
    accepted: BTreeMap<&'static str, u64>,
    events: BTreeSet<String>,
    /// How many facts were recorded.
    pub facts: u64,
}

/// The kinds of events that random worlds bring about. Not among them: what needs more executions or more time than
/// these worlds have (archived, recalled, dropped), which the long mode reaches.
const EVENTS: [&str; 33] = [
    "ActionEnded",
    "ActionReplanned",
    "ActionStarted",
    "AlarmSet",
    "BehaviorSet",
    "ConditionEnded",
    "ConditionStarted",
    "CustomActionTypeCreated",
    "EventRuleSet",
    "ExecutionCancelling",
    "ExecutionEnded",
    "ExecutionResumed",
    "ExecutionStarted",
    "ExecutionStopping",
    "ExecutionWaits",
    "LambdaResultSet",
    "PipelineCreated",
    "PipelineDeleted",
    "PipelineUpdated",
    "PollPlanned",
    "Polled",
    "RevisionArrived",
    "RevisionReported",
    "RuleEnded",
    "RuleReplanned",
    "RuleStarted",
    "ScheduleFired",
    "ScheduleSet",
    "StageEnded",
    "StageEntered",
    "StageRetried",
    "TransitionDisabled",
    "TransitionEnabled",
];

impl Tally {
    /// Adds another story's.
    pub fn add(&mut self, other: &Self) {
        for (kind, count) in &other.accepted {
            *self.accepted.entry(kind).or_default() += count;
        }
        self.events.extend(other.events.iter().cloned());
        self.facts += other.facts;
    }

    fn saw(&mut self, facts: &[Fact]) {
        self.facts += facts.len() as u64;
        for fact in facts {
            let text = format!("{:?}", VariantOf(&fact.event));
            self.events.insert(text);
        }
    }

    /// The kinds of steps that were refused each time.
    pub fn never_accepted(&self) -> Vec<&'static str> {
        let mut missing = Step::ACCEPTED.to_vec();
        missing.retain(|kind| !self.accepted.contains_key(kind));
        missing
    }

    /// The kinds of events that should have happened and did not.
    pub fn never_happened(&self) -> Vec<&'static str> {
        let mut missing = EVENTS.to_vec();
        missing.retain(|kind| !self.events.contains(*kind));
        missing
    }
}

/// The name of an event's variant, as its serialised form has it.
struct VariantOf<'a>(&'a Event);

impl std::fmt::Debug for VariantOf<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let value = json_of::to_value(&self.0);
        let variant = value.as_object().and_then(|object| object.keys().next());
        out.write_str(variant.map_or("?", String::as_str))
    }
}

fn journal(facts: &[Fact]) -> String {
    json_of::to_text(&facts)
}

/// An engine with the facts since the last check.
struct Player {
    engine: Engine,
    facts: Vec<Fact>,
    /// Segments of the history that storage would hold.
    segments: BTreeMap<u64, Rc<[u8]>>,
}

impl Player {
    fn collect(&mut self) {
        self.facts.extend(self.engine.take_facts());
        let changes = self.engine.take_segments();
        self.segments.extend(changes.sealed);
        for id in changes.dropped {
            self.segments.remove(&id);
        }
    }
}

/// Plays a story; checks thoroughly after every so many steps.
///
/// # Panics
/// When something does not hold.
pub fn play(story: &Story, chunk: usize) -> Tally {
    let mut tally = Tally::default();
    let options = Options {
        seed: story.seed,
        ..Options::default()
    };
    let mut player = Player {
        engine: Engine::new(options.clone()),
        facts: vec![],
        segments: BTreeMap::new(),
    };
    // What the journal alone leads to; it never sees a command.
    let mut replica = Engine::new(options);
    create(&mut player.engine, story);
    player.collect();
    for steps in story.steps.chunks(chunk) {
        check(&mut player, &mut replica, &mut tally);
        // Whoever goes on from what was saved comes to the same as whoever just goes on.
        let mut heir = Player {
            engine: Engine::restore(&player.engine.snapshot()).expect("a world of ours opens"),
            facts: vec![],
            segments: player.segments.clone(),
        };
        let missing = heir.engine.history_mut().supply(&player.segments);
        assert_eq!(missing, Vec::<u64>::new(), "segments are missing");
        for step in steps {
            let done = once(&mut player, story, step);
            if done == Done::Accepted {
                *tally.accepted.entry(step.kind()).or_default() += 1;
            }
            assert_eq!(once(&mut heir, story, step), done, "restored, {step:?}");
        }
        assert_eq!(
            journal(&player.facts),
            journal(&heir.facts),
            "the restored world has another journal"
        );
        assert_eq!(player.engine.snapshot(), heir.engine.snapshot());
        assert_eq!(player.segments, heir.segments, "the same segments");
    }
    check(&mut player, &mut replica, &mut tally);
    tally
}

fn create(engine: &mut Engine, story: &Story) {
    let now = engine.world().now;
    let rig = json!({
        "category": "Test", "provider": "Rig", "version": "1",
        "inputArtifactDetails": { "minimumCount": 0, "maximumCount": 1 },
        "outputArtifactDetails": { "minimumCount": 0, "maximumCount": 0 },
    });
    let mut calls = vec![("CreateCustomActionType", rig)];
    for declaration in [
        three_stages(OTHER),
        story.shape.declaration(story.shape.mode),
    ] {
        calls.push(("CreatePipeline", json!({ "pipeline": declaration })));
    }
    for (operation, input) in calls {
        let answer = engine.execute(operation, input, now);
        assert!(answer.is_ok(), "{operation}: {answer:?}");
    }
}

/// One step. A refused command changes nothing: not the clock, not a record (every change of a record is a fact).
fn once(player: &mut Player, story: &Story, step: &Step) -> Done {
    let world = player.engine.world();
    let before = (world.sequence, world.now);
    let whole = matches!(step, Step::Nonsense(_)).then(|| player.engine.snapshot());
    let done = perform(&mut player.engine, &story.shape, step);
    let world = player.engine.world();
    if done != Done::Accepted {
        assert_eq!(before, (world.sequence, world.now), "{step:?} {done:?}");
    }
    if let Some(whole) = whole {
        assert_eq!(
            whole,
            player.engine.snapshot(),
            "{step:?} has changed something"
        );
    }
    if let Some(next) = player.engine.next_deadline() {
        assert!(next > world.now, "{step:?}: what is due has not happened");
    }
    player.collect();
    done
}

/// The invariants of the whole world; the journal reads back as it was written, and leads to the same world.
fn check(player: &mut Player, replica: &mut Engine, tally: &mut Tally) {
    let world = player.engine.world();
    assert_eq!(invariants::check(world), Ok(()));
    assert_eq!(world.check_history(), Ok(()));
    let facts = std::mem::take(&mut player.facts);
    tally.saw(&facts);
    let read: Vec<Fact> = json_of::from_text(&journal(&facts)).expect("a journal reads back");
    assert_eq!(read, facts);
    assert_eq!(replica.replay(&read), Ok(()));
    replica.set_clock(player.engine.world().now);
    assert_eq!(
        replica.snapshot(),
        player.engine.snapshot(),
        "replay(journal) == world"
    );
}
