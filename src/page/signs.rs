//! Names of the signs: which symbol of `www/icons.svg` stands for what. The drawings are there, the colours in
//! `www/styles/tokens.css`.

use super::view::{Icon, Role, Tile, Token};

/// The symbol of a state's icon.
pub fn icon(icon: Icon) -> &'static str {
    match icon {
        Icon::Running => "#i-running",
        Icon::Succeeded => "#i-succeeded",
        Icon::Lock => "#i-lock",
        Icon::Gate => "#i-gate",
        Icon::Queue => "#i-queue",
        Icon::Person => "#i-person",
        Icon::Failed => "#i-failed",
        Icon::Superseded => "#i-superseded",
        Icon::Stopped => "#i-stopped",
        Icon::Stopping => "#i-stopping",
        Icon::Cancelled => "#i-cancelled",
        Icon::Abandoned => "#i-abandoned",
        Icon::Skipped => "#i-skipped",
        Icon::NotStarted => "#i-not-started",
        Icon::Hourglass => "#i-hourglass",
        Icon::Retrying => "#i-retrying",
        Icon::RollingBack => "#i-rolling-back",
        Icon::Ticket => "#i-ticket",
        Icon::Clock => "#i-clock",
        Icon::Bell => "#i-bell",
        Icon::Overridden => "#i-overridden",
    }
}

/// The symbol of a token's shape; six of them, counted round.
pub fn shape(token: &Token) -> &'static str {
    match token.shape % 6 {
        0 => "#t-circle",
        1 => "#t-square",
        2 => "#t-diamond",
        3 => "#t-hexagon",
        4 => "#t-pentagon",
        _ => "#t-shield",
    }
}

/// The class that gives an identity colour; five of them, counted round.
pub fn colour(token: &Token) -> &'static str {
    match token.colour % 5 {
        0 => "id-1",
        1 => "id-2",
        2 => "id-3",
        3 => "id-4",
        _ => "id-5",
    }
}

/// The class that gives a role its colour.
pub fn role(role: Role) -> &'static str {
    match role {
        Role::Run => "run",
        Role::Ok => "ok",
        Role::Wait => "wait",
        Role::Person => "person",
        Role::Fail => "fail",
        Role::Gone => "gone",
    }
}

/// The class that gives a tile its look.
pub fn tile(tile: Tile) -> &'static str {
    match tile {
        Tile::None => "none",
        Tile::Plain => "plain",
        Tile::Run => "run",
        Tile::Wait => "wait",
        Tile::Person => "person",
        Tile::Fail => "fail",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPRITE: &str = include_str!("../../www/icons.svg");

    fn is_drawn(reference: &str) -> bool {
        SPRITE.contains(&format!(
            "<symbol id=\"{}\"",
            reference.trim_start_matches('#')
        ))
    }

    #[test]
    fn every_icon_and_shape_is_drawn() {
        use Icon::*;
        for sign in [
            Running,
            Succeeded,
            Lock,
            Gate,
            Queue,
            Person,
            Failed,
            Superseded,
            Stopped,
            Stopping,
            Cancelled,
            Abandoned,
            Skipped,
            NotStarted,
            Hourglass,
            Retrying,
            RollingBack,
            Ticket,
            Clock,
            Bell,
            Overridden,
        ] {
            assert!(
                is_drawn(icon(sign)),
                "{} is missing in www/icons.svg",
                icon(sign)
            );
        }
        for shape_number in 0..6 {
            let token = Token {
                execution: String::new(),
                short: String::new(),
                letter: String::new(),
                shape: shape_number,
                colour: 0,
                ghost: false,
                rollback: false,
            };
            assert!(
                is_drawn(shape(&token)),
                "{} is missing in www/icons.svg",
                shape(&token)
            );
        }
    }
}
