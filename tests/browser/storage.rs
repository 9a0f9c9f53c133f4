//! Storage where it matters: a real IndexedDB and real Web Locks.
//!
//! Every test has a database or a world of its own. Where the browser has to fail, one of its own functions is
//! replaced for the length of the test ([`Replaced`]); the product has no switch for failing.

use std::cell::RefCell;
use std::future::Future;

use codepipeline_simulator::storage::committer::{
    Committer, JOURNAL_BYTES, Live, StorageState, drive,
};
use codepipeline_simulator::storage::indexeddb::IndexedDbStore;
use codepipeline_simulator::storage::lock::{self, Attempt, Ending, WriterLock};
use codepipeline_simulator::storage::{
    Batch, FORMAT, JournalEntry, Segment, Snapshot, Standing, StorageError, Store, StoredWorld,
    Write,
};
use idb::{Database, Factory, ObjectStoreParams, TransactionMode};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

const NOON: Standing = Standing {
    clock: 1_763_802_000_000,
    playing: true,
    speed: 60,
};

fn batch(sequence: u64, count: u64) -> Batch {
    let facts = if count == 0 {
        String::new()
    } else {
        format!("{{\"bis\":{sequence},\"é\":\"\u{1F600}\"}}")
    };
    Batch {
        sequence,
        count,
        facts,
        standing: NOON,
        new_segments: vec![],
        dropped_segments: vec![],
    }
}

fn append(sequence: u64, count: u64) -> Write {
    Write::Append(batch(sequence, count))
}

fn segment(id: u64, byte: u8) -> Segment {
    Segment {
        id,
        bytes: vec![byte, 0, 255],
    }
}

/// A writer of `world` in the database of these tests.
async fn writer(world: &str) -> IndexedDbStore {
    writer_in("storage-tests", world).await
}

async fn writer_in(database: &str, world: &str) -> IndexedDbStore {
    let store = IndexedDbStore::open_in(database, world)
        .await
        .expect("opens");
    store.become_writer().await.expect("takes an epoch");
    store
}

async fn stored(world: &str) -> Option<StoredWorld> {
    IndexedDbStore::open_in("storage-tests", world)
        .await
        .expect("opens")
        .load()
        .await
        .expect("loads")
}

/// A member of the page's globals replaced by JavaScript of ours until this is dropped. `original` is the replaced
/// function.
struct Replaced {
    place: &'static str,
}

impl Replaced {
    fn new(place: &'static str, function: &str) -> Self {
        run(&format!(
            "const original = {place}; window.replaced = original; {place} = {function};"
        ));
        Self { place }
    }
}

impl Drop for Replaced {
    fn drop(&mut self) {
        run(&format!("{} = window.replaced;", self.place));
    }
}

fn run(script: &str) -> JsValue {
    js_sys::Function::new_no_args(script)
        .call0(&JsValue::UNDEFINED)
        .expect("the script runs")
}

/// Lets the browser deliver what is due.
async fn a_moment() {
    let moment = js_sys::Promise::from(run("return new Promise(done => setTimeout(done, 20));"));
    wasm_bindgen_futures::JsFuture::from(moment)
        .await
        .expect("time passes");
}

#[wasm_bindgen_test]
async fn what_is_appended_loads_again_in_order() {
    let store = writer("round trip").await;
    assert_eq!(store.load().await, Ok(None));
    // Numbers that sort differently as text.
    let mut expected = None;
    for (sequence, count) in [(2, 2), (9, 7), (10, 1), (100, 90), (1_000, 900)] {
        let write = Write::Append(Batch {
            standing: Standing {
                clock: i64::try_from(sequence).expect("small"),
                ..NOON
            },
            new_segments: vec![segment(1_000 - sequence, 1), segment(2_000 + sequence, 2)],
            dropped_segments: vec![991, 5],
            ..batch(sequence, count)
        });
        store.write(&write).await.expect("stored");
        expected = Some(StoredWorld::after(expected, &write).expect("in order"));
    }
    assert_eq!(store.load().await, Ok(expected.clone()));
    drop(store);
    assert_eq!(stored("round trip").await, expected);
}

#[wasm_bindgen_test]
async fn a_batch_without_facts_moves_the_clock_and_leaves_the_journal_alone() {
    let store = writer("clock").await;
    store.write(&append(1, 1)).await.expect("stored");
    let later = Standing {
        clock: -5,
        playing: false,
        speed: 1,
    };
    store
        .write(&Write::Append(Batch {
            standing: later,
            ..batch(1, 0)
        }))
        .await
        .expect("stored");
    let world = stored("clock").await.expect("stored");
    assert_eq!((world.header.sequence, world.header.standing), (1, later));
    assert_eq!(world.journal, [batch(1, 1).entry()]);
}

#[wasm_bindgen_test]
async fn worlds_do_not_mix_even_if_their_names_continue_each_other() {
    let (short, long, list) = (
        writer("mix").await,
        writer("mix,1").await,
        writer("[\"mix\"]").await,
    );
    short.write(&append(1, 1)).await.expect("stored");
    long.write(&Write::Append(Batch {
        new_segments: vec![segment(1, 1)],
        ..batch(2, 2)
    }))
    .await
    .expect("stored");
    list.write(&append(3, 3)).await.expect("stored");
    assert_eq!(
        stored("mix").await.expect("stored").journal,
        [batch(1, 1).entry()]
    );
    let names = short.worlds().await.expect("reads");
    assert!(
        ["mix", "mix,1", "[\"mix\"]"]
            .iter()
            .all(|name| names.iter().any(|found| found == name)),
        "{names:?}"
    );

    short
        .write(&Write::Checkpoint(
            batch(1, 0).into_checkpoint("state".into()),
        ))
        .await
        .expect("stored");
    short.delete().await.expect("deleted");
    assert_eq!(stored("mix").await, None);
    let world = stored("mix,1").await.expect("stored");
    assert_eq!(
        (world.journal, world.segments),
        (vec![batch(2, 2).entry()], vec![segment(1, 1)])
    );
    assert_eq!(
        stored("[\"mix\"]").await.expect("stored").header.sequence,
        3
    );
}

#[wasm_bindgen_test]
async fn a_writer_that_lost_its_epoch_changes_nothing() {
    let frozen = IndexedDbStore::open_in("storage-tests", "fence")
        .await
        .expect("opens");
    assert_eq!(
        frozen.write(&append(1, 1)).await,
        Err(StorageError::LostLock),
        "it only reads so far"
    );
    assert_eq!(frozen.become_writer().await, Ok(1));
    frozen.write(&append(1, 1)).await.expect("stored");

    let other = IndexedDbStore::open_in("storage-tests", "fence")
        .await
        .expect("opens");
    assert_eq!(other.become_writer().await, Ok(2));
    let before = stored("fence").await;
    let replacement = Box::new(before.clone().expect("stored"));
    let checkpoint = Write::Checkpoint(batch(2, 1).into_checkpoint("state".into()));
    for write in [
        append(2, 1),
        append(1, 0),
        checkpoint,
        Write::Replace(replacement),
    ] {
        assert_eq!(frozen.write(&write).await, Err(StorageError::LostLock));
    }
    assert_eq!(frozen.delete().await, Err(StorageError::LostLock));
    assert_eq!(stored("fence").await, before);

    other.write(&append(2, 1)).await.expect("stored");
    // The epoch outlives the world: one that is gone cannot be brought back by a writer of before.
    other.delete().await.expect("deleted");
    assert_eq!(
        frozen.write(&append(1, 1)).await,
        Err(StorageError::LostLock)
    );
    assert_eq!(frozen.become_writer().await, Ok(3));
}

#[wasm_bindgen_test]
async fn an_abort_in_mid_write_leaves_the_state_before() {
    let store = writer("abort").await;
    store.write(&append(1, 1)).await.expect("stored");
    let before = stored("abort").await;
    let full = Write::Append(Batch {
        new_segments: vec![segment(1, 1)],
        ..batch(2, 1)
    });
    {
        // The header and the journal entry go through, then the tab dies with the segment on its way.
        let _replaced = Replaced::new(
            "IDBObjectStore.prototype.put",
            "function (...given) {
                const request = original.apply(this, given);
                if (this.name === 'segments') this.transaction.abort();
                return request;
            }",
        );
        assert!(matches!(
            store.write(&full).await,
            Err(StorageError::Aborted(_))
        ));
    }
    assert_eq!(stored("abort").await, before);
    // The same one goes through afterwards: nothing of the first attempt is left.
    store.write(&full).await.expect("stored");
    assert_eq!(
        stored("abort").await.expect("stored").segments,
        [segment(1, 1)]
    );
}

#[wasm_bindgen_test]
async fn a_full_disk_is_told_whether_it_throws_or_aborts() {
    let store = writer("full").await;
    store.write(&append(1, 1)).await.expect("stored");
    let before = stored("full").await;
    {
        let _replaced = Replaced::new(
            "IDBObjectStore.prototype.put",
            "function (...given) {
                if (this.name === 'journal') throw new DOMException('no room', 'QuotaExceededError');
                return original.apply(this, given);
            }",
        );
        assert_eq!(store.write(&append(2, 1)).await, Err(StorageError::Full));
    }
    assert_eq!(stored("full").await, before);
    {
        // A request that fails by itself: the key exists already.
        let _replaced = Replaced::new(
            "IDBObjectStore.prototype.put",
            "function (...given) {
                return this.name === 'journal' && this.add(...given) && this.add(...given) || original.apply(this, given);
            }",
        );
        let Err(StorageError::Other(words)) = store.write(&append(2, 1)).await else {
            panic!("stored")
        };
        assert!(words.starts_with("ConstraintError"), "{words}");
    }
    assert_eq!(stored("full").await, before);
}

#[wasm_bindgen_test]
async fn a_checkpoint_replaces_the_journal_in_one_transaction() {
    let store = writer("checkpoint").await;
    for sequence in 1..=3 {
        store.write(&append(sequence, 1)).await.expect("stored");
    }
    let before = stored("checkpoint").await;
    let checkpoint = Write::Checkpoint(batch(4, 1).into_checkpoint("state after 4".into()));
    {
        // Aborted after the journal was deleted: the journal is back.
        let _replaced = Replaced::new(
            "IDBObjectStore.prototype.put",
            "function (...given) {
                if (this.name === 'checkpoints') this.transaction.abort();
                return original.apply(this, given);
            }",
        );
        assert!(store.write(&checkpoint).await.is_err());
    }
    assert_eq!(stored("checkpoint").await, before);

    store.write(&checkpoint).await.expect("stored");
    store.write(&append(6, 2)).await.expect("stored");
    let world = stored("checkpoint").await.expect("stored");
    assert_eq!(
        world.checkpoint,
        Some(Snapshot {
            sequence: 4,
            text: "state after 4".into()
        })
    );
    assert_eq!(world.journal, [batch(6, 2).entry()]);
}

#[wasm_bindgen_test]
async fn another_world_takes_the_place_of_this_one_as_a_whole() {
    let store = writer("replace").await;
    store
        .write(&Write::Append(Batch {
            new_segments: vec![segment(1, 1), segment(7, 7)],
            ..batch(9, 9)
        }))
        .await
        .expect("stored");
    store
        .write(&Write::Checkpoint(
            batch(9, 0).into_checkpoint("old".into()),
        ))
        .await
        .expect("stored");
    let mut world = stored("replace").await.expect("stored");
    world.header.sequence = 3;
    world.checkpoint = None;
    world.segments = vec![segment(2, 2)];
    world.journal = vec![JournalEntry {
        sequence: 3,
        count: 3,
        facts: "new".into(),
    }];
    store
        .write(&Write::Replace(Box::new(world.clone())))
        .await
        .expect("stored");
    assert_eq!(stored("replace").await, Some(world.clone()));

    world.journal.clear();
    let refused = store.write(&Write::Replace(Box::new(world))).await;
    assert!(matches!(refused, Err(StorageError::Damaged { place, .. }) if place == "sequence"));
}

#[wasm_bindgen_test]
async fn a_commit_that_does_not_follow_is_refused() {
    let store = writer("order").await;
    store.write(&append(2, 2)).await.expect("stored");
    let before = stored("order").await;
    for write in [append(2, 2), append(4, 1), append(1, 0)] {
        assert!(matches!(
            store.write(&write).await,
            Err(StorageError::OutOfOrder { stored: 2, .. })
        ));
    }
    assert_eq!(stored("order").await, before);
}

/// Every record of a database, as text.
async fn dump(database: &str) -> String {
    let database = raw(database).await;
    let mut dump = String::new();
    for name in database.store_names() {
        let transaction = database
            .transaction(&[&name], TransactionMode::ReadOnly)
            .expect("begins");
        let store = transaction.object_store(&name).expect("exists");
        let keys = store
            .get_all_keys(None, None)
            .expect("asks")
            .await
            .expect("reads");
        let transaction = database
            .transaction(&[&name], TransactionMode::ReadOnly)
            .expect("begins");
        let store = transaction.object_store(&name).expect("exists");
        let values = store
            .get_all(None, None)
            .expect("asks")
            .await
            .expect("reads");
        for (key, value) in keys.iter().zip(&values) {
            let text = |value| {
                js_sys::JSON::stringify(value)
                    .map(String::from)
                    .expect("is plain data")
            };
            dump += &format!("{name} {} {}\n", text(key), text(value));
        }
    }
    database.close();
    dump
}

async fn raw(database: &str) -> Database {
    Factory::new()
        .expect("exists")
        .open(database, None)
        .expect("asks")
        .await
        .expect("opens")
}

/// Puts one record as another build might have.
async fn put(database: &str, store: &str, key: &str, script: &str) {
    let database = raw(database).await;
    let transaction = database
        .transaction(&[store], TransactionMode::ReadWrite)
        .expect("begins");
    let value = run(&format!("return {script};"));
    transaction
        .object_store(store)
        .expect("exists")
        .put(&value, Some(&key.into()))
        .expect("asks")
        .await
        .expect("put");
    assert!(transaction.await.expect("ends").is_committed());
    database.close();
}

#[wasm_bindgen_test]
async fn a_world_of_a_later_build_is_refused_and_left_as_it_is() {
    let store = writer_in("storage-tests-newer", "later").await;
    store.write(&append(1, 1)).await.expect("stored");
    // A later build knows members that this one does not, and lacks others.
    put("storage-tests-newer", "worlds", "later", &format!("{{ format: {}, sequence: 1, standing: {{ clock: 1, playing: true, speed: 2, more: 1 }} }}", FORMAT + 1)).await;
    put("storage-tests-newer", "checkpoints", "later", "new Map()").await;
    let before = dump("storage-tests-newer").await;
    assert!(before.contains("more"), "{before}");

    let newer = || StorageError::Newer {
        stored: FORMAT + 1,
        supported: FORMAT,
    };
    let other = IndexedDbStore::open_in("storage-tests-newer", "later")
        .await
        .expect("opens");
    assert_eq!(other.load().await, Err(newer()));
    assert_eq!(other.become_writer().await, Err(newer()));
    // This one became the writer before.
    let checkpoint = Write::Checkpoint(batch(2, 1).into_checkpoint("state".into()));
    for write in [append(2, 1), append(1, 0), checkpoint] {
        assert_eq!(store.write(&write).await, Err(newer()));
    }
    assert_eq!(store.delete().await, Err(newer()));
    assert_eq!(dump("storage-tests-newer").await, before);
}

#[wasm_bindgen_test]
async fn a_database_of_a_later_build_is_refused_and_left_as_it_is() {
    let mut request = Factory::new()
        .expect("exists")
        .open("storage-tests-schema", Some(7))
        .expect("asks");
    request.on_upgrade_needed(|event| {
        let database = idb::DatabaseEvent::database(&event).expect("is there");
        database
            .create_object_store("worlds", ObjectStoreParams::new())
            .expect("created");
    });
    request.await.expect("opens").close();
    let refused = IndexedDbStore::open_in("storage-tests-schema", "any").await;
    assert_eq!(
        refused.map(drop),
        Err(StorageError::Newer {
            stored: 7,
            supported: 1
        })
    );
    assert_eq!(raw("storage-tests-schema").await.store_names(), ["worlds"]);
}

#[wasm_bindgen_test]
async fn what_is_no_header_and_a_journal_with_a_hole_are_damaged() {
    let store = writer_in("storage-tests-damage", "hole").await;
    store.write(&append(1, 1)).await.expect("stored");
    put(
        "storage-tests-damage",
        "worlds",
        "hole",
        &format!(
            "{{ format: {FORMAT}, sequence: 2, standing: {{ clock: 1, playing: true, speed: 2 }} }}"
        ),
    )
    .await;
    assert!(
        matches!(store.load().await, Err(StorageError::Damaged { place, .. }) if place == "sequence")
    );
    put("storage-tests-damage", "worlds", "hole", "'text'").await;
    assert!(
        matches!(store.load().await, Err(StorageError::Damaged { place, .. }) if place == "worlds")
    );
    assert!(matches!(
        store.write(&append(2, 1)).await,
        Err(StorageError::Damaged { .. })
    ));
}

#[wasm_bindgen_test]
async fn deleting_the_database_or_upgrading_it_elsewhere_is_not_held_up_and_is_told() {
    let store = writer_in("storage-tests-deleted", "any").await;
    store.write(&append(1, 1)).await.expect("stored");
    // Would wait for ever if the connection did not close itself.
    let factory = Factory::new().expect("exists");
    factory
        .delete("storage-tests-deleted")
        .expect("asks")
        .await
        .expect("deleted");
    assert_eq!(store.write(&append(2, 1)).await, Err(StorageError::Deleted));
    assert_eq!(store.load().await, Err(StorageError::Deleted));

    let store = writer_in("storage-tests-deleted", "any").await;
    factory
        .open("storage-tests-deleted", Some(9))
        .expect("asks")
        .await
        .expect("opens")
        .close();
    assert_eq!(store.write(&append(1, 1)).await, Err(StorageError::Closed));
}

#[wasm_bindgen_test]
async fn records_cleared_under_a_writer_are_told() {
    let store = writer_in("storage-tests-cleared", "any").await;
    store.write(&append(1, 1)).await.expect("stored");
    let database = raw("storage-tests-cleared").await;
    let transaction = database
        .transaction(&["writers", "worlds"], TransactionMode::ReadWrite)
        .expect("begins");
    for name in ["writers", "worlds"] {
        transaction
            .object_store(name)
            .expect("exists")
            .clear()
            .expect("asks")
            .await
            .expect("cleared");
    }
    assert!(transaction.await.expect("ends").is_committed());
    database.close();
    assert_eq!(store.write(&append(2, 1)).await, Err(StorageError::Deleted));
}

#[wasm_bindgen_test]
async fn opening_that_is_blocked_says_so_and_holds_nobody_up_later() {
    {
        // What an older build that does not let go would cause, at the earliest instant it can happen.
        let _replaced = Replaced::new(
            "IDBFactory.prototype.open",
            "function (...given) {
                const request = original.apply(this, given);
                queueMicrotask(() => request.dispatchEvent(new IDBVersionChangeEvent('blocked')));
                return request;
            }",
        );
        let refused = IndexedDbStore::open_in("storage-tests-blocked", "any").await;
        assert_eq!(refused.map(drop), Err(StorageError::Blocked));
    }
    // The request succeeds after all. Were its connection kept open, this would wait for ever.
    let factory = Factory::new().expect("exists");
    factory
        .delete("storage-tests-blocked")
        .expect("asks")
        .await
        .expect("deleted");
}

#[wasm_bindgen_test]
async fn transactions_are_relaxed() {
    let store = writer("durability").await;
    {
        let _replaced = Replaced::new(
            "IDBDatabase.prototype.transaction",
            "function (...given) {
                const transaction = original.apply(this, given);
                window.durability = transaction.durability;
                return transaction;
            }",
        );
        store.write(&append(1, 1)).await.expect("stored");
    }
    assert_eq!(
        run("return window.durability;").as_string().as_deref(),
        Some("relaxed")
    );
}

/// A live state that is written down in one go.
struct Whole(String);

impl Live for Whole {
    fn write_some(&self) -> Option<String> {
        Some(self.0.clone())
    }

    fn give_up(&self) {}

    async fn pause(&self) {}
}

#[wasm_bindgen_test]
async fn the_commit_queue_stores_before_it_tells_and_detaches_when_it_is_taken_over() {
    let store = writer("queue").await;
    let committer = RefCell::new(Committer::new(NOON));
    let told = RefCell::new(Vec::new());
    for number in 1..=3 {
        committer.borrow_mut().add_facts("fact", 1, NOON);
        committer.borrow_mut().enqueue(number);
    }
    drive(
        &committer,
        &store,
        &Whole("state after 3".into()),
        |number| told.borrow_mut().push(number),
    )
    .await;
    assert_eq!(*told.borrow(), [1, 2, 3]);
    let world = stored("queue").await.expect("stored");
    assert_eq!(
        world.checkpoint,
        Some(Snapshot {
            sequence: 3,
            text: "state after 3".into()
        })
    );

    writer("queue").await;
    committer.borrow_mut().add_facts("fact", 1, NOON);
    committer.borrow_mut().enqueue(4);
    drive(
        &committer,
        &store,
        &Whole("state after 4".into()),
        |number| told.borrow_mut().push(number),
    )
    .await;
    assert_eq!(*told.borrow(), [1, 2, 3, 4]);
    assert_eq!(
        committer.borrow().state(),
        StorageState::Detached(StorageError::LostLock)
    );
    assert_eq!(stored("queue").await, Some(world));
}

#[wasm_bindgen_test]
async fn a_world_of_a_hundred_thousand_facts_opens_from_a_short_journal() {
    let store = writer("large").await;
    let committer = RefCell::new(Committer::<()>::new(NOON));
    let state = Whole("s".repeat(300_000));
    for number in 0..200 {
        let facts = vec!["f".repeat(220); 500].join("\n");
        committer.borrow_mut().add_facts(&facts, 500, NOON);
        let segment = Segment {
            id: number,
            bytes: vec![7; 20_000],
        };
        committer.borrow_mut().add_segments([segment], []);
        drive(&committer, &store, &state, drop).await;
    }
    drop(store);
    let world = stored("large").await.expect("stored");
    assert_eq!(
        (world.header.sequence, world.segments.len()),
        (100_000, 200)
    );
    let journal: usize = world.journal.iter().map(|entry| entry.facts.len()).sum();
    assert!(journal < JOURNAL_BYTES, "{journal} bytes to replay");
}

async fn held(attempt: impl Future<Output = Result<Attempt, StorageError>>) -> WriterLock {
    match attempt.await.expect("there are Web Locks") {
        Attempt::Held(lock) => lock,
        Attempt::Taken => panic!("taken"),
    }
}

async fn is_taken(world: &str) -> bool {
    matches!(
        lock::try_now(world).await.expect("there are Web Locks"),
        Attempt::Taken
    )
}

#[wasm_bindgen_test]
async fn one_holds_the_lock_and_another_world_has_its_own() {
    let lock = held(lock::try_now("lock")).await;
    assert!(is_taken("lock").await);
    let other = held(lock::try_now("another lock")).await;
    let ended = lock.ended();
    drop(lock);
    assert_eq!(ended.await, Ending::Released);
    drop(lock::wait("lock").await.expect("it is free"));
    assert!(!other.is_stolen());
}

#[wasm_bindgen_test]
async fn stealing_takes_the_lock_over_and_tells_who_had_it() {
    let first = held(lock::try_now("steal")).await;
    let second = lock::steal("steal").await.expect("stolen");
    assert_eq!(first.ended().await, Ending::Stolen);
    assert!(first.is_stolen() && !second.is_stolen());
    // Letting go of what one has not does not take it from the other.
    drop(first);
    a_moment().await;
    assert!(is_taken("steal").await);
    assert!(!second.is_stolen());
}

#[wasm_bindgen_test]
async fn who_waits_gets_the_lock_next_and_who_gave_up_waiting_does_not_keep_it() {
    let first = held(lock::try_now("wait")).await;
    let mut gave_up = Box::pin(lock::wait("wait"));
    let pending = std::future::poll_fn(|context| {
        std::task::Poll::Ready(gave_up.as_mut().poll(context).is_pending())
    });
    assert!(pending.await);
    let mut waiting = Box::pin(lock::wait("wait"));
    let pending = std::future::poll_fn(|context| {
        std::task::Poll::Ready(waiting.as_mut().poll(context).is_pending())
    });
    assert!(pending.await);
    drop(gave_up);
    drop(first);
    let second = waiting.await.expect("granted");
    assert!(is_taken("wait").await);
    drop(second);
    drop(lock::wait("wait").await.expect("it is free"));
}

#[wasm_bindgen_test]
async fn without_web_locks_it_says_so() {
    run("Object.defineProperty(navigator, 'locks', { value: undefined, configurable: true });");
    let refused = lock::try_now("none").await.map(drop);
    run("delete navigator.locks;");
    assert_eq!(refused, Err(StorageError::NoWebLocks));
    assert!(!is_taken("none").await);
}
