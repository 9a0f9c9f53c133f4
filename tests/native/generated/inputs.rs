//! Inputs that keep every published limit, for one operation in one world. Most take their names and ids from what
//! there is.

use codepipeline_simulator::model::{Bounds, Kind, Member, Operation, Shape};
use serde_json::{Map, Value, json};

use super::{
    nodes::{self, Node},
    random::Random,
    stock::{Pool, Scene},
    texts,
};

/// How many values an input is made of at most, before its lists become as short as they may be.
const LARGEST: usize = 1_500;

/// Makes inputs.
pub struct Maker<'a> {
    pub random: Random,
    pool: &'a Pool,
    scene: Scene,
    operation: &'static Operation,
    made: usize,
}

impl<'a> Maker<'a> {
    /// For one input of an operation.
    pub fn new(random: Random, pool: &'a Pool, operation: &'static Operation) -> Self {
        let mut maker = Self {
            random,
            pool,
            scene: Scene::new(),
            operation,
            made: 0,
        };
        maker.scene = maker.choose_scene();
        maker
    }

    /// A scene in which the operation may go well, or of a few the one that has most of what it asks for.
    fn choose_scene(&mut self) -> Scene {
        let pool = self.pool;
        if let Some(hot) = pool.hot.get(self.operation.name)
            && self.random.percent(50)
        {
            return self.random.pick(hot).clone();
        }
        let asked = self.operation.input.members();
        let fits = |scene: &Scene| {
            let named = asked
                .iter()
                .filter(|member| scene.contains_key(member.shape.name));
            named.count()
        };
        let tries = if pool.scenes.is_empty() { 0 } else { 8 };
        let drawn: Vec<&Scene> = (0..tries).map(|_| self.random.pick(&pool.scenes)).collect();
        let best = drawn.into_iter().max_by_key(|scene| fits(scene));
        best.cloned().unwrap_or_default()
    }

    /// An input that keeps every published limit.
    pub fn input(&mut self) -> Value {
        let pages = self.pool.pages.get(self.operation.name);
        if let Some(pages) = pages.filter(|_| self.random.percent(15)) {
            return self.random.pick(pages).clone();
        }
        let mut input = self.value(self.operation.input);
        // Of a declaration that there is already, another one is made, or that very one is changed.
        if let Some(declared) = input.get_mut("pipeline")
            && self.random.percent(80)
        {
            declared["name"] = if self.operation.name == "CreatePipeline" {
                json!(format!("new-{}", self.random.below(1_000)))
            } else {
                self.scene
                    .get("PipelineName")
                    .cloned()
                    .unwrap_or_else(|| declared["name"].clone())
            };
        }
        input
    }

    /// A value of the shape: of the scene, a sample, or made up.
    pub fn value(&mut self, shape: &'static Shape) -> Value {
        self.made += 1;
        if let Some(value) = self.scene.get(shape.name)
            && self.random.percent(85)
        {
            return value.clone();
        }
        if let Some(samples) = self.pool.samples.get(shape.name)
            && self.random.percent(75)
        {
            let mut value = self.random.pick(samples).clone();
            while self.random.percent(25) {
                self.tweak(shape, &mut value);
            }
            return value;
        }
        self.compose(shape)
    }

    fn compose(&mut self, shape: &'static Shape) -> Value {
        match &shape.kind {
            Kind::Structure(members) => self.structure(members),
            Kind::List { member, length } => {
                let count = self.count(*length);
                (0..count).map(|_| self.value(member)).collect()
            }
            Kind::Map { key, value, length } => {
                let count = self.count(*length);
                let mut entries = Map::new();
                for _ in 0..count {
                    let name = texts::text(&mut self.random, key);
                    entries.insert(name, self.value(value));
                }
                if length.min.is_some_and(|min| (entries.len() as i64) < min) {
                    entries.insert("a".to_owned(), self.value(value));
                }
                Value::Object(entries)
            }
            Kind::Text { .. } => json!(texts::text(&mut self.random, shape)),
            Kind::Choice(values) => json!(*self.random.pick(values)),
            Kind::Integer {
                value: Bounds { min, max },
            } => {
                let (least, most) = (min.unwrap_or(-9), max.unwrap_or(i64::from(i32::MAX)));
                json!(match self.random.below(8) {
                    0 => least,
                    1 => most,
                    2 => self.random.between(least, most),
                    _ => self.random.between(least, most.min(least + 20)),
                })
            }
            Kind::Boolean => json!(self.random.percent(50)),
            Kind::Timestamp => match self.random.below(6) {
                0 => json!(0),
                1 => json!(-1.5),
                2 => json!(1e300),
                _ => json!(1_772_524_800.25),
            },
        }
    }

    fn structure(&mut self, members: &'static [Member]) -> Value {
        let mut entries = Map::new();
        for member in members {
            let known = self.scene.contains_key(member.shape.name);
            let chance = if known { 60 } else { 30 };
            if member.required || self.random.percent(chance) {
                entries.insert(member.name.to_owned(), self.value(member.shape));
            }
        }
        Value::Object(entries)
    }

    fn count(&mut self, length: Bounds) -> i64 {
        let (least, most) = (length.min.unwrap_or(0), length.max.unwrap_or(55));
        if self.made > LARGEST {
            return least;
        }
        match self.random.below(40) {
            0 => most.min(55),
            1..=8 => least,
            _ => self.random.between(least, most.min(least + 2)),
        }
    }

    /// One small change that keeps every published limit.
    fn tweak(&mut self, shape: &'static Shape, value: &mut Value) {
        let nodes = nodes::of(shape, value);
        let Node { path, shape, .. } = self.random.pick(&nodes).clone();
        let found = nodes::at(value, &path);
        match (&shape.kind, found) {
            (Kind::List { length, .. }, Value::Array(items)) if !items.is_empty() => {
                let one = self.random.below(items.len());
                let room = length.max.is_none_or(|max| (items.len() as i64) < max);
                let spare = (items.len() as i64) > length.min.unwrap_or(0);
                match self.random.below(3) {
                    0 if room => items.push(items[one].clone()),
                    1 if spare => {
                        items.remove(one);
                    }
                    _ => items.rotate_left(one),
                }
            }
            (Kind::Structure(members), Value::Object(entries)) => {
                let optional: Vec<&Member> =
                    members.iter().filter(|member| !member.required).collect();
                if optional.is_empty() {
                    return;
                }
                let member = *self.random.pick(&optional);
                if entries.shift_remove(member.name).is_none() {
                    entries.insert(member.name.to_owned(), self.value(member.shape));
                }
            }
            (_, found) => *found = self.value(shape),
        }
    }
}
