//! Everything that can go wrong with keeping a world, each with a sentence for a person.

use std::fmt;

/// Why something could not be stored or loaded. `Display` is the sentence to show; [`StorageError::name`] is for
/// programs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StorageError {
    /// This browser, or this kind of window, has no usable IndexedDB. The text is the browser's own.
    Unavailable(String),
    /// The page has no Web Locks (an address that is neither https nor localhost), so no tab can be the only writer.
    NoWebLocks,
    /// Another tab holds an older version of the database open and does not let go.
    Blocked,
    /// The browser's database, or its locks, did not answer for a long time. Nothing was changed.
    NoAnswer,
    /// Written by a later build than this one. Nothing was changed.
    Newer {
        /// The version found.
        stored: u32,
        /// The latest version that this build can read.
        supported: u32,
    },
    /// Written by an earlier build: a checkpoint has to bring it up to date before facts can be appended.
    Outdated {
        /// The version found.
        stored: u32,
    },
    /// Another tab has become the writer of this world. Nothing was changed.
    LostLock,
    /// The browser gives this site no more room.
    Full,
    /// The connection to the database is gone: a later build in another tab needed it closed, or the browser
    /// closed it.
    Closed,
    /// The database was deleted while it was in use.
    Deleted,
    /// The transaction was rolled back. The text is the browser's reason.
    Aborted(String),
    /// What was read does not fit together or is not what it should be.
    Damaged {
        /// Which part, as a path: `journal[3].facts`.
        place: String,
        /// What is wrong with it.
        problem: String,
    },
    /// A commit that does not follow what is stored: a defect of this program, stopped before it did harm.
    OutOfOrder {
        /// The number of the last fact stored.
        stored: u64,
        /// The number of the last fact of the commit.
        given: u64,
    },
    /// The storage that was handed in failed. The text is its own.
    Handed(String),
    /// Anything else, in the browser's words.
    Other(String),
}

impl StorageError {
    /// A damaged part and what is wrong with it.
    pub(crate) fn damaged(place: impl Into<String>, problem: impl Into<String>) -> Self {
        Self::Damaged {
            place: place.into(),
            problem: problem.into(),
        }
    }

    /// A short stable name for programs.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Unavailable(_) => "Unavailable",
            Self::NoWebLocks => "NoWebLocks",
            Self::Blocked => "Blocked",
            Self::NoAnswer => "NoAnswer",
            Self::Newer { .. } => "Newer",
            Self::Outdated { .. } => "Outdated",
            Self::LostLock => "LostLock",
            Self::Full => "Full",
            Self::Closed => "Closed",
            Self::Deleted => "Deleted",
            Self::Aborted(_) => "Aborted",
            Self::Damaged { .. } => "Damaged",
            Self::OutOfOrder { .. } => "OutOfOrder",
            Self::Handed(_) => "Handed",
            Self::Other(_) => "Other",
        }
    }
}

impl fmt::Display for StorageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unavailable(why) => {
                write!(f, "This browser cannot keep the world here (private windows often cannot): {why}")
            }
            Self::NoWebLocks => f.write_str(
                "The world is kept in memory only: an insecure address has no Web Locks. Use https or localhost.",
            ),
            Self::Blocked => f.write_str(
                "Another tab still uses an older version of the simulator. Close or reload it, then reload this page.",
            ),
            Self::NoAnswer => f.write_str(
                "The browser's database does not answer. Nothing stored was changed. Reload this page to try again.",
            ),
            Self::Newer { stored, supported } => write!(
                f,
                "This world was written by a newer version of the simulator (format {stored}, this one reads up to \
                 {supported}). Nothing was changed. Reload to get the newer version."
            ),
            Self::Outdated { stored } => {
                write!(f, "This world is still in the older format {stored} and has to be brought up to date first.")
            }
            Self::LostLock => f.write_str("Another tab has taken over this world. Nothing was written from here."),
            Self::Full => {
                f.write_str("The browser has no more room for this site. Export the world and free some space.")
            }
            Self::Closed => f.write_str(
                "The connection to the browser's database was closed, perhaps by a newer version in another tab. \
                 Reload this page.",
            ),
            Self::Deleted => f.write_str(
                "The browser's data of this site was deleted while this page was open. Export the world to keep it.",
            ),
            Self::Aborted(why) => write!(f, "The browser rolled back what was being stored: {why}"),
            Self::Damaged { place, problem } => write!(f, "The stored world is damaged at {place}: {problem}"),
            Self::OutOfOrder { stored, given } => write!(
                f,
                "A commit up to fact {given} does not follow what is stored, which ends at fact {stored}. \
                 This is a defect of the simulator."
            ),
            Self::Handed(why) => write!(f, "The storage that was handed in failed: {why}"),
            Self::Other(why) => write!(f, "The browser could not store the world: {why}"),
        }
    }
}

impl std::error::Error for StorageError {}
