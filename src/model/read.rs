//! Reading JSON into types: the one way in, whether it comes as text or as a value.
//!
//! Serde's derives write a reader for every type, and the format multiplies it. Read through serde_json, one format for
//! text and one for values, each of which also reads records from lists without names, the readers were a third of the
//! page's code. So text becomes a [`Value`] first, and values are read by a format of our own that knows exactly what
//! we write: records are objects, names are texts, nothing else is accepted in their place.
//!
//! Failure modes: what does not fit is an error in serde's words, with what was expected and what was found.

use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Error as _, Expected, MapAccess,
    SeqAccess, Unexpected, VariantAccess, Visitor,
};
use serde_json::{Error, Map, Number, Value, map};

/// Text as a type.
///
/// # Errors
/// The text is not JSON, or does not fit the type.
pub fn text<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    value(serde_json::from_str(text)?)
}

/// A value as a type.
///
/// # Errors
/// The value does not fit the type.
pub fn value<T: DeserializeOwned>(value: Value) -> Result<T, Error> {
    T::deserialize(Reader(value))
}

/// Reads a value.
struct Reader(Value);

fn unexpected(found: &Value) -> Unexpected<'_> {
    match found {
        Value::Null => Unexpected::Other("null"),
        Value::Bool(bool) => Unexpected::Bool(*bool),
        Value::Number(number) => match (number.as_u64(), number.as_i64(), number.as_f64()) {
            (Some(number), ..) => Unexpected::Unsigned(number),
            (_, Some(number), _) => Unexpected::Signed(number),
            (_, _, number) => Unexpected::Float(number.unwrap_or(f64::NAN)),
        },
        Value::String(text) => Unexpected::Str(text),
        Value::Array(_) => Unexpected::Seq,
        Value::Object(_) => Unexpected::Map,
    }
}

#[cold]
fn wrong(found: &Value, expected: &dyn Expected) -> Error {
    Error::invalid_type(unexpected(found), expected)
}

/// The parts below are without type parameters, so that they exist once.
impl Reader {
    fn object(self, expected: &dyn Expected) -> Result<Members, Error> {
        match self.0 {
            Value::Object(members) => Ok(Members::new(members)),
            other => Err(wrong(&other, expected)),
        }
    }

    fn array(self, expected: &dyn Expected) -> Result<Items, Error> {
        match self.0 {
            Value::Array(items) => Ok(Items(items.into_iter())),
            other => Err(wrong(&other, expected)),
        }
    }

    fn string(self, expected: &dyn Expected) -> Result<String, Error> {
        match self.0 {
            Value::String(text) => Ok(text),
            other => Err(wrong(&other, expected)),
        }
    }

    fn variant(self, expected: &dyn Expected) -> Result<Variant, Error> {
        match self.0 {
            Value::String(name) => Ok(Variant {
                name,
                content: None,
            }),
            Value::Object(members) if members.len() == 1 => {
                let mut members = members.into_iter();
                match members.next() {
                    Some((name, content)) => Ok(Variant {
                        name,
                        content: Some(content),
                    }),
                    None => Err(wrong(&Value::Object(Map::new()), expected)),
                }
            }
            other => Err(wrong(&other, expected)),
        }
    }
}

fn number<'de, V: Visitor<'de>>(number: &Number, visitor: V) -> Result<V::Value, Error> {
    if let Some(number) = number.as_u64() {
        visitor.visit_u64(number)
    } else if let Some(number) = number.as_i64() {
        visitor.visit_i64(number)
    } else {
        visitor.visit_f64(number.as_f64().unwrap_or(f64::NAN))
    }
}

macro_rules! numbers {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            match &self.0 {
                Value::Number(found) => number(found, visitor),
                other => Err(wrong(other, &visitor)),
            }
        }
    )*};
}

macro_rules! texts {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            let part = self.string(&visitor)?;
            visitor.visit_string(part)
        }
    )*};
}

impl<'de> Deserializer<'de> for Reader {
    type Error = Error;

    /// For what decides by what it finds, such as enums whose tag is a member.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(bool) => visitor.visit_bool(bool),
            Value::Number(found) => number(&found, visitor),
            Value::String(text) => visitor.visit_string(text),
            Value::Array(items) => visitor.visit_seq(Items(items.into_iter())),
            Value::Object(members) => visitor.visit_map(Members::new(members)),
        }
    }

    numbers! {
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_i8 deserialize_i16 deserialize_i32
        deserialize_i64 deserialize_f32 deserialize_f64
    }

    texts! { deserialize_char deserialize_str deserialize_string deserialize_identifier }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Bool(bool) => visitor.visit_bool(bool),
            other => Err(wrong(&other, &visitor)),
        }
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let part = self.array(&visitor)?;
        visitor.visit_seq(part)
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_bytes(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Null => visitor.visit_none(),
            value => visitor.visit_some(Reader(value)),
        }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            other => Err(wrong(&other, &visitor)),
        }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let part = self.array(&visitor)?;
        visitor.visit_seq(part)
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        let items = self.array(&visitor)?;
        if items.0.len() != length {
            return Err(Error::invalid_length(items.0.len(), &visitor));
        }
        visitor.visit_seq(items)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_tuple(length, visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let part = self.object(&visitor)?;
        visitor.visit_map(part)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let part = self.object(&visitor)?;
        visitor.visit_map(part)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let part = self.variant(&visitor)?;
        visitor.visit_enum(part)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }
}

/// The items of a list.
struct Items(std::vec::IntoIter<Value>);

impl<'de> SeqAccess<'de> for Items {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        match self.0.next() {
            Some(item) => seed.deserialize(Reader(item)).map(Some),
            None => Ok(None),
        }
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

/// The members of an object.
struct Members {
    rest: map::IntoIter,
    value: Value,
}

impl Members {
    fn new(members: Map<String, Value>) -> Self {
        Self {
            rest: members.into_iter(),
            value: Value::Null,
        }
    }

    fn next(&mut self) -> Option<String> {
        let (key, value) = self.rest.next()?;
        self.value = value;
        Some(key)
    }
}

impl<'de> MapAccess<'de> for Members {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        match self.next() {
            Some(key) => seed.deserialize(Key(key)).map(Some),
            None => Ok(None),
        }
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Error> {
        seed.deserialize(Reader(self.value.take()))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.rest.len())
    }
}

/// The name of a member: a text, or the text of a number where a map has numbers for keys.
struct Key(String);

macro_rules! number_keys {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            match self.0.parse() {
                Ok(found) => number(&found, visitor),
                Err(_) => Err(Error::invalid_type(Unexpected::Str(&self.0), &visitor)),
            }
        }
    )*};
}

impl<'de> Deserializer<'de> for Key {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_string(self.0)
    }

    /// Members of records: their names are compared, never kept.
    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_str(&self.0)
    }

    number_keys! {
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_i8 deserialize_i16 deserialize_i32
        deserialize_i64
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_enum(Variant {
            name: self.0,
            content: None,
        })
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! {
        bool f32 f64 char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct
    }
}

/// One variant of an enum: its name alone, or an object with its name and what it holds.
struct Variant {
    name: String,
    content: Option<Value>,
}

impl Variant {
    fn content(self, expected: &dyn Expected) -> Result<Reader, Error> {
        self.content
            .map(Reader)
            .ok_or_else(|| Error::invalid_type(Unexpected::UnitVariant, expected))
    }
}

impl<'de> EnumAccess<'de> for Variant {
    type Error = Error;
    type Variant = Self;

    fn variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<(T::Value, Self), Error> {
        let variant = seed.deserialize(Key(self.name))?;
        let content = Self {
            name: String::new(),
            content: self.content,
        };
        Ok((variant, content))
    }
}

impl<'de> VariantAccess<'de> for Variant {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        match &self.content {
            None | Some(Value::Null) => Ok(()),
            Some(found) => Err(wrong(found, &"a variant that holds nothing")),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Error> {
        seed.deserialize(self.content(&"a variant that holds a value")?)
    }

    fn tuple_variant<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, Error> {
        let content = self.content(&visitor)?;
        content.deserialize_tuple(length, visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let members = self.content(&visitor)?.object(&visitor)?;
        visitor.visit_map(members)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fmt::Debug;

    use serde::{Deserialize, Serialize};

    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Id(u32);

    #[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
    enum Kind {
        Small,
        Large,
    }

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    #[serde(tag = "kind", rename_all = "lowercase")]
    enum Tagged {
        Nothing,
        Much { bytes: Vec<u8>, of: Option<Id> },
    }

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    enum Any {
        Unit,
        One(Id),
        Two(i64, String),
        Named { deep: Box<Record> },
    }

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Part {
        flat: bool,
        rest: f64,
    }

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Record {
        id: Id,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        by_kind: BTreeMap<Kind, Vec<Any>>,
        by_number: BTreeMap<u64, (i32, char)>,
        tagged: Vec<Tagged>,
        #[serde(flatten)]
        part: Part,
        untyped: Value,
        nothing: (),
    }

    fn record(deep: bool) -> Record {
        let inner = || {
            vec![Any::Named {
                deep: Box::new(record(false)),
            }]
        };
        Record {
            id: Id(7),
            name: deep.then(|| "ünïcode \" \u{0}".to_owned()),
            by_kind: BTreeMap::from([
                (
                    Kind::Small,
                    vec![Any::Unit, Any::One(Id(3)), Any::Two(-9, String::new())],
                ),
                (Kind::Large, if deep { inner() } else { vec![] }),
            ]),
            by_number: BTreeMap::from([(u64::MAX, (-1, 'x')), (0, (i32::MAX, 'ß'))]),
            tagged: vec![
                Tagged::Nothing,
                Tagged::Much {
                    bytes: vec![0, 255],
                    of: Some(Id(1)),
                },
            ],
            part: Part {
                flat: true,
                rest: 0.5,
            },
            untyped: serde_json::json!({ "a": [1, -1, 1.5, null, "b", false] }),
            nothing: (),
        }
    }

    #[test]
    fn what_serde_json_writes_is_read_back() {
        let written = serde_json::to_string(&record(true)).expect("it is written");
        assert_eq!(text::<Record>(&written).expect("it is read"), record(true));
        let read: Record = serde_json::from_str(&written).expect("serde_json reads it");
        assert_eq!(read, record(true));
    }

    /// Wherever a value does not fit, it is refused as serde_json refuses it, but for records written as lists.
    #[test]
    fn what_serde_json_refuses_is_refused() {
        fn same<T: DeserializeOwned + Debug + PartialEq>(input: &Value) {
            let ours = value::<T>(input.clone());
            let theirs = serde_json::from_value::<T>(input.clone());
            assert_eq!(
                ours.is_ok(),
                theirs.is_ok(),
                "{input}: {ours:?}, {theirs:?}"
            );
            if let (Ok(ours), Ok(theirs)) = (ours, theirs) {
                assert_eq!(ours, theirs, "{input}");
            }
        }
        let inputs = serde_json::json!([
            null, true, 0, -1, 1.5, 300, 5_000_000_000_u64, "", "Small", "Unit", "x", "xy", [], [1], [1, "x"], [1, "x", 2], {},
            { "Unit": null }, { "Unit": 1 }, { "One": 3 }, { "One": "3" }, { "Two": [1, "x"] }, { "Two": [1] },
            { "Two": [1, "x", 1] }, { "Named": {} }, { "Other": 1 }, { "Unit": null, "One": 1 }, { "kind": "nothing" },
            { "kind": "much", "bytes": [1], "of": null }, { "kind": "much" }, { "kind": 1 }, { "flat": true, "rest": 1 },
            { "flat": true, "rest": 1, "more": [] }, { "flat": true }, { "1": 2 }, { "x": 2 }, { "Small": 2 },
        ]);
        for input in inputs.as_array().expect("a list") {
            same::<bool>(input);
            same::<u8>(input);
            same::<i64>(input);
            same::<f64>(input);
            same::<char>(input);
            same::<String>(input);
            same::<Option<Id>>(input);
            same::<Kind>(input);
            same::<Any>(input);
            same::<Tagged>(input);
            same::<(i64, String)>(input);
            same::<Vec<u32>>(input);
            same::<BTreeMap<u16, u32>>(input);
            same::<BTreeMap<Kind, u32>>(input);
            same::<BTreeMap<String, Value>>(input);
            same::<Value>(input);
            same::<()>(input);
            if !input.is_array() {
                same::<Part>(input);
                same::<Record>(input);
            }
        }
    }

    #[test]
    fn a_record_is_an_object_and_nothing_else() {
        let error = value::<Part>(serde_json::json!([true, 1.0])).expect_err("a list");
        assert_eq!(
            error.to_string(),
            "invalid type: sequence, expected struct Part"
        );
        let error = value::<Part>(serde_json::json!({ "flat": "yes", "rest": 1 }));
        assert_eq!(
            error.expect_err("a text").to_string(),
            "invalid type: string \"yes\", expected a boolean"
        );
    }
}
