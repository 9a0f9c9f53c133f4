//! Custom action types: how they are made, listed and removed.

use super::*;

shapes! {
    /// A type of action and how it is configured.
    structure ActionType {
        required id: ActionTypeId = "id";
        optional settings: ActionTypeSettings = "settings";
        optional action_configuration_properties: ActionConfigurationPropertyList = "actionConfigurationProperties";
        required input_artifact_details: ArtifactDetails = "inputArtifactDetails";
        required output_artifact_details: ArtifactDetails = "outputArtifactDetails";
    }

    /// Pages that belong to an action type; templates may hold `{Config:name}`.
    structure ActionTypeSettings {
        optional third_party_configuration_url: Url = "thirdPartyConfigurationUrl";
        optional entity_url_template: UrlTemplate = "entityUrlTemplate";
        optional execution_url_template: UrlTemplate = "executionUrlTemplate";
        optional revision_url_template: UrlTemplate = "revisionUrlTemplate";
    }

    /// A key in the configuration of an action.
    structure ActionConfigurationProperty {
        required name: ActionConfigurationKey = "name";
        required required: Boolean = "required";
        /// The value names the thing the action works on.
        required key: Boolean = "key";
        /// The value is shown as asterisks (S-1).
        required secret: Boolean = "secret";
        /// Workers may ask for jobs by its value (J-10).
        optional queryable: Boolean = "queryable";
        optional description: Description = "description";
        optional r#type: ActionConfigurationPropertyType = "type";
    }

    /// What the value of such a key is.
    choice ActionConfigurationPropertyType { String = "String"; Number = "Number"; Boolean = "Boolean"; }

    /// How many artifacts an action may have.
    structure ArtifactDetails {
        required minimum_count: MinimumArtifactCount = "minimumCount";
        required maximum_count: MaximumArtifactCount = "maximumCount";
    }

    /// Input of CreateCustomActionType: makes an action type whose work is done by your own job workers.
    structure CreateCustomActionTypeInput {
        required category: ActionCategory = "category";
        required provider: ActionProvider = "provider";
        required version: Version = "version";
        optional settings: ActionTypeSettings = "settings";
        optional configuration_properties: ActionConfigurationPropertyList = "configurationProperties";
        required input_artifact_details: ArtifactDetails = "inputArtifactDetails";
        required output_artifact_details: ArtifactDetails = "outputArtifactDetails";
        optional tags: TagList = "tags";
    }

    /// Answer of CreateCustomActionType.
    structure CreateCustomActionTypeOutput {
        required action_type: ActionType = "actionType";
        optional tags: TagList = "tags";
    }

    /// Input of DeleteCustomActionType: marks a custom action type as deleted; its version cannot be used again.
    structure DeleteCustomActionTypeInput {
        required category: ActionCategory = "category";
        required provider: ActionProvider = "provider";
        required version: Version = "version";
    }

    /// Input of ListActionTypes: lists the action types of the account.
    structure ListActionTypesInput {
        optional action_owner_filter: ActionOwner = "actionOwnerFilter";
        optional next_token: NextToken = "nextToken";
        optional region_filter: AWSRegionName = "regionFilter";
    }

    /// Answer of ListActionTypes.
    structure ListActionTypesOutput {
        required action_types: ActionTypeList = "actionTypes";
        optional next_token: NextToken = "nextToken";
    }

    list ActionConfigurationPropertyList [ActionConfigurationProperty; ..=10]
    list ActionTypeList [ActionType]

    integer MaximumArtifactCount (0..=5)
    integer MinimumArtifactCount (0..=5)
}
