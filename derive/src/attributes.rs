//! What `#[json(…)]` says, and the names it makes.

use syn::{Attribute, Error, Ident, LitStr, Path, Result, Type, meta::ParseNestedMeta};

/// What stands in for a member that is absent.
#[derive(Default)]
pub enum Absent {
    /// What its type says: nothing for an option, else it is missing.
    #[default]
    ByType,
    /// The default of its type.
    Default,
    /// What a function gives.
    Call(Path),
}

/// What is said of a type or of a variant.
#[derive(Default)]
pub struct OfType {
    /// Of a variant alone.
    rename: Option<String>,
    rename_all: Option<Case>,
    pub rename_all_fields: Option<Case>,
    pub deny_unknown: bool,
    pub default: bool,
    pub transparent: bool,
    pub untagged: bool,
    pub tag: Option<String>,
    pub from: Option<Type>,
    pub into: Option<Type>,
}

/// What is said of a member.
#[derive(Default)]
pub struct OfMember {
    pub rename: Option<syn::Expr>,
    pub absent: Absent,
    pub skip_if: Option<Path>,
    pub skip: bool,
    pub flatten: bool,
    pub with: Option<Path>,
}

impl OfType {
    pub fn of(attributes: &[Attribute]) -> Result<Self> {
        let mut said = Self::default();
        each(attributes, |meta| {
            match name(meta)?.as_str() {
                "rename" => said.rename = Some(text(meta)?.value()),
                "rename_all" => said.rename_all = Some(Case::of(&text(meta)?)?),
                "rename_all_fields" => said.rename_all_fields = Some(Case::of(&text(meta)?)?),
                "deny_unknown_fields" => said.deny_unknown = true,
                "default" => said.default = true,
                "transparent" => said.transparent = true,
                "untagged" => said.untagged = true,
                "tag" => said.tag = Some(text(meta)?.value()),
                "from" => said.from = Some(text(meta)?.parse()?),
                "into" => said.into = Some(text(meta)?.parse()?),
                _ => return Err(meta.error("json does not know this word for a type")),
            }
            Ok(())
        })?;
        Ok(said)
    }

    /// The wire name of a member of a structure.
    pub fn member(&self, ident: &Ident) -> String {
        Case::field(self.rename_all, ident)
    }

    /// The wire name of a variant.
    pub fn variant(&self, variant: &Self, ident: &Ident) -> String {
        match (&variant.rename, self.rename_all) {
            (Some(name), _) => name.clone(),
            (None, Some(case)) => case.of_variant(&ident.to_string()),
            (None, None) => ident.to_string(),
        }
    }

    /// The wire name of a member of a variant.
    pub fn variant_member(&self, variant: &Self, ident: &Ident) -> String {
        Case::field(variant.rename_all.or(self.rename_all_fields), ident)
    }
}

impl OfMember {
    pub fn of(attributes: &[Attribute]) -> Result<Self> {
        let mut said = Self::default();
        each(attributes, |meta| {
            match name(meta)?.as_str() {
                "rename" => said.rename = Some(meta.value()?.parse()?),
                "default" if meta.input.peek(syn::Token![=]) => {
                    said.absent = Absent::Call(text(meta)?.parse()?);
                }
                "default" => said.absent = Absent::Default,
                "skip_serializing_if" => said.skip_if = Some(text(meta)?.parse()?),
                "skip" => said.skip = true,
                "flatten" => said.flatten = true,
                "with" => said.with = Some(text(meta)?.parse()?),
                _ => return Err(meta.error("json does not know this word for a member")),
            }
            Ok(())
        })?;
        Ok(said)
    }
}

fn each(
    attributes: &[Attribute],
    mut word: impl FnMut(&ParseNestedMeta<'_>) -> Result<()>,
) -> Result<()> {
    let ours = attributes.iter().filter(|one| one.path().is_ident("json"));
    for attribute in ours {
        attribute.parse_nested_meta(|meta| word(&meta))?;
    }
    Ok(())
}

fn name(meta: &ParseNestedMeta<'_>) -> Result<String> {
    meta.path
        .get_ident()
        .map(Ident::to_string)
        .ok_or_else(|| meta.error("json takes single words"))
}

fn text(meta: &ParseNestedMeta<'_>) -> Result<LitStr> {
    meta.value()?.parse()
}

/// How names are written.
#[derive(Clone, Copy)]
pub enum Case {
    Camel,
    Pascal,
    Kebab,
    Lower,
    Upper,
}

impl Case {
    fn of(name: &LitStr) -> Result<Self> {
        Ok(match name.value().as_str() {
            "camelCase" => Self::Camel,
            "PascalCase" => Self::Pascal,
            "kebab-case" => Self::Kebab,
            "lowercase" => Self::Lower,
            "UPPERCASE" => Self::Upper,
            _ => return Err(Error::new(name.span(), "json does not know this case")),
        })
    }

    /// The wire name of a member, whose Rust name is in snake case.
    fn field(case: Option<Self>, ident: &Ident) -> String {
        let ident = ident.to_string();
        let ident = ident.trim_start_matches("r#");
        match case {
            None | Some(Self::Lower) => ident.to_owned(),
            Some(Self::Upper) => ident.to_uppercase(),
            Some(Self::Kebab) => ident.replace('_', "-"),
            Some(Self::Pascal) => capitals(ident, true),
            Some(Self::Camel) => capitals(ident, false),
        }
    }

    /// The wire name of a variant, whose Rust name has capitals.
    fn of_variant(self, ident: &str) -> String {
        match self {
            Self::Pascal => ident.to_owned(),
            Self::Lower => ident.to_lowercase(),
            Self::Upper => ident.to_uppercase(),
            Self::Camel => {
                let mut letters = ident.chars();
                let first = letters.next().map(|letter| letter.to_ascii_lowercase());
                first.into_iter().chain(letters).collect()
            }
            Self::Kebab => {
                let mut name = String::new();
                for letter in ident.chars() {
                    if letter.is_uppercase() && !name.is_empty() {
                        name.push('-');
                    }
                    name.push(letter.to_ascii_lowercase());
                }
                name
            }
        }
    }
}

fn capitals(ident: &str, first: bool) -> String {
    let mut name = String::new();
    let mut capital = first;
    for letter in ident.chars() {
        if letter == '_' {
            capital = true;
        } else if capital {
            name.push(letter.to_ascii_uppercase());
            capital = false;
        } else {
            name.push(letter);
        }
    }
    name
}
