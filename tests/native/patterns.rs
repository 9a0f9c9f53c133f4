//! Every pattern function against the regular expression it stands for, on texts that nearly match.

use codepipeline_simulator::model::pattern::{self, Pattern};
use proptest::prelude::*;
use regex::Regex;

/// The published expression in the words of the `regex` crate: Java's `.` stops at five line ends, its `\w` is ASCII.
fn expression(pattern: &Pattern) -> Regex {
    let (mut text, mut escaped, mut inside) = (String::new(), false, false);
    for letter in pattern.source.chars() {
        match (letter, escaped, inside) {
            ('.', false, false) => text.push_str(r"[^\n\r\u{85}\u{2028}\u{2029}]"),
            ('w', true, _) => {
                text.pop();
                text.push_str("0-9A-Za-z_");
            }
            _ => text.push(letter),
        }
        inside = match letter {
            '[' if !escaped => true,
            ']' if !escaped => false,
            _ => inside,
        };
        escaped = letter == '\\' && !escaped;
    }
    Regex::new(&format!(r"\A(?:{text})\z")).expect("a published pattern is an expression")
}

fn agree(text: &str) {
    for pattern in pattern::ALL {
        assert_eq!(
            (pattern.matches)(text),
            expression_of(pattern).is_match(text),
            "{} on {text:?}",
            pattern.source
        );
    }
}

fn expression_of(pattern: &'static Pattern) -> &'static Regex {
    static EXPRESSIONS: std::sync::LazyLock<Vec<(&str, Regex)>> = std::sync::LazyLock::new(|| {
        pattern::ALL
            .iter()
            .map(|pattern| (pattern.source, expression(pattern)))
            .collect()
    });
    let mut found = EXPRESSIONS
        .iter()
        .filter(|(source, _)| *source == pattern.source);
    &found.next().expect("every pattern has an expression").1
}

const MATCHING: &[&str] = &[
    "",
    "a",
    "my-Name.1@x_y",
    "123456789012",
    "*",
    "AWS",
    "ThirdParty",
    "0123abcd-4567-89ab-cdef-0123456789ab",
    "why not? (yes!)",
    "arn:aws:iam::123456789012:role/service-role/Name",
    "arn:aws-us-gov:iam::123456789012:role/",
    "arn:aws:lambda:us-east-1:123456789012:function:name",
    "arn:aws-cn:codepipeline:cn-north-1:123456789012:Name",
    "arn:aws:codepipeline:a:123456789012:b:123456789012:c",
    "arn:aws:codepipeline::123456789012::123456789012::",
];

#[test]
fn vm_14_each_pattern_has_a_text_that_matches_and_one_that_does_not() {
    for pattern in pattern::ALL {
        assert!(
            MATCHING.iter().any(|text| (pattern.matches)(text)),
            "{}",
            pattern.source
        );
        assert!(!(pattern.matches)("é\n"), "{}", pattern.source);
    }
    MATCHING.iter().for_each(|text| agree(text));
}

/// Cutting, doubling and changing one place of a text that matches is where a function would be wrong.
#[test]
fn vm_14_functions_agree_with_the_patterns_one_step_from_a_match() {
    let letters = [
        "", "-", ":", "_", ".", "/", "*", "0", "g", "A", " ", "é", "\n", "\r", "\u{85}",
        "\u{2028}", "٣",
    ];
    for text in MATCHING {
        for (start, _) in text.char_indices().chain([(text.len(), ' ')]) {
            let (before, after) = text.split_at(start);
            for letter in letters {
                agree(&format!("{before}{letter}{after}"));
                let mut rest = after.chars();
                rest.next();
                agree(&format!("{before}{letter}{}", rest.as_str()));
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn vm_14_functions_agree_with_the_patterns_on_arns(
        text in "arn:aws(-|-[a-zé]|-us-gov|_)?:(iam:|lambda:|codepipeline:)([a-z:]{0,3}:?[0-9]{11,13}:?){0,3}(:?role/|:function:|:)[\n\u{85}a:]{0,2}"
    ) {
        agree(&text);
    }

    #[test]
    fn vm_14_functions_agree_with_the_patterns_on_short_texts(text in "[A-Za-z0-9_.@*! ()?\u{b2}\u{2029}\n:/-]{0,6}") {
        agree(&text);
    }
}
