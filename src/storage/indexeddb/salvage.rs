//! What is stored of a world that cannot be opened, taken out as it is: nothing is written, nothing is understood.
//!
//! The database may be damaged or of a later build. So it is opened in whatever version it has, every object store in it is
//! looked at, and each record is read by itself: one that the browser cannot read ends its transaction, and the next record
//! begins another one.

use js_sys::{Array, JSON, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

use super::super::{
    StorageError, base64,
    records::{Record, Records, write},
};
use super::connection::{Connection, Mode, Transaction};
use super::error::{from_idb, words_of};
use super::{DATABASE, STORES};

/// The file of everything that is stored of `world`; `problem` says why it cannot be opened. Of an object store that this
/// build does not know it holds all there is.
///
/// # Errors
/// The database cannot be opened at all.
pub async fn stored_records(world: &str, problem: &str) -> Result<String, StorageError> {
    let connection = Connection::open_as_it_is(DATABASE).await?;
    let mut stores = Vec::new();
    for name in connection.stores() {
        let records = match keys(&connection, &name).await {
            Ok(keys) => {
                let known = STORES.contains(&name.as_str());
                let of_world = keys
                    .into_iter()
                    .filter(|key| !known || belongs(key, world))
                    .collect();
                records_of(&connection, &name, of_world).await
            }
            Err(error) => vec![Record {
                key: "null".to_owned(),
                value: Err(words(error)),
            }],
        };
        stores.push((name, records));
    }
    Ok(write(&Records {
        world,
        problem,
        stores,
    }))
}

async fn keys(connection: &Connection, store: &str) -> Result<Vec<JsValue>, StorageError> {
    let transaction = connection.begin(&[store], Mode::ReadOnly)?;
    let keys = transaction.store(store)?.get_all_keys(None, None);
    keys.map_err(from_idb)?.await.map_err(from_idb)
}

/// Whether a record of this key is one of the world's: its name, or a list that begins with it.
fn belongs(key: &JsValue, world: &str) -> bool {
    let name = if Array::is_array(key) {
        Array::from(key).get(0)
    } else {
        key.clone()
    };
    name.as_string().as_deref() == Some(world)
}

async fn records_of(connection: &Connection, store: &str, keys: Vec<JsValue>) -> Vec<Record> {
    let mut records = Vec::new();
    let mut transaction = None;
    for key in keys {
        let value = record(connection, &mut transaction, store, &key).await;
        if value.is_err() {
            transaction = None;
        }
        records.push(Record {
            key: text(&key).unwrap_or_else(|_| "null".to_owned()),
            value: value.map_err(words).and_then(|value| text(&value)),
        });
    }
    records
}

async fn record(
    connection: &Connection,
    transaction: &mut Option<Transaction>,
    store: &str,
    key: &JsValue,
) -> Result<JsValue, StorageError> {
    let transaction = match transaction {
        Some(transaction) => transaction,
        none => none.insert(connection.begin(&[store], Mode::ReadOnly)?),
    };
    let request = transaction.store(store)?.get(key.clone());
    let value = request.map_err(from_idb)?.await.map_err(from_idb)?;
    // Gone between the keys and now.
    Ok(value.unwrap_or(JsValue::NULL))
}

/// The browser's own words where it has any.
fn words(error: StorageError) -> String {
    match error {
        StorageError::Other(why) | StorageError::Aborted(why) => why,
        other => other.to_string(),
    }
}

/// A value as JSON text; bytes as base64.
fn text(value: &JsValue) -> Result<String, String> {
    if let Some(bytes) = value.dyn_ref::<Uint8Array>() {
        return Ok(format!("\"{}\"", base64::encode(&bytes.to_vec())));
    }
    let text = JSON::stringify(value).map_err(|thrown| words_of(&thrown))?;
    text.as_string().ok_or_else(|| "It is no JSON".to_owned())
}
