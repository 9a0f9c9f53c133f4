//! A world at work: the engine, the clock that plays it, the facts it remembers for whoever looks, and how all of
//! this is written down and read back.
//!
//! Real time comes in as milliseconds from any clock that does not jump; virtual time is what the engine knows. While
//! the clock plays, virtual time is a straight line through an anchor. Whenever the engine could not keep up, or the
//! speed changes, or the page was hidden, the anchor is set anew: time away is never caught up.

use std::{cell::Cell, collections::VecDeque, rc::Rc};

use serde_json::Value;

use super::{
    calls::Calls,
    controls::Goal,
    refused::RefusedCall,
    snapshot::Snapshotting,
    stops::{Seen, Stop, Stops, seen},
};
use crate::order::gathered;
use crate::{
    engine::{
        Engine, Progress,
        control::Control,
        fact::Fact,
        invariants,
        operations::{self, Handler},
        time::Instant,
        world::{Options, SegmentChanges, World},
    },
    json::{self, FromJson},
    model::ApiError,
    storage::{self, Batch, FORMAT, Header, Segment, Standing, StorageError, StoredWorld},
};

/// How many facts are remembered for lists; older ones are in the journal until the next checkpoint only.
pub const REMEMBERED: usize = 2_000;

/// The fastest the clock plays: a day in a second.
pub const FASTEST: u32 = 86_400;

/// The usual speed of a page.
pub const USUAL_SPEED: u32 = 60;

/// How a way to a goal ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// At its goal.
    Arrived,
    /// Nothing was left to do before the limit.
    Idle,
    /// At the furthest it was to go.
    Limit,
    /// Somebody cancelled it, or saw what they wanted to see.
    Cancelled,
}

/// An engine with its clock.
pub struct Session {
    engine: Engine,
    recent: VecDeque<Rc<Fact>>,
    calls: Calls,
    playing: bool,
    speed: u32,
    anchor: Option<Anchor>,
    /// The real moment of the last look.
    looked: f64,
    stops: Stops,
    /// The number of the last fact that was held against `stops`.
    watched: u64,
    /// What stopped the clock, until somebody takes it.
    seen: Option<Seen>,
    /// Whether any execution was under way, and after how many facts it was looked.
    under_way: Cell<Option<(u64, bool)>>,
    snapshot: Snapshot,
}

/// Its text for storage, where that is being written over several turns. The world stands still meanwhile: what would
/// change it writes the rest first ([`Session::engine_mut`]).
#[derive(Debug, Default)]
enum Snapshot {
    /// Nobody writes it.
    #[default]
    Idle,
    /// It is being written.
    Begun(Snapshotting),
    /// It is written, and nobody has taken it yet. The world may have gone on.
    Whole(String),
}

/// The longest real span that one look plays above real time, in milliseconds: a page that stood still (asleep, in a
/// debugger) has not been watched, and is not caught up.
const LONGEST_LOOK: f64 = 1_000.0;

/// A point where real and virtual time are known to meet.
#[derive(Clone, Copy, Debug)]
struct Anchor {
    real: f64,
    at: Instant,
}

/// What has happened since the last collection, ready to be committed and told.
pub struct Collected {
    /// The facts.
    pub facts: Vec<Rc<Fact>>,
    /// The facts as one line of JSON; empty where there are none.
    pub text: String,
    /// Segments to write.
    pub new_segments: Vec<Segment>,
    /// Segments to delete.
    pub dropped_segments: Vec<u64>,
}

#[derive(FromJson)]
struct Read {
    world: World,
    recent: VecDeque<Rc<Fact>>,
}

impl Session {
    /// A new world, paused.
    #[must_use]
    pub fn new(options: Options) -> Self {
        Self {
            engine: Engine::new(options),
            recent: VecDeque::new(),
            calls: Calls::default(),
            playing: false,
            speed: USUAL_SPEED,
            anchor: None,
            looked: 0.0,
            stops: Stops::default(),
            watched: 0,
            seen: None,
            under_way: Cell::new(None),
            snapshot: Snapshot::Idle,
        }
    }

    /// A world from storage, playing if it was playing, at the instant of its last commit.
    ///
    /// # Errors
    /// [`StorageError::Damaged`] with the part that cannot be read. Nothing is lost by the attempt.
    pub fn open(stored: &StoredWorld) -> Result<Self, StorageError> {
        let damaged = |place: &str, problem: String| StorageError::Damaged {
            place: place.to_owned(),
            problem,
        };
        let checkpoint = stored
            .checkpoint
            .as_ref()
            .ok_or_else(|| damaged("checkpoint", "it is missing".to_owned()))?;
        let parts: Read = json::from_text(&checkpoint.text)
            .map_err(|error| damaged("checkpoint", error.to_string()))?;
        let mut engine =
            Engine::restore_world(parts.world).map_err(|problem| damaged("checkpoint", problem))?;
        let segments = stored.segments.iter();
        let segments =
            gathered(segments.map(|segment| (segment.id, Rc::from(segment.bytes.as_slice()))));
        // A segment sealed after the checkpoint is made again by the journal, so only the checkpoint's are missing.
        if let Some(id) = engine.history_mut().supply(&segments).first() {
            return Err(damaged(
                "history",
                format!("segment {id} is missing or cannot be read"),
            ));
        }
        if engine.world().sequence != checkpoint.sequence {
            return Err(damaged("checkpoint", "it is of another fact".to_owned()));
        }
        let mut recent = parts.recent;
        for entry in &stored.journal {
            for line in entry.facts.lines() {
                let facts: Vec<Fact> = json::from_text(line).map_err(|error| {
                    damaged(&format!("journal {}", entry.sequence), error.to_string())
                })?;
                engine
                    .replay(&facts)
                    .map_err(|reason| damaged(&format!("journal {}", entry.sequence), reason))?;
                recent.extend(facts.into_iter().map(Rc::new));
            }
        }
        engine
            .history_mut()
            .adopt(&segments)
            .map_err(|problem| damaged("history", problem))?;
        if engine.world().sequence != stored.header.sequence {
            return Err(damaged(
                "journal",
                "it does not reach the last fact".to_owned(),
            ));
        }
        invariants::check(engine.world()).map_err(|problem| damaged("journal", problem))?;
        let Standing {
            clock,
            playing,
            speed,
        } = stored.header.standing;
        let clock = clock.clamp(0, Instant::LAST.0);
        engine.set_clock(Instant(clock));
        while recent.len() > REMEMBERED {
            recent.pop_front();
        }
        Ok(Self {
            engine,
            recent,
            calls: Calls::default(),
            playing,
            speed: speed.clamp(1, FASTEST),
            anchor: None,
            looked: 0.0,
            stops: Stops::default(),
            watched: stored.header.sequence,
            seen: None,
            under_way: Cell::new(None),
            snapshot: Snapshot::Idle,
        })
    }

    /// Goes on to where another tab has committed to, without deciding anything. Answers what happened, which is nothing
    /// where only the clock moved; `None` where the commit does not continue this world, and it has to be loaded.
    ///
    /// # Errors
    /// [`StorageError::Damaged`]: the facts cannot be read or do not fit. The world may have taken a part of them: it
    /// has to be loaded.
    pub fn follow(&mut self, commit: &Batch) -> Result<Option<Vec<Rc<Fact>>>, StorageError> {
        let here = self.world().sequence;
        // What was told before this tab loaded, and is told again.
        if commit.sequence < here || (commit.sequence == here && commit.count > 0) {
            return Ok(Some(Vec::new()));
        }
        if commit.sequence.checked_sub(commit.count) != Some(here) {
            return Ok(None);
        }
        let damaged = |problem: String| StorageError::damaged("commit of another tab", problem);
        let mut followed = Vec::new();
        for line in commit.facts.lines() {
            let facts: Vec<Fact> =
                json::from_text(line).map_err(|error| damaged(error.to_string()))?;
            self.engine_mut().replay(&facts).map_err(damaged)?;
            followed.extend(facts.into_iter().map(Rc::new));
        }
        // The tab that writes stores them.
        let _ = self.engine_mut().take_segments();
        self.engine_mut()
            .set_clock(Instant(commit.standing.clock.clamp(0, Instant::LAST.0)));
        self.speed = commit.standing.speed.clamp(1, FASTEST);
        self.recent.extend(followed.iter().cloned());
        while self.recent.len() > REMEMBERED {
            self.recent.pop_front();
        }
        Ok(Some(followed))
    }

    /// Reads the whole history: what comes from a stranger's file is not trusted to be what it says.
    ///
    /// # Errors
    /// [`StorageError::Damaged`] with the part that does not fit.
    pub fn check_history(&self) -> Result<(), StorageError> {
        let checked = self.world().check_history();
        checked.map_err(|problem| StorageError::Damaged {
            place: "history".to_owned(),
            problem,
        })
    }

    /// The world, to read.
    #[must_use]
    pub fn world(&self) -> &World {
        self.engine.world()
    }

    /// The engine's clock-free questions.
    #[must_use]
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// The facts it remembers, newest first.
    pub fn recent(&self) -> impl Iterator<Item = &Fact> {
        self.recent.iter().rev().map(|fact| &**fact)
    }

    /// Whether the clock plays.
    #[must_use]
    pub fn playing(&self) -> bool {
        self.playing
    }

    /// Whether the clock plays and rests all the same: nobody waits for anything, nothing is due, and it was told to
    /// rest then ([`Stop::Idle`]). It goes on by itself once something is under way.
    #[must_use]
    pub fn rests(&self) -> bool {
        self.playing && self.stops.contains(Stop::Idle) && self.nothing_to_come()
    }

    fn nothing_to_come(&self) -> bool {
        if self.engine.next_deadline().is_some() {
            return false;
        }
        // Whoever waits at a closed gate has nothing due, and time matters to them.
        let here = self.world().sequence;
        let known = self.under_way.get().filter(|(at, _)| *at == here);
        let (_, under_way) = known.unwrap_or_else(|| {
            let mut pipelines = self.world().pipelines.values();
            let under_way = pipelines.any(|pipeline| {
                let mut executions = pipeline.executions.values();
                executions.any(|execution| execution.active())
            });
            (here, under_way)
        });
        self.under_way.set(Some((here, under_way)));
        !under_way
    }

    /// Virtual seconds in a real one.
    #[must_use]
    pub fn speed(&self) -> u32 {
        self.speed
    }

    /// Where the clock stands, for storage.
    #[must_use]
    pub fn standing(&self) -> Standing {
        Standing {
            clock: self.world().now.0,
            playing: self.playing,
            speed: self.speed,
        }
    }

    /// Virtual time at a real moment.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a float that does not fit is held at the ends"
    )]
    pub fn present(&self, real: f64) -> Instant {
        match self.anchor {
            Some(anchor) if self.playing && !self.rests() => {
                let gone = ((real - anchor.real).max(0.0) * f64::from(self.speed)) as i64;
                anchor.at.after(gone).max(self.world().now)
            }
            _ => self.world().now,
        }
    }

    /// Looks at the clock: virtual time now. A stall since the last look is taken out, above real time.
    fn look(&mut self, real: f64) -> Instant {
        if self.rests() {
            // What goes by meanwhile is not caught up.
            self.anchor_at(real);
        }
        let stalled = real - self.looked - LONGEST_LOOK;
        if self.speed > 1
            && stalled > 0.0
            && let Some(anchor) = &mut self.anchor
            && anchor.real <= self.looked
        {
            anchor.real += stalled;
        }
        self.looked = real;
        self.present(real)
    }

    /// Lets everything happen that is due at a real moment.
    pub fn catch_up(&mut self, real: f64) {
        let now = self.look(real);
        self.engine_mut().advance(now);
    }

    /// Holds the clock where the world stands, playing or not: another tab writes this world.
    pub fn freeze(&mut self) {
        self.playing = false;
        self.anchor = None;
    }

    /// Lets the clock run from where it stands.
    pub fn play(&mut self, real: f64) {
        self.playing = true;
        self.anchor_at(real);
    }

    /// Stops the clock where it is. Everything due until then happens.
    pub fn pause(&mut self, real: f64) {
        self.catch_up(real);
        self.playing = false;
        self.anchor = None;
    }

    /// Changes the speed, from now on.
    pub fn set_speed(&mut self, speed: u32, real: f64) {
        self.catch_up(real);
        self.speed = speed.clamp(1, FASTEST);
        self.anchor_at(real);
    }

    /// Forgets the real time that has gone by: the clock goes on from where the world stands.
    pub fn anchor_at(&mut self, real: f64) {
        self.looked = real;
        self.anchor = Some(Anchor {
            real,
            at: self.world().now,
        });
    }

    /// Lets happen what is due at a real moment, in slices of at most `most` facts, as long as `go_on` says so. If it
    /// stops early, the clock continues from where the world stands.
    pub fn tick(&mut self, real: f64, most: usize, mut go_on: impl FnMut() -> bool) {
        if !self.playing {
            return;
        }
        if self.anchor.is_none() {
            self.anchor_at(real);
        }
        let now = self.look(real);
        while self.advance_until_seen(now, most, true) == Progress::More {
            if self.seen.is_some() {
                return;
            }
            if !go_on() {
                self.anchor_at(real);
                return;
            }
        }
    }

    /// From now on the clock stops when one of these happens.
    pub fn stop_at(&mut self, stops: Stops) {
        self.stops = stops;
        self.watched = self.world().sequence;
    }

    /// What the clock stops at.
    #[must_use]
    pub fn stops(&self) -> Stops {
        self.stops
    }

    /// What stopped the clock.
    #[must_use]
    pub fn seen(&self) -> Option<Seen> {
        self.seen
    }

    /// What stopped the clock since the last call.
    pub fn take_seen(&mut self) -> Option<Seen> {
        self.seen.take()
    }

    /// Holds what has happened since the last look against what the clock stops at, and stops it.
    fn watch(&mut self) {
        if self.stops.of_facts() && self.seen.is_none() {
            let watched = self.watched;
            let fresh = self.engine.facts().iter();
            let fresh = fresh.filter(|fact| fact.sequence > watched);
            self.seen = seen(self.engine.world(), fresh, self.stops);
            if self.seen.is_some() {
                self.freeze();
            }
        }
        self.watched = self.world().sequence;
    }

    /// As [`Engine::advance_some`]; with something to stop at it goes from instant to instant, and stands still where
    /// it is seen, with [`Progress::More`]. With `resting` it also stands still where the clock rests; whoever jumps
    /// does not rest on the way.
    fn advance_until_seen(&mut self, to: Instant, most: usize, resting: bool) -> Progress {
        let may_rest = resting && self.stops.contains(Stop::Idle);
        if !self.stops.of_facts() && !may_rest {
            return self.engine_mut().advance_some(to, most);
        }
        let before = self.world().sequence;
        while let Some(at) = self.engine.next_deadline().filter(|at| *at <= to) {
            // An instant is never cut in two: its facts belong together.
            self.engine_mut().advance(at);
            self.watch();
            let made = self.world().sequence - before;
            if self.seen.is_some() || made >= most as u64 {
                return Progress::More;
            }
        }
        if may_rest && self.rests() {
            return Progress::Arrived;
        }
        self.engine_mut().advance_some(to, most)
    }

    /// Lets happen what is due up to an instant, at most so many facts. The clock goes on from there.
    pub fn advance_some(&mut self, to: Instant, most: usize, real: f64) -> Progress {
        let progress = self.engine_mut().advance_some(to, most);
        self.anchor_at(real);
        progress
    }

    /// One step towards a goal, of at most `most` facts where the goal is far: how it ended, where it did. With
    /// `watching` it also ends where something is seen that the clock is to stop at.
    pub fn step_towards(
        &mut self,
        goal: Goal,
        most: usize,
        watching: bool,
        real: f64,
    ) -> Option<Stopped> {
        let stopped = match goal {
            Goal::At(to) => match self.step(to, most, watching) {
                Progress::Arrived => Some(Stopped::Arrived),
                Progress::More => None,
            },
            Goal::NextEvent(limit) => match self.engine.next_deadline() {
                Some(at) if at <= limit => {
                    self.step(at, usize::MAX, watching);
                    Some(Stopped::Arrived)
                }
                Some(_) => {
                    self.step(limit, usize::MAX, watching);
                    Some(Stopped::Limit)
                }
                // Nothing will happen by itself: the clock stays, so that nobody is carried a month away.
                None => Some(Stopped::Idle),
            },
            Goal::Idle(limit) => match self.engine.next_completion() {
                Some(at) if at <= limit => {
                    self.step(at, most, watching);
                    None
                }
                Some(_) => {
                    self.step(limit, usize::MAX, watching);
                    Some(Stopped::Limit)
                }
                None => Some(Stopped::Idle),
            },
        };
        self.anchor_at(real);
        if watching && self.seen.is_some() {
            Some(Stopped::Cancelled)
        } else {
            stopped
        }
    }

    fn step(&mut self, to: Instant, most: usize, watching: bool) -> Progress {
        if watching {
            self.advance_until_seen(to, most, false)
        } else {
            let progress = self.engine_mut().advance_some(to, most);
            self.watched = self.world().sequence;
            progress
        }
    }

    /// Carries an operation of the API out.
    ///
    /// # Errors
    /// The service's error; see [`Engine::execute`].
    pub fn execute(&mut self, operation: &str, input: Value, real: f64) -> Result<Value, ApiError> {
        let now = self.look(real);
        let (said, before) = (input.clone(), self.world().sequence);
        let answer = self.engine_mut().execute(operation, input, now);
        if let Err(error) = &answer {
            self.refused(operation, said.clone(), false, error);
        }
        if matches!(operations::handler(operation), Some(Handler::Command(_))) {
            let last = self.world().sequence;
            self.calls.note(operation, said, before + 1, last);
            self.called();
        }
        answer
    }

    fn refused(&mut self, name: &str, input: Value, control: bool, error: &ApiError) {
        let world = self.engine.world();
        let (at, after) = (world.now, world.sequence);
        self.calls.refused.note(RefusedCall {
            number: 0,
            at,
            after,
            name: name.to_owned(),
            input,
            control,
            error: error.clone(),
        });
    }

    /// The calls that made something happen since the session began, with what they said.
    #[must_use]
    pub fn calls(&self) -> &Calls {
        &self.calls
    }

    /// Somebody called: what came of it stops a clock that plays.
    fn called(&mut self) {
        if self.playing {
            self.watch();
        } else {
            self.watched = self.world().sequence;
        }
    }

    /// Answers a query of a world that another tab writes.
    ///
    /// # Errors
    /// The service's error; see [`Engine::ask`].
    pub fn ask(&self, operation: &str, input: Value) -> Result<Value, ApiError> {
        self.engine.ask(operation, input)
    }

    /// Carries a control out.
    ///
    /// # Errors
    /// ValidationException; see [`Engine::control`].
    pub fn control(&mut self, control: Control, real: f64) -> Result<Value, ApiError> {
        let now = self.look(real);
        let name = control.name();
        let answer = self.engine_mut().control(control, now);
        if let Err(error) = &answer {
            self.refused(name, Value::Null, true, error);
        }
        self.called();
        answer
    }

    /// What has happened since the last call. To be called in the same turn as whatever made it happen.
    pub fn collect(&mut self) -> Collected {
        let facts: Vec<Rc<Fact>> = self.engine.take_facts().into_iter().map(Rc::new).collect();
        let text = if facts.is_empty() {
            String::new()
        } else {
            json::to_text(&facts)
        };
        self.recent.extend(facts.iter().cloned());
        while self.recent.len() > REMEMBERED {
            self.recent.pop_front();
        }
        let SegmentChanges { sealed, dropped } = self.engine.take_segments();
        let new_segments = sealed
            .into_iter()
            .map(|(id, bytes)| Segment {
                id,
                bytes: bytes.to_vec(),
            })
            .collect();
        Collected {
            facts,
            text,
            new_segments,
            dropped_segments: dropped,
        }
    }

    /// Everything but the history, as one line of JSON.
    #[must_use]
    pub fn snapshot(&self) -> String {
        let mut writing = Snapshotting::default();
        loop {
            if let Some(text) = writing.piece(self.world(), &self.recent) {
                return text;
            }
        }
    }

    /// Writes [`Self::snapshot`] as it is when this is first called, as long as `go_on` says so. Answers the text once all
    /// of it is written; the next call begins anew.
    pub fn snapshot_some(&mut self, mut go_on: impl FnMut() -> bool) -> Option<String> {
        let mut writing = match std::mem::take(&mut self.snapshot) {
            Snapshot::Idle => Snapshotting::default(),
            Snapshot::Begun(writing) => writing,
            Snapshot::Whole(text) => return Some(text),
        };
        loop {
            if let Some(text) = writing.piece(self.engine.world(), &self.recent) {
                return Some(text);
            }
            if !go_on() {
                self.snapshot = Snapshot::Begun(writing);
                return None;
            }
        }
    }

    /// Whether the snapshot is being written: whoever can wait lets the world stand still until it is.
    #[must_use]
    pub fn snapshotting(&self) -> bool {
        matches!(self.snapshot, Snapshot::Begun(_))
    }

    /// Nobody wants the snapshot any more.
    pub fn abandon_snapshot(&mut self) {
        self.snapshot = Snapshot::Idle;
    }

    /// The engine, to change the world: what is left of a snapshot that was begun is written first.
    fn engine_mut(&mut self) -> &mut Engine {
        if self.snapshotting()
            && let Some(text) = self.snapshot_some(|| true)
        {
            self.snapshot = Snapshot::Whole(text);
        }
        &mut self.engine
    }

    /// The whole session as it would be stored now, history included.
    #[must_use]
    pub fn stored(&self) -> StoredWorld {
        let segments = self
            .world()
            .pipelines
            .values()
            .flat_map(|pipeline| pipeline.history.segments());
        StoredWorld {
            header: Header {
                format: FORMAT,
                sequence: self.world().sequence,
                standing: self.standing(),
            },
            checkpoint: Some(storage::Snapshot {
                sequence: self.world().sequence,
                text: self.snapshot(),
            }),
            segments: segments
                .map(|segment| Segment {
                    id: segment.id,
                    bytes: segment.bytes.to_vec(),
                })
                .collect(),
            journal: Vec::new(),
        }
    }
}
