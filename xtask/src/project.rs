//! Where things are, and the facts that other files already state: nothing here is written down twice.

use std::path::PathBuf;

/// The folder of the workspace. Cargo names the folder of xtask at run time, so a moved clone needs no rebuild.
pub fn root() -> PathBuf {
    let xtask = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    xtask.parent().map_or_else(|| xtask.clone(), PathBuf::from)
}

/// Cargo's folder for what it builds.
pub fn target() -> PathBuf {
    root().join(std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into()))
}

/// The folder of this user's cache that every clone shares: building the tools takes minutes, so it happens once.
pub fn cache() -> Result<PathBuf, String> {
    let set = |name| {
        std::env::var_os(name)
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
    };
    set("XDG_CACHE_HOME")
        .or_else(|| std::env::home_dir().map(|home| home.join(".cache")))
        .map(|cache| cache.join("codepipeline-simulator"))
        .ok_or_else(|| {
            "Set HOME or XDG_CACHE_HOME: the tools are installed into the cache folder there."
                .to_owned()
        })
}

/// The version of Trunk that `Trunk.toml` demands.
pub fn trunk_version() -> Result<String, String> {
    required_trunk(&read("Trunk.toml")?)
        .ok_or_else(|| "Trunk.toml has no line `trunk-version = \"=…\"`, so it is not clear which Trunk to install.".to_owned())
}

/// The version of wasm-bindgen in `Cargo.lock`: its command line tool must have the very same.
pub fn wasm_bindgen_version() -> Result<String, String> {
    locked(&read("Cargo.lock")?, "wasm-bindgen")
        .ok_or_else(|| "Cargo.lock does not name a version of wasm-bindgen.".to_owned())
}

fn read(file: &str) -> Result<String, String> {
    std::fs::read_to_string(root().join(file))
        .map_err(|error| format!("{file} cannot be read: {error}."))
}

fn required_trunk(toml: &str) -> Option<String> {
    let line = toml
        .lines()
        .find_map(|line| line.strip_prefix("trunk-version"))?;
    Some(line.split('"').nth(1)?.trim_start_matches('=').to_owned())
}

fn locked(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    Some(
        lines
            .nth(1)?
            .strip_prefix("version = \"")?
            .trim_end_matches('"')
            .to_owned(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_versions_are_read_from_the_files_that_state_them() {
        assert_eq!(
            required_trunk("# x\ntrunk-version = \"=1.2.3\"\n[build]\n").as_deref(),
            Some("1.2.3")
        );
        assert_eq!(required_trunk("[build]\n"), None);
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"9.9.9\"\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.1\"\n";
        assert_eq!(locked(lock, "wasm-bindgen").as_deref(), Some("0.2.1"));
        assert_eq!(locked(lock, "wasm"), None);
    }

    #[test]
    fn this_project_states_both_versions() {
        assert!(trunk_version().is_ok());
        assert!(wasm_bindgen_version().is_ok());
    }
}
