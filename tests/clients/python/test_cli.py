"""The AWS CLI 1.x against the endpoint: what it prints, and how it ends."""

import unittest

from cli import CliTest


class Cli(CliTest):
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
        self.refuses(
            *("get-pipeline", ["--name", "none"], "PipelineNotFoundException"),
            "Account '123456789012' does not have a pipeline with name 'none'",
        )
        self.refuses(
            *("get-pipeline", ["--name", "a b"], "ValidationException"),
            "1 validation error detected: Value at 'name' failed to satisfy constraint: "
            "Member must satisfy regular expression pattern: [A-Za-z0-9.@\\-_]+",
        )
        self.refuses(
            *("list-pipelines", ["--next-token", "x"], "InvalidNextTokenException"),
            "The next token is invalid.",
        )

    def test_what_the_command_line_refuses(self):
        code, out, err = self.endpoint.aws("get-pipeline")
        self.assertEqual((code, out), (2, ""))
        self.assertIn("the following arguments are required: --name", err)
        self.assertIn("valid min length: 1", self.refused("get-pipeline", "--name", ""))

    def test_pages_are_merged_and_cut(self):
        client = self.endpoint.client()
        for _ in range(249):
            client.start_pipeline_execution(name="shop")
        whole = self.ok("list-pipeline-executions", "--pipeline-name", "shop")
        listed = whole["pipelineExecutionSummaries"]
        self.assertEqual(len({one["pipelineExecutionId"] for one in listed}), 250)
        self.assertEqual(list(whole), ["pipelineExecutionSummaries"])
        paged = ["list-pipeline-executions", "--pipeline-name", "shop", "--max-items", "110"]
        cut = self.ok(*paged)
        rest = self.ok(*paged, "--starting-token", cut["NextToken"])
        last = self.ok(*paged, "--starting-token", rest["NextToken"])
        pages = [page["pipelineExecutionSummaries"] for page in (cut, rest, last)]
        self.assertEqual([len(page) for page in pages], [110, 110, 30])
        self.assertEqual(sum(pages, []), listed)
        self.assertNotIn("NextToken", last)


if __name__ == "__main__":
    unittest.main()
