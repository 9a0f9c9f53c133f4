//! Instants as the service sends them: seconds since 1970-01-01T00:00:00Z as a JSON number (W-6).

use crate::json::{FromJson, Node, Reader, ToJson, Writer};

/// An instant, in seconds since 1970-01-01T00:00:00Z. Written to the millisecond, whole seconds without a fraction.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Timestamp(pub f64);

impl Timestamp {
    /// The instant so many milliseconds after 1970-01-01T00:00:00Z.
    pub fn from_millis(millis: i64) -> Self {
        Self(millis as f64 / 1000.0)
    }

    /// Milliseconds since 1970-01-01T00:00:00Z, rounded; what is beyond 64 bits becomes the nearest that is not.
    pub fn millis(self) -> i64 {
        (self.0 * 1000.0).round() as i64
    }
}

impl ToJson for Timestamp {
    fn to_json(&self, out: &mut Writer) {
        let millis = self.millis();
        if millis % 1000 == 0 {
            out.integer(millis / 1000);
        } else {
            out.float(millis as f64 / 1000.0);
        }
    }
}

impl FromJson for Timestamp {
    fn from_json(value: Node<'_>, reader: &mut Reader) -> Self {
        Self(f64::from_json(value, reader))
    }
}
