//! What the rules of stage conditions work out from values alone, without a world. One file per rule type that has
//! something to work out; when a rule is asked and what its answer does to a stage is decided elsewhere.

pub mod variable_check;
