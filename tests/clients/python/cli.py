"""What every test of the AWS CLI begins with: an endpoint with a pipeline, and answers that are held against the model."""

import json
import unittest

import botocore.session
from botocore import xform_name

import shapes
from declarations import pipeline
from endpoint import Endpoint

MODEL = botocore.session.get_session().get_service_model("codepipeline")

# The names of the operations as the command line has them.
OPERATIONS = {xform_name(name, "-"): name for name in MODEL.operation_names}

# What the command line does to an answer: it is then no answer of the service any more.
CHANGED = {"--query", "--max-items", "--starting-token"}


class CliTest(unittest.TestCase):
    def setUp(self):
        self.endpoint = Endpoint()
        self.addCleanup(self.endpoint.stop)
        self.ok("create-pipeline", "--pipeline", json.dumps(pipeline()))

    def ok(self, command, *arguments):
        """Runs a command that goes well, and answers what it printed."""
        code, out, err = self.endpoint.aws(command, *arguments)
        self.assertEqual((code, err), (0, ""), (command, *arguments))
        shape = MODEL.operation_model(OPERATIONS[command]).output_shape
        if shape is None:
            self.assertEqual(out, "")
            return None
        answer = json.loads(out) if out else {}
        if not CHANGED & set(arguments):
            self.assertEqual(shapes.problems(shape, answer, parsed=False), [], command)
        return answer

    def refused(self, *arguments):
        """Runs a command that the service refuses, and answers what it said on standard error."""
        code, out, err = self.endpoint.aws(*arguments)
        self.assertEqual((code, out), (255, ""), arguments)
        return err

    def refuses(self, command, arguments, error, message):
        """A command is refused with exactly this."""
        self.assertEqual(
            self.refused(command, *arguments),
            f"\nAn error occurred ({error}) when calling the {OPERATIONS[command]} operation: {message}\n",
        )
