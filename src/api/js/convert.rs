//! JavaScript values to JSON and back, guided by the shapes of the model: instants are `Date` (or numbers) outside and
//! epoch seconds inside, and what a shape does not know is not even looked at.
//!
//! The walk is only as deep as the shapes are, so neither a cyclic nor an endlessly nested object can hurt.

use js_sys::{Array, Date, Object, Reflect};
use serde::Serialize;
use serde_json::{Map, Number, Value};
use wasm_bindgen::{JsCast, JsValue};

use crate::json::{self, ToJson};
use crate::model::{Kind, Shape};

/// The input of an operation as JSON. `undefined` and `null` are an empty input. What has the wrong type keeps it, so
/// that the check of the input can say so.
#[must_use]
pub fn input(shape: &Shape, value: &JsValue) -> Value {
    if value.is_undefined() || value.is_null() {
        return Value::Object(Map::new());
    }
    from_js(shape, value)
}

fn from_js(shape: &Shape, value: &JsValue) -> Value {
    match &shape.kind {
        Kind::Structure(_) if is_object(value) => {
            let mut map = Map::new();
            for key in keys(value) {
                if let Some(member) = shape.member(&key) {
                    let inner = get(value, &key);
                    if !inner.is_undefined() {
                        map.insert(key, from_js(member.shape, &inner));
                    }
                }
            }
            Value::Object(map)
        }
        Kind::Map { value: of, .. } if is_object(value) => {
            let entries = keys(value).into_iter().map(|key| {
                let inner = get(value, &key);
                (key, from_js(of, &inner))
            });
            Value::Object(entries.collect())
        }
        Kind::List { member, .. } if Array::is_array(value) => Value::Array(
            Array::from(value)
                .iter()
                .map(|item| from_js(member, &item))
                .collect(),
        ),
        Kind::Timestamp => match value.dyn_ref::<Date>() {
            Some(date) => number(date.get_time() / 1_000.0),
            None => shallow(value),
        },
        _ => shallow(value),
    }
}

/// A value by itself: what a scalar is, and of anything else only what kind of thing it is.
fn shallow(value: &JsValue) -> Value {
    if let Some(text) = value.as_string() {
        Value::String(text)
    } else if let Some(number_value) = value.as_f64() {
        number(number_value)
    } else if let Some(truth) = value.as_bool() {
        Value::Bool(truth)
    } else if value.is_null() || value.is_undefined() {
        Value::Null
    } else if Array::is_array(value) {
        Value::Array(vec![])
    } else {
        Value::Object(Map::new())
    }
}

#[expect(clippy::cast_possible_truncation, reason = "checked to be exact")]
fn number(value: f64) -> Value {
    if value.fract() == 0.0 && value.abs() < 9_007_199_254_740_992.0 {
        return Value::Number(Number::from(value as i64));
    }
    // Not a number and infinite are no JSON: absent, as JSON.stringify has it.
    Number::from_f64(value).map_or(Value::Null, Value::Number)
}

fn is_object(value: &JsValue) -> bool {
    value.is_object() && !Array::is_array(value) && !value.is_instance_of::<Date>()
}

fn keys(value: &JsValue) -> Vec<String> {
    value
        .dyn_ref::<Object>()
        .map(|object| {
            Object::keys(object)
                .iter()
                .filter_map(|key| key.as_string())
                .collect()
        })
        .unwrap_or_default()
}

fn get(value: &JsValue, key: &str) -> JsValue {
    Reflect::get(value, &JsValue::from_str(key)).unwrap_or(JsValue::UNDEFINED)
}

/// The answer of an operation as a JavaScript value.
#[must_use]
pub fn output(shape: Option<&Shape>, value: &Value) -> JsValue {
    match shape {
        Some(shape) => to_js(shape, value),
        None => Object::new().into(),
    }
}

fn to_js(shape: &Shape, value: &Value) -> JsValue {
    match (&shape.kind, value) {
        (Kind::Structure(_), Value::Object(map)) => {
            let object = Object::new();
            for (key, inner) in map {
                if let Some(member) = shape.member(key) {
                    let _ = Reflect::set(
                        &object,
                        &JsValue::from_str(key),
                        &to_js(member.shape, inner),
                    );
                }
            }
            object.into()
        }
        (Kind::Map { value: of, .. }, Value::Object(map)) => {
            let object = Object::new();
            for (key, inner) in map {
                let _ = Reflect::set(&object, &JsValue::from_str(key), &to_js(of, inner));
            }
            object.into()
        }
        (Kind::List { member, .. }, Value::Array(list)) => list
            .iter()
            .map(|item| to_js(member, item))
            .collect::<Array>()
            .into(),
        (Kind::Timestamp, Value::Number(seconds)) => {
            let milliseconds = (seconds.as_f64().unwrap_or_default() * 1_000.0).round();
            Date::new(&JsValue::from(milliseconds)).into()
        }
        (_, Value::String(text)) => JsValue::from_str(text),
        (_, Value::Number(number)) => JsValue::from(number.as_f64().unwrap_or_default()),
        (_, Value::Bool(truth)) => JsValue::from(*truth),
        _ => JsValue::UNDEFINED,
    }
}

/// How deep the input of a control may be. The deepest that means anything has five levels; a cycle ends here.
const DEEPEST: usize = 32;

/// Any JavaScript value as JSON, for the controls: a `Date` is its milliseconds, `undefined` is absent.
///
/// # Errors
/// The text of what cannot be converted (a cycle, say).
pub fn plain(value: &JsValue) -> Result<Value, String> {
    if value.is_undefined() || value.is_null() {
        return Ok(Value::Object(Map::new()));
    }
    plain_at(value, DEEPEST)
}

fn plain_at(value: &JsValue, levels: usize) -> Result<Value, String> {
    let Some(below) = levels.checked_sub(1) else {
        return Err(format!("more than {DEEPEST} levels deep, or a cycle"));
    };
    if let Some(date) = value.dyn_ref::<Date>() {
        return Ok(number(date.get_time()));
    }
    if Array::is_array(value) {
        return Array::from(value)
            .iter()
            .map(|item| plain_at(&item, below))
            .collect::<Result<_, _>>()
            .map(Value::Array);
    }
    if !value.is_object() {
        return if value.is_function() || value.is_symbol() || value.is_bigint() {
            Err("neither a text, a number, a truth value, a list nor an object".to_owned())
        } else {
            Ok(shallow(value))
        };
    }
    let mut map = Map::new();
    for key in keys(value) {
        let inner = get(value, &key);
        if !inner.is_undefined() {
            map.insert(key, plain_at(&inner, below)?);
        }
    }
    Ok(Value::Object(map))
}

/// A record of ours as a JavaScript value: maps as objects, absent members absent.
#[must_use]
pub fn record(value: &dyn ToJson) -> JsValue {
    json::to_value(value)
        .serialize(&serde_wasm_bindgen::Serializer::new().serialize_maps_as_objects(true))
        .unwrap_or(JsValue::UNDEFINED)
}
