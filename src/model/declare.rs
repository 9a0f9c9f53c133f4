//! The macro the tables are written in: from one line per member come the Rust type and the table entry.
//!
//! A type and a `static` may have one name, because Rust keeps the names of types and of values apart:
//! `PipelineName` is the type `String` where a type is meant and the [`Shape`](super::Shape) where a value is meant.
//! Entries are matched flat, without recursion, so there is no limit on their number.

/// Declares shapes. The entries, each after an optional doc comment:
///
/// - `structure Name { required field: Shape = "wireName"; optional field: Shape = "wireName"; }`,
///   `token` for an optional member that clients fill to make a request repeatable
/// - `list Name [Item; 1..=3]`, `map Name [Key, Value; 0..=1]`; the bounds may be left out, or have one end only
/// - `text Name (PATTERN; 1..=100)`, pattern and bounds both optional
/// - `choice Name { Variant = "VALUE"; }`
/// - `integer Name (1..=999)`, `boolean Name ()`, `timestamp Name ()`
///
/// `kind("Wire") Name` gives a shape another name in Rust than the service's. What the
/// service marks as sensitive is a `secret_text` or a `secret_structure`.
macro_rules! shapes {
    ($( $(#[$meta:meta])* $kind:ident $(($wire:literal))? $name:ident $body:tt )*) => {
        $( shape! { $kind [$(#[$meta])*] $name [$($wire)?] $body } )*
    };
}

/// One entry of [`shapes!`].
macro_rules! shape {
    (secret_structure $meta:tt $name:ident $wire:tt $body:tt) => {
        shape! { @structure true $meta $name $wire $body }
    };
    (structure $meta:tt $name:ident $wire:tt $body:tt) => {
        shape! { @structure false $meta $name $wire $body }
    };
    (@structure $sensitive:literal [$($meta:tt)*] $name:ident $wire:tt {
        $(
            $(#[$member_meta:meta])*
            $(required $required:ident : $required_shape:ident = $required_wire:literal)?
            $(optional $optional:ident : $optional_shape:ident = $optional_wire:literal)?
            $(token $token:ident : $token_shape:ident = $token_wire:literal)?
        ;)*
    }) => {
        $($meta)*
        #[derive(Clone, Debug, Default, PartialEq, crate::json::ToJson, crate::json::FromJson)]
        pub struct $name {
            $(
                $(#[$member_meta])*
                $(
                    #[doc = concat!("\n\n`", $required_wire, "`, required.")]
                    #[json(rename = $required_wire)]
                    pub $required: $required_shape,
                )?
                $(
                    #[doc = concat!("\n\n`", $optional_wire, "`, optional.")]
                    #[json(rename = $optional_wire, skip_serializing_if = "Option::is_none")]
                    pub $optional: Option<$optional_shape>,
                )?
                $(
                    #[doc = concat!("\n\n`", $token_wire, "`, optional, made up by clients when absent.")]
                    #[json(rename = $token_wire, skip_serializing_if = "Option::is_none")]
                    pub $token: Option<$token_shape>,
                )?
            )*
        }
        entry! { $name $wire $sensitive Kind::Structure(&[
            $(
                $(member!($required_wire, $required_shape, true, false),)?
                $(member!($optional_wire, $optional_shape, false, false),)?
                $(member!($token_wire, $token_shape, false, true),)?
            )*
        ]) }
    };
    (list [$($meta:tt)*] $name:ident $wire:tt [$member:ident $(; $($bounds:tt)*)?]) => {
        $($meta)*
        #[doc = concat!("\n\nA list of `", stringify!($member), "`.")]
        pub type $name = Vec<$member>;
        entry! { $name $wire false Kind::List { member: &$member, length: bounds!($($($bounds)*)?) } }
    };
    (map [$($meta:tt)*] $name:ident $wire:tt [$key:ident, $value:ident $(; $($bounds:tt)*)?]) => {
        $($meta)*
        #[doc = concat!("\n\nA map from `", stringify!($key), "` to `", stringify!($value), "`.")]
        pub type $name = std::collections::BTreeMap<$key, $value>;
        entry! { $name $wire false Kind::Map { key: &$key, value: &$value, length: bounds!($($($bounds)*)?) } }
    };
    (secret_text $meta:tt $name:ident $wire:tt $body:tt) => {
        shape! { @text true $meta $name $wire $body }
    };
    (text $meta:tt $name:ident $wire:tt $body:tt) => {
        shape! { @text false $meta $name $wire $body }
    };
    (@text $sensitive:literal $meta:tt $name:ident $wire:tt ($pattern:ident $(; $($bounds:tt)*)?)) => {
        shape! { @text_type $sensitive $meta $name $wire (Some(&pattern::$pattern)) [$($($bounds)*)?] }
    };
    (@text $sensitive:literal $meta:tt $name:ident $wire:tt ($($bounds:tt)*)) => {
        shape! { @text_type $sensitive $meta $name $wire (None) [$($bounds)*] }
    };
    (@text_type $sensitive:literal [$($meta:tt)*] $name:ident $wire:tt ($pattern:expr) [$($bounds:tt)*]) => {
        $($meta)*
        #[doc = concat!("\n\nThe text `", stringify!($name), "` of the service.")]
        pub type $name = String;
        entry! { $name $wire $sensitive Kind::Text { length: bounds!($($bounds)*), pattern: $pattern } }
    };
    (choice [$($meta:tt)*] $name:ident $wire:tt { $first:ident = $first_value:literal; $($variant:ident = $value:literal;)* }) => {
        $($meta)*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            #[doc = concat!("`", $first_value, "`")]
            #[default]
            $first,
            $(
                #[doc = concat!("`", $value, "`")]
                $variant,
            )*
        }
        impl $name {
            /// Every value, in the order in which the service lists them.
            pub const ALL: &'static [Self] = &[Self::$first, $(Self::$variant,)*];

            /// The value as it is written on the wire.
            pub const fn as_str(self) -> &'static str {
                match self {
                    Self::$first => $first_value,
                    $(Self::$variant => $value,)*
                }
            }

            /// The value written so on the wire; none if the service lists no such value.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.as_str() == name)
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.pad(self.as_str())
            }
        }
        impl crate::json::ToJson for $name {
            fn to_json(&self, out: &mut crate::json::Writer) {
                out.text(self.as_str());
            }
        }
        impl crate::json::FromJson for $name {
            fn from_json(value: crate::json::Node<'_>, reader: &mut crate::json::Reader) -> Self {
                let position = choice::position(value, reader, &$name);
                Self::ALL.get(position).copied().unwrap_or_default()
            }
        }
        entry! { $name $wire false Kind::Choice(&[$first_value, $($value,)*]) }
    };
    (integer [$($meta:tt)*] $name:ident $wire:tt ($($bounds:tt)*)) => {
        $($meta)*
        #[doc = concat!("\n\nThe whole number `", stringify!($name), "` of the service.")]
        pub type $name = i64;
        entry! { $name $wire false Kind::Integer { value: bounds!($($bounds)*) } }
    };
    (boolean [$($meta:tt)*] $name:ident $wire:tt ()) => {
        $($meta)*
        #[doc = concat!("\n\nThe yes or no `", stringify!($name), "` of the service.")]
        pub type $name = bool;
        entry! { $name $wire false Kind::Boolean }
    };
    (timestamp [$($meta:tt)*] $name:ident $wire:tt ()) => {
        $($meta)*
        #[doc = concat!("\n\nThe instant `", stringify!($name), "` of the service.")]
        pub type $name = Timestamp;
        entry! { $name $wire false Kind::Timestamp }
    };
}

/// The table entry of a shape, under the shape's own name unless the service calls it otherwise.
macro_rules! entry {
    ($name:ident [] $sensitive:literal $($kind:tt)*) => {
        entry! { @static $name (stringify!($name)) $sensitive $($kind)* }
    };
    ($name:ident [$wire:literal] $sensitive:literal $($kind:tt)*) => {
        entry! { @static $name ($wire) $sensitive $($kind)* }
    };
    (@static $name:ident ($wire:expr) $sensitive:literal $($kind:tt)*) => {
        #[doc = concat!("The limits of `", $wire, "`.")]
        pub static $name: Shape = Shape { name: $wire, kind: $($kind)*, sensitive: $sensitive };
    };
}

/// A member's line in the table entry of its structure.
macro_rules! member {
    ($wire:literal, $shape:ident, $required:literal, $token:literal) => {
        Member {
            name: $wire,
            shape: &$shape,
            required: $required,
            idempotency_token: $token,
        }
    };
}

/// Bounds as they are written in a table: `1..=100`, `..=100`, `1..` or nothing.
macro_rules! bounds {
    () => {
        Bounds {
            min: None,
            max: None,
        }
    };
    ($min:literal ..= $max:literal) => {
        Bounds {
            min: Some($min),
            max: Some($max),
        }
    };
    (..= $max:literal) => {
        Bounds {
            min: None,
            max: Some($max),
        }
    };
    ($min:literal ..) => {
        Bounds {
            min: Some($min),
            max: None,
        }
    };
}
