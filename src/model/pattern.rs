//! The patterns the service publishes, each as a function: a regular-expression crate in the module would cost
//! more than everything else about validation together.
//!
//! A pattern covers the whole text. The dialect is Java's: `.` is anything but a line end, `\w` is ASCII (VM-14).
//! Tests compare every function with the pattern it stands for.

use std::fmt;

/// A pattern as the service publishes it, and the function that decides it.
pub struct Pattern {
    /// The regular expression, letter by letter as it appears in error messages (VM-12).
    pub source: &'static str,
    /// Whether the whole text matches.
    pub matches: fn(&str) -> bool,
}

impl fmt::Debug for Pattern {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Pattern({})", self.source)
    }
}

macro_rules! patterns {
    ($( $(#[$meta:meta])* $name:ident $source:literal $matches:expr; )*) => {
        $(
            $(#[$meta])*
            pub static $name: Pattern = Pattern { source: $source, matches: $matches };
        )*
        /// Every pattern, for tests and for forms.
        pub static ALL: &[&Pattern] = &[$(&$name),*];
    };
}

patterns! {
    /// Twelve digits.
    ACCOUNT_ID r"[0-9]{12}" |text| account_id(text.as_bytes());
    /// Names of pipelines, stages, actions, rules and webhooks.
    NAME r"[A-Za-z0-9.@\-_]+" |text| some(text, |c| alphanumeric(c) || matches!(c, b'.' | b'@' | b'-' | b'_'));
    /// Names that can stand in a variable reference.
    VARIABLE_NAME r"[A-Za-z0-9@\-_]+" |text| some(text, |c| alphanumeric(c) || matches!(c, b'@' | b'-' | b'_'));
    /// Providers and versions of action and rule types.
    TYPE_NAME r"[0-9A-Za-z_-]+" word_or_dash;
    /// Values a job worker may ask for.
    QUERYABLE_VALUE r"[a-zA-Z0-9_-]+" word_or_dash;
    /// Names of artifacts.
    ARTIFACT_NAME r"[a-zA-Z0-9_\-]+" word_or_dash;
    /// Owners of action types that are described by an integration model.
    TYPE_OWNER r"AWS|ThirdParty" |text| matches!(text, "AWS" | "ThirdParty");
    /// An account, or all of them.
    ALLOWED_ACCOUNT r"[0-9]{12}|\*" |text| text == "*" || account_id(text.as_bytes());
    /// Ids the service makes: a UUID in lower case.
    UUID r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}" uuid;
    /// Buckets, and the tokens of rule executions.
    LABEL r"[a-zA-Z0-9\-\.]+" |text| some(text, |c| alphanumeric(c) || matches!(c, b'-' | b'.'));
    /// Tokens that make a request repeatable.
    CLIENT_REQUEST_TOKEN r"^[a-zA-Z0-9-]+$" |text| some(text, |c| alphanumeric(c) || c == b'-');
    /// Reasons for a closed transition.
    DISABLED_REASON r"[a-zA-Z0-9!@ \(\)\.\*\?\-]+"
        |text| some(text, |c| alphanumeric(c) || matches!(c, b'!' | b'@' | b' ' | b'(' | b')' | b'.' | b'*' | b'?' | b'-'));
    /// Names of environment variables.
    WORD r"[A-Za-z0-9_]+" |text| some(text, word);
    /// Anything on one line, nothing included.
    ONE_LINE r".*" one_line;
    /// A Lambda function.
    LAMBDA_FUNCTION_ARN r"arn:aws(-[\w]+)*:lambda:.+:[0-9]{12}:function:.+"
        |text| arn_of(text, ":lambda:").is_some_and(|rest| account_inside(rest, ":function:"));
    /// Anything of CodePipeline that has an ARN.
    RESOURCE_ARN r"arn:aws(-[\w]+)*:codepipeline:.+:[0-9]{12}:.+"
        |text| arn_of(text, ":codepipeline:").is_some_and(|rest| account_inside(rest, ":"));
    /// A role.
    ROLE_ARN r"arn:aws(-[\w]+)*:iam::[0-9]{12}:role/.*"
        |text| arn_of(text, ":iam::").is_some_and(role_of_account);
}

/// [`RESOURCE_ARN`] as it is published, and with nothing in the place of the account as well.
pub static RESOURCE_ARN_PERHAPS_WITHOUT_ACCOUNT: Pattern = Pattern {
    source: RESOURCE_ARN.source,
    matches: |text| {
        let rest = arn_of(text, ":codepipeline:");
        (RESOURCE_ARN.matches)(text)
            || rest.is_some_and(|rest| {
                let parts = rest.split_once("::");
                one_line(rest)
                    && parts.is_some_and(|(region, name)| !region.is_empty() && !name.is_empty())
            })
    },
};

fn alphanumeric(c: u8) -> bool {
    c.is_ascii_alphanumeric()
}

fn word(c: u8) -> bool {
    alphanumeric(c) || c == b'_'
}

fn word_or_dash(text: &str) -> bool {
    some(text, |c| word(c) || c == b'-')
}

/// At least one character, and all of them allowed.
fn some(text: &str, allowed: fn(u8) -> bool) -> bool {
    !text.is_empty() && text.bytes().all(allowed)
}

fn account_id(bytes: &[u8]) -> bool {
    bytes.len() == 12 && bytes.iter().all(u8::is_ascii_digit)
}

fn one_line(text: &str) -> bool {
    !text.contains(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'])
}

fn uuid(text: &str) -> bool {
    text.len() == 36
        && text
            .bytes()
            .enumerate()
            .all(|(position, c)| match position {
                8 | 13 | 18 | 23 => c == b'-',
                _ => matches!(c, b'0'..=b'9' | b'a'..=b'f'),
            })
}

/// What follows the service in an ARN: the partition is `aws` and any number of words behind dashes.
fn arn_of<'text>(text: &'text str, service: &str) -> Option<&'text str> {
    let partition_onward = text.strip_prefix("arn:aws")?;
    let end = partition_onward.find(':')?;
    let (partition, rest) = partition_onward.split_at_checked(end)?;
    let sound = match partition.strip_prefix('-') {
        None => partition.is_empty(),
        Some(words) => words.split('-').all(|one| some(one, word)),
    };
    if sound {
        rest.strip_prefix(service)
    } else {
        None
    }
}

/// A Region, an account, `mark` and a name on one line; Region and name may themselves hold such parts.
fn account_inside(rest: &str, mark: &str) -> bool {
    one_line(rest)
        && rest.match_indices(':').any(|(position, _)| {
            position > 0
                && rest
                    .get(position + 1..position + 13)
                    .is_some_and(|part| account_id(part.as_bytes()))
                && rest
                    .get(position + 13..)
                    .and_then(|after| after.strip_prefix(mark))
                    .is_some_and(|name| !name.is_empty())
        })
}

fn role_of_account(rest: &str) -> bool {
    rest.split_once(":role/")
        .is_some_and(|(account, name)| account_id(account.as_bytes()) && one_line(name))
}
