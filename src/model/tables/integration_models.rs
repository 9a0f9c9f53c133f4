//! Action types described by an integration model: who runs them and how.

use super::*;

shapes! {
    /// An action type as its integrator describes it.
    structure ActionTypeDeclaration {
        optional description: ActionTypeDescription = "description";
        required executor: ActionTypeExecutor = "executor";
        required id: ActionTypeIdentifier = "id";
        required input_artifact_details: ActionTypeArtifactDetails = "inputArtifactDetails";
        required output_artifact_details: ActionTypeArtifactDetails = "outputArtifactDetails";
        /// Accounts that may use it.
        optional permissions: ActionTypePermissions = "permissions";
        optional properties: ActionTypeProperties = "properties";
        optional urls: ActionTypeUrls = "urls";
    }

    /// Names an action type of an integrator.
    structure ActionTypeIdentifier {
        required category: ActionCategory = "category";
        required owner: ActionTypeOwner = "owner";
        required provider: ActionProvider = "provider";
        required version: Version = "version";
    }

    /// How many artifacts an action may have.
    structure ActionTypeArtifactDetails {
        required minimum_count: MinimumActionTypeArtifactCount = "minimumCount";
        required maximum_count: MaximumActionTypeArtifactCount = "maximumCount";
    }

    /// Who does the work.
    structure ActionTypeExecutor {
        required configuration: ExecutorConfiguration = "configuration";
        required r#type: ExecutorType = "type";
        /// Policy a caller has to grant, as JSON text.
        optional policy_statements_template: PolicyStatementsTemplate = "policyStatementsTemplate";
        /// Seconds a single job may take (J-44).
        optional job_timeout: JobTimeout = "jobTimeout";
    }

    /// Kinds of executors.
    choice ExecutorType { JobWorker = "JobWorker"; Lambda = "Lambda"; }

    /// The executor; exactly one of the two.
    structure ExecutorConfiguration {
        optional lambda_executor_configuration: LambdaExecutorConfiguration = "lambdaExecutorConfiguration";
        optional job_worker_executor_configuration: JobWorkerExecutorConfiguration = "jobWorkerExecutorConfiguration";
    }

    /// A function does the work.
    structure LambdaExecutorConfiguration {
        required lambda_function_arn: LambdaFunctionArn = "lambdaFunctionArn";
    }

    /// A job worker does the work.
    structure JobWorkerExecutorConfiguration {
        optional polling_accounts: PollingAccountList = "pollingAccounts";
        optional polling_service_principals: PollingServicePrincipalList = "pollingServicePrincipals";
    }

    /// Who may use an action type.
    structure ActionTypePermissions {
        required allowed_accounts: AllowedAccounts = "allowedAccounts";
    }

    /// A key in the configuration of an action.
    structure ActionTypeProperty {
        required name: ActionConfigurationKey = "name";
        /// May be left out.
        required optional: Boolean = "optional";
        /// The value names the thing the action works on.
        required key: Boolean = "key";
        /// The value is shown as asterisks.
        required no_echo: Boolean = "noEcho";
        optional queryable: Boolean = "queryable";
        optional description: PropertyDescription = "description";
    }

    /// Pages that belong to an action type.
    structure ActionTypeUrls {
        optional configuration_url: Url = "configurationUrl";
        optional entity_url_template: UrlTemplate = "entityUrlTemplate";
        optional execution_url_template: UrlTemplate = "executionUrlTemplate";
        optional revision_url_template: UrlTemplate = "revisionUrlTemplate";
    }

    /// Input of GetActionType: reads the integration model of an action type.
    structure GetActionTypeInput {
        required category: ActionCategory = "category";
        required owner: ActionTypeOwner = "owner";
        required provider: ActionProvider = "provider";
        required version: Version = "version";
    }

    /// Answer of GetActionType.
    structure GetActionTypeOutput {
        optional action_type: ActionTypeDeclaration = "actionType";
    }

    /// Input of UpdateActionType: changes the integration model of an action type.
    structure UpdateActionTypeInput {
        required action_type: ActionTypeDeclaration = "actionType";
    }

    list ActionTypeProperties [ActionTypeProperty; ..=10]
    list AllowedAccounts [AllowedAccount; 1..=1000]
    list PollingAccountList [AccountId; 1..=1000]
    list PollingServicePrincipalList [ServicePrincipal; 1..=10]

    text ActionTypeDescription (1..=1024)
    text ActionTypeOwner (TYPE_OWNER)
    text AllowedAccount (ALLOWED_ACCOUNT)
    text LambdaFunctionArn (LAMBDA_FUNCTION_ARN; 1..=140)
    text PolicyStatementsTemplate (1..=2048)
    text PropertyDescription (1..=250)
    text ServicePrincipal (1..=128)

    integer JobTimeout (60..=43200)
    integer MaximumActionTypeArtifactCount (0..=10)
    integer MinimumActionTypeArtifactCount (0..=10)
}
