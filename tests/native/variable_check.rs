//! The comparisons of VariableCheck rules.

use codepipeline_simulator::engine::conditions::variable_check::{Operator, compare};
use proptest::prelude::*;

fn holds(variable: &str, operator: &str, value: &str) -> bool {
    let operator = Operator::parse(operator).expect("an operator");
    compare(variable, operator, value).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn co_25_texts_are_compared_with_their_capitals() {
    for (variable, operator, value, expected) in [
        ("main", "EQ", "main", true),
        ("main", "EQ", "Main", false),
        ("main", "EQ", "main ", false),
        ("main", "NE", "Main", true),
        ("main", "NE", "main", false),
        ("feature/login", "CONTAINS", "login", true),
        ("feature/login", "CONTAINS", "Login", false),
        ("feature/login", "CONTAINS", "", true),
        ("", "EQ", "", true),
    ] {
        assert_eq!(
            holds(variable, operator, value),
            expected,
            "{variable} {operator} {value}"
        );
    }
    for text in ["eq", "LIKE", ""] {
        assert_eq!(Operator::parse(text), None, "{text}");
    }
    for operator in Operator::ALL {
        assert_eq!(Operator::parse(operator.as_str()), Some(*operator));
    }
}

#[test]
fn co_25_matches_wants_the_whole_text() {
    for (variable, pattern, expected) in [
        ("release-1.2", r"release-\d+\.\d+", true),
        ("my release-1.2", r"release-\d+\.\d+", false),
        ("release-1.2\n", r"release-\d+\.\d+", false),
        ("ab", "a|ab", true),
        ("ab", "a|b", false),
        ("ab", "^ab$", true),
        ("AB", "ab", false),
        ("AB", "(?i)ab", true),
        ("a+b", r"a\+b", true),
        ("a]b", "a[]]b", true),
        ("a+b", "a[+*]b", true),
        ("aab", "a+?b", true),
        ("aaa", "a{2,3}?", true),
        ("x-y", "(?<left>x)-(?:y)", true),
        ("back\\1", r"back\\1", true),
        ("", "", true),
        ("größe", "gr..e", true),
        ("(?=a)", r"\(\?=a\)", true),
        ("=", "[(?=)]", true),
    ] {
        assert_eq!(
            holds(variable, "MATCHES", pattern),
            expected,
            "{variable} MATCHES {pattern}"
        );
    }
}

#[test]
fn co_25_a_pattern_that_cannot_be_linear_is_refused_by_the_name_of_the_construct() {
    for (pattern, construct) in [
        ("a(?=b)", "look-aheads"),
        ("a(?!b)", "look-aheads"),
        ("(?<=a)b", "look-behinds"),
        ("(?<!a)b", "look-behinds"),
        ("(?>a)b", "atomic groups"),
        (r"(a)\1", "back-references"),
        (r"(?<x>a)\k<x>", "back-references"),
        ("a++", "possessive quantifiers"),
        ("a*+", "possessive quantifiers"),
        ("a?+", "possessive quantifiers"),
        ("a{2,3}+", "possessive quantifiers"),
        ("[a]++", "possessive quantifiers"),
        (r"\++a*+", "possessive quantifiers"),
        ("a**", "quantifiers of quantifiers"),
        ("a+?*", "quantifiers of quantifiers"),
        (r"[\]](?=b)", "look-aheads"),
    ] {
        let error = compare("a", Operator::Matches, pattern).expect_err(pattern);
        let told = error.to_string();
        assert!(
            told.contains(&format!(": {construct} are not supported")),
            "{told}"
        );
        assert!(told.contains(pattern), "{told}");
    }
}

#[test]
fn co_25_a_pattern_that_is_none_is_refused() {
    for pattern in [
        "(",
        "a)|(b",
        "[",
        "[z-a]",
        "*a",
        r"\p{L}",
        "[a[b]]",
        "[a-z&&[^b]]",
        "((a{1000}){1000}){1000}",
    ] {
        assert!(
            compare("a", Operator::Matches, pattern).is_err(),
            "{pattern}"
        );
    }
}

#[test]
fn co_25_a_pattern_that_is_slow_elsewhere_is_not_slow_here() {
    let text = "a".repeat(5_000);
    assert!(!holds(&text, "MATCHES", "(a|a)*(a|a)*(a|a)*b"));
    assert!(holds(&text, "MATCHES", "(a*)*"));
    assert!(
        holds(&"x".repeat(900), "MATCHES", r"[\w.-]{1,1000}"),
        "a thousand repetitions fit"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn co_25_patterns_mean_what_they_mean_to_another_parser(
        pattern in prop::collection::vec(
            prop::sample::select(vec!["a", "b", ".", "[ab]", "[^a]", "(a|b)", "(?:ab)", "\\.", "\\+", "a*", "b+?", "a{1,2}"]), 0..5
        ),
        text in "[ab.+]{0,5}",
    ) {
        let pattern = pattern.concat();
        let other = regex::Regex::new(&format!(r"\A(?:{pattern})\z")).expect("an expression");
        prop_assert_eq!(holds(&text, "MATCHES", &pattern), other.is_match(&text));
    }

    #[test]
    fn no_pattern_panics(pattern in "[\\\\(?=!<>k1a+*{},\\[\\]^&|é)]{0,12}|\\PC{0,12}", text in "\\PC{0,6}") {
        let _ = compare(&text, Operator::Matches, &pattern);
    }
}
