//! The comparison of a VariableCheck rule (CO-25).
//!
//! All four operators look at capitals. MATCHES wants the whole text to match, as the service's Java does; unlike
//! Java's, the expressions here run in time linear to the text, so a few constructs of Java are not to be had. A
//! pattern that has one is refused with its name, before it can mean something else than it says: to another parser
//! a possessive `a++` is a repeated repetition.
//!
//! Two differences to Java remain that are not refused or not by name: `.` stops at a line feed only and not at the
//! four other line ends, and what else the expressions here do not know (`\p{L}`, `\Q…\E`, classes in classes) is
//! refused in the parser's own words.

use std::fmt;

use regex_lite::RegexBuilder;

use super::Finding;

/// The most bytes that a pattern may need once it is compiled: room for a few thousand repeated letters, little
/// enough that a long text is still matched at once.
const MOST_BYTES: usize = 256 * 1024;

/// How a VariableCheck rule compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// The texts are equal.
    Eq,
    /// The texts differ.
    Ne,
    /// The variable's text contains the other.
    Contains,
    /// The variable's text as a whole matches the other, a regular expression.
    Matches,
}

impl Operator {
    /// Every operator, in the order of the guide.
    pub const ALL: &'static [Self] = &[Self::Eq, Self::Ne, Self::Contains, Self::Matches];

    /// As the configuration writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Eq => "EQ",
            Self::Ne => "NE",
            Self::Contains => "CONTAINS",
            Self::Matches => "MATCHES",
        }
    }

    /// The operator that a configuration names.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|one| one.as_str() == text)
    }
}

/// A pattern of MATCHES that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnusablePattern {
    /// The pattern.
    pub pattern: String,
    /// What is wrong, as a sentence without its full stop: the construct, where there is one to name.
    pub problem: String,
}

impl fmt::Display for UnusablePattern {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { pattern, problem } = self;
        write!(out, "The pattern '{pattern}' cannot be used: {problem}")
    }
}

impl std::error::Error for UnusablePattern {}

/// Compares the resolved value of a variable with the value of the rule.
///
/// # Errors
/// The pattern of MATCHES cannot be used: the rule fails, and its condition with an error (CO-25).
pub fn compare(variable: &str, operator: Operator, value: &str) -> Result<bool, UnusablePattern> {
    match operator {
        Operator::Eq => Ok(variable == value),
        Operator::Ne => Ok(variable != value),
        Operator::Contains => Ok(variable.contains(value)),
        Operator::Matches => matches(variable, value),
    }
}

/// What a rule finds: the resolved value of the variable, the operator that its configuration names, the value that it
/// is compared with.
#[must_use]
pub fn finding(variable: &str, operator: Option<Operator>, value: &str) -> Finding {
    let Some(operator) = operator else {
        return Finding::CannotRun("The operator of the rule is not known".to_owned());
    };
    let said = |holds: &str| {
        format!(
            "The comparison '{variable}' {} '{value}' {holds}",
            operator.as_str()
        )
    };
    match compare(variable, operator, value) {
        Ok(true) => Finding::Succeeds(said("holds")),
        Ok(false) => Finding::Fails(said("does not hold")),
        Err(unusable) => Finding::CannotRun(unusable.to_string()),
    }
}

fn matches(text: &str, pattern: &str) -> Result<bool, UnusablePattern> {
    let unusable = |problem: String| UnusablePattern {
        pattern: pattern.to_owned(),
        problem,
    };
    if let Some(construct) = construct_without_linear_time(pattern) {
        return Err(unusable(format!("{construct} are not supported")));
    }
    let compile = |text: &str| {
        RegexBuilder::new(text)
            .size_limit(MOST_BYTES)
            .build()
            .map_err(|error| unusable(error.to_string()))
    };
    // Alone first: wrapped up, a pattern such as `a)|(b` would parse.
    compile(pattern)?;
    Ok(compile(&format!(r"\A(?:{pattern})\z"))?.is_match(text))
}

/// The first construct of Java's that no linear-time expression has, by the name of its kind.
fn construct_without_linear_time(pattern: &str) -> Option<&'static str> {
    let mut rest = pattern;
    let mut in_class = false;
    // Whether what stands before is a quantifier.
    let mut quantified = false;
    while let Some(letter) = rest.chars().next() {
        let here = rest;
        rest = here.get(letter.len_utf8()..).unwrap_or_default();
        let was_quantified = std::mem::take(&mut quantified);
        match letter {
            '\\' => {
                let escaped = rest.chars().next();
                match escaped {
                    Some('1'..='9' | 'k') if !in_class => return Some("back-references"),
                    _ => {}
                }
                rest = rest
                    .get(escaped.map_or(0, char::len_utf8)..)
                    .unwrap_or_default();
            }
            ']' if in_class => in_class = false,
            _ if in_class => {}
            '[' => {
                in_class = true;
                // A bracket that stands first means itself.
                let body = rest.strip_prefix('^').unwrap_or(rest);
                rest = body.strip_prefix(']').unwrap_or(body);
            }
            '(' => {
                if let Some(group) = rest.strip_prefix('?') {
                    let kind = match group.as_bytes() {
                        [b'=' | b'!', ..] => Some("look-aheads"),
                        [b'<', b'=' | b'!', ..] => Some("look-behinds"),
                        [b'>', ..] => Some("atomic groups"),
                        _ => None,
                    };
                    if kind.is_some() {
                        return kind;
                    }
                    rest = group;
                }
            }
            '+' if was_quantified => return Some("possessive quantifiers"),
            '*' if was_quantified => return Some("quantifiers of quantifiers"),
            // The sign of a lazy quantifier; another quantifier after it has nothing to repeat.
            '?' if was_quantified && rest.starts_with(['*', '+', '?']) => {
                return Some("quantifiers of quantifiers");
            }
            '?' if was_quantified => {}
            '*' | '+' | '?' => quantified = true,
            '{' => {
                let end = rest.find('}').map_or(rest.len(), |end| end + 1);
                rest = rest.get(end..).unwrap_or_default();
                quantified = true;
            }
            _ => {}
        }
    }
    None
}
