//! The styles in one file: thirty small ones compress worse and are asked for one by one.

use super::{failed, parts, read};
use std::fs;
use std::path::Path;

const LINK: &str = "<link rel=\"stylesheet\" href=\"./";

/// Puts the styles of a page into one file, in their order, and answers the page that has it.
pub fn join(folder: &Path, page: &str) -> Result<String, String> {
    let mut all = String::new();
    let mut kept = String::with_capacity(page.len());
    let mut place = None;
    let mut left = page;
    while let Some(at) = left.find(LINK) {
        let (before, link) = left.split_at(at);
        kept.push_str(before.trim_end_matches([' ', '\n']));
        place.get_or_insert(kept.len());
        let name = link[LINK.len()..].split('"').next().unwrap_or_default();
        let file = folder.join(name);
        all.push_str(&without_comments(&read(&file)?));
        fs::remove_file(&file).map_err(|error| failed(&file, &error))?;
        left = link.split_once('>').map_or("", |(_, after)| after);
    }
    kept.push_str(left);
    let Some(place) = place else {
        return Ok(page.to_owned());
    };
    let name = parts::written(folder, "style", "css", &all)?;
    kept.insert_str(place, &format!("\n{LINK}{name}\">"));
    Ok(kept)
}

/// A style without its comments and the spaces at the beginning of its lines. No text of ours has either in it.
fn without_comments(style: &str) -> String {
    let mut kept = String::with_capacity(style.len());
    let mut left = style;
    while let Some((before, comment)) = left.split_once("/*") {
        kept.push_str(before);
        left = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    kept.push_str(left);
    let lines = kept.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.flat_map(|line| [line, "\n"]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_styles_of_a_page_become_one_in_their_order() {
        let folder = std::env::temp_dir().join(format!("styles-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("a.css"), "/* first */\na {\n  b: c;\n}\n").unwrap();
        fs::write(folder.join("b.css"), "d { e: f; }").unwrap();
        let page = format!("<head>\n{LINK}a.css\" integrity=\"x\"/>\n{LINK}b.css\">\n<body>");
        let joined = join(&folder, &page).unwrap();
        let name = joined
            .split("./")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap();
        let style = fs::read_to_string(folder.join(name)).unwrap();
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(style, "a {\nb: c;\n}\nd { e: f; }\n");
        assert_eq!(joined, format!("<head>\n{LINK}{name}\">\n<body>"));
    }
}
