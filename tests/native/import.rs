//! Importing a pipeline declaration: what is read, what is asked, what is called.

mod draft;

mod choices;
mod hostile;
mod refused;
mod regions;
mod running;
mod view;
