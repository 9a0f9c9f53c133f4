//! A world in a page: the session, where it is kept, who listens, and the beat of the clock.
//!
//! Life cycle: [`Host::open`] takes the lock and loads; calls go through [`Host::call`] and the controls; every one of
//! them collects what happened, enqueues whoever waits, and sets the committer going. The beat lets time pass while the
//! clock plays. [`Host::close`] stops it and gives the lock back.
//!
//! Failure modes: a failed commit detaches the storage and the world goes on in memory; a lock taken over by another
//! tab makes this one read-only, refuses what was not committed yet and goes back to the last commit. Both are told
//! through [`Host::kept`].

use std::{
    cell::{Cell, RefCell},
    collections::BTreeSet,
    future::poll_fn,
    rc::{Rc, Weak},
    task::{Poll, Waker},
};

use js_sys::Function;
use serde_json::Value;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

use super::{
    convert, errors,
    kept::{self, Claim, Kept, Place},
    steady::{Beat, next_task, real_now},
    workers::{JsWorker, JsWorkers},
};
use crate::order::gathered;
use crate::{
    api::{
        controls::Goal,
        heard::{Format, Heard, heard},
        session::{Collected, Session, Stopped},
        stops::{Seen, Stops},
    },
    engine::{control::Control, fact::Fact, time::Instant, world::Options},
    model::{ActionTypeId, ApiError, ErrorCode},
    storage::{
        StorageError, Store, StoredWorld,
        committer::{Committer, Live, StorageState, drive},
        lock::{self, Ending, WriterLock},
        relay::{Listener, Told},
        world_file,
    },
};

/// How often the clock is looked at while it plays, in milliseconds. A page that draws looks more often by itself.
const BEAT: u32 = 50;
/// How long one look may work, in milliseconds: half a frame.
const SLICE: f64 = 8.0;
/// How many facts are made between two looks at the time spent.
const FACTS_PER_LOOK: usize = 64;
/// How often where the clock stands is committed while it plays, in milliseconds.
const STAND: f64 = 1_000.0;

/// How long nothing has to happen before a long journal is folded into a checkpoint, in milliseconds.
const REST: f64 = 1_000.0;

/// What is told to a caller once everything it saw is committed, or why that will not be.
type Settled = Box<dyn FnOnce(Result<(), Refusal>)>;

/// Whoever waits for a commit.
enum Waiter {
    /// A caller.
    Call(Settled),
    /// Everybody who listens.
    Facts(Rc<[Heard]>),
}

/// Somebody who listens.
#[derive(Clone)]
struct Subscriber {
    number: u32,
    format: Format,
    listener: Function,
}

/// Where a world is to be kept.
#[derive(Clone, Debug, PartialEq)]
pub enum Opening {
    /// In IndexedDB, where that can be.
    Stored,
    /// In memory, because that is wanted, or for this reason.
    Memory(Option<String>),
    /// In memory, because what is stored under this name cannot be read, for this reason.
    Beside(String),
    /// In a storage that JavaScript hands in.
    Handed(JsValue),
}

/// A fast-forward under way.
#[derive(Clone, Copy, Debug)]
pub struct Forward {
    /// Where it ends.
    pub goal: Goal,
    /// How many facts it has recorded.
    pub facts: u64,
    cancelled: bool,
    /// Whether it ends where something is seen that the clock is to stop at.
    watching: bool,
}

/// Where commits go, and their order. Replaced as one when a world is taken over, so that whoever waits for the old
/// one is still told.
struct Keeping {
    store: Rc<dyn Store>,
    committer: RefCell<Committer<Waiter>>,
}

/// A world in a page.
pub struct Host {
    name: String,
    session: RefCell<Session>,
    keeping: RefCell<Rc<Keeping>>,
    lock: RefCell<Option<WriterLock>>,
    /// What the writing tab tells, while this one only reads.
    listener: RefCell<Option<Listener>>,
    /// This tab stands in line for the lock.
    in_line: Cell<bool>,
    /// What is stored is being read again; true where it has to be read once more after that.
    loading: Cell<Option<bool>>,
    kept: RefCell<Kept>,
    subscribers: RefCell<Vec<Subscriber>>,
    workers: JsWorkers,
    next_subscriber: Cell<u32>,
    beat: RefCell<Option<Beat>>,
    stood: Cell<f64>,
    /// What `happened` was when it was last looked at, and since when it is that.
    rests: Cell<(u64, f64)>,
    forward: Cell<Option<Forward>>,
    hidden: Cell<bool>,
    closed: Cell<bool>,
    /// Grows with everything that may look different.
    changes: Cell<u64>,
    /// Grows with everything that has happened.
    happened: Cell<u64>,
}

impl Host {
    /// Opens a world. A world that does not exist yet begins.
    ///
    /// # Errors
    /// What is stored cannot be read; it is left as it is.
    pub async fn open(
        name: &str,
        options: Options,
        opening: Opening,
    ) -> Result<Rc<Self>, StorageError> {
        let place = match opening {
            Opening::Stored => kept::indexed_db(name, Claim::Free).await?,
            Opening::Memory(reason) => kept::memory(reason),
            Opening::Beside(reason) => kept::beside(reason),
            Opening::Handed(object) => kept::handed(object).await?,
        };
        let strange = place.store.folds();
        let host = Rc::new(Self::at(name, options, place)?);
        if strange {
            host.session.borrow().check_history()?;
        }
        host.watch_lock();
        if *host.kept.borrow() == Kept::ReadOnly {
            host.session.borrow_mut().freeze();
            host.read_along();
        }
        host.start_beat();
        host.settle_soon();
        Ok(host)
    }

    fn at(name: &str, options: Options, place: Place) -> Result<Self, StorageError> {
        let Place {
            store,
            lock,
            stored,
            kept,
        } = place;
        let (session, committer) = match &stored {
            Some(stored) => (Session::open(stored)?, Committer::opened(stored)),
            None => {
                let session = Session::new(options);
                let committer = Committer::new(session.standing());
                (session, committer)
            }
        };
        Ok(Self {
            name: name.to_owned(),
            session: RefCell::new(session),
            keeping: RefCell::new(Rc::new(Keeping {
                store,
                committer: RefCell::new(committer),
            })),
            lock: RefCell::new(lock),
            listener: RefCell::new(None),
            in_line: Cell::new(false),
            loading: Cell::new(None),
            kept: RefCell::new(kept),
            subscribers: RefCell::default(),
            workers: JsWorkers::default(),
            next_subscriber: Cell::new(0),
            beat: RefCell::new(None),
            stood: Cell::new(real_now()),
            rests: Cell::new((0, real_now())),
            forward: Cell::new(None),
            hidden: Cell::new(false),
            closed: Cell::new(false),
            changes: Cell::new(0),
            happened: Cell::new(0),
        })
    }

    /// The world's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Looks at the session. Do not call JavaScript meanwhile.
    pub fn look<R>(&self, look: impl FnOnce(&Session) -> R) -> R {
        look(&self.session.borrow())
    }

    /// How the world is kept.
    #[must_use]
    pub fn kept(&self) -> Kept {
        let state = self.keeping().committer.borrow().state();
        match (&*self.kept.borrow(), state) {
            (Kept::Stored, StorageState::Detached(reason)) => Kept::Detached(reason.to_string()),
            (kept, _) => kept.clone(),
        }
    }

    /// Grows with everything that has happened, the clock's own walk apart.
    #[must_use]
    pub fn happened(&self) -> u64 {
        self.happened.get()
    }

    /// Grows with everything that may look different.
    #[must_use]
    pub fn changes(&self) -> u64 {
        self.changes.get()
    }

    /// The fast-forward under way.
    #[must_use]
    pub fn forward(&self) -> Option<Forward> {
        self.forward.get()
    }

    fn keeping(&self) -> Rc<Keeping> {
        Rc::clone(&self.keeping.borrow())
    }

    fn changed(&self) {
        self.changes.set(self.changes.get() + 1);
        self.happened.set(self.happened.get() + 1);
    }

    /// Carries an operation out and waits until it is settled.
    ///
    /// # Errors
    /// As [`Self::call`].
    pub async fn call_and_wait(
        self: &Rc<Self>,
        operation: &str,
        input: Value,
    ) -> Result<Value, Refusal> {
        let (settle, settled) = settling();
        self.call(operation, input, move |answer| {
            settle(answer);
        });
        settled.await
    }

    /// Why nothing may be changed.
    fn refused(&self) -> Option<Refusal> {
        if self.closed.get() {
            return Some(Refusal::Closed);
        }
        (*self.kept.borrow() == Kept::ReadOnly)
            .then(|| Refusal::ReadOnly(Kept::ReadOnly.reason().unwrap_or_default().to_owned()))
    }

    /// Carries an operation of the API out; `settle` hears the answer after everything it saw is committed.
    pub fn call(
        self: &Rc<Self>,
        operation: &str,
        input: Value,
        settle: impl FnOnce(Result<Value, Refusal>) + 'static,
    ) {
        let query = matches!(
            crate::engine::operations::handler(operation),
            Some(crate::engine::operations::Handler::Query(_)) | None
        );
        let answer = match self.refused() {
            // Reading is allowed, and changes nothing, not even what is said of failures.
            Some(Refusal::ReadOnly(_)) if query => {
                let session = self.session.borrow();
                session.ask(operation, input).map_err(Refusal::Api)
            }
            Some(refused) => Err(refused),
            None => {
                let mut session = self.session.borrow_mut();
                session
                    .execute(operation, input, real_now())
                    .map_err(Refusal::Api)
            }
        };
        self.collect();
        if matches!(answer, Err(Refusal::Api(_))) {
            // No fact tells of it, but the session remembers it.
            self.changed();
        }
        self.wait(Box::new(move |committed| {
            // A query changed nothing: what it saw is told, even if it is not kept.
            settle(if query { answer } else { committed.and(answer) });
        }));
    }

    /// Carries a control out, which is worked out from the world as it stands now; `settle` hears what it has to say.
    pub fn control(
        self: &Rc<Self>,
        control: impl FnOnce(&Session) -> Result<Control, ApiError>,
        settle: impl FnOnce(Result<Value, Refusal>) + 'static,
    ) {
        let answer = match self.refused() {
            Some(refused) => Err(refused),
            None => {
                let real = real_now();
                let mut session = self.session.borrow_mut();
                // What is decided must still be under way now, not when the clock was last looked at.
                session.catch_up(real);
                control(&session)
                    .and_then(|control| session.control(control, real))
                    .map_err(Refusal::Api)
            }
        };
        self.collect();
        self.wait(Box::new(move |committed| settle(committed.and(answer))));
    }

    /// Does something to the clock, and commits where it stands.
    pub fn clock(
        self: &Rc<Self>,
        change: impl FnOnce(&mut Session, f64),
        settle: impl FnOnce(Result<(), Refusal>) + 'static,
    ) {
        let answer = match self.refused() {
            Some(refused) => Err(refused),
            None => {
                change(&mut self.session.borrow_mut(), real_now());
                Ok(())
            }
        };
        self.collect();
        self.stand();
        self.changed();
        self.wait(Box::new(move |committed| settle(committed.and(answer))));
    }

    /// Goes forward in slices, letting the page breathe in between.
    ///
    /// # Errors
    /// A second one at the same time, or a world that this tab only reads.
    pub async fn advance(self: &Rc<Self>, goal: Goal) -> Result<(Stopped, u64), Refusal> {
        self.go_forward(goal, false).await
    }

    /// As [`Self::advance`], and ends where something is seen that the clock is to stop at.
    ///
    /// # Errors
    /// As [`Self::advance`].
    pub async fn advance_watching(self: &Rc<Self>, goal: Goal) -> Result<(Stopped, u64), Refusal> {
        self.go_forward(goal, true).await
    }

    async fn go_forward(
        self: &Rc<Self>,
        goal: Goal,
        watching: bool,
    ) -> Result<(Stopped, u64), Refusal> {
        if let Some(refused) = self.refused() {
            return Err(refused);
        }
        if self.forward.get().is_some() {
            return Err(Refusal::Api(ApiError::new(
                ErrorCode::ValidationException,
                "The clock is already being advanced",
            )));
        }
        self.forward.set(Some(Forward {
            goal,
            facts: 0,
            cancelled: false,
            watching,
        }));
        let stopped = loop {
            match self.forward_slice() {
                Some(stopped) => break stopped,
                None => next_task().await,
            }
        };
        let facts = self.forward.take().map_or(0, |forward| forward.facts);
        self.stand();
        self.changed();
        Ok((stopped, facts))
    }

    /// Stops a fast-forward where it is. What was reached is kept.
    pub fn cancel_forward(&self) {
        if let Some(forward) = self.forward.get() {
            self.forward.set(Some(Forward {
                cancelled: true,
                ..forward
            }));
        }
    }

    /// Whether time has to wait for what is being stored.
    fn behind(&self) -> bool {
        self.keeping().committer.borrow().behind()
    }

    /// One slice of a fast-forward; how it ended, where it did.
    fn forward_slice(self: &Rc<Self>) -> Option<Stopped> {
        let began = real_now();
        let mut stopped = None;
        while stopped.is_none() && real_now() - began < SLICE {
            let forward = self.forward.get()?;
            stopped = if forward.cancelled || self.refused().is_some() {
                Some(Stopped::Cancelled)
            } else if self.behind() {
                return None;
            } else {
                let mut session = self.session.borrow_mut();
                session.step_towards(forward.goal, FACTS_PER_LOOK, forward.watching, real_now())
            };
            let made = self.collect();
            if let Some(forward) = self.forward.get() {
                self.forward.set(Some(Forward {
                    facts: forward.facts + made,
                    ..forward
                }));
            }
        }
        self.changed();
        stopped
    }

    /// Lets time pass, if the clock plays. Called by the beat, and by a page before it draws.
    pub fn tick(self: &Rc<Self>) {
        if self.forward.get().is_some() || *self.kept.borrow() == Kept::ReadOnly {
            return;
        }
        let real = real_now();
        {
            let mut session = self.session.borrow_mut();
            if !session.playing() {
                return;
            }
            if session.rests() {
                session.anchor_at(real);
                return;
            }
            if self.hidden.get() && session.speed() > 1 {
                // Nobody is looking: time waits, and is not caught up.
                session.anchor_at(real);
                return;
            }
            if self.behind() {
                return;
            }
            session.tick(real, FACTS_PER_LOOK, || real_now() - real < SLICE);
        }
        self.collect();
        self.changes.set(self.changes.get() + 1);
        let stopped = self.look(|session| !session.playing());
        if stopped || real - self.stood.get() >= STAND {
            self.stand();
            self.drive();
        }
    }

    /// Once nothing has happened for a while, a long journal becomes a checkpoint, so that the world opens quickly next
    /// time.
    fn fold_at_rest(self: &Rc<Self>) {
        let (real, happened) = (real_now(), self.happened.get());
        let (before, since) = self.rests.get();
        if before != happened {
            return self.rests.set((happened, real));
        }
        if real - since < REST || *self.kept.borrow() != Kept::Stored {
            return;
        }
        let keeping = self.keeping();
        if keeping.store.folds() || !keeping.committer.borrow().worth_folding() {
            return;
        }
        keeping.committer.borrow_mut().want_checkpoint();
        self.drive();
    }

    /// What the clock stops at, from now on, in whichever world takes the place of this one, too.
    pub fn stop_at(&self, stops: Stops) {
        self.session.borrow_mut().stop_at(stops);
    }

    /// What stopped the clock since the last call.
    pub fn take_seen(&self) -> Option<Seen> {
        self.session.borrow_mut().take_seen()
    }

    /// Tells whether anybody can see the page.
    pub fn set_hidden(self: &Rc<Self>, hidden: bool) {
        self.tick();
        self.hidden.set(hidden);
        self.stand();
        self.drive();
    }

    fn stand(&self) {
        self.stood.set(real_now());
        let standing = self.session.borrow().standing();
        self.keeping().committer.borrow_mut().stand(standing);
    }

    /// Hands what has happened to the committer and to whoever listens. Answers how many facts there were.
    fn collect(self: &Rc<Self>) -> u64 {
        let mut session = self.session.borrow_mut();
        let Collected {
            facts,
            text,
            new_segments,
            dropped_segments,
        } = session.collect();
        let count = facts.len() as u64;
        if count == 0 && new_segments.is_empty() && dropped_segments.is_empty() {
            return 0;
        }
        let heard = self.heard(&session, &facts);
        let standing = session.standing();
        drop(session);
        {
            let keeping = self.keeping();
            let mut committer = keeping.committer.borrow_mut();
            committer.add_facts(&text, count, standing);
            committer.add_segments(new_segments, dropped_segments);
            if let Some(heard) = heard {
                committer.enqueue(Waiter::Facts(heard));
            }
        }
        self.workers.hear(self, &facts);
        self.changed();
        self.drive();
        count
    }

    /// Settles once everything seen until now is committed.
    fn wait(self: &Rc<Self>, settled: Settled) {
        self.keeping()
            .committer
            .borrow_mut()
            .enqueue(Waiter::Call(settled));
        self.drive();
    }

    fn drive(self: &Rc<Self>) {
        let host = Rc::clone(self);
        let keeping = self.keeping();
        spawn_local(async move {
            let attached = || keeping.committer.borrow().state() == StorageState::Attached;
            let before = attached();
            let settling = Rc::clone(&host);
            let kept = Rc::clone(&keeping);
            drive(&keeping.committer, &*keeping.store, &*host, move |waiter| {
                let state = kept.committer.borrow().state();
                settling.settle(waiter, &state);
            })
            .await;
            if before && !attached() {
                // Whoever shows the world may have looked before the commit failed.
                host.changed();
            }
        });
    }

    fn settle_soon(self: &Rc<Self>) {
        if *self.kept.borrow() != Kept::ReadOnly {
            self.drive();
        }
    }

    fn settle(&self, waiter: Waiter, state: &StorageState) {
        match waiter {
            Waiter::Call(settled) => settled(match state {
                // Another tab's world does not have it, and this one goes back to that world.
                StorageState::Detached(StorageError::LostLock) => Err(Refusal::ReadOnly(
                    "Another tab took this world over before this was saved".to_owned(),
                )),
                _ => Ok(()),
            }),
            Waiter::Facts(facts) => {
                let subscribers = self.subscribers.borrow().clone();
                for heard in facts.iter() {
                    let value = convert::record(heard);
                    let of_format = subscribers
                        .iter()
                        .filter(|subscriber| subscriber.format == heard.format());
                    for Subscriber { listener, .. } in of_format {
                        // A listener that throws is the listener's trouble, and is told so.
                        if let Err(thrown) = listener.call1(&JsValue::UNDEFINED, &value) {
                            report("A subscriber of the simulator threw:", &thrown);
                        }
                    }
                }
            }
        }
    }

    /// Adds a listener, who hears everything from the next commit on in this format; answers the number to remove
    /// it by.
    pub fn subscribe(&self, listener: Function, format: Format) -> u32 {
        let number = self.next_subscriber.get();
        self.next_subscriber.set(number + 1);
        self.subscribers.borrow_mut().push(Subscriber {
            number,
            format,
            listener,
        });
        number
    }

    /// Removes a listener.
    pub fn unsubscribe(&self, number: u32) {
        self.subscribers
            .borrow_mut()
            .retain(|subscriber| subscriber.number != number);
    }

    /// Employs a worker whose work is a function.
    pub fn employ(self: &Rc<Self>, worker: JsWorker) {
        self.workers.employ(self, worker);
    }

    /// The function that does the jobs of a type is not called any more.
    pub fn dismiss(&self, action_type: &ActionTypeId) {
        self.workers.dismiss(action_type);
    }

    /// The world as a file.
    #[must_use]
    pub fn export(&self) -> String {
        world_file::write(&self.session.borrow().stored())
    }

    /// Puts the world of a file in the place of this one, once all of it has been read.
    ///
    /// # Errors
    /// What is wrong with the file; nothing has changed.
    pub fn import(self: &Rc<Self>, text: &str) -> Result<(), Refusal> {
        if let Some(refused) = self.refused() {
            return Err(refused);
        }
        let stored = world_file::read(text).map_err(Refusal::Storage)?;
        let session = Session::open(&stored).map_err(Refusal::Storage)?;
        session.check_history().map_err(Refusal::Storage)?;
        self.replace(session);
        Ok(())
    }

    /// Begins anew.
    ///
    /// # Errors
    /// A world that this tab only reads.
    pub fn reset(self: &Rc<Self>, options: Options) -> Result<(), Refusal> {
        if let Some(refused) = self.refused() {
            return Err(refused);
        }
        self.replace(Session::new(options));
        Ok(())
    }

    /// Puts a world that was made elsewhere in the place of this one.
    ///
    /// # Errors
    /// A world that this tab only reads.
    pub fn become_world(self: &Rc<Self>, session: Session) -> Result<(), Refusal> {
        if let Some(refused) = self.refused() {
            return Err(refused);
        }
        self.replace(session);
        Ok(())
    }

    fn replace(self: &Rc<Self>, mut session: Session) {
        self.cancel_forward();
        let stored: StoredWorld = session.stored();
        session.stop_at(self.session.borrow().stops());
        *self.session.borrow_mut() = session;
        self.keeping().committer.borrow_mut().replace(stored);
        self.changed();
        self.drive();
    }

    /// Takes the world over from the tab that writes it, as it stands at its last commit. Where this tab writes it
    /// already, or keeps it in memory, nothing happens.
    ///
    /// # Errors
    /// What is stored cannot be read, or this tab cannot write it; it goes on reading.
    pub async fn take_over(self: &Rc<Self>) -> Result<(), StorageError> {
        if self.closed.get() || *self.kept.borrow() != Kept::ReadOnly {
            return Ok(());
        }
        self.write_here(Claim::TakenOver).await
    }

    /// Becomes the tab that writes, from what is stored.
    async fn write_here(self: &Rc<Self>, claim: Claim) -> Result<(), StorageError> {
        let place = kept::indexed_db(&self.name, claim).await?;
        if place.kept != Kept::Stored {
            let reason = place.kept.reason().unwrap_or_default().to_owned();
            return Err(StorageError::Unavailable(reason));
        }
        let options = self.session.borrow().world().options.clone();
        let fresh = Self::at(&self.name, options, place)?;
        // Whoever still waits for the old keeping is told by it.
        self.drive();
        let stops = self.session.borrow().stops();
        *self.session.borrow_mut() = fresh.session.into_inner();
        self.stop_at(stops);
        *self.keeping.borrow_mut() = fresh.keeping.into_inner();
        *self.lock.borrow_mut() = fresh.lock.into_inner();
        *self.kept.borrow_mut() = fresh.kept.into_inner();
        *self.listener.borrow_mut() = None;
        self.watch_lock();
        self.changed();
        self.drive();
        Ok(())
    }

    /// Waits until everything that has happened is committed, stops the beat and gives the lock back. Later calls are
    /// refused.
    pub fn close(self: &Rc<Self>, settle: impl FnOnce() + 'static) {
        self.cancel_forward();
        self.beat.borrow_mut().take();
        self.stand();
        let keeping = self.keeping();
        if keeping.store.folds() {
            keeping.committer.borrow_mut().want_checkpoint();
        }
        self.closed.set(true);
        let host = Rc::clone(self);
        self.wait(Box::new(move |_| {
            host.lock.borrow_mut().take();
            settle();
        }));
    }

    /// As [`Self::close`], and waits until another may write.
    pub async fn closed(self: &Rc<Self>) {
        let (settle, settled) = settling();
        self.close(move || settle(()));
        settled.await;
    }

    /// Hears when another tab takes the lock.
    fn watch_lock(self: &Rc<Self>) {
        let Some(ended) = self.lock.borrow().as_ref().map(WriterLock::ended) else {
            return;
        };
        let host = Rc::downgrade(self);
        spawn_local(async move {
            if ended.await == Ending::Stolen
                && let Some(host) = host.upgrade()
            {
                host.lost();
            }
        });
    }

    /// Another tab writes now: what was not committed is not so any more.
    fn lost(self: &Rc<Self>) {
        self.cancel_forward();
        self.session.borrow_mut().freeze();
        *self.kept.borrow_mut() = Kept::ReadOnly;
        let keeping = self.keeping();
        keeping
            .committer
            .borrow_mut()
            .detach(StorageError::LostLock);
        self.changed();
        self.drive();
        self.read_along();
    }

    /// Shows what another tab commits, from now on, and stands in line to write when that tab is gone.
    fn read_along(self: &Rc<Self>) {
        let host = Rc::downgrade(self);
        let listener = Listener::new(&self.name, move |told| {
            if let Some(host) = host.upgrade() {
                host.follow(&told);
            }
        });
        *self.listener.borrow_mut() = Some(listener);
        // Whatever was committed between the last load and the first message.
        self.load_again();
        self.stand_in_line();
    }

    /// Another tab has committed.
    fn follow(self: &Rc<Self>, told: &Told) {
        if self.closed.get() || *self.kept.borrow() != Kept::ReadOnly {
            return;
        }
        // What is being loaded may be older than this.
        if self.loading.get().is_some() {
            return self.loading.set(Some(true));
        }
        let followed = match told {
            Told::Whole(sequence) if *sequence == self.session.borrow().world().sequence => return,
            Told::Whole(_) => Ok(None),
            Told::Commit(commit) => self.session.borrow_mut().follow(commit),
        };
        match followed {
            Ok(Some(facts)) => {
                self.tell(&facts);
                self.changed();
            }
            Ok(None) | Err(_) => self.load_again(),
        }
    }

    /// Reads what is stored in the place of what this tab shows.
    fn load_again(self: &Rc<Self>) {
        if self.loading.replace(Some(false)).is_some() {
            return self.loading.set(Some(true));
        }
        let host = Rc::clone(self);
        spawn_local(async move {
            loop {
                let store = Rc::clone(&host.keeping().store);
                let last = store.load().await;
                // Written by this tab meanwhile: what was just loaded is of the past.
                if *host.kept.borrow() != Kept::ReadOnly {
                    break;
                }
                match last.and_then(|stored| stored.as_ref().map(Session::open).transpose()) {
                    Ok(Some(mut session)) => {
                        session.freeze();
                        session.stop_at(host.session.borrow().stops());
                        *host.session.borrow_mut() = session;
                        host.changed();
                    }
                    Ok(None) => {}
                    Err(reason) => report(
                        "The world cannot be read:",
                        &JsValue::from_str(&reason.to_string()),
                    ),
                }
                if host.loading.replace(Some(false)) != Some(true) {
                    break;
                }
            }
            host.loading.set(None);
        });
    }

    /// When the tab that writes is gone, however it went, the one that has waited longest writes.
    fn stand_in_line(self: &Rc<Self>) {
        if self.in_line.replace(true) {
            return;
        }
        let host = Rc::downgrade(self);
        let name = self.name.clone();
        spawn_local(async move {
            let turn = lock::wait(&name).await;
            let Some(host) = host.upgrade() else { return };
            host.in_line.set(false);
            let Ok(lock) = turn else { return };
            if host.closed.get() || *host.kept.borrow() != Kept::ReadOnly {
                return;
            }
            if let Err(reason) = host.write_here(Claim::Inherited(lock)).await {
                report(
                    "The world cannot be written here:",
                    &JsValue::from_str(&reason.to_string()),
                );
            }
        });
    }

    /// Tells those who listen here what happened in another tab: it is committed already.
    fn tell(&self, facts: &[Rc<Fact>]) {
        let heard = self.heard(&self.session.borrow(), facts);
        if let Some(heard) = heard {
            self.settle(Waiter::Facts(heard), &StorageState::Attached);
        }
    }

    /// Facts as those who listen get them; `None` where nobody does.
    fn heard(&self, session: &Session, facts: &[Rc<Fact>]) -> Option<Rc<[Heard]>> {
        let subscribers = self.subscribers.borrow();
        let formats: BTreeSet<Format> =
            gathered(subscribers.iter().map(|subscriber| subscriber.format));
        drop(subscribers);
        (!formats.is_empty()).then(|| {
            let in_formats = |fact: &Rc<Fact>| {
                let each = formats
                    .iter()
                    .map(|format| heard(session.world(), fact, *format));
                each.flatten().collect::<Vec<Heard>>()
            };
            facts.iter().flat_map(in_formats).collect()
        })
    }

    fn start_beat(self: &Rc<Self>) {
        let host: Weak<Self> = Rc::downgrade(self);
        let beat = Beat::new(BEAT, move || {
            if let Some(host) = host.upgrade() {
                host.tick();
                host.fold_at_rest();
            }
        });
        *self.beat.borrow_mut() = Some(beat);
    }

    /// Virtual time at this moment, for a clock that is drawn.
    #[must_use]
    pub fn present(&self) -> Instant {
        self.session.borrow().present(real_now())
    }
}

impl Live for Host {
    fn write_some(&self) -> Option<String> {
        let began = real_now();
        let mut session = self.session.borrow_mut();
        session.snapshot_some(|| real_now() - began < SLICE)
    }

    fn give_up(&self) {
        self.session.borrow_mut().abandon_snapshot();
    }

    async fn pause(&self) {
        next_task().await;
    }
}

/// What settles a wait, and the wait.
pub(super) fn settling<T: 'static>() -> (impl FnOnce(T), impl Future<Output = T>) {
    let slot: Rc<RefCell<(Option<T>, Option<Waker>)>> = Rc::new(RefCell::new((None, None)));
    let filled = Rc::clone(&slot);
    let settle = move |value: T| {
        let waker = {
            let mut slot = filled.borrow_mut();
            slot.0 = Some(value);
            slot.1.take()
        };
        if let Some(waker) = waker {
            waker.wake();
        }
    };
    let wait = poll_fn(move |context| {
        let mut slot = slot.borrow_mut();
        match slot.0.take() {
            Some(value) => Poll::Ready(value),
            None => {
                slot.1 = Some(context.waker().clone());
                Poll::Pending
            }
        }
    });
    (settle, wait)
}

const CLOSED: &str = "This simulator was closed; open the world again";

/// Why something was not done.
#[derive(Clone, Debug)]
pub enum Refusal {
    /// The service refuses.
    Api(ApiError),
    /// Another tab writes this world.
    ReadOnly(String),
    /// The simulator was closed.
    Closed,
    /// It cannot be read or kept.
    Storage(StorageError),
}

impl Refusal {
    /// As a JavaScript error.
    #[must_use]
    pub fn to_js(&self) -> JsValue {
        match self {
            Self::Api(error) => errors::api_error(error),
            Self::ReadOnly(message) => errors::named("ReadOnlyWorldError", message),
            Self::Closed => errors::named("ClosedError", CLOSED),
            Self::Storage(error) => {
                errors::named(&format!("Storage{}Error", error.name()), &error.to_string())
            }
        }
    }

    /// The name and the text for a person.
    #[must_use]
    pub fn words(&self) -> (String, String) {
        match self {
            Self::Api(error) => (error.code.name().to_owned(), error.message.clone()),
            Self::ReadOnly(message) => ("ReadOnlyWorldError".to_owned(), message.clone()),
            Self::Closed => ("ClosedError".to_owned(), CLOSED.to_owned()),
            Self::Storage(error) => (error.name().to_owned(), error.to_string()),
        }
    }
}

/// Tells whoever looks at the console.
pub(super) fn report(what: &str, value: &JsValue) {
    use wasm_bindgen::prelude::wasm_bindgen;
    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(js_namespace = console, js_name = error)]
        fn console_error(text: &str, value: &JsValue);
    }
    console_error(what, value);
}
