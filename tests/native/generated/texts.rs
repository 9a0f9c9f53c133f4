//! Texts that keep the limits of their shapes: any length, any letters that the pattern lets through.

use codepipeline_simulator::model::{Bounds, Kind, Pattern, Shape};

use super::random::Random;

const LETTERS: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/// What stands in texts that may hold anything: words, what some reader of the engine takes for its own, and letters
/// that are one, two and four bytes long.
const PIECES: [&str; 26] = [
    "shop",
    "main",
    " ",
    ":",
    "/",
    "-",
    "#{Source.CommitId}",
    "#{",
    "}",
    "{Config:Bench}",
    "{ExternalExecutionId}",
    "{Branch}",
    "$.ref",
    "$..*",
    "$[?@.a=='b']",
    "refs/heads/",
    "*",
    "**",
    "aws:x",
    "\u{e9}",
    "\u{1f680}",
    "\n",
    "\u{0}",
    "\"",
    "\\",
    "10.0.0.0/8",
];

/// Of more letters than this a text has only where somebody asks for a long one.
const USUAL: i64 = 40;

/// A text of the shape.
pub fn text(random: &mut Random, shape: &Shape) -> String {
    let Kind::Text { length, pattern } = shape.kind else {
        panic!("{} is no text", shape.name);
    };
    let (least, most) = (length.min.unwrap_or(0), length.max.unwrap_or(100_000));
    let size = match random.below(40) {
        0 => least,
        1 => most.min(3_000),
        2 => most,
        _ => random.between(least.max(1).min(most), most.min(least.max(USUAL))),
    };
    let made = match pattern {
        None => anything(random, size),
        Some(pattern) => matching(random, pattern, size),
    };
    if fits(&made, length) {
        return made;
    }
    // What a pattern asks for is longer, or a piece was cut in half: the plainest text that fits.
    "a".repeat(usize::try_from(least.max(1)).unwrap_or(1))
}

fn fits(text: &str, length: Bounds) -> bool {
    let size = text.encode_utf16().count() as i64;
    length.min.is_none_or(|min| size >= min) && length.max.is_none_or(|max| size <= max)
}

/// Exactly so many UTF-16 code units, made of pieces.
fn anything(random: &mut Random, size: i64) -> String {
    let mut text = String::new();
    let mut length = 0;
    if random.percent(50) {
        // One line of plain letters is what most callers send.
        return of(random, LETTERS, size);
    }
    while length < size {
        let piece = *random.pick(&PIECES);
        let own = piece.encode_utf16().count() as i64;
        if length + own > size {
            text.push('x');
            length += 1;
        } else {
            text.push_str(piece);
            length += own;
        }
    }
    text
}

/// So many letters of an alphabet.
fn of(random: &mut Random, alphabet: &str, size: i64) -> String {
    let letters = alphabet.as_bytes();
    (0..size)
        .map(|_| char::from(*random.pick(letters)))
        .collect()
}

/// A text that the whole pattern matches, of about this length.
fn matching(random: &mut Random, pattern: &Pattern, size: i64) -> String {
    let digits = |random: &mut Random| of(random, "0123456789", 12);
    let partition = |random: &mut Random| *random.pick(&["aws", "aws-cn", "aws-us-gov", "aws-x-y"]);
    let rest = size.clamp(1, 60);
    let text = match pattern.source {
        "[0-9]{12}" => digits(random),
        "[0-9]{12}|\\*" => {
            let account = digits(random);
            random.pick(&["*".to_owned(), account]).clone()
        }
        "AWS|ThirdParty" => (*random.pick(&["AWS", "ThirdParty"])).to_owned(),
        source if source.starts_with("[0-9a-f]{8}-") => uuid(random),
        ".*" => of(random, " abcXYZ0123#{}.*/-_:$\u{7f}", size),
        source if source.contains(":lambda:") => format!(
            "arn:{}:lambda:us-east-1:{}:function:{}",
            partition(random),
            digits(random),
            of(random, LETTERS, rest)
        ),
        source if source.contains(":codepipeline:") => format!(
            "arn:{}:codepipeline:{}:{}:{}",
            partition(random),
            of(random, LETTERS, 9),
            digits(random),
            of(random, LETTERS, rest)
        ),
        source if source.contains(":iam::") => format!(
            "arn:{}:iam::{}:role/{}",
            partition(random),
            digits(random),
            of(random, LETTERS, rest)
        ),
        // Classes of letters, all of them: whatever else a class lets through is tried, and dropped where it does not.
        _ => {
            let all: String = (b' '..=b'~').map(char::from).collect();
            let allowed: String = all
                .chars()
                .filter(|letter| (pattern.matches)(&letter.to_string()))
                .collect();
            of(random, &allowed, size.max(1))
        }
    };
    assert!(
        (pattern.matches)(&text),
        "{text:?} matches {}",
        pattern.source
    );
    text
}

/// A UUID of nothing that there is.
pub fn uuid(random: &mut Random) -> String {
    let hex = of(random, "0123456789abcdef", 32);
    let parts = [
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..],
    ];
    parts.join("-")
}
