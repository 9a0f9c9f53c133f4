//! Pages of lists (P-1 to P-3). A token names the last item of the page before by its own key, so that what is added
//! or removed meanwhile shifts nothing; it carries a check of operation and filters, so that a foreign one is refused.

use crate::{
    engine::{
        random::{digest, mix},
        world::World,
    },
    model::{ApiError, ErrorCode},
};

/// The question that a token belongs to: its operation and its filters.
#[derive(Clone, Copy)]
pub struct Question(u64);

impl Question {
    /// A question to a world.
    #[must_use]
    pub fn new(world: &World, operation: &str, filters: &str) -> Self {
        Self(mix(world.options.seed ^ digest(operation)) ^ digest(filters))
    }

    fn check(self, position: &str) -> u64 {
        mix(self.0 ^ digest(position))
    }

    /// The token of the page after the item at this position.
    #[must_use]
    pub fn token(self, position: &str) -> String {
        let mut token = format!("{:016x}", self.check(position));
        for byte in position.bytes() {
            token.push_str(&format!("{byte:02x}"));
        }
        token
    }

    /// The position that a token names.
    ///
    /// # Errors
    /// P-2: InvalidNextTokenException.
    pub fn position(self, token: Option<&str>) -> Result<Option<String>, ApiError> {
        let Some(token) = token else { return Ok(None) };
        let refused = || {
            ApiError::new(
                ErrorCode::InvalidNextTokenException,
                "The next token is invalid.",
            )
        };
        let (check, digits) = token.split_at_checked(16).ok_or_else(refused)?;
        if digits.len() % 2 != 0 || !digits.is_ascii() {
            return Err(refused());
        }
        let bytes: Option<Vec<u8>> = (0..digits.len())
            .step_by(2)
            .map(|at| {
                digits
                    .get(at..at + 2)
                    .and_then(|pair| u8::from_str_radix(pair, 16).ok())
            })
            .collect();
        let position = bytes
            .and_then(|bytes| String::from_utf8(bytes).ok())
            .ok_or_else(refused)?;
        if check != format!("{:016x}", self.check(&position)) {
            return Err(refused());
        }
        Ok(Some(position))
    }
}

/// How many items a page has at most: what was asked for (already admitted), or the operation's own size.
#[must_use]
pub fn size(asked: Option<i64>, usual: usize) -> usize {
    asked
        .and_then(|asked| usize::try_from(asked).ok())
        .unwrap_or(usual)
}
