//! Webhooks as they are kept (structure-and-quotas.md §12): what was asked for, the address, and what came of the
//! latest deliveries.
//!
//! A webhook lives from PutWebhook to DeleteWebhook. Putting it again changes it and keeps its address; deleting it
//! and putting it again gives it another one. It outlives the pipeline that it starts, and its deliveries are then
//! refused.

use std::rc::Rc;

use crate::json::{FromJson, ToJson};

use super::{Options, World};
use crate::{
    engine::{
        random::{alphanumeric, digest, mix},
        time::Instant,
    },
    model::{Tag, WebhookDefinition},
};

/// QT-3: webhooks in a Region.
pub const MOST_WEBHOOKS: usize = 300;

/// How many characters of an address belong to its webhook alone.
const TOKEN_LENGTH: usize = 160;

/// A webhook.
#[derive(Clone, Debug, PartialEq, ToJson, FromJson)]
pub struct Webhook {
    /// As it was asked for, with its secret in clear.
    pub definition: Rc<WebhookDefinition>,
    /// The number of the fact that made it: its address follows from it.
    pub order: u64,
    /// Its tags.
    #[json(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
    /// Whether the repository calls it by itself (WH-15).
    #[json(default, skip_serializing_if = "std::ops::Not::not")]
    pub registered: bool,
    /// When it last started its pipeline.
    #[json(default, skip_serializing_if = "Option::is_none")]
    pub last_triggered: Option<Instant>,
    /// What was wrong with its latest delivery: a code and a text.
    #[json(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<(Rc<str>, Rc<str>)>,
}

/// What came of a delivery.
#[derive(Clone, Debug, PartialEq, Eq, ToJson, FromJson)]
pub enum Delivery {
    /// It started the pipeline.
    Started,
    /// A filter did not let it pass (WH-6).
    Filtered {
        /// The first filter that did not, by its index.
        filter: u16,
    },
    /// It was refused.
    Refused {
        /// As `errorCode` of ListWebhooks.
        code: Rc<str>,
        /// As `errorMessage`.
        message: Rc<str>,
    },
}

impl Webhook {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.definition.name
    }

    /// The address that deliveries go to (WH-11).
    #[must_use]
    pub fn url(&self, options: &Options) -> String {
        let start = mix(options.seed ^ digest("webhook") ^ mix(self.order));
        let token: String = (0..TOKEN_LENGTH / 20)
            .map(|part| alphanumeric(mix(start ^ part as u64), 20))
            .collect();
        format!("https://{}.webhooks.aws/trigger?t={token}", options.region)
    }
}

impl World {
    /// Webhooks in the order of their names, after this name.
    pub fn webhooks_after<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a Webhook> {
        let bounds = (std::ops::Bound::Excluded(name), std::ops::Bound::Unbounded);
        self.webhooks.range::<str, _>(bounds).map(|(_, one)| one)
    }

    /// The ARN of a webhook (RN-4).
    #[must_use]
    pub fn webhook_arn(&self, name: &str) -> String {
        self.pipeline_arn(&format!("webhook:{name}"))
    }
}
