"""A whole release through boto3: a webhook starts it, a worker builds, a person approves, and it ends."""

import unittest
from datetime import datetime

from declarations import KILN, KILN_TYPE, released, webhook
from endpoint import Endpoint
from worker import Worker

COMMIT = "82b3b9d4a4c6f00d1234567890abcdef12345678"
PUSH = {"ref": "refs/heads/main", "head_commit": {"id": COMMIT, "message": "Glaze the pots"}}


class Release(unittest.TestCase):
    def setUp(self):
        self.endpoint = Endpoint()
        self.addCleanup(self.endpoint.stop)
        self.client = self.endpoint.client()
        created = self.client.create_custom_action_type(**KILN_TYPE, tags=[{"key": "team", "value": "clay"}])
        self.assertEqual(created["actionType"]["id"], KILN)
        declared = self.client.create_pipeline(pipeline=released())["pipeline"]
        self.assertEqual(declared["stages"][1]["actions"][0]["configuration"]["Password"], "****")
        # The execution that the creation started is no part of this.
        self.client.stop_pipeline_execution(
            pipelineName="release", pipelineExecutionId=self.latest()["pipelineExecutionId"], abandon=True
        )

    def rest(self):
        return self.endpoint.control("advance", untilIdle=True)

    def latest(self):
        return self.client.list_pipeline_executions(pipelineName="release")["pipelineExecutionSummaries"][0]

    def action(self, stage):
        states = self.client.get_pipeline_state(name="release")["stageStates"]
        return states[stage]["actionStates"][0]

    def deliver(self, body, **more):
        return self.endpoint.control("deliverWebhook", webhookName="pushes", body=body, **more)

    def test_from_a_push_to_the_machines(self):
        client = self.client
        put = client.put_webhook(webhook=webhook(), tags=[{"key": "team", "value": "clay"}])["webhook"]
        self.assertEqual(put["definition"]["authenticationConfiguration"], {"SecretToken": "****"})
        self.assertTrue(put["url"].startswith("https://us-east-1.webhooks.aws/trigger?t="))
        self.assertEqual(self.deliver(PUSH, sign="sha256")["status"], 200)
        started = self.latest()
        self.assertEqual(started["trigger"], {"triggerType": "Webhook", "triggerDetail": put["arn"]})
        self.rest()
        worker = Worker(client, KILN, "north", steps=3)
        self.assertEqual(Worker(client, KILN, "south", steps=3).poll(), 0)
        self.assertEqual(worker.poll(), 1)
        running = self.action(1)
        self.assertEqual(running["entityUrl"], "https://kiln.example.org/north")
        latest = running["latestExecution"]
        self.assertEqual((latest["status"], latest["percentComplete"]), ("InProgress", 33))
        self.assertEqual(latest["externalExecutionUrl"], f"https://kiln.example.org/north/{latest['externalExecutionId']}")
        # The job that goes on can be had after half a minute, and not before.
        self.assertEqual(worker.poll(), 0)
        for _ in range(2):
            self.endpoint.control("advance", seconds=30)
            self.assertEqual(worker.poll(), 1)
        self.assertEqual([job["data"].get("continuationToken") for job in worker.seen], [None, "1", "2"])
        self.check_job(worker.seen[0]["data"], started)
        self.rest()
        asked = self.action(2)["latestExecution"]
        rows = client.list_action_executions(pipelineName="release", maxResults=1)["actionExecutionDetails"]
        self.assertEqual(rows[0]["input"]["resolvedConfiguration"], {"CustomData": "Ship 12 pots?"})
        approved = client.put_approval_result(
            pipelineName="release",
            stageName="Decide",
            actionName="Approve",
            token=asked["token"],
            result={"status": "Approved", "summary": "They look fine"},
        )
        self.assertIsInstance(approved["approvedAt"], datetime)
        with self.assertRaises(client.exceptions.ApprovalAlreadyCompletedException):
            client.put_approval_result(
                pipelineName="release",
                stageName="Decide",
                actionName="Approve",
                token=asked["token"],
                result={"status": "Rejected", "summary": "On second thoughts"},
            )
        self.rest()
        self.assertEqual(self.latest()["status"], "Succeeded")
        [revision] = self.latest()["sourceRevisions"]
        self.assertEqual((revision["revisionId"], revision["revisionSummary"]), (COMMIT, "Glaze the pots"))
        [listed] = client.list_webhooks()["webhooks"]
        self.assertIsInstance(listed["lastTriggered"], datetime)

    def check_job(self, data, started):
        """A job tells its worker everything that the work needs."""
        context = data["pipelineContext"]
        self.assertEqual(context["pipelineName"], "release")
        self.assertEqual(context["stage"], {"name": "Build"})
        self.assertEqual(context["pipelineExecutionId"], started["pipelineExecutionId"])
        configuration = data["actionConfiguration"]["configuration"]
        self.assertEqual((configuration["Furnace"], configuration["Password"]), ("north", "hidden"))
        self.assertNotIn("#{", configuration["Label"])
        [read] = data["inputArtifacts"]
        [made] = data["outputArtifacts"]
        for artifact, name in ((read, "SourceArtifact"), (made, "Pots")):
            self.assertEqual(artifact["name"], name)
            self.assertEqual(artifact["location"]["s3Location"]["bucketName"], "artifacts-bucket")
        self.assertEqual(set(data["artifactCredentials"]), {"accessKeyId", "secretAccessKey", "sessionToken"})

    def test_deliveries_that_start_nothing(self):
        self.client.put_webhook(webhook=webhook())
        before = self.latest()["pipelineExecutionId"]
        signed = {"headers": {"X-Hub-Signature-256": "sha256=" + "0" * 64}}
        for body, more, status in [
            (PUSH, {}, 403),
            (PUSH, signed, 403),
            ({"ref": "refs/heads/other"}, {"sign": "sha1"}, 200),
        ]:
            answer = self.deliver(body, **more)
            self.assertEqual(answer["status"], status, more)
            self.assertEqual(self.latest()["pipelineExecutionId"], before)
        self.client.put_webhook(
            webhook=webhook(authentication="IP", authenticationConfiguration={"AllowedIPRange": "10.1.0.0/16"})
        )
        self.assertEqual(self.deliver(PUSH, sourceIp="10.2.0.1")["status"], 403)
        self.assertEqual(self.deliver(PUSH, sourceIp="10.1.0.1")["status"], 200)
        self.assertNotEqual(self.latest()["pipelineExecutionId"], before)
        self.client.delete_webhook(name="pushes")
        self.assertEqual(self.client.list_webhooks()["webhooks"], [])

    def test_a_type_in_use_is_deleted_and_comes_back(self):
        client = self.client
        client.start_pipeline_execution(name="release")
        self.rest()
        client.delete_custom_action_type(category="Build", provider="Kiln", version="1")
        with self.assertRaises(client.exceptions.ActionTypeNotFoundException):
            Worker(client, KILN, "north", steps=1).poll()
        self.assertEqual(client.list_action_types(actionOwnerFilter="Custom")["actionTypes"], [])
        client.create_custom_action_type(**KILN_TYPE)
        self.assertEqual(Worker(client, KILN, "north", steps=1).poll(), 1)
        self.assertEqual(self.action(1)["latestExecution"]["status"], "Succeeded")


if __name__ == "__main__":
    unittest.main()
