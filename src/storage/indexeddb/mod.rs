//! A world in the browser's IndexedDB.
//!
//! One database holds all worlds of this site, by name. Its object stores:
//!
//! | store | key | value |
//! | --- | --- | --- |
//! | `writers` | world | the epoch of the latest writer; stays when the world is deleted |
//! | `worlds` | world | the [`Header`] |
//! | `checkpoints` | world | the latest [`Snapshot`] |
//! | `journal` | \[world, sequence\] | a [`JournalEntry`] |
//! | `segments` | \[world, id\] | the bytes |
//!
//! # Life cycle
//!
//! [`IndexedDbStore::open`] connects and may read. [`IndexedDbStore::become_writer`], to be called by the holder of
//! the [lock](super::lock), takes the next epoch; from then on this store writes, and every earlier writer fails.
//! Dropping the store closes the connection.
//!
//! # One write, one transaction
//!
//! Reading epoch and header, comparing, and all the puts and deletes happen in one transaction in which nothing but
//! its own requests is awaited (a browser ends a transaction that has nothing to do). It is `relaxed`: what is
//! committed survives the tab and the browser, not a power cut. Anything that goes wrong drops the transaction,
//! which rolls it back.
//!
//! # Failure modes
//!
//! The connection closes itself when a later build or a deletion needs it closed; the next write then says
//! [`StorageError::Closed`] or [`StorageError::Deleted`]. A database or a world of a later build is
//! [`StorageError::Newer`] and is left as it is, deletion included.

mod connection;
mod error;
mod salvage;

use std::cell::Cell;
use std::future::IntoFuture;

use crate::json::{self, FromJson, ToJson};
use idb::{KeyRange, ObjectStore};
use js_sys::{Array, JsString, Reflect, Uint8Array};
use serde::Serialize;
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};

use super::{
    Answer, Header, JournalEntry, Segment, Snapshot, StorageError, Store, StoredWorld, Write,
    patience::in_time,
};
use connection::{Connection, Mode, Transaction};
use error::from_idb;
pub(super) use error::words_of;
pub use salvage::stored_records;

/// The database of this site.
pub const DATABASE: &str = "codepipeline-simulator";

const WRITERS: &str = "writers";
const WORLDS: &str = "worlds";
const CHECKPOINTS: &str = "checkpoints";
const JOURNAL: &str = "journal";
const SEGMENTS: &str = "segments";

/// Every object store, for creating them and for transactions that touch the whole world.
const STORES: [&str; 5] = [WRITERS, WORLDS, CHECKPOINTS, JOURNAL, SEGMENTS];

/// One world in IndexedDB.
#[derive(Debug)]
pub struct IndexedDbStore {
    connection: Connection,
    world: String,
    /// The epoch in which this store may write; `None` as long as it only reads.
    epoch: Cell<Option<u64>>,
}

impl IndexedDbStore {
    /// Connects to the world called `world`, which need not exist. Creates the database if need be.
    ///
    /// # Errors
    /// [`StorageError::Unavailable`], [`StorageError::Blocked`] or [`StorageError::Newer`].
    pub async fn open(world: &str) -> Result<Self, StorageError> {
        Self::open_in(DATABASE, world).await
    }

    /// As [`Self::open`], in a database of another name: worlds apart from the site's own.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub async fn open_in(database: &str, world: &str) -> Result<Self, StorageError> {
        let connection = Connection::open(database).await?;
        Ok(Self {
            connection,
            world: world.to_owned(),
            epoch: Cell::new(None),
        })
    }

    /// Takes the next epoch, which shuts out every earlier writer of this world, and answers it.
    ///
    /// # Errors
    /// [`StorageError::Newer`] if a later build wrote the world, [`StorageError::NoAnswer`], and whatever writing can meet.
    pub async fn become_writer(&self) -> Result<u64, StorageError> {
        in_time(self.take_epoch()).await
    }

    async fn take_epoch(&self) -> Result<u64, StorageError> {
        let transaction = self.connection.begin(&[WRITERS, WORLDS], Mode::ReadWrite)?;
        let (epoch, header) = self.epoch_and_header(&transaction).await?;
        if let Some(header) = header {
            header.readable()?;
        }
        let epoch = epoch.unwrap_or(0) + 1;
        put(
            &transaction.store(WRITERS)?,
            &JsValue::from(number(epoch)),
            &self.name(),
        )?;
        transaction.finish().await?;
        self.epoch.set(Some(epoch));
        Ok(epoch)
    }

    /// The names of all worlds in this database.
    ///
    /// # Errors
    /// Whatever reading can meet.
    pub async fn worlds(&self) -> Result<Vec<String>, StorageError> {
        let transaction = self.connection.begin(&[WORLDS], Mode::ReadOnly)?;
        let names = transaction
            .store(WORLDS)?
            .get_all_keys(None, None)
            .map_err(from_idb)?
            .await;
        Ok(names
            .map_err(from_idb)?
            .iter()
            .filter_map(JsValue::as_string)
            .collect())
    }

    /// The names of all worlds in this database with their headers; without one where it cannot be read.
    ///
    /// # Errors
    /// Whatever reading can meet.
    pub async fn headers(&self) -> Result<Vec<(String, Option<Header>)>, StorageError> {
        let transaction = self.connection.begin(&[WORLDS], Mode::ReadOnly)?;
        let store = transaction.store(WORLDS)?;
        let names = store
            .get_all_keys(None, None)
            .map_err(from_idb)?
            .into_future();
        let headers = store.get_all(None, None).map_err(from_idb)?.into_future();
        let (names, headers) = (names.await, headers.await);
        let names = names.map_err(from_idb)?.into_iter();
        let both = names.zip(headers.map_err(from_idb)?);
        Ok(both
            .filter_map(|(name, header)| Some((name.as_string()?, value_of(header, WORLDS).ok())))
            .collect())
    }

    /// What every write begins with. Both requests are made before either is awaited, so that the transaction
    /// always has something to do.
    async fn epoch_and_header(
        &self,
        transaction: &Transaction,
    ) -> Result<(Option<u64>, Option<Header>), StorageError> {
        let epoch = transaction
            .store(WRITERS)?
            .get(self.name())
            .map_err(from_idb)?
            .into_future();
        let header = transaction
            .store(WORLDS)?
            .get(self.name())
            .map_err(from_idb)?
            .into_future();
        let (epoch, header) = (epoch.await, header.await);
        let epoch = epoch
            .map_err(from_idb)?
            .map(|value| whole(&value, WRITERS))
            .transpose()?;
        let header = header
            .map_err(from_idb)?
            .map(|value| value_of(value, WORLDS))
            .transpose()?;
        Ok((epoch, header))
    }

    /// Refuses a writer that is not the latest.
    fn fence(&self, stored: Option<u64>) -> Result<(), StorageError> {
        match (self.epoch.get(), stored) {
            (Some(mine), Some(stored)) if mine == stored => Ok(()),
            // The record is made before the first write and never deleted by this program.
            (Some(_), None) => Err(StorageError::Deleted),
            _ => Err(StorageError::LostLock),
        }
    }

    async fn load_world(&self) -> Result<Option<StoredWorld>, StorageError> {
        let transaction = self.connection.begin(&STORES, Mode::ReadOnly)?;
        let header = transaction
            .store(WORLDS)?
            .get(self.name())
            .map_err(from_idb)?
            .into_future();
        let checkpoint = transaction
            .store(CHECKPOINTS)?
            .get(self.name())
            .map_err(from_idb)?
            .into_future();
        let all = || self.all().map(Into::into).map(Some);
        let journal = transaction
            .store(JOURNAL)?
            .get_all(all()?, None)
            .map_err(from_idb)?
            .into_future();
        let ids = transaction
            .store(SEGMENTS)?
            .get_all_keys(all()?, None)
            .map_err(from_idb)?
            .into_future();
        let bytes = transaction
            .store(SEGMENTS)?
            .get_all(all()?, None)
            .map_err(from_idb)?
            .into_future();
        let (header, checkpoint, journal, ids, bytes) = (
            header.await,
            checkpoint.await,
            journal.await,
            ids.await,
            bytes.await,
        );
        let Some(header) = header.map_err(from_idb)? else {
            return Ok(None);
        };
        // A later build may have changed the rest, so the header decides before anything else is looked at.
        let header: Header = value_of(header, WORLDS)?;
        header.readable()?;
        let journal: Result<Vec<JournalEntry>, _> = journal
            .map_err(from_idb)?
            .into_iter()
            .map(|value| {
                let (entry, facts): (JournalEntry, _) = with_text(value, "facts", JOURNAL)?;
                Ok(JournalEntry { facts, ..entry })
            })
            .collect();
        let segments = ids
            .map_err(from_idb)?
            .into_iter()
            .zip(bytes.map_err(from_idb)?);
        let segments: Result<Vec<Segment>, _> =
            segments.map(|(key, bytes)| segment(&key, bytes)).collect();
        let world = StoredWorld {
            header,
            checkpoint: checkpoint
                .map_err(from_idb)?
                .map(|value| {
                    let (snapshot, text): (Snapshot, _) = with_text(value, "text", CHECKPOINTS)?;
                    Ok::<_, StorageError>(Snapshot { text, ..snapshot })
                })
                .transpose()?,
            segments: segments?,
            journal: journal?,
        };
        world.check()?;
        Ok(Some(world))
    }

    async fn write_once(&self, write: &Write) -> Result<(), StorageError> {
        let transaction = self.connection.begin(&STORES, Mode::ReadWrite)?;
        let (epoch, header) = self.epoch_and_header(&transaction).await?;
        self.fence(epoch)?;
        let header = Header::after(header.as_ref(), write)?;
        put(
            &transaction.store(WORLDS)?,
            &value_from(&header)?,
            &self.name(),
        )?;
        match write {
            Write::Append(batch) => {
                if batch.count > 0 {
                    let (sequence, count) = (batch.sequence, batch.count);
                    self.put_entry(&transaction, sequence, count, &batch.facts)?;
                }
                self.exchange_segments(&transaction, &batch.new_segments, &batch.dropped_segments)?;
            }
            Write::Checkpoint(checkpoint) => {
                delete(&transaction.store(JOURNAL)?, self.all()?)?;
                self.put_snapshot(&transaction, &checkpoint.snapshot)?;
                self.exchange_segments(
                    &transaction,
                    &checkpoint.new_segments,
                    &checkpoint.dropped_segments,
                )?;
            }
            Write::Replace(world) => {
                self.delete_contents(&transaction)?;
                if let Some(checkpoint) = &world.checkpoint {
                    self.put_snapshot(&transaction, checkpoint)?;
                }
                for entry in &world.journal {
                    let (sequence, count) = (entry.sequence, entry.count);
                    self.put_entry(&transaction, sequence, count, &entry.facts)?;
                }
                self.exchange_segments(&transaction, &world.segments, &[])?;
            }
        }
        transaction.finish().await
    }

    async fn delete_world(&self) -> Result<(), StorageError> {
        let transaction = self.connection.begin(&STORES, Mode::ReadWrite)?;
        let (epoch, header) = self.epoch_and_header(&transaction).await?;
        self.fence(epoch)?;
        if let Some(header) = header {
            header.readable()?;
        }
        delete(&transaction.store(WORLDS)?, self.name())?;
        self.delete_contents(&transaction)?;
        transaction.finish().await
    }

    fn put_entry(
        &self,
        transaction: &Transaction,
        sequence: u64,
        count: u64,
        facts: &str,
    ) -> Result<(), StorageError> {
        let entry = JournalEntry {
            sequence,
            count,
            facts: String::new(),
        };
        put(
            &transaction.store(JOURNAL)?,
            &value_with(&entry, "facts", facts)?,
            &self.key(sequence),
        )
    }

    fn put_snapshot(
        &self,
        transaction: &Transaction,
        snapshot: &Snapshot,
    ) -> Result<(), StorageError> {
        let Snapshot { sequence, text } = snapshot;
        let snapshot = Snapshot {
            sequence: *sequence,
            text: String::new(),
        };
        put(
            &transaction.store(CHECKPOINTS)?,
            &value_with(&snapshot, "text", text)?,
            &self.name(),
        )
    }

    fn exchange_segments(
        &self,
        transaction: &Transaction,
        new: &[Segment],
        dropped: &[u64],
    ) -> Result<(), StorageError> {
        let store = transaction.store(SEGMENTS)?;
        for segment in new {
            put(
                &store,
                &Uint8Array::from(segment.bytes.as_slice()),
                &self.key(segment.id),
            )?;
        }
        for id in dropped {
            delete(&store, self.key(*id))?;
        }
        Ok(())
    }

    /// Everything but the header and the epoch.
    fn delete_contents(&self, transaction: &Transaction) -> Result<(), StorageError> {
        delete(&transaction.store(CHECKPOINTS)?, self.name())?;
        delete(&transaction.store(JOURNAL)?, self.all()?)?;
        delete(&transaction.store(SEGMENTS)?, self.all()?)
    }

    fn name(&self) -> JsValue {
        JsValue::from_str(&self.world)
    }

    fn key(&self, part: u64) -> JsValue {
        Array::of2(&self.name(), &JsValue::from(number(part))).into()
    }

    /// All keys of this world: a list sorts after every list that it continues, and before a list whose next
    /// member is a list, because lists sort after numbers.
    fn all(&self) -> Result<KeyRange, StorageError> {
        let (first, last) = (
            Array::of1(&self.name()),
            Array::of2(&self.name(), &Array::new()),
        );
        KeyRange::bound(&first, &last, None, None).map_err(from_idb)
    }
}

impl Store for IndexedDbStore {
    fn load(&self) -> Answer<'_, Option<StoredWorld>> {
        Box::pin(self.load_world())
    }

    fn write<'a>(&'a self, write: &'a Write) -> Answer<'a, ()> {
        Box::pin(self.write_once(write))
    }

    fn delete(&self) -> Answer<'_, ()> {
        Box::pin(self.delete_world())
    }
}

/// Requests a put. Its failure is the transaction's, so nobody waits for it alone.
fn put(store: &ObjectStore, value: &JsValue, key: &JsValue) -> Result<(), StorageError> {
    store.put(value, Some(key)).map(drop).map_err(from_idb)
}

/// Requests a delete, as [`put`] does.
fn delete(store: &ObjectStore, what: impl Into<idb::Query>) -> Result<(), StorageError> {
    store.delete(what).map(drop).map_err(from_idb)
}

/// A record as the object that is stored. Numbers stay below 2^53, which [`Header::after`] sees to.
fn value_from(record: &dyn ToJson) -> Result<JsValue, StorageError> {
    json::to_value(record)
        .serialize(&serde_wasm_bindgen::Serializer::json_compatible())
        .map_err(|error| StorageError::Other(error.to_string()))
}

fn value_of<T: FromJson>(value: JsValue, place: &str) -> Result<T, StorageError> {
    let plain = serde_wasm_bindgen::from_value(value)
        .map_err(|error| StorageError::damaged(place, error.to_string()))?;
    json::from_value(plain).map_err(|misfit| StorageError::damaged(place, misfit.to_string()))
}

/// As [`value_from`], with a member that may be large and is not copied on the way.
fn value_with(record: &dyn ToJson, member: &str, text: &str) -> Result<JsValue, StorageError> {
    let value = value_from(record)?;
    Reflect::set(&value, &member.into(), &text.into())
        .map_err(|thrown| StorageError::Other(words_of(&thrown)))?;
    Ok(value)
}

#[wasm_bindgen]
extern "C" {
    type TextEncoder;

    #[wasm_bindgen(constructor)]
    fn new() -> TextEncoder;

    #[wasm_bindgen(method)]
    fn encode(this: &TextEncoder, text: &JsString) -> Uint8Array;

    #[wasm_bindgen(method, js_name = encodeInto)]
    fn encode_into(this: &TextEncoder, text: &JsString, into: &Uint8Array) -> JsValue;
}

/// A text that may be large: the browser's own encoder is many times faster than the way that texts take one by one, and
/// fastest where it need not measure first, as what we write is ASCII but for what people typed.
fn bytes_of(text: &JsString) -> Vec<u8> {
    let encoder = TextEncoder::new();
    let into = Uint8Array::new_with_length(text.length());
    let done = encoder.encode_into(text, &into);
    let number = |name: &str| {
        Reflect::get(&done, &name.into())
            .ok()
            .and_then(|it| it.as_f64())
    };
    let whole = f64::from(text.length());
    if number("read") == Some(whole) && number("written") == Some(whole) {
        return into.to_vec();
    }
    encoder.encode(text).to_vec()
}

/// As [`value_of`], with a member that may be large beside it.
fn with_text<T: FromJson>(
    value: JsValue,
    member: &str,
    place: &str,
) -> Result<(T, String), StorageError> {
    let name = JsValue::from_str(member);
    let mut bytes = Vec::new();
    // What is no object, or has something else there, is told by `value_of`.
    if let Ok(text) = Reflect::get(&value, &name)
        && let Some(text) = text.dyn_ref::<JsString>()
        && Reflect::set(&value, &name, &JsValue::from_str("")) == Ok(true)
    {
        bytes = bytes_of(text);
    }
    let text = String::from_utf8(bytes)
        .map_err(|error| StorageError::damaged(place, error.to_string()))?;
    Ok((value_of(value, place)?, text))
}

fn segment(key: &JsValue, bytes: JsValue) -> Result<Segment, StorageError> {
    let id = whole(&Array::from(key).get(1), SEGMENTS)?;
    let bytes: Uint8Array = bytes
        .dyn_into()
        .map_err(|_| StorageError::damaged(format!("segments {id}"), "bytes are expected"))?;
    Ok(Segment {
        id,
        bytes: bytes.to_vec(),
    })
}

/// A number below 2^53 as JavaScript holds it.
#[expect(
    clippy::cast_precision_loss,
    reason = "numbers of facts, segments and epochs stay below 2^53"
)]
fn number(value: u64) -> f64 {
    value as f64
}

/// The reverse of [`number`].
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "checked before it is cast"
)]
fn whole(value: &JsValue, place: &str) -> Result<u64, StorageError> {
    let limit = number(super::world::GREATEST_NUMBER);
    match value
        .as_f64()
        .filter(|value| value.fract() == 0.0 && (0.0..=limit).contains(value))
    {
        Some(value) => Ok(value as u64),
        None => Err(StorageError::damaged(place, "a whole number is expected")),
    }
}
