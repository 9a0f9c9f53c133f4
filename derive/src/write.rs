//! `ToJson`.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Data, DataEnum, DeriveInput, Error, Fields, FieldsNamed, Result};

use crate::attributes::{OfMember, OfType};

pub fn derive(input: &DeriveInput) -> Result<TokenStream> {
    let said = OfType::of(&input.attrs)?;
    let body = if let Some(into) = &said.into {
        quote! { let other: #into = ::core::convert::Into::into(::core::clone::Clone::clone(self)); json::ToJson::to_json(&other, out) }
    } else {
        match &input.data {
            Data::Struct(data) => structure(&data.fields, &said)?,
            Data::Enum(data) => variants(data, &said)?,
            Data::Union(_) => return Err(Error::new_spanned(input, "a union has no JSON")),
        }
    };
    let name = &input.ident;
    let (generics, arguments, bounds) = input.generics.split_for_impl();
    Ok(quote! {
        impl #generics crate::json::ToJson for #name #arguments #bounds {
            fn to_json(&self, out: &mut crate::json::Writer) {
                use crate::json;
                #body
            }
        }
    })
}

fn structure(fields: &Fields, said: &OfType) -> Result<TokenStream> {
    match fields {
        Fields::Unit => Ok(quote! { out.null() }),
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
            Ok(quote! { json::ToJson::to_json(&self.0, out) })
        }
        Fields::Unnamed(fields) => {
            let places = (0..fields.unnamed.len()).map(syn::Index::from);
            Ok(quote! { out.items(&[#(&self.#places,)*]) })
        }
        Fields::Named(fields) if said.transparent => {
            for field in &fields.named {
                if !OfMember::of(&field.attrs)?.skip {
                    let name = &field.ident;
                    return Ok(quote! { json::ToJson::to_json(&self.#name, out) });
                }
            }
            Err(Error::new_spanned(fields, "nothing to be transparent to"))
        }
        Fields::Named(fields) => {
            let members = members(fields, &|ident| said.member(ident), true)?;
            Ok(quote! { out.begin_object(); #members out.end_object(); })
        }
    }
}

/// The members, of `self` or of what a pattern has bound.
fn members(
    fields: &FieldsNamed,
    named: &dyn Fn(&syn::Ident) -> String,
    of_self: bool,
) -> Result<TokenStream> {
    let mut all = TokenStream::new();
    for field in &fields.named {
        let said = OfMember::of(&field.attrs)?;
        let Some(ident) = field.ident.as_ref().filter(|_| !said.skip) else {
            continue;
        };
        let wire = match &said.rename {
            Some(wire) => quote! { #wire },
            None => {
                let wire = named(ident);
                quote! { #wire }
            }
        };
        let place = if of_self {
            quote! { &self.#ident }
        } else {
            quote! { #ident }
        };
        let write = match (&said.with, said.flatten) {
            (Some(with), _) => quote! { out.key(#wire); #with::to_json(#place, out); },
            (None, true) => quote! { out.flatten(#place); },
            (None, false) => quote! { out.member(#wire, #place); },
        };
        all.extend(match &said.skip_if {
            Some(skip) => quote! { if !#skip(#place) { #write } },
            None => write,
        });
    }
    Ok(all)
}

fn variants(data: &DataEnum, said: &OfType) -> Result<TokenStream> {
    let mut arms = TokenStream::new();
    for variant in &data.variants {
        let ident = &variant.ident;
        let inner = OfType::of(&variant.attrs)?;
        let wire = said.variant(&inner, ident);
        let named = |ident: &syn::Ident| said.variant_member(&inner, ident);
        arms.extend(match &variant.fields {
            Fields::Unit => {
                let body = match (&said.tag, said.untagged) {
                    (Some(tag), _) => quote! { out.tagged(#tag, #wire); out.end_object() },
                    (None, true) => quote! { out.null() },
                    (None, false) => quote! { out.text(#wire) },
                };
                quote! { Self::#ident => { #body } }
            }
            Fields::Named(fields) => {
                let bound = fields.named.iter().filter_map(|field| field.ident.as_ref());
                let members = members(fields, &named, false)?;
                let body = match (&said.tag, said.untagged) {
                    (Some(tag), _) => quote! { out.tagged(#tag, #wire); #members out.end_object(); },
                    (None, true) => quote! { out.begin_object(); #members out.end_object(); },
                    (None, false) => {
                        quote! { out.variant(#wire); out.begin_object(); #members out.end_object(); out.end_object(); }
                    }
                };
                quote! { Self::#ident { #(#bound,)* } => { #body } }
            }
            Fields::Unnamed(fields) => {
                if said.tag.is_some() {
                    return Err(Error::new_spanned(variant, "a tag needs members with names"));
                }
                let bound: Vec<_> = (0..fields.unnamed.len())
                    .map(|place| format_ident!("at{place}"))
                    .collect();
                let content = match fields.unnamed.first() {
                    Some(only) if fields.unnamed.len() == 1 => match OfMember::of(&only.attrs)?.with {
                        Some(with) => quote! { #with::to_json(at0, out); },
                        None => quote! { json::ToJson::to_json(at0, out); },
                    },
                    _ => quote! { out.items(&[#(#bound,)*]); },
                };
                let body = if said.untagged {
                    content
                } else {
                    quote! { out.variant(#wire); #content out.end_object(); }
                };
                quote! { Self::#ident(#(#bound,)*) => { #body } }
            }
        });
    }
    Ok(quote! { match self { #arms } })
}
