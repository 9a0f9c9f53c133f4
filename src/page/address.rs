//! The address of what is shown: `#world=superseded&pipeline=storefront-release`, with `&speed=60`, `&play` and `&jobs`
//! as things to do on arrival. Pure; `app` reads and writes the browser's.
//!
//! Where somebody is stands in the address, so that a reload, a bookmark and the way back lead there again. What is to
//! be done on arrival is done once and leaves the address: a reload finds the world as it was left.

use std::fmt::Write;

use crate::api::session::FASTEST;

/// The longest name of a world.
pub const LONGEST_WORLD: usize = 100;

/// What an address says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    /// The world; `None`: the first one.
    pub world: Option<String>,
    /// The pipeline in the picture.
    pub pipeline: Option<String>,
    /// How fast the clock shall run.
    pub speed: Option<u32>,
    /// Whether the clock shall run.
    pub play: bool,
    /// Whether the jobs shall be shown.
    pub jobs: bool,
}

impl Address {
    /// Reads the part behind the `#`. What is not understood is left out.
    #[must_use]
    pub fn read(hash: &str) -> Self {
        let mut address = Self::default();
        for part in hash.trim_start_matches('#').split('&') {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let value = decode(value);
            match name {
                "world" => {
                    address.world = Some(value).filter(|name| is_world_name(name));
                }
                "pipeline" => address.pipeline = Some(value).filter(|name| !name.is_empty()),
                "speed" => {
                    let speed = value.parse().ok();
                    address.speed = speed.filter(|speed| (1..=FASTEST).contains(speed));
                }
                "play" => address.play = !matches!(value.as_str(), "0" | "false"),
                "jobs" => address.jobs = !matches!(value.as_str(), "0" | "false"),
                _ => {}
            }
        }
        address
    }

    /// Whether there is something to do on arrival.
    #[must_use]
    pub fn asks(&self) -> bool {
        self.play || self.jobs || self.speed.is_some()
    }

    /// The part from the `#` on; empty where nothing has to be said.
    #[must_use]
    pub fn written(&self) -> String {
        let said = [("world", &self.world), ("pipeline", &self.pipeline)];
        let mut text = String::new();
        for (name, value) in said {
            if let Some(value) = value {
                let sign = if text.is_empty() { '#' } else { '&' };
                let _ = write!(text, "{sign}{name}={}", encode(value));
            }
        }
        text
    }
}

/// Whether a world can be called this.
#[must_use]
pub fn is_world_name(name: &str) -> bool {
    !name.trim().is_empty()
        && name.chars().count() <= LONGEST_WORLD
        && !name.chars().any(char::is_control)
}

/// `%20` and its like as what they stand for; broken ones stay as they are.
fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let digits = after.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        let byte = digits
            .filter(|two| first == b'%' && two.bytes().all(|digit| digit.is_ascii_hexdigit()))
            .and_then(|two| u8::from_str_radix(two, 16).ok());
        match byte {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

fn encode(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~' | b'@') {
            written.push(char::from(byte));
        } else {
            let _ = write!(written, "%{byte:02X}");
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_a_world_a_pipeline_and_what_to_do_on_arrival() {
        let address =
            Address::read("#world=superseded&speed=60&play&jobs&pipeline=storefront-release");
        assert_eq!(address.world.as_deref(), Some("superseded"));
        assert_eq!(address.pipeline.as_deref(), Some("storefront-release"));
        assert_eq!(
            (address.speed, address.play, address.jobs),
            (Some(60), true, true)
        );
        assert!(address.asks());
        // What was to be done is not said again.
        assert_eq!(
            address.written(),
            "#world=superseded&pipeline=storefront-release"
        );
        assert_eq!(Address::read(""), Address::default());
        assert_eq!(Address::default().written(), "");
    }

    #[test]
    fn what_is_not_understood_is_left_out() {
        for hash in [
            "#speed=0",
            "#speed=fast",
            "#speed=86401",
            "#world=",
            "#world=%20",
            "#world=a%0Ab",
            "#play=0",
            "#&&=&x=1",
        ] {
            assert_eq!(Address::read(hash), Address::default(), "{hash}");
        }
        let long = format!("#world={}", "x".repeat(LONGEST_WORLD + 1));
        assert_eq!(Address::read(&long).world, None);
    }

    #[test]
    fn names_come_back_as_they_were_written() {
        for name in [
            "eu-central-1",
            "My world & yours",
            "50 %",
            "Größe #2",
            "a=b",
        ] {
            let address = Address {
                world: Some(name.to_owned()),
                ..Address::default()
            };
            assert_eq!(Address::read(&address.written()), address, "{name}");
        }
        assert_eq!(Address::read("#world=50%").world.as_deref(), Some("50%"));
        assert_eq!(Address::read("#world=%ff").world.as_deref(), Some("%ff"));
    }
}
