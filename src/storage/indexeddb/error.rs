//! From what IndexedDB throws to a [`StorageError`].

use js_sys::Reflect;
use wasm_bindgen::JsValue;

use super::super::StorageError;

/// What an error of the `idb` crate means. Nearly all of them carry the browser's `DOMException`.
pub(super) fn from_idb(error: idb::Error) -> StorageError {
    use idb::Error as E;
    match error {
        E::DomException(exception) => from_exception(&exception),
        E::IndexedDbNotFound(_) => StorageError::Unavailable("there is no IndexedDB".into()),
        E::AddFailed(thrown)
        | E::DeleteFailed(thrown)
        | E::GetFailed(thrown)
        | E::GetAllFailed(thrown)
        | E::GetAllKeysFailed(thrown)
        | E::IndexedDbOpenFailed(thrown)
        | E::KeyRangeCreateFailed(thrown)
        | E::ObjectStoreCreateFailed(thrown)
        | E::ObjectStoreNotFound(thrown)
        | E::TransactionCommitError(thrown)
        | E::UpdateFailed(thrown) => from_exception(&thrown),
        other => StorageError::Other(other.to_string()),
    }
}

/// What a `DOMException` of IndexedDB means.
pub(super) fn from_exception(exception: &JsValue) -> StorageError {
    match text(exception, "name").as_deref() {
        Some("QuotaExceededError") => StorageError::Full,
        Some("InvalidStateError") => StorageError::Closed,
        Some("AbortError") => StorageError::Aborted(words_of(exception)),
        Some("SecurityError") => StorageError::Unavailable(words_of(exception)),
        _ => StorageError::Other(words_of(exception)),
    }
}

/// Whether opening failed because the database has a higher version.
pub(super) fn is_version_error(error: &idb::Error) -> bool {
    matches!(error, idb::Error::DomException(exception) if text(exception, "name").as_deref() == Some("VersionError"))
}

/// What an error thrown by the browser says of itself.
pub(in crate::storage) fn words_of(thrown: &JsValue) -> String {
    match (text(thrown, "name"), text(thrown, "message")) {
        (Some(name), Some(message)) if !message.is_empty() => format!("{name}: {message}"),
        (Some(name), _) => name,
        _ => format!("{thrown:?}"),
    }
}

fn text(object: &JsValue, member: &str) -> Option<String> {
    // Fails for what is no object, which then has no name.
    Reflect::get(object, &member.into()).ok()?.as_string()
}
