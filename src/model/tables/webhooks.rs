//! Webhooks: addresses outside callers start a pipeline with.

use super::*;

shapes! {
    /// A webhook as its author writes it.
    structure WebhookDefinition {
        required name: WebhookName = "name";
        required target_pipeline: PipelineName = "targetPipeline";
        /// A source action, in the first stage.
        required target_action: ActionName = "targetAction";
        /// All of them have to pass.
        required filters: WebhookFilters = "filters";
        required authentication: WebhookAuthenticationType = "authentication";
        required authentication_configuration: WebhookAuthConfiguration = "authenticationConfiguration";
    }

    /// A condition on the body of a delivery.
    structure WebhookFilterRule {
        required json_path: JsonPath = "jsonPath";
        /// May hold `{Key}` of the configuration of the target action (WH-7).
        optional match_equals: MatchEquals = "matchEquals";
    }

    /// How a caller proves itself.
    choice WebhookAuthenticationType {
        GithubHmac = "GITHUB_HMAC";
        Ip = "IP";
        Unauthenticated = "UNAUTHENTICATED";
    }

    /// What the proof is checked against (WH-1 to WH-3).
    structure WebhookAuthConfiguration {
        /// CIDR range the delivery has to come from.
        optional allowed_ip_range: WebhookAuthConfigurationAllowedIPRange = "AllowedIPRange";
        /// Secret the body is signed with; shown as asterisks (WH-5).
        optional secret_token: WebhookAuthConfigurationSecretToken = "SecretToken";
    }

    /// A webhook as it is kept.
    structure ListWebhookItem {
        required definition: WebhookDefinition = "definition";
        /// Where deliveries go.
        required url: WebhookUrl = "url";
        /// What was wrong with the latest delivery.
        optional error_message: WebhookErrorMessage = "errorMessage";
        optional error_code: WebhookErrorCode = "errorCode";
        /// When a delivery last started the pipeline.
        optional last_triggered: WebhookLastTriggered = "lastTriggered";
        optional arn: WebhookArn = "arn";
        optional tags: TagList = "tags";
    }

    /// Input of PutWebhook: makes or changes a webhook.
    structure PutWebhookInput {
        required webhook: WebhookDefinition = "webhook";
        optional tags: TagList = "tags";
    }

    /// Answer of PutWebhook.
    structure PutWebhookOutput {
        optional webhook: ListWebhookItem = "webhook";
    }

    /// Input of DeleteWebhook: removes a webhook; removing one that does not exist succeeds as well.
    structure DeleteWebhookInput {
        required name: WebhookName = "name";
    }

    /// Answer of DeleteWebhook.
    structure DeleteWebhookOutput {}

    /// Input of ListWebhooks: lists the webhooks of the account.
    structure ListWebhooksInput {
        optional next_token: NextToken = "NextToken";
        optional max_results: MaxResults = "MaxResults";
    }

    /// Answer of ListWebhooks.
    structure ListWebhooksOutput {
        optional webhooks: WebhookList = "webhooks";
        optional next_token: NextToken = "NextToken";
    }

    /// Input of RegisterWebhookWithThirdParty: registers a webhook with the repository of its source action.
    structure RegisterWebhookWithThirdPartyInput {
        optional webhook_name: WebhookName = "webhookName";
    }

    /// Answer of RegisterWebhookWithThirdParty.
    structure RegisterWebhookWithThirdPartyOutput {}

    /// Input of DeregisterWebhookWithThirdParty: takes a webhook off the repository it was registered with.
    structure DeregisterWebhookWithThirdPartyInput {
        optional webhook_name: WebhookName = "webhookName";
    }

    /// Answer of DeregisterWebhookWithThirdParty.
    structure DeregisterWebhookWithThirdPartyOutput {}

    list WebhookFilters [WebhookFilterRule; ..=5]
    list WebhookList [ListWebhookItem]

    text JsonPath (1..=150)
    text MatchEquals (1..=150)
    text WebhookArn ()
    text WebhookAuthConfigurationAllowedIPRange (1..=100)
    text WebhookAuthConfigurationSecretToken (1..=100)
    text WebhookErrorCode ()
    text WebhookErrorMessage ()
    text WebhookName (NAME; 1..=100)
    text WebhookUrl (1..=1000)

    timestamp WebhookLastTriggered ()
}
