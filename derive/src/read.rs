//! `FromJson`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DataEnum, DeriveInput, Error, Fields, FieldsNamed, Result};

use crate::attributes::{Absent, OfMember, OfType};

pub fn derive(input: &DeriveInput) -> Result<TokenStream> {
    let said = OfType::of(&input.attrs)?;
    let name = &input.ident;
    let body = if let Some(from) = &said.from {
        quote! { ::core::convert::From::from(<#from as json::FromJson>::from_json(value, reader)) }
    } else {
        match &input.data {
            Data::Struct(data) => structure(&name.to_string(), &data.fields, &said)?,
            Data::Enum(data) => variants(&name.to_string(), data, &said)?,
            Data::Union(_) => return Err(Error::new_spanned(input, "a union has no JSON")),
        }
    };
    let (generics, arguments, bounds) = input.generics.split_for_impl();
    Ok(quote! {
        impl #generics crate::json::FromJson for #name #arguments #bounds {
            fn from_json(value: json::Node<'_>, reader: &mut crate::json::Reader) -> Self {
                #body
            }
        }
    })
    .map(|tokens| scoped(&tokens))
}

/// `json` is the module in a signature, too.
fn scoped(tokens: &TokenStream) -> TokenStream {
    quote! { const _: () = { use crate::json; #tokens }; }
}

fn structure(name: &str, fields: &Fields, said: &OfType) -> Result<TokenStream> {
    match fields {
        Fields::Unit => Ok(quote! { reader.unit(value); Self }),
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
            Ok(quote! { Self(json::FromJson::from_json(value, reader)) })
        }
        Fields::Unnamed(fields) => {
            let count = fields.unnamed.len();
            let items = fields
                .unnamed
                .iter()
                .map(|_| quote! { json::FromJson::from_json(items.next_item(), reader) });
            Ok(quote! { let mut items = reader.tuple(value, #count); Self(#(#items,)*) })
        }
        Fields::Named(fields) if said.transparent => {
            let mut all = TokenStream::new();
            for field in &fields.named {
                let ident = &field.ident;
                all.extend(if OfMember::of(&field.attrs)?.skip {
                    quote! { #ident: ::core::default::Default::default(), }
                } else {
                    quote! { #ident: json::FromJson::from_json(value, reader), }
                });
            }
            Ok(quote! { Self { #all } })
        }
        Fields::Named(fields) => {
            let expected = format!("struct {name}");
            let members = members(fields, &|ident| said.member(ident), said)?;
            let (names, all, rest) = (members.names, members.all, members.rest);
            let deny = said.deny_unknown;
            let default = said
                .default
                .then(|| quote! { let usual = <Self as ::core::default::Default>::default(); });
            Ok(quote! {
                #default
                let mut members = reader.members(value, #expected, &[#(#names,)*], #deny, #rest);
                Self { #all }
            })
        }
    }
}

struct Members {
    names: Vec<TokenStream>,
    all: TokenStream,
    /// What no member takes is kept for one that is flattened.
    rest: bool,
}

fn members(
    fields: &FieldsNamed,
    named: &dyn Fn(&syn::Ident) -> String,
    of: &OfType,
) -> Result<Members> {
    let mut members = Members {
        names: Vec::new(),
        all: TokenStream::new(),
        rest: false,
    };
    // Flattened members take what is left, so they are read last; Rust takes the members in any order.
    let mut last = TokenStream::new();
    for field in &fields.named {
        let said = OfMember::of(&field.attrs)?;
        let Some(ident) = field.ident.as_ref() else {
            continue;
        };
        if said.skip {
            members
                .all
                .extend(quote! { #ident: ::core::default::Default::default(), });
            continue;
        }
        if said.flatten {
            members.rest = true;
            last.extend(quote! { #ident: json::FromJson::from_json(members.rest(), reader), });
            continue;
        }
        members.names.push(match &said.rename {
            Some(wire) => quote! { #wire },
            None => {
                let wire = named(ident);
                quote! { #wire }
            }
        });
        let read = match &said.with {
            Some(with) => quote! { #with::from_json },
            None => quote! { json::FromJson::from_json },
        };
        let value = match (&said.absent, of.default, said.with.is_some()) {
            (Absent::Default, ..) if said.with.is_none() => quote! { members.or_default(reader) },
            (Absent::Default, ..) => {
                quote! { match members.next() { Some(value) => #read(value, reader), None => ::core::default::Default::default() } }
            }
            (Absent::Call(call), ..) => {
                quote! { match members.next() { Some(value) => #read(value, reader), None => #call() } }
            }
            (Absent::ByType, true, _) => {
                quote! { match members.next() { Some(value) => #read(value, reader), None => usual.#ident } }
            }
            (Absent::ByType, false, true) => quote! { #read(members.needed(reader), reader) },
            (Absent::ByType, false, false) => quote! { members.required(reader) },
        };
        members.all.extend(quote! { #ident: #value, });
    }
    members.all.extend(last);
    Ok(members)
}

fn variants(name: &str, data: &DataEnum, said: &OfType) -> Result<TokenStream> {
    let expected = format!("enum {name}");
    let mut names = Vec::new();
    let mut arms = TokenStream::new();
    let mut untagged = TokenStream::new();
    let count = data.variants.len();
    for (index, variant) in data.variants.iter().enumerate() {
        let ident = &variant.ident;
        let inner = OfType::of(&variant.attrs)?;
        names.push(said.variant(&inner, ident));
        let content = match &variant.fields {
            Fields::Unit => match said.tag {
                Some(_) => {
                    let deny = said.deny_unknown;
                    quote! { let _ = reader.members(content, #expected, &[], #deny, false); Self::#ident }
                }
                None => quote! { reader.unit(content); Self::#ident },
            },
            Fields::Named(fields) => {
                let named = |ident: &syn::Ident| said.variant_member(&inner, ident);
                let plain = OfType::default();
                let read = members(fields, &named, &plain)?;
                let (names, all, rest) = (read.names, read.all, read.rest);
                let deny = said.deny_unknown;
                let expected = format!("struct variant {name}::{ident}");
                quote! {
                    let mut members = reader.members(content, #expected, &[#(#names,)*], #deny, #rest);
                    Self::#ident { #all }
                }
            }
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                let only = fields
                    .unnamed
                    .first()
                    .map(|field| OfMember::of(&field.attrs))
                    .transpose()?;
                match only.and_then(|only| only.with) {
                    Some(with) => quote! { Self::#ident(#with::from_json(content, reader)) },
                    None => quote! { Self::#ident(json::FromJson::from_json(content, reader)) },
                }
            }
            Fields::Unnamed(fields) => {
                let length = fields.unnamed.len();
                let items = fields
                    .unnamed
                    .iter()
                    .map(|_| quote! { json::FromJson::from_json(items.next_item(), reader) });
                quote! { let mut items = reader.tuple(content, #length); Self::#ident(#(#items,)*) }
            }
        };
        // The last takes what is no variant at all, which the reader has marked by then.
        let pattern = if index + 1 == count {
            quote! { _ }
        } else {
            quote! { #index }
        };
        arms.extend(quote! { #pattern => { #content } });
        untagged.extend(quote! {
            if let Some(found) = reader.attempt(&value, |content, reader| { #content }) { return found; }
        });
        if index + 1 == count {
            // Nothing fitted: the last variant's own complaint is the answer.
            untagged.extend(quote! { let content = value; #content });
        }
    }
    Ok(match (&said.tag, said.untagged) {
        (_, true) => untagged,
        (Some(tag), _) => quote! {
            let (index, content) = reader.tagged(value, #expected, #tag, &[#(#names,)*]);
            match index { #arms }
        },
        (None, false) => quote! {
            let (index, content) = reader.variant(value, #expected, &[#(#names,)*]);
            match index { #arms }
        },
    })
}
