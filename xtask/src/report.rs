//! What a person sees: one line when a step begins, one with its time when it is done.

use std::time::{Duration, Instant};

/// Runs `work` between a line that names it and a line that says how long it took. A failure prints no second line:
/// the caller says what failed.
pub fn step<T>(
    name: &str,
    work: impl FnOnce() -> Result<T, String>,
) -> Result<(T, Duration), String> {
    let start = Instant::now();
    println!("==> {name}");
    let value = work()?;
    let elapsed = start.elapsed();
    println!("    {name}: done in {}", spoken(elapsed));
    Ok((value, elapsed))
}

/// A duration as people say it: `0.4 s`, `47 s`, `3 min 12 s`.
pub fn spoken(duration: Duration) -> String {
    let tenths = duration.as_millis().div_ceil(100);
    if tenths < 100 {
        return format!("{}.{} s", tenths / 10, tenths % 10);
    }
    let seconds = duration.as_secs();
    if seconds < 60 {
        format!("{seconds} s")
    } else {
        format!("{} min {} s", seconds / 60, seconds % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_like_speech() {
        let cases = [
            (0, "0.0 s"),
            (1, "0.1 s"),
            (9_900, "9.9 s"),
            (9_901, "9 s"),
            (59_999, "59 s"),
            (192_000, "3 min 12 s"),
        ];
        for (milliseconds, words) in cases {
            assert_eq!(spoken(Duration::from_millis(milliseconds)), words);
        }
    }
}
