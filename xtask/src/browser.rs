//! A headless Chromium and the ChromeDriver of the same version.

use crate::process::{find, run};
use std::path::PathBuf;
use std::process::Command;

/// Where the two programs are.
pub struct Browser {
    /// Chromium or Chrome.
    pub chromium: PathBuf,
    /// ChromeDriver.
    pub driver: PathBuf,
}

/// Finds the browser; on Debian, as root, installs it first when it is missing.
pub fn ensure() -> Result<Browser, String> {
    if let Some(browser) = look() {
        return Ok(browser);
    }
    if may_install() {
        install(&["chromium", "chromium-driver"])?;
    }
    look().ok_or_else(|| {
        "Install Chromium and the ChromeDriver of the same version so that both are on PATH (Debian: `sudo apt-get install \
         chromium chromium-driver`) and run this again, or add `--without browser`."
            .to_owned()
    })
}

fn look() -> Option<Browser> {
    let chromium = find(&[
        "chromium",
        "chromium-browser",
        "google-chrome-stable",
        "google-chrome",
    ])?;
    Some(Browser {
        chromium,
        driver: find(&["chromedriver"])?,
    })
}

/// Whether packages of the system can be installed without asking anybody.
pub fn may_install() -> bool {
    is_debian() && is_root()
}

/// Installs packages of the system.
pub fn install(packages: &[&str]) -> Result<(), String> {
    // The package lists of a fresh container are empty.
    apt_get(&["update"])?;
    let mut arguments = vec!["install", "--yes", "--no-install-recommends"];
    arguments.extend(packages);
    apt_get(&arguments)
}

fn apt_get(arguments: &[&str]) -> Result<(), String> {
    run(Command::new("apt-get")
        .arg("--quiet")
        .args(arguments)
        .env("DEBIAN_FRONTEND", "noninteractive"))
}

fn is_debian() -> bool {
    let release = std::fs::read_to_string("/etc/os-release").unwrap_or_default();
    release.lines().any(|line| line == "ID=debian") && find(&["apt-get"]).is_some()
}

fn is_root() -> bool {
    crate::process::answer(Command::new("id").arg("-u")).as_deref() == Some("0")
}
