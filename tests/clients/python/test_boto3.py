"""boto3 against the endpoint."""

import unittest
from datetime import datetime

import botocore.exceptions
import botocore.session

import shapes
from declarations import RIG, benched, pipeline
from endpoint import Endpoint


class Boto3(unittest.TestCase):
    def setUp(self):
        self.endpoint = Endpoint()
        self.addCleanup(self.endpoint.stop)
        self.client = self.endpoint.client()
        self.client.create_pipeline(pipeline=pipeline(), tags=[{"key": "team", "value": "web"}])

    def rest(self):
        return self.endpoint.control("advance", untilIdle=True)

    def stages(self):
        states = self.client.get_pipeline_state(name="shop")["stageStates"]
        return [state.get("latestExecution", {}).get("status") for state in states]

    def test_a_release_with_an_approval(self):
        client = self.client
        self.rest()
        self.assertEqual(self.stages(), ["Succeeded", "Succeeded", "InProgress", None])
        state = client.get_pipeline_state(name="shop")["stageStates"][2]["actionStates"][0]
        answer = client.put_approval_result(
            pipelineName="shop",
            stageName="Decide",
            actionName="Approve",
            token=state["latestExecution"]["token"],
            result={"status": "Approved", "summary": "fine"},
        )
        self.assertIsInstance(answer["approvedAt"], datetime)
        self.rest()
        self.assertEqual(self.stages(), ["Succeeded"] * 4)
        [summary] = client.list_pipeline_executions(pipelineName="shop")["pipelineExecutionSummaries"]
        execution = client.get_pipeline_execution(
            pipelineName="shop", pipelineExecutionId=summary["pipelineExecutionId"]
        )["pipelineExecution"]
        self.assertEqual(execution["status"], "Succeeded")
        self.assertEqual(execution["artifactRevisions"][0]["name"], "SourceArtifact")
        details = client.list_action_executions(pipelineName="shop")["actionExecutionDetails"]
        self.assertEqual([one["actionName"] for one in details], ["Roll", "Approve", "Compile", "Checkout"])
        self.assertTrue(all(one["lastUpdateTime"] >= one["startTime"] for one in details))
        client.get_pipeline(name="shop", version=1)
        client.list_rule_types()
        client.list_rule_executions(pipelineName="shop")
        metadata = client.list_pipelines()["ResponseMetadata"]
        self.assertEqual(metadata["HTTPStatusCode"], 200)
        self.assertRegex(metadata["RequestId"], r"^[0-9a-f-]{36}$")

    def test_transitions_stops_retries_and_updates(self):
        client = self.client
        gate = {"pipelineName": "shop", "stageName": "Build", "transitionType": "Inbound"}
        client.disable_stage_transition(**gate, reason="holidays")
        self.rest()
        state = client.get_pipeline_state(name="shop")["stageStates"][1]["inboundTransitionState"]
        self.assertEqual((state["enabled"], state["disabledReason"]), (False, "holidays"))
        self.assertIsInstance(state["lastChangedAt"], datetime)
        client.enable_stage_transition(**gate)
        self.endpoint.control(
            "setBehavior",
            target={"pipelineName": "shop", "stageName": "Build", "actionName": "Compile"},
            behavior={"outcome": {"kind": "fail", "code": "JobFailed"}},
        )
        self.rest()
        self.assertEqual(self.stages()[1], "Failed")
        [summary] = client.list_pipeline_executions(pipelineName="shop")["pipelineExecutionSummaries"]
        execution = {"pipelineName": "shop", "pipelineExecutionId": summary["pipelineExecutionId"]}
        client.retry_stage_execution(**execution, stageName="Build", retryMode="FAILED_ACTIONS")
        client.stop_pipeline_execution(**execution, abandon=True, reason="enough")
        self.rest()
        answer = client.get_pipeline_execution(**execution)["pipelineExecution"]
        self.assertEqual(answer["status"], "Stopped")
        updated = client.update_pipeline(pipeline=pipeline())["pipeline"]
        self.assertEqual(updated["version"], 2)
        revision = {"revisionId": "r1", "revisionChangeId": "c1", "created": datetime(2026, 1, 1)}
        put = client.put_action_revision(
            pipelineName="shop", stageName="Source", actionName="Checkout", actionRevision=revision
        )
        self.assertTrue(put["newRevision"])
        client.delete_pipeline(name="shop")
        self.assertEqual(client.list_pipelines()["pipelines"], [])

    def test_a_worker_of_a_custom_action(self):
        client = self.client
        one = {"minimumCount": 0, "maximumCount": 1}
        client.create_custom_action_type(
            category="Test",
            provider="BenchRig",
            version="1",
            inputArtifactDetails=one,
            outputArtifactDetails=one,
            settings={"executionUrlTemplate": "https://bench.example.org/{ExternalExecutionId}"},
        )
        client.create_pipeline(pipeline=benched())
        self.assertEqual(client.poll_for_jobs(actionTypeId=RIG)["jobs"], [])
        self.rest()
        [job] = client.poll_for_jobs(actionTypeId=RIG, maxBatchSize=5)["jobs"]
        location = job["data"]["inputArtifacts"][0]["location"]["s3Location"]
        self.assertEqual(len(location["objectKey"].split("/")), 3)
        self.assertEqual(job["data"]["outputArtifacts"], [])
        self.assertIn("sessionToken", job["data"]["artifactCredentials"])
        with self.assertRaises(client.exceptions.InvalidJobStateException):
            client.put_job_success_result(jobId=job["id"])
        answer = client.acknowledge_job(jobId=job["id"], nonce=job["nonce"])
        self.assertEqual(answer["status"], "InProgress")
        with self.assertRaises(client.exceptions.InvalidNonceException):
            client.acknowledge_job(jobId=job["id"], nonce=job["nonce"])
        client.put_job_success_result(
            jobId=job["id"],
            continuationToken="half",
            executionDetails={"externalExecutionId": "run-7", "percentComplete": 50},
        )
        state = client.get_pipeline_state(name="benched")["stageStates"][1]["actionStates"][0]["latestExecution"]
        self.assertEqual((state["status"], state["percentComplete"]), ("InProgress", 50))
        self.assertEqual(state["externalExecutionId"], "run-7")
        self.assertEqual(state["externalExecutionUrl"], "https://bench.example.org/run-7")
        self.assertEqual(client.poll_for_jobs(actionTypeId=RIG)["jobs"], [])
        self.endpoint.control("advance", seconds=30)
        [going_on] = client.poll_for_jobs(actionTypeId=RIG)["jobs"]
        self.assertNotEqual(going_on["id"], job["id"])
        self.assertEqual(going_on["data"]["continuationToken"], "half")
        client.acknowledge_job(jobId=going_on["id"], nonce=going_on["nonce"])
        details = client.get_job_details(jobId=going_on["id"])["jobDetails"]
        self.assertEqual(details["data"], going_on["data"])
        client.put_job_success_result(jobId=going_on["id"], outputVariables={"Score": "9"})
        self.rest()
        [done] = client.list_pipeline_executions(pipelineName="benched")["pipelineExecutionSummaries"]
        self.assertEqual(done["status"], "Succeeded")
        client.start_pipeline_execution(name="benched")
        self.rest()
        [job] = client.poll_for_jobs(actionTypeId=RIG)["jobs"]
        client.acknowledge_job(jobId=job["id"], nonce=job["nonce"])
        client.put_job_failure_result(jobId=job["id"], failureDetails={"type": "JobFailed", "message": "smoke"})
        self.rest()
        state = client.get_pipeline_state(name="benched")["stageStates"][1]["actionStates"][0]["latestExecution"]
        self.assertEqual(state["errorDetails"], {"code": "JobFailed", "message": "smoke"})
        with self.assertRaises(client.exceptions.JobNotFoundException):
            client.get_job_details(jobId="00000000-0000-4000-8000-000000000000")

    def test_paging_through_250_executions(self):
        for _ in range(249):
            self.client.start_pipeline_execution(name="shop")
        pages = list(
            self.client.get_paginator("list_pipeline_executions").paginate(
                pipelineName="shop", PaginationConfig={"PageSize": 100}
            )
        )
        self.assertEqual([len(page["pipelineExecutionSummaries"]) for page in pages], [100, 100, 50])
        ids = {one["pipelineExecutionId"] for page in pages for one in page["pipelineExecutionSummaries"]}
        self.assertEqual(len(ids), 250)
        self.assertNotIn("nextToken", pages[-1])

    def test_errors_are_exceptions_of_their_kind(self):
        exceptions = self.client.exceptions
        with self.assertRaises(exceptions.PipelineNotFoundException) as caught:
            self.client.get_pipeline(name="none")
        answer = caught.exception.response
        self.assertEqual(answer["Error"]["Code"], "PipelineNotFoundException")
        self.assertEqual(
            answer["Error"]["Message"], "Account '123456789012' does not have a pipeline with name 'none'"
        )
        self.assertEqual(answer["ResponseMetadata"]["HTTPStatusCode"], 400)
        with self.assertRaises(exceptions.ValidationException):
            self.client.get_pipeline(name="a b")
        with self.assertRaises(exceptions.PipelineNameInUseException):
            self.client.create_pipeline(pipeline=pipeline())
        with self.assertRaises(exceptions.InvalidNextTokenException):
            self.client.list_pipelines(nextToken="garbage")
        with self.assertRaises(botocore.exceptions.ParamValidationError):
            self.client.get_pipeline(name=5)


class Checker(unittest.TestCase):
    """What holds answers against the model would be worth nothing if it let everything through."""

    def shape(self, operation):
        model = botocore.session.get_session().get_service_model("codepipeline")
        return model.operation_model(operation).output_shape

    def test_it_finds_what_is_wrong(self):
        start = self.shape("StartPipelineExecution")
        good = {"pipelineExecutionId": "00000000-0000-4000-8000-000000000000"}
        self.assertEqual(shapes.problems(start, good), [])
        for wrong, words in [
            ([], "is no structure"),
            ({"pipelineExecutionId": 5}, "is no string"),
            ({"pipelineExecutionId": "x"}, "does not look like"),
            ({**good, "other": 1}, "is not in the model"),
        ]:
            self.assertIn(words, " ".join(shapes.problems(start, wrong)))
        listed = self.shape("ListPipelines")
        for wrong, words in [
            ({"version": 0}, "is less than 1"),
            ({"version": True}, "is no integer"),
            ({"name": "x" * 101}, "is more than 100"),
            ({"pipelineType": "V3"}, "is none of"),
            ({"created": 5}, "is no timestamp"),
        ]:
            self.assertIn(words, " ".join(shapes.problems(listed, {"pipelines": [wrong]})))
        self.assertEqual(shapes.problems(listed, {"pipelines": [{"created": 5.5}]}, parsed=False), [])
        types = self.shape("ListRuleTypes")
        self.assertIn("ruleTypes is missing", " ".join(shapes.problems(types, {})))


if __name__ == "__main__":
    unittest.main()
