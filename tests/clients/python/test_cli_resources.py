"""The AWS CLI 1.x against the endpoint: action types, jobs, webhooks and tags."""

import json
import unittest

from cli import CliTest
from declarations import benched, partnered, webhook

NOBODY = "00000000-0000-4000-8000-000000000000"
RIG = "category=Test,owner=Custom,provider=BenchRig,version=1"
SHOP = "arn:aws:codepipeline:us-east-1:123456789012:shop"
PARTNER = ["--client-token", "DEFAULT_CLIENT_TOKEN"]


class Jobs(CliTest):
    def make_type(self):
        counts = "minimumCount=0,maximumCount=1"
        return self.ok(
            *("create-custom-action-type", "--category", "Test", "--provider", "BenchRig", "--action-version", "1"),
            *("--input-artifact-details", counts, "--output-artifact-details", counts),
            *("--settings", json.dumps({"executionUrlTemplate": "https://bench.example.org/{ExternalExecutionId}"})),
        )["actionType"]

    def queue(self):
        """A job waits for a worker of the account."""
        self.make_type()
        self.ok("create-pipeline", "--pipeline", json.dumps(benched()))
        self.endpoint.control("advance", untilIdle=True)

    def poll(self):
        [job] = self.ok("poll-for-jobs", "--action-type-id", RIG, "--max-batch-size", "1")["jobs"]
        return job

    def test_a_job_that_goes_on_and_succeeds(self):
        self.queue()
        job = self.poll()
        claim = ["acknowledge-job", "--job-id", job["id"], "--nonce", job["nonce"]]
        self.assertEqual(self.ok(*claim), {"status": "InProgress"})
        told = self.ok("get-job-details", "--job-id", job["id"])["jobDetails"]
        self.assertEqual(told["data"], job["data"])
        result = ["put-job-success-result", "--job-id"]
        details = ["--execution-details", "summary=halfway,externalExecutionId=run-7,percentComplete=50"]
        self.ok(*result, job["id"], "--continuation-token", "half", *details)
        self.endpoint.control("advance", seconds=30)
        job = self.poll()
        self.assertEqual(job["data"]["continuationToken"], "half")
        self.ok("acknowledge-job", "--job-id", job["id"], "--nonce", job["nonce"])
        self.ok(*result, job["id"], "--output-variables", "Score=9", "--current-revision", "revision=r1,changeIdentifier=c1")
        statuses = self.ok(
            *("list-pipeline-executions", "--pipeline-name", "benched"),
            *("--query", "pipelineExecutionSummaries[].status", "--output", "json"),
        )
        self.assertEqual(statuses, ["Succeeded"])

    def test_a_job_that_fails_and_what_is_refused(self):
        self.queue()
        job = self.poll()
        name = ["--job-id", job["id"]]
        self.refuses(
            *("put-job-success-result", name, "InvalidJobStateException"),
            f"The job '{job['id']}' is in state 'Dispatched' and cannot be updated",
        )
        nonce = "The nonce is not the one of the last time the job was handed out, or was used before"
        self.refuses("acknowledge-job", [*name, "--nonce", "99"], "InvalidNonceException", nonce)
        self.ok("acknowledge-job", *name, "--nonce", job["nonce"])
        self.refuses("acknowledge-job", [*name, "--nonce", job["nonce"]], "InvalidNonceException", nonce)
        self.ok("put-job-failure-result", *name, "--failure-details", "type=JobFailed,message=smoke")
        self.refuses(
            *("put-job-failure-result", [*name, "--failure-details", "type=JobFailed,message=smoke"]),
            *("InvalidJobStateException", f"The job '{job['id']}' is in state 'Failed' and cannot be updated"),
        )
        self.refuses(
            *("get-job-details", ["--job-id", NOBODY], "JobNotFoundException"),
            f"The job '{NOBODY}' does not exist",
        )
        self.refuses(
            *("poll-for-jobs", ["--action-type-id", RIG.replace("BenchRig", "None")], "ActionTypeNotFoundException"),
            "ActionType (Category: 'Test', Owner: 'Custom', Provider: 'None', Version: '1') is not available",
        )
        self.refuses(
            *("put-job-failure-result", [*name, "--failure-details", "type=Tired,message=x"], "ValidationException"),
            "1 validation error detected: Value at 'failureDetails.type' failed to satisfy constraint: Member must satisfy "
            "enum value set: [JobFailed, ConfigurationError, PermissionError, RevisionOutOfSync, RevisionUnavailable, "
            "SystemUnavailable]",
        )
        state = self.ok("get-pipeline-state", "--name", "benched")["stageStates"][1]["actionStates"][0]
        self.assertEqual(state["latestExecution"]["errorDetails"], {"code": "JobFailed", "message": "smoke"})

    def test_a_job_of_a_partner(self):
        self.endpoint.control("attachWorker", actionType="Test/ThirdParty/Runscope/1", external=True)
        self.ok("create-pipeline", "--pipeline", json.dumps(partnered()))
        self.endpoint.control("advance", untilIdle=True)
        kind = RIG.replace("Custom", "ThirdParty").replace("BenchRig", "Runscope")
        [job] = self.ok("poll-for-third-party-jobs", "--action-type-id", kind)["jobs"]
        name = ["--job-id", job["jobId"]]
        self.refuses(
            *("get-third-party-job-details", [*name, "--client-token", "guess"], "InvalidClientTokenException"),
            "The client token is not the one of the job's client",
        )
        told = self.ok("get-third-party-job-details", *name, *PARTNER)["jobDetails"]
        claimed = self.ok("acknowledge-third-party-job", *name, *PARTNER, "--nonce", told["nonce"])
        self.assertEqual(claimed, {"status": "InProgress"})
        self.ok("put-third-party-job-success-result", *name, *PARTNER)
        failure = ["--failure-details", "type=JobFailed,message=late"]
        self.refuses(
            *("put-third-party-job-failure-result", [*name, *PARTNER, *failure], "InvalidJobStateException"),
            f"The job '{job['jobId']}' is in state 'Succeeded' and cannot be updated",
        )

    def test_action_types(self):
        made = self.make_type()
        self.assertEqual(self.ok("list-action-types", "--action-owner-filter", "Custom"), {"actionTypes": [made]})
        listed = self.ok("list-action-types")["actionTypes"]
        self.assertGreater(len(listed), 30)
        partner = ["--category", "Test", "--owner", "ThirdParty", "--provider", "Runscope", "--action-version", "1"]
        model = self.ok("get-action-type", *partner)["actionType"]
        model["executor"]["jobTimeout"] = 600
        self.ok("update-action-type", "--action-type", json.dumps(model))
        self.assertEqual(self.ok("get-action-type", *partner)["actionType"], model)
        custom = ["--category", "Test", "--provider", "BenchRig", "--action-version", "1"]
        # Gone, and gone already.
        for _ in range(2):
            self.ok("delete-custom-action-type", *custom)
        self.assertEqual(self.ok("list-action-types", "--action-owner-filter", "Custom"), {"actionTypes": []})


class Webhooks(CliTest):
    def test_a_webhook_from_the_command_line(self):
        declared = json.dumps(webhook("shop"))
        put = self.ok("put-webhook", "--webhook", declared, "--tags", "key=team,value=web")["webhook"]
        self.assertEqual(put["definition"]["authenticationConfiguration"], {"SecretToken": "****"})
        delivered = self.endpoint.control(
            "deliverWebhook", webhookName="pushes", body={"ref": "refs/heads/main"}, sign="sha256"
        )
        self.assertEqual(delivered["status"], 200)
        [listed] = self.ok("list-webhooks")["webhooks"]
        self.assertIsInstance(listed.pop("lastTriggered"), (int, float))
        self.assertEqual(listed, put)
        named = ["--webhook-name", "none"]
        for command in ("register-webhook-with-third-party", "deregister-webhook-with-third-party"):
            self.refuses(
                *(command, named, "WebhookNotFoundException"),
                "Account '123456789012' does not have a webhook with name 'none'",
            )
        self.refuses(
            *("put-webhook", ["--webhook", json.dumps(webhook("none"))], "PipelineNotFoundException"),
            "The account with id '123456789012' does not include a pipeline with the name 'none'",
        )
        code, out, err = self.endpoint.aws("put-webhook", "--webhook", json.dumps({**webhook("shop"), "filters": 5}))
        self.assertEqual((code, out), (255, ""))
        self.assertIn("Invalid type for parameter webhook.filters, value: 5", err)
        # Gone, and gone already.
        for _ in range(2):
            self.assertEqual(self.ok("delete-webhook", "--name", "pushes"), {})
        self.assertEqual(self.ok("list-webhooks"), {"webhooks": []})

    def test_a_webhook_of_github_is_registered(self):
        declaration = json.loads(json.dumps(self.ok("get-pipeline", "--name", "shop")["pipeline"]))
        declaration["name"] = "hosted"
        source = declaration["stages"][0]["actions"][0]
        source["actionTypeId"].update(owner="ThirdParty", provider="GitHub")
        source["configuration"] = {
            **{"Owner": "shop", "Repo": "shop", "Branch": "main"},
            **{"OAuthToken": "hidden", "PollForSourceChanges": "false"},
        }
        made = self.ok("create-pipeline", "--pipeline", json.dumps(declaration))["pipeline"]
        self.assertEqual(made["stages"][0]["actions"][0]["configuration"]["OAuthToken"], "****")
        hooked = webhook("hosted", filters=[{"jsonPath": "$.ref", "matchEquals": "refs/heads/{Branch}"}])
        self.ok("put-webhook", "--webhook", json.dumps(hooked))
        for command in ("register-webhook-with-third-party", "deregister-webhook-with-third-party"):
            self.assertEqual(self.ok(command, "--webhook-name", "pushes"), {})


class Tags(CliTest):
    def listed(self, *more):
        return self.ok("list-tags-for-resource", "--resource-arn", SHOP, *more)["tags"]

    def test_tags_from_the_command_line(self):
        tag = ["tag-resource", "--resource-arn", SHOP, "--tags"]
        self.assertEqual(self.ok(*tag, "key=team,value=web", "key=cost centre,value=7"), {})
        self.ok(*tag, "key=team,value=shop")
        both = [{"key": "cost centre", "value": "7"}, {"key": "team", "value": "shop"}]
        self.assertEqual(sorted(self.listed(), key=lambda one: one["key"]), both)
        self.assertEqual(self.ok("untag-resource", "--resource-arn", SHOP, "--tag-keys", "team", "none"), {})
        self.assertEqual(self.listed(), both[:1])

    def test_what_is_refused(self):
        other = SHOP.replace("us-east-1", "eu-west-1")
        self.refuses(
            *("list-tags-for-resource", ["--resource-arn", other], "InvalidArnException"),
            f"The ARN '{other}' does not name a resource of this account and Region that can have tags",
        )
        none = SHOP.replace("shop", "none")
        self.refuses(
            *("untag-resource", ["--resource-arn", none, "--tag-keys", "team"], "ResourceNotFoundException"),
            f"The resource '{none}' does not exist",
        )
        self.refuses(
            *("list-tags-for-resource", ["--resource-arn", SHOP, "--next-token", "x"], "InvalidNextTokenException"),
            "The next token is invalid.",
        )
        many = [f"key=k{number},value=" for number in range(51)]
        self.assertIn("(TooManyTagsException)", self.refused("tag-resource", "--resource-arn", SHOP, "--tags", *many))


if __name__ == "__main__":
    unittest.main()
