//! THE JAVASCRIPT FACE. Translate, call, translate: no rule lives here.
//!
//! - [`session`]: an engine with its clock, what it remembers for the page, and its form in storage. Native.
//! - [`calls`]: the calls that made something happen, with their inputs. Native.
//! - [`controls`]: what a script may say to the simulator, read from untyped input. Native.
//! - [`explain`]: why an execution is where it is, with names and UUIDs. Native.
//! - [`snapshot`]: the session's text for storage, piece by piece. Native.
//! - [`stops`]: what the clock may be told to stop at. Native.
//! - [`told`]: facts as the outside world hears them, with names and UUIDs. Native.
//! - [`heard`]: what a listener hears of a fact, as such or as the events that the service would send. Native.
//! - [`wire`]: the HTTP protocols of AWS clients. Native.
//! - `js` (wasm only): the exported `Simulator` class, conversions between JavaScript values and JSON, errors that
//!   look like the AWS SDK's, promises, subscribers, the ticking of the clock.
//!
//! Life of a call: the JavaScript value becomes JSON, guided by the operation's shape; the session lets everything
//! happen that is due and carries the call out; what happened joins the next commit; the promise settles when that
//! commit is stored. A panic is a bug of ours: the hook shows the crash panel, and what was committed is safe.

#![deny(clippy::unwrap_used, clippy::indexing_slicing)]

pub mod calls;
pub mod controls;
pub mod explain;
pub mod heard;
#[cfg(target_arch = "wasm32")]
pub mod js;
pub mod refused;
pub mod session;
pub mod snapshot;
pub mod stops;
pub mod told;
pub mod wire;
