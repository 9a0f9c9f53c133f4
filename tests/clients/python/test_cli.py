"""The AWS CLI 1.x against the endpoint: what it prints, and how it ends."""

import json
import unittest

from declarations import pipeline
from endpoint import Endpoint


class Cli(unittest.TestCase):
    def setUp(self):
        self.endpoint = Endpoint()
        self.addCleanup(self.endpoint.stop)
        self.ok("create-pipeline", "--pipeline", json.dumps(pipeline()))

    def ok(self, *arguments):
        code, out, err = self.endpoint.aws(*arguments)
        self.assertEqual((code, err), (0, ""), arguments)
        return json.loads(out) if out else None

    def refused(self, *arguments):
        code, out, err = self.endpoint.aws(*arguments)
        self.assertEqual((code, out), (255, ""), arguments)
        return err

    def test_a_release(self):
        self.endpoint.control("advance", untilIdle=True)
        state = self.ok("get-pipeline-state", "--name", "shop")
        token = state["stageStates"][2]["actionStates"][0]["latestExecution"]["token"]
        self.assertIsInstance(state["created"], int)
        approved = self.ok(
            *("put-approval-result", "--pipeline-name", "shop", "--stage-name", "Decide"),
            *("--action-name", "Approve", "--token", token),
            *("--result", "summary=fine,status=Approved"),
        )
        self.assertEqual(list(approved), ["approvedAt"])
        self.endpoint.control("advance", untilIdle=True)
        statuses = self.ok(
            *("list-pipeline-executions", "--pipeline-name", "shop"),
            *("--query", "pipelineExecutionSummaries[].status"),
        )
        self.assertEqual(statuses, ["Succeeded"])
        self.assertEqual(self.ok("get-pipeline", "--name", "shop", "--pipeline-version", "1")["pipeline"]["version"], 1)
        gate = ["--pipeline-name", "shop", "--stage-name", "Build", "--transition-type", "Inbound"]
        self.assertIsNone(self.ok("disable-stage-transition", *gate, "--reason", "holidays"))
        self.assertIsNone(self.ok("enable-stage-transition", *gate))
        self.assertIsNone(self.ok("delete-pipeline", "--name", "shop"))
        self.assertEqual(self.ok("list-pipelines"), {"pipelines": []})

    def test_what_the_service_refuses(self):
        self.assertEqual(
            self.refused("get-pipeline", "--name", "none"),
            "\nAn error occurred (PipelineNotFoundException) when calling the GetPipeline operation: "
            "Account '123456789012' does not have a pipeline with name 'none'\n",
        )
        self.assertEqual(
            self.refused("get-pipeline", "--name", "a b"),
            "\nAn error occurred (ValidationException) when calling the GetPipeline operation: "
            "1 validation error detected: Value at 'name' failed to satisfy constraint: "
            "Member must satisfy regular expression pattern: [A-Za-z0-9.@\\-_]+\n",
        )
        self.assertEqual(
            self.refused("list-pipelines", "--next-token", "x"),
            "\nAn error occurred (InvalidNextTokenException) when calling the ListPipelines operation: "
            "The next token is invalid.\n",
        )

    def test_what_the_command_line_refuses(self):
        code, out, err = self.endpoint.aws("get-pipeline")
        self.assertEqual((code, out), (2, ""))
        self.assertIn("the following arguments are required: --name", err)
        self.assertIn("valid min length: 1", self.refused("get-pipeline", "--name", ""))

    def test_pages_are_merged_and_cut(self):
        for _ in range(120):
            self.endpoint.client().start_pipeline_execution(name="shop")
        whole = self.ok("list-pipeline-executions", "--pipeline-name", "shop")
        self.assertEqual(len(whole["pipelineExecutionSummaries"]), 121)
        self.assertEqual(list(whole), ["pipelineExecutionSummaries"])
        cut = self.ok("list-pipeline-executions", "--pipeline-name", "shop", "--max-items", "110")
        self.assertEqual(len(cut["pipelineExecutionSummaries"]), 110)
        rest = self.ok("list-pipeline-executions", "--pipeline-name", "shop", "--starting-token", cut["NextToken"])
        listed = cut["pipelineExecutionSummaries"] + rest["pipelineExecutionSummaries"]
        self.assertEqual(listed, whole["pipelineExecutionSummaries"])


if __name__ == "__main__":
    unittest.main()
