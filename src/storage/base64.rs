//! Base64 (RFC 4648 §4, with padding) for the bytes in a world file. Forty lines of our own instead of a
//! dependency, strict on reading: what is not exactly what [`encode`] writes is refused.

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The text for `bytes`.
#[must_use]
pub fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let bits = group
            .iter()
            .fold(0u32, |bits, byte| bits << 8 | u32::from(*byte))
            << (8 * (3 - group.len()));
        for place in 0..4 {
            let digit = bits >> (18 - 6 * place) & 63;
            let letter = ALPHABET.get(digit as usize).copied().unwrap_or(b'=');
            text.push(if place <= group.len() {
                char::from(letter)
            } else {
                '='
            });
        }
    }
    text
}

/// The bytes of `text`, or the offset (in bytes) of the first character that does not belong.
///
/// # Errors
/// The offset, which is the text's length if it ends too early.
pub fn decode(text: &str) -> Result<Vec<u8>, usize> {
    let letters = text.as_bytes();
    let digits = letters.len()
        - letters
            .iter()
            .rev()
            .take(2)
            .take_while(|letter| **letter == b'=')
            .count();
    let mut bytes = Vec::with_capacity(digits * 3 / 4);
    let (mut bits, mut held) = (0u32, 0);
    for (offset, letter) in letters.iter().take(digits).enumerate() {
        bits = (bits << 6 | value(*letter).ok_or(offset)?) & 0xFFF_FFFF;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held & 0xFF) as u8);
        }
    }
    // Bits that belong to no byte are zero in what `encode` writes.
    if bits & ((1 << held) - 1) != 0 {
        return Err(digits.saturating_sub(1));
    }
    if !letters.len().is_multiple_of(4) {
        return Err(letters.len());
    }
    Ok(bytes)
}

/// What a letter of the alphabet stands for.
fn value(letter: u8) -> Option<u32> {
    Some(match letter {
        b'A'..=b'Z' => u32::from(letter - b'A'),
        b'a'..=b'z' => u32::from(letter - b'a') + 26,
        b'0'..=b'9' => u32::from(letter - b'0') + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    })
}

// Not in the browser's tests, where proptest does not compile.
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_examples_of_the_standard() {
        // RFC 4648 §10.
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(encode(bytes.as_bytes()), text);
            assert_eq!(decode(text), Ok(bytes.as_bytes().to_vec()));
        }
    }

    #[test]
    fn what_encode_does_not_write_is_refused_where_it_stands() {
        for (text, offset) in [
            ("Zm9v!mFy", 4),
            ("Zg=", 3),
            ("Zg", 2),
            ("Z===", 1),
            ("Zh==", 1),
            ("=", 1),
            ("====", 0),
            ("Zm\n9v", 2),
            ("Zg==Zg==", 2),
        ] {
            assert_eq!(decode(text), Err(offset), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn every_byte_string_comes_back(bytes: Vec<u8>) {
            prop_assert_eq!(decode(&encode(&bytes)), Ok(bytes));
        }

        #[test]
        fn what_is_accepted_is_what_encode_writes(text in "[A-Z+/a-d=]{0,9}") {
            if let Ok(bytes) = decode(&text) {
                prop_assert_eq!(encode(&bytes), text);
            }
        }
    }
}
