//! Who may call a webhook (WH-1 to WH-4, WH-13): whoever signs with its secret, whoever calls from its range of
//! addresses, or anybody.

use std::{collections::BTreeMap, net::IpAddr};

use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::Sha256;

use crate::model::{
    ApiError, ErrorCode, WebhookAuthConfiguration, WebhookAuthenticationType, WebhookDefinition,
};

/// The header with a signature by SHA-1, in small letters.
pub const SIGNATURE_HEADER: &str = "x-hub-signature";
/// The header with a signature by SHA-256, in small letters.
pub const SIGNATURE_HEADER_256: &str = "x-hub-signature-256";

/// How a body is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hash {
    /// `sha1=…`
    Sha1,
    /// `sha256=…`
    Sha256,
}

impl Hash {
    /// The header that carries such a signature.
    #[must_use]
    pub const fn header(self) -> &'static str {
        match self {
            Self::Sha1 => SIGNATURE_HEADER,
            Self::Sha256 => SIGNATURE_HEADER_256,
        }
    }

    const fn prefix(self) -> &'static str {
        match self {
            Self::Sha1 => "sha1=",
            Self::Sha256 => "sha256=",
        }
    }

    /// The value of the header for a body and a secret, as GitHub writes it.
    #[must_use]
    pub fn signature(self, secret: &str, body: &str) -> String {
        let digits: String = self
            .digest(secret, body)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        format!("{}{digits}", self.prefix())
    }

    fn digest(self, secret: &str, body: &str) -> Vec<u8> {
        fn of<M: Mac + KeyInit>(secret: &str, body: &str) -> Vec<u8> {
            // A key of any length is one: no other refusal exists.
            let Ok(mut mac) = <M as KeyInit>::new_from_slice(secret.as_bytes()) else {
                return vec![];
            };
            mac.update(body.as_bytes());
            mac.finalize().into_bytes().to_vec()
        }
        match self {
            Self::Sha1 => of::<Hmac<Sha1>>(secret, body),
            Self::Sha256 => of::<Hmac<Sha256>>(secret, body),
        }
    }
}

/// WH-1 to WH-4: exactly what the kind of authentication needs is set.
///
/// # Errors
/// InvalidWebhookAuthenticationParametersException.
pub fn check(definition: &WebhookDefinition) -> Result<(), ApiError> {
    let refused = |problem: &str| {
        Err(ApiError::new(
            ErrorCode::InvalidWebhookAuthenticationParametersException,
            format!("Optional[{problem}]"),
        ))
    };
    let WebhookAuthConfiguration {
        allowed_ip_range: range,
        secret_token: secret,
    } = &definition.authentication_configuration;
    match definition.authentication {
        WebhookAuthenticationType::GithubHmac if secret.is_none() || range.is_some() => {
            refused("'authenticationConfig' should contain only one property: 'SecretToken'")
        }
        WebhookAuthenticationType::Ip => match range {
            Some(range) if secret.is_none() => match Range::read(range) {
                Some(_) => Ok(()),
                None => refused("'AllowedIPRange' is not a valid CIDR range"),
            },
            _ => {
                refused("'authenticationConfig' should contain only one property: 'AllowedIPRange'")
            }
        },
        WebhookAuthenticationType::Unauthenticated if secret.is_some() || range.is_some() => {
            refused("'authenticationConfig' should be empty")
        }
        _ => Ok(()),
    }
}

/// Whether a delivery proves who it comes from.
///
/// # Errors
/// What it lacks, in a sentence.
pub fn admit(
    definition: &WebhookDefinition,
    headers: &BTreeMap<String, String>,
    source: Option<IpAddr>,
    body: &str,
) -> Result<(), String> {
    let configuration = &definition.authentication_configuration;
    match definition.authentication {
        WebhookAuthenticationType::Unauthenticated => Ok(()),
        WebhookAuthenticationType::Ip => {
            let range = configuration
                .allowed_ip_range
                .as_deref()
                .unwrap_or_default();
            let Some(source) = source else {
                return Err("The delivery does not say which address it comes from.".to_owned());
            };
            match Range::read(range) {
                Some(allowed) if allowed.holds(source) => Ok(()),
                _ => Err(format!("The address {source} is not in the range {range}.")),
            }
        }
        WebhookAuthenticationType::GithubHmac => {
            let secret = configuration.secret_token.as_deref().unwrap_or_default();
            // Of two signatures the stronger one counts.
            let given = [Hash::Sha256, Hash::Sha1]
                .into_iter()
                .find_map(|hash| Some((hash, headers.get(hash.header())?)));
            let Some((hash, given)) = given else {
                return Err(
                    "The delivery has no header X-Hub-Signature or X-Hub-Signature-256.".to_owned(),
                );
            };
            if same(given, &hash.signature(secret, body)) {
                Ok(())
            } else {
                Err(
                    "The signature is not that of the body with the secret of the webhook."
                        .to_owned(),
                )
            }
        }
    }
}

/// Compares without telling by its time how much is the same; the case of the digits does not matter.
fn same(given: &str, right: &str) -> bool {
    given.len() == right.len()
        && given
            .bytes()
            .zip(right.bytes())
            .fold(0, |seen, (one, other)| {
                seen | (one.to_ascii_lowercase() ^ other)
            })
            == 0
}

/// A range of addresses.
struct Range {
    first: IpAddr,
    bits: u32,
}

impl Range {
    /// Reads `address/bits`; `None` for anything else.
    fn read(text: &str) -> Option<Self> {
        let (address, bits) = text.split_once('/')?;
        let first: IpAddr = address.parse().ok()?;
        let most = if first.is_ipv4() { 32 } else { 128 };
        let digits = !bits.is_empty() && bits.bytes().all(|byte| byte.is_ascii_digit());
        let bits: u32 = bits.parse().ok().filter(|bits| digits && *bits <= most)?;
        Some(Self { first, bits })
    }

    fn holds(&self, address: IpAddr) -> bool {
        let (one, other, width) = match (self.first, address.to_canonical()) {
            (IpAddr::V4(one), IpAddr::V4(other)) => {
                (u128::from(one.to_bits()), u128::from(other.to_bits()), 32)
            }
            (IpAddr::V6(one), IpAddr::V6(other)) => (one.to_bits(), other.to_bits(), 128),
            _ => return false,
        };
        // A shift by the whole width leaves nothing to compare.
        let shift = width - self.bits;
        one.checked_shr(shift).unwrap_or(0) == other.checked_shr(shift).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::{Hash, Range};

    #[test]
    fn signatures_are_those_of_the_published_examples() {
        // GitHub's own example for checking an implementation.
        assert_eq!(
            Hash::Sha256.signature("It's a Secret to Everybody", "Hello, World!"),
            "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
        );
        // RFC 2202, case 2.
        assert_eq!(
            Hash::Sha1.signature("Jefe", "what do ya want for nothing?"),
            "sha1=effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"
        );
    }

    #[test]
    fn a_range_holds_what_begins_with_its_bits() {
        let holds = |range: &str, address: &str| {
            let address = address.parse().expect("an address");
            Range::read(range).expect("a range").holds(address)
        };
        assert!(holds("192.0.2.0/24", "192.0.2.200"));
        assert!(!holds("192.0.2.0/24", "192.0.3.1"));
        assert!(holds("0.0.0.0/0", "255.1.2.3"));
        assert!(holds("192.0.2.7/32", "192.0.2.7"));
        assert!(!holds("192.0.2.7/32", "192.0.2.8"));
        assert!(
            holds("192.0.2.0/24", "::ffff:192.0.2.1"),
            "an IPv4 address in IPv6"
        );
        assert!(holds("2001:db8::/32", "2001:db8:1::1"));
        assert!(holds("::/0", "2001:db8::1"));
        assert!(!holds("::/0", "192.0.2.1"));
    }

    #[test]
    fn what_is_no_range_is_refused() {
        for text in [
            "",
            "192.0.2.1",
            "192.0.2.0/33",
            "192.0.2/24",
            "::/129",
            "a/b",
            "10.0.0.0/+8",
            "10.0.0.0/",
        ] {
            assert!(Range::read(text).is_none(), "{text}");
        }
    }
}
