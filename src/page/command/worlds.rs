//! Everything a person can do with worlds as things, with the clock's stops, and with the picture as a file.

use crate::api::stops::Stop;

/// One thing a person does with worlds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WorldsCommand {
    /// Open the gallery.
    OpenGallery,
    /// Close the gallery.
    CloseGallery,
    /// Give a world another name.
    Rename {
        /// Its name.
        world: String,
        /// The new one.
        to: String,
    },
    /// Make a copy of a world beside it.
    Duplicate(String),
    /// Save a world as a file.
    Save(String),
    /// Delete a world; [`WorldsCommand::Undo`] brings it back.
    Delete(String),
    /// A file was picked and read: a new world is made of it.
    Add {
        /// Its name.
        name: String,
        /// Its content.
        text: String,
    },
    /// A file was picked that cannot be read: why, as a finished sentence.
    Unreadable(String),
    /// Put a world of the gallery back to its beginning.
    StartOver,
    /// Open a world of the gallery at its beginning, whatever was done in it.
    BeginAnew(&'static str),
    /// Take back the last deletion, or whatever was put in the place of the world.
    Undo,
    /// The offer to take back was read.
    Keep,
    /// The clock shall stop at this, or no more.
    StopAt(Stop, bool),
    /// Save the picture of the pipeline as SVG.
    SavePicture,
}
