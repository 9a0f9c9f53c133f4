//! Chance, as a pure function: what is drawn depends only on the world's seed and on how many facts the world
//! has recorded, so there is no generator state to keep, a refused command draws nothing, and replaying a
//! journal needs no randomness at all.

/// The finaliser of SplitMix64: a permutation of the 64-bit numbers that scatters neighbours.
#[must_use]
pub const fn mix(value: u64) -> u64 {
    let mut z = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// The inverse of [`mix`].
#[must_use]
pub const fn unmix(value: u64) -> u64 {
    let mut z = value;
    z ^= (z >> 31) ^ (z >> 62);
    z = z.wrapping_mul(0x3196_42b2_d24d_8ec3);
    z ^= (z >> 27) ^ (z >> 54);
    z = z.wrapping_mul(0x96de_1b17_3f11_9089);
    z ^= (z >> 30) ^ (z >> 60);
    z.wrapping_sub(0x9e37_79b9_7f4a_7c15)
}

/// A 64-bit number for a seed and the number of the fact that is being made.
#[must_use]
pub const fn draw(seed: u64, fact: u64) -> u64 {
    mix(mix(seed) ^ fact)
}

/// A number from `low` to `high`, both included, made from a drawn number. `low` where the range is empty.
#[must_use]
#[expect(
    clippy::cast_sign_loss,
    reason = "the span is not negative and at most i64::MAX"
)]
pub const fn within(drawn: u64, low: i64, high: i64) -> i64 {
    if high <= low {
        return low;
    }
    let span = (high.wrapping_sub(low) as u64).saturating_add(1);
    low.wrapping_add(((drawn as u128 * span as u128) >> 64) as i64)
}

/// A stable 64-bit digest of a text (FNV-1a, then mixed): names that need a number that never changes.
#[must_use]
pub fn digest(text: &str) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in text.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    mix(hash)
}

/// `length` lower-case hexadecimal digits that belong to `number`.
#[must_use]
pub fn hexadecimal(number: u64, length: usize) -> String {
    let mut text = String::with_capacity(length + 16);
    let mut word = number;
    while text.len() < length {
        word = mix(word);
        text.push_str(&format!("{word:016x}"));
    }
    text.truncate(length);
    text
}

/// `length` letters and digits that belong to `number`.
#[must_use]
pub fn alphanumeric(number: u64, length: usize) -> String {
    const ALPHABET: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    let mut word = number;
    (0..length)
        .map(|_| {
            word = mix(word);
            char::from(ALPHABET.get((word % 62) as usize).copied().unwrap_or(b'0'))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unmix_undoes_mix() {
        for n in 0..1_000_u64 {
            let value = n.wrapping_mul(0x1234_5678_9abc_def1);
            assert_eq!(unmix(mix(value)), value);
        }
    }

    #[test]
    fn within_reaches_both_ends_and_nothing_else() {
        let mut seen = [false; 5];
        for n in 0..1_000 {
            let value = within(mix(n), 3, 7);
            seen[usize::try_from(value - 3).expect("not below the range")] = true;
        }
        assert_eq!(seen, [true; 5]);
        assert_eq!(within(u64::MAX, 9, 9), 9);
        assert_eq!(within(u64::MAX, 9, 3), 9);
    }
}
