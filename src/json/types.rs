//! The types of the language.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::rc::Rc;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::{FromJson, Node, Reader, ToJson, Writer, node};

macro_rules! integers {
    ($($type:ident $write:ident $as:ident;)*) => {$(
        impl ToJson for $type {
            fn to_json(&self, out: &mut Writer) {
                out.$write(*self as $as);
            }
        }
        impl FromJson for $type {
            fn from_json(value: Node<'_>, reader: &mut Reader) -> Self {
                // The reader keeps to the bounds.
                #[expect(clippy::allow_attributes, reason = "not every type is cut short")]
                #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_lossless)]
                {
                    reader.integer(value, stringify!($type), $type::MIN as i64, $type::MAX as u64) as $type
                }
            }
        }
    )*};
}

integers! {
    u8 unsigned u64;
    u16 unsigned u64;
    u32 unsigned u64;
    u64 unsigned u64;
    usize unsigned u64;
    i32 integer i64;
    i64 integer i64;
}

impl ToJson for f64 {
    fn to_json(&self, out: &mut Writer) {
        out.float(*self);
    }
}

impl FromJson for f64 {
    fn from_json(value: Node<'_>, reader: &mut Reader) -> Self {
        reader.number(value, "f64").as_f64().unwrap_or_default()
    }
}

impl ToJson for bool {
    fn to_json(&self, out: &mut Writer) {
        out.bool(*self);
    }
}

impl FromJson for bool {
    fn from_json(value: Node<'_>, reader: &mut Reader) -> Self {
        match value {
            Node::Bool(value) => value,
            other => {
                reader.wrong(&other, "a boolean");
                false
            }
        }
    }
}

impl ToJson for char {
    fn to_json(&self, out: &mut Writer) {
        out.text(self.encode_utf8(&mut [0; 4]));
    }
}

impl FromJson for char {
    fn from_json(value: Node<'_>, reader: &mut Reader) -> Self {
        let text = reader.text(value);
        let mut letters = text.chars();
        match (letters.next(), letters.next()) {
            (Some(letter), None) => letter,
            _ => {
                reader.wrong(&Node::Text(text), "a character");
                ' '
            }
        }
    }
}

impl ToJson for str {
    fn to_json(&self, out: &mut Writer) {
        out.text(self);
    }
}

impl ToJson for String {
    fn to_json(&self, out: &mut Writer) {
        out.text(self);
    }
}

impl FromJson for String {
    fn from_json(value: Node<'_>, reader: &mut Reader) -> Self {
        reader.text(value).into_owned()
    }
}

impl ToJson for Cow<'_, str> {
    fn to_json(&self, out: &mut Writer) {
        out.text(self);
    }
}

macro_rules! shared_texts {
    ($($shared:ident)*) => {$(
        impl FromJson for $shared<str> {
            fn from_json(value: Node<'_>, reader: &mut Reader) -> Self {
                (&*reader.text(value)).into()
            }
        }
        impl<T: ToJson + ?Sized> ToJson for $shared<T> {
            fn to_json(&self, out: &mut Writer) {
                (**self).to_json(out);
            }
        }
        impl<T: FromJson> FromJson for $shared<T> {
            fn from_json(value: Node<'_>, reader: &mut Reader) -> Self {
                $shared::new(T::from_json(value, reader))
            }
        }
        impl<T: FromJson> FromJson for $shared<[T]> {
            fn from_json(value: Node<'_>, reader: &mut Reader) -> Self {
                Vec::from_json(value, reader).into()
            }
        }
    )*};
}

shared_texts! { Box Rc Arc }

impl<T: ToJson + ?Sized> ToJson for &T {
    fn to_json(&self, out: &mut Writer) {
        (**self).to_json(out);
    }
}

impl ToJson for () {
    fn to_json(&self, out: &mut Writer) {
        out.null();
    }
}

impl FromJson for () {
    fn from_json(value: Node<'_>, reader: &mut Reader) -> Self {
        reader.unit(value);
    }
}

impl<T: ToJson> ToJson for Option<T> {
    fn to_json(&self, out: &mut Writer) {
        match self {
            Some(value) => value.to_json(out),
            None => out.null(),
        }
    }
}

impl<T: FromJson> FromJson for Option<T> {
    fn from_json(value: Node<'_>, reader: &mut Reader) -> Self {
        (!matches!(value, Node::Null)).then(|| T::from_json(value, reader))
    }

    fn absent(_: &'static str, _: &mut Reader) -> Self {
        None
    }
}

impl<T: ToJson> ToJson for [T] {
    fn to_json(&self, out: &mut Writer) {
        out.begin_list();
        for item in self {
            item.to_json(out);
        }
        out.end_list();
    }
}

impl<T: ToJson> ToJson for Vec<T> {
    fn to_json(&self, out: &mut Writer) {
        self.as_slice().to_json(out);
    }
}

impl<T: FromJson> FromJson for Vec<T> {
    fn from_json(value: Node<'_>, reader: &mut Reader) -> Self {
        let items = reader.list(value).0;
        let mut list = Vec::with_capacity(items.len());
        for item in items {
            list.push(T::from_json(item, reader));
        }
        list
    }
}

impl<T: ToJson, const N: usize> ToJson for [T; N] {
    fn to_json(&self, out: &mut Writer) {
        self.as_slice().to_json(out);
    }
}

impl<T: FromJson, const N: usize> FromJson for [T; N] {
    fn from_json(value: Node<'_>, reader: &mut Reader) -> Self {
        let mut items = reader.tuple(value, N);
        std::array::from_fn(|_| T::from_json(items.next_item(), reader))
    }
}

impl<T: ToJson> ToJson for VecDeque<T> {
    fn to_json(&self, out: &mut Writer) {
        out.begin_list();
        for item in self {
            item.to_json(out);
        }
        out.end_list();
    }
}

impl<T: FromJson> FromJson for VecDeque<T> {
    fn from_json(value: Node<'_>, reader: &mut Reader) -> Self {
        Vec::from_json(value, reader).into()
    }
}

impl<T: ToJson> ToJson for BTreeSet<T> {
    fn to_json(&self, out: &mut Writer) {
        out.begin_list();
        for item in self {
            item.to_json(out);
        }
        out.end_list();
    }
}

impl<T: FromJson + Ord> FromJson for BTreeSet<T> {
    fn from_json(value: Node<'_>, reader: &mut Reader) -> Self {
        let mut set = BTreeSet::new();
        for item in reader.list(value).0 {
            set.insert(T::from_json(item, reader));
        }
        set
    }
}

impl<K: ToJson, V: ToJson> ToJson for BTreeMap<K, V> {
    fn to_json(&self, out: &mut Writer) {
        out.begin_object();
        for (key, value) in self {
            out.key_of(key);
            value.to_json(out);
        }
        out.end_object();
    }
}

impl<K: FromJson + Ord, V: FromJson> FromJson for BTreeMap<K, V> {
    fn from_json(value: Node<'_>, reader: &mut Reader) -> Self {
        let mut map = BTreeMap::new();
        match value {
            Node::Object(members) => {
                for (key, value) in members {
                    reader.as_key = true;
                    let key = K::from_json(Node::Text(key), reader);
                    reader.as_key = false;
                    map.insert(key, V::from_json(value, reader));
                }
            }
            other => reader.wrong(&other, "a map"),
        }
        map
    }
}

impl ToJson for Value {
    fn to_json(&self, out: &mut Writer) {
        out.value(self);
    }
}

impl FromJson for Value {
    fn from_json(value: Node<'_>, _: &mut Reader) -> Self {
        value.into()
    }
}

impl ToJson for Map<String, Value> {
    fn to_json(&self, out: &mut Writer) {
        out.begin_object();
        for (name, value) in self {
            out.key(name);
            out.value(value);
        }
        out.end_object();
    }
}

impl FromJson for Map<String, Value> {
    fn from_json(value: Node<'_>, reader: &mut Reader) -> Self {
        match value {
            Node::Object(members) => node::map(members),
            other => {
                reader.wrong(&other, "a map");
                Map::new()
            }
        }
    }
}

macro_rules! tuples {
    ($($length:literal ($($type:ident $place:tt),*);)*) => {$(
        impl<$($type: ToJson),*> ToJson for ($($type,)*) {
            fn to_json(&self, out: &mut Writer) {
                out.items(&[$(&self.$place),*]);
            }
        }
        impl<$($type: FromJson),*> FromJson for ($($type,)*) {
            fn from_json(value: Node<'_>, reader: &mut Reader) -> Self {
                let mut items = reader.tuple(value, $length);
                ($($type::from_json(items.next_item(), reader),)*)
            }
        }
    )*};
}

tuples! {
    2 (A 0, B 1);
    3 (A 0, B 1, C 2);
    4 (A 0, B 1, C 2, D 3);
}
