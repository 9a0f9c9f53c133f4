//! `#[derive(ToJson, FromJson)]`: straight calls of the module `json`, one for each member.
//!
//! serde's derives write a reader and a writer for every type and every format, and a type's reader keeps the state of
//! every member; that was a fifth of the page's download. These write one function of calls that every type shares,
//! and say no more of a member than its name, where it lies and what stands in for it.
//!
//! The attribute is `#[json(…)]` and takes the words that serde uses, as far as the simulator needs them:
//! on a type `rename_all`, `rename_all_fields`, `deny_unknown_fields`, `default`, `transparent`, `untagged`, `tag`,
//! `from` and `into`; on a variant `rename` and `rename_all`; on a member `rename`, `default`, `skip_serializing_if`, `skip`, `flatten` and `with`.
//! Anything else is refused when the simulator is built.

mod attributes;
mod read;
mod write;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// How a value is written.
#[proc_macro_derive(ToJson, attributes(json))]
pub fn to_json(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    write::derive(&input)
        .unwrap_or_else(syn::Error::into_compile_error)
        .into()
}

/// How a value is read.
#[proc_macro_derive(FromJson, attributes(json))]
pub fn from_json(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    read::derive(&input)
        .unwrap_or_else(syn::Error::into_compile_error)
        .into()
}
