//! Asks the linker of the page for its relocations: they tell which data a function needs, and by that the finished page is
//! split in two (`split/`). Only for the page, whose profile is the one that is built for size: they are larger than the
//! program, and nobody else wants them.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let set = |name: &str| std::env::var(name).unwrap_or_default();
    if set("CARGO_CFG_TARGET_ARCH") == "wasm32" && set("OPT_LEVEL") == "z" {
        println!("cargo::rustc-link-arg-cdylib=--emit-relocs");
    }
}
