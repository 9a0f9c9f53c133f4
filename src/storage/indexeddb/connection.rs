//! The connection to the database and its transactions: opening, the schema, closing for others, and how a
//! transaction ends.
//!
//! `idb` gives requests as futures. What it does not give is here: the `durability` of a transaction, the reason of
//! an abort, and an answer when opening is blocked.

use std::cell::Cell;
use std::future::{Future, IntoFuture, poll_fn};
use std::rc::Rc;
use std::task::Poll;

use idb::event::VersionChangeEvent;
use idb::{Database, DatabaseEvent, Factory, ObjectStore, ObjectStoreParams, Request};
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{IdbDatabase, IdbTransaction, IdbVersionChangeEvent};

use super::super::StorageError;
use super::super::patience::Patience;
use super::super::signal::Signal;
use super::error::{from_exception, from_idb, is_version_error};

/// The version of the object stores, not of what is in them. Raising it closes the connections of earlier builds.
const SCHEMA: u32 = 1;

#[wasm_bindgen]
extern "C" {
    /// An `IDBDatabase`; web-sys has the third argument of `transaction` only behind an unstable flag.
    type DatabaseWithOptions;

    #[wasm_bindgen(method, catch)]
    fn transaction(
        this: &DatabaseWithOptions,
        stores: &Array,
        mode: &str,
        options: &Object,
    ) -> Result<IdbTransaction, JsValue>;
}

/// Why a connection ended that we did not end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lost {
    /// A later build needs another version.
    Upgrade,
    /// Somebody deletes the database.
    Deletion,
    /// The browser closed it, for example because a person cleared the site's data.
    Browser,
}

/// An open connection. Closed when dropped.
#[derive(Debug)]
pub(super) struct Connection {
    database: IdbDatabase,
    lost: Rc<Cell<Option<Lost>>>,
    _on_version_change: Closure<dyn FnMut(IdbVersionChangeEvent)>,
    _on_close: Closure<dyn FnMut()>,
}

/// Whether a transaction may write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    ReadOnly,
    ReadWrite,
}

impl Connection {
    /// Opens the database called `name` and creates or upgrades it if need be.
    pub(super) async fn open(name: &str) -> Result<Self, StorageError> {
        let factory = Factory::new().map_err(from_idb)?;
        let mut request = factory.open(name, Some(SCHEMA)).map_err(from_idb)?;
        request.on_upgrade_needed(|event| {
            if create_stores(&event).is_err() {
                // Without its stores the database is of no use: opening fails and nothing is left behind.
                let transaction = idb::Event::target(&event)
                    .ok()
                    .and_then(|request| request.transaction());
                drop(transaction.map(idb::Transaction::abort));
            }
        });
        let blocked = Rc::new(Signal::new());
        let signal = Rc::clone(&blocked);
        request.on_blocked(move |_| signal.set(()));

        let mut opening = Box::pin(request.into_future());
        let patience = Patience::begins();
        let opened = poll_fn(|context| {
            if let Poll::Ready(opened) = opening.as_mut().poll(context) {
                return Poll::Ready(Ok(opened));
            }
            if blocked.poll(context).is_ready() {
                return Poll::Ready(Err(StorageError::Blocked));
            }
            patience.poll(context).map(|()| Err(StorageError::NoAnswer))
        });
        match opened.await {
            Ok(Ok(database)) => Ok(Self::new(database)),
            Ok(Err(error)) if is_version_error(&error) => Err(newer(&factory, name).await),
            Ok(Err(error)) => Err(match from_idb(error) {
                // Private windows and broken profiles fail here, under many names.
                StorageError::Other(words) => StorageError::Unavailable(words),
                StorageError::Closed => {
                    StorageError::Unavailable("the database cannot be opened".into())
                }
                other => other,
            }),
            Err(reason) => {
                // The request lives on. Should it succeed after all, its connection must not block others.
                spawn_local(async move {
                    if let Ok(database) = opening.await {
                        database.close();
                    }
                });
                Err(reason)
            }
        }
    }

    /// Opens the database called `name` as it is, whatever its version, to look at what is in it.
    pub(super) async fn open_as_it_is(name: &str) -> Result<Self, StorageError> {
        let factory = Factory::new().map_err(from_idb)?;
        let mut request = factory.open(name, None).map_err(from_idb)?;
        request.on_upgrade_needed(|event| {
            // There is none: none shall come to be by looking for it.
            let transaction = idb::Event::target(&event)
                .ok()
                .and_then(|request| request.transaction());
            drop(transaction.map(idb::Transaction::abort));
        });
        Ok(Self::new(request.await.map_err(from_idb)?))
    }

    /// The names of the object stores that it has.
    pub(super) fn stores(&self) -> Vec<String> {
        let names = Reflect::get(&self.database, &"objectStoreNames".into()).unwrap_or_default();
        Array::from(&names)
            .iter()
            .filter_map(|name| name.as_string())
            .collect()
    }

    fn new(database: Database) -> Self {
        let database = IdbDatabase::from(database);
        let lost = Rc::new(Cell::new(None));
        let on_version_change = {
            let (database, lost) = (database.clone(), Rc::clone(&lost));
            Closure::<dyn FnMut(IdbVersionChangeEvent)>::new(move |event: IdbVersionChangeEvent| {
                lost.set(Some(if event.new_version().is_some() {
                    Lost::Upgrade
                } else {
                    Lost::Deletion
                }));
                database.close();
            })
        };
        let on_close = {
            let lost = Rc::clone(&lost);
            Closure::<dyn FnMut()>::new(move || lost.set(Some(Lost::Browser)))
        };
        database.set_onversionchange(Some(on_version_change.as_ref().unchecked_ref()));
        database.set_onclose(Some(on_close.as_ref().unchecked_ref()));
        Self {
            database,
            lost,
            _on_version_change: on_version_change,
            _on_close: on_close,
        }
    }

    /// Begins a transaction over `stores`. It is rolled back unless [`Transaction::finish`] succeeds.
    pub(super) fn begin(&self, stores: &[&str], mode: Mode) -> Result<Transaction, StorageError> {
        let stores: Array = stores.iter().map(|name| JsValue::from_str(name)).collect();
        let options = Object::new();
        Reflect::set(&options, &"durability".into(), &"relaxed".into())
            .map_err(|thrown| from_exception(&thrown))?;
        let mode = match mode {
            Mode::ReadOnly => "readonly",
            Mode::ReadWrite => "readwrite",
        };
        let database: &DatabaseWithOptions = self.database.unchecked_ref();
        match database.transaction(&stores, mode, &options) {
            Ok(transaction) => Ok(Transaction::new(transaction)),
            Err(thrown) => Err(match self.lost.get() {
                Some(Lost::Deletion) => StorageError::Deleted,
                Some(Lost::Upgrade | Lost::Browser) => StorageError::Closed,
                None => from_exception(&thrown),
            }),
        }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        // The handlers are dropped with this value, so the browser must not call them any more.
        self.database.set_onversionchange(None);
        self.database.set_onclose(None);
        self.database.close();
    }
}

fn create_stores(event: &VersionChangeEvent) -> Result<(), idb::Error> {
    let database = event.database()?;
    // Schema 1 is the first: whatever came before is nothing.
    for name in super::STORES {
        database.create_object_store(name, ObjectStoreParams::new())?;
    }
    Ok(())
}

/// The error for a database of a higher version, whose number only opening it as it is tells.
async fn newer(factory: &Factory, name: &str) -> StorageError {
    let stored = match factory.open(name, None) {
        Ok(request) => match request.await {
            Ok(database) => {
                let version = database.version();
                database.close();
                version.unwrap_or(u32::MAX)
            }
            Err(error) => return from_idb(error),
        },
        Err(error) => return from_idb(error),
    };
    StorageError::Newer {
        stored,
        supported: SCHEMA,
    }
}

/// How a transaction ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Complete,
    Aborted,
}

/// A transaction under way. Dropping it rolls back whatever it has done.
#[derive(Debug)]
pub(super) struct Transaction {
    raw: IdbTransaction,
    requests: idb::Transaction,
    end: Rc<Signal<End>>,
    _on_complete: Closure<dyn FnMut()>,
    _on_abort: Closure<dyn FnMut()>,
}

impl Transaction {
    fn new(raw: IdbTransaction) -> Self {
        let end = Rc::new(Signal::new());
        let ended = |how| {
            let end = Rc::clone(&end);
            Closure::<dyn FnMut()>::new(move || end.set(how))
        };
        let (on_complete, on_abort) = (ended(End::Complete), ended(End::Aborted));
        raw.set_oncomplete(Some(on_complete.as_ref().unchecked_ref()));
        raw.set_onabort(Some(on_abort.as_ref().unchecked_ref()));
        Self {
            requests: raw.clone().into(),
            raw,
            end,
            _on_complete: on_complete,
            _on_abort: on_abort,
        }
    }

    /// One of its object stores.
    pub(super) fn store(&self, name: &str) -> Result<ObjectStore, StorageError> {
        self.requests.object_store(name).map_err(from_idb)
    }

    /// Waits until everything requested is stored.
    pub(super) async fn finish(self) -> Result<(), StorageError> {
        match self.end.wait().await {
            End::Complete => Ok(()),
            End::Aborted => Err(match self.raw.error() {
                Some(reason) => from_exception(&reason),
                None => StorageError::Aborted("no reason was given".into()),
            }),
        }
    }
}

impl Drop for Transaction {
    fn drop(&mut self) {
        // The handlers are dropped with this value, so the browser must not call them any more.
        self.raw.set_oncomplete(None);
        self.raw.set_onabort(None);
        if self.end.get().is_none() {
            // Throws if it has just ended, and then there is nothing to roll back.
            let _ = self.raw.abort();
        }
    }
}
