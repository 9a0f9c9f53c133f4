//! The words of the settings, and around the palette.

pub const TITLE: &str = "Settings";
pub const OPEN: &str = "Settings…";
pub const CLOSE: &str = "Close";
pub const NOTE: &str = "This browser remembers them, for every world.";
pub const THEME: &str = "Colours";
pub const THEMES: [&str; 3] = ["As the system", "Light", "Dark"];
pub const MOTION: &str = "Motion";
pub const MOTIONS: [&str; 3] = ["As the system", "None", "Full"];
pub const LETTERS: &str = "Single keys act: S starts, G closes a gate, and so on";
pub const LETTERS_NOTE: &str = "Switch them off if you speak to the computer or press keys by accident. Space, arrows, Esc and Ctrl K stay.";
pub const PROJECTOR: &str = "For a projector: larger, without facts and details";

pub const COMMANDS: &str = "Commands";
pub const COMMANDS_ITEM: &str = "Commands…";
pub const COMMANDS_KEYS: &str = "Ctrl K";
pub const SEARCH: &str = "Search commands, operations, places";
pub const LIST: &str = "What can be done";
pub const NOTHING: &str =
    "Nothing is called so. Names, ids and first letters of words are looked for.";
pub fn count(rows: usize) -> String {
    match rows {
        0 => NOTHING.to_owned(),
        1 => "1 command".to_owned(),
        _ => format!("{rows} commands"),
    }
}
