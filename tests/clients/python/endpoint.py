"""An endpoint of a test, and clients for it."""

import json
import os
import subprocess
import urllib.request
from pathlib import Path

import boto3
import botocore.config

import shapes

ROOT = Path(__file__).resolve().parents[3]

# Whatever the machine of the tests has: neither its credentials nor its settings matter.
ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "any",
    "AWS_SECRET_ACCESS_KEY": "any",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    "AWS_PAGER": "",
    # The address of the tests is not to be looked for behind a proxy.
    "NO_PROXY": "127.0.0.1",
}


class Endpoint:
    """A simulator with a clock that moves only when it is told to."""

    def __init__(self):
        self.process = subprocess.Popen(
            ["node", ROOT / "endpoint/main.mjs", "--port", "0", "--clock", "manual", "--seed", "5"],
            stdout=subprocess.PIPE,
            text=True,
        )
        self.address = json.loads(self.process.stdout.readline())["endpoint"]

    def control(self, name, **given):
        """Calls a control of the simulator."""
        request = urllib.request.Request(
            f"{self.address}/_simulator/{name}", data=json.dumps(given).encode(), method="POST"
        )
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request) as answer:
            return json.load(answer)

    def client(self):
        """A client of boto3, every answer of which is held against the model of botocore."""
        session = boto3.Session(
            aws_access_key_id="any", aws_secret_access_key="any", region_name="us-east-1"
        )
        client = session.client(
            "codepipeline",
            endpoint_url=self.address,
            config=botocore.config.Config(proxies={}, retries={"max_attempts": 0}),
        )
        shapes.watch(client)
        return client

    def aws(self, *arguments):
        """Runs the AWS CLI: its exit code, and what it printed on each side."""
        programs = Path(os.environ["PYTHON"]).parent
        done = subprocess.run(
            [programs / "aws", "--endpoint-url", self.address, "codepipeline", *arguments],
            env={**os.environ, **ENVIRONMENT},
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout, done.stderr

    def stop(self):
        """Ends it as a person does, and expects it to end well."""
        self.process.terminate()
        code = self.process.wait(timeout=20)
        self.process.stdout.close()
        if code != 0:
            raise AssertionError(f"the endpoint ended with {code}")
