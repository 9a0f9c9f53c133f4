//! DRIVING. The dialog in which a form stands, and what is offered beside the selected thing. Which questions there are
//! and what they ask is decided in `view::build::drive`; nothing here knows one by name.

mod dialog;
mod offers;

pub(super) use dialog::dialog;
pub(super) use offers::offers;
