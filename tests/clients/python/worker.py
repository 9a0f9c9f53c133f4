"""A job worker as somebody writes one against boto3. It knows nothing of the simulator."""


class Worker:
    """Polls for the jobs of one furnace, and does them step by step: all but the last one go on in another job."""

    def __init__(self, client, action_type, furnace, steps):
        self.client = client
        self.action_type = action_type
        self.furnace = furnace
        self.steps = steps
        self.seen = []

    def poll(self):
        """Takes what there is, and reports each; answers how many jobs there were."""
        answer = self.client.poll_for_jobs(
            actionTypeId=self.action_type, maxBatchSize=3, queryParam={"Furnace": self.furnace}
        )
        for job in answer["jobs"]:
            # Another worker may have been quicker.
            claimed = self.client.acknowledge_job(jobId=job["id"], nonce=job["nonce"])
            if claimed["status"] == "InProgress":
                self.seen.append(job)
                self.work(job)
        return len(answer["jobs"])

    def work(self, job):
        data = job["data"]
        done = int(data.get("continuationToken", "0")) + 1
        run = data["actionConfiguration"]["configuration"].get("Label", "")[:8]
        details = {
            "externalExecutionId": run or "none",
            "percentComplete": 100 * done // self.steps,
            "summary": f"Step {done} of {self.steps}",
        }
        if not data["inputArtifacts"]:
            message = "There is nothing to fire"
            failure = {"type": "ConfigurationError", "message": message}
            self.client.put_job_failure_result(jobId=job["id"], failureDetails=failure)
        elif done < self.steps:
            self.client.put_job_success_result(
                jobId=job["id"], continuationToken=str(done), executionDetails=details
            )
        else:
            self.client.put_job_success_result(
                jobId=job["id"], executionDetails=details, outputVariables={"Count": "12"}
            )
