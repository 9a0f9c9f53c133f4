//! Native tests, one binary: each further one would cost a link step.

mod catalogue;
mod declaration;
