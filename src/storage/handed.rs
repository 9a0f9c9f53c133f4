//! A storage that JavaScript hands in: an object with `load`, `append` and `replace`, each answering a promise.
//!
//! - `load()`: `undefined` where nothing is stored, else `{ world, journal }`: the text of a world file, and the lines
//!   appended since.
//! - `append(line)`: one more line ([`journal`]). Settles once it is kept.
//! - `replace(world)`: the text of a world file in the place of everything. Settles once it is kept.
//!
//! What is stored is held in memory as well, because a checkpoint is written as a whole world. A method that throws or
//! rejects is a failed commit, and the world goes on in memory as after any other.

use std::cell::{Cell, RefCell};

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::{Answer, Header, StorageError, Store, StoredWorld, Write, journal, world_file};

/// After so many bytes of lines the whole world is written instead: the clock alone writes a line every second.
const MOST_APPENDED: usize = 8 * 1024 * 1024;

/// A world in somebody else's keeping.
pub struct HandedStore {
    object: JsValue,
    world: RefCell<Option<StoredWorld>>,
    appended: Cell<usize>,
}

impl HandedStore {
    /// A store over an object with the three methods.
    #[must_use]
    pub fn new(object: JsValue) -> Self {
        Self {
            object,
            world: RefCell::new(None),
            appended: Cell::new(0),
        }
    }

    async fn ask(&self, method: &str, argument: &JsValue) -> Result<JsValue, StorageError> {
        let failed = |thrown: JsValue| StorageError::Handed(words(&thrown));
        let function = Reflect::get(&self.object, &JsValue::from_str(method)).map_err(failed)?;
        let function: Function = function
            .dyn_into()
            .map_err(|_| StorageError::Handed(format!("it has no method {method}")))?;
        let answer = function.call1(&self.object, argument).map_err(failed)?;
        JsFuture::from(Promise::resolve(&answer))
            .await
            .map_err(failed)
    }

    async fn read(&self) -> Result<Option<StoredWorld>, StorageError> {
        let loaded = self.ask("load", &JsValue::UNDEFINED).await?;
        if loaded.is_undefined() || loaded.is_null() {
            return Ok(None);
        }
        let member =
            |name: &str| Reflect::get(&loaded, &JsValue::from_str(name)).unwrap_or_default();
        let text = member("world")
            .as_string()
            .ok_or_else(|| StorageError::damaged("world", "a text is expected"))?;
        let mut world = world_file::read(&text)?;
        for (index, line) in Array::from(&member("journal")).iter().enumerate() {
            let line = line.as_string().unwrap_or_default();
            let batch = journal::read(&line, index + 1)?;
            world = StoredWorld::after(Some(world), &Write::Append(batch))?;
        }
        world.check()?;
        Ok(Some(world))
    }
}

impl Store for HandedStore {
    fn load(&self) -> Answer<'_, Option<StoredWorld>> {
        Box::pin(async {
            let world = self.read().await?;
            self.world.replace(world.clone());
            Ok(world)
        })
    }

    fn write<'a>(&'a self, write: &'a Write) -> Answer<'a, ()> {
        Box::pin(async {
            let before = self.world.take();
            let began = before.is_some();
            // Asked first, because taking the world out and then failing would lose it.
            if let Err(error) = Header::after(before.as_ref().map(|world| &world.header), write) {
                self.world.replace(before);
                return Err(error);
            }
            let world = StoredWorld::after(before, write)?;
            let line = match write {
                Write::Append(batch) if began => Some(journal::write(batch)),
                _ => None,
            };
            let appended = self.appended.get() + line.as_ref().map_or(0, String::len);
            let kept = match line {
                Some(line) if appended <= MOST_APPENDED => {
                    self.appended.set(appended);
                    self.ask("append", &JsValue::from_str(&line)).await
                }
                _ => {
                    self.appended.set(0);
                    let text = world_file::write(&world);
                    self.ask("replace", &JsValue::from_str(&text)).await
                }
            };
            self.world.replace(Some(world));
            kept.map(|_| ())
        })
    }

    fn delete(&self) -> Answer<'_, ()> {
        Box::pin(async {
            Err(StorageError::Handed(
                "it has no way to delete a world".to_owned(),
            ))
        })
    }

    fn folds(&self) -> bool {
        true
    }
}

/// What was thrown, in its own words.
fn words(thrown: &JsValue) -> String {
    let message = Reflect::get(thrown, &JsValue::from_str("message")).unwrap_or_default();
    message
        .as_string()
        .or_else(|| thrown.as_string())
        .unwrap_or_else(|| "it gave no reason".to_owned())
}
