// The jobs view: a job through its stations, one that comes back, and the worker played by hand with real calls.

import assert from "node:assert/strict";
import { test } from "node:test";

import { bringAxe, fits } from "./axe.mjs";
import { openPage } from "./harness.mjs";
import { clock, details, picture, ready, tile } from "./person.mjs";

const jobs = (page) => page.getByRole("main", { name: /^Jobs of / });
const station = (page, name) =>
  jobs(page).getByRole("list", { name: "Stations of a job" }).locator("> li").filter({ has: page.getByRole("heading", { name }) });
const tickets = (page, name) => station(page, name).getByRole("button", { name: /Job of execution/ });
const workers = (page) => page.getByRole("region", { name: "Workers" });
const play = (page) => page.getByRole("region", { name: "Play the worker" });
const press = (page, name) => play(page).getByRole("button", { name, exact: true }).click();
const advance = (page, seconds) => page.evaluate((seconds) => window.codepipeline.advance({ seconds }), seconds);
const status = (page) =>
  page.evaluate(async () => {
    const { stageStates } = await window.codepipeline.getPipelineState({ name: "firmware" });
    return stageStates[1].latestExecution.status;
  });

async function lesson(t, options = {}) {
  const session = await openPage(t, { address: "#world=workers", ...options });
  await session.page.waitForFunction(() => window.codepipeline?.world === "workers");
  await tile(session.page, "BenchTest").waitFor();
  return session;
}

async function openJobs(page) {
  await page.keyboard.press("j");
  await jobs(page).waitFor();
}

test("a job that nobody acknowledges comes back, says why, and is done by the next worker", async (t) => {
  const { page } = await lesson(t);
  // From the tile to its job.
  await picture(page).getByRole("button", { name: "1 job of BenchTest" }).click();
  await tickets(page, "Dispatched").filter({ hasText: "handed to worker 1, nonce 1" }).waitFor();
  await page.evaluate(() => window.codepipeline.detachWorker({ actionType: "Test/Custom/BenchRig/1" }));
  await workers(page).getByText("nobody does: its jobs wait in the queue").waitFor();
  await advance(page, 10);
  const ticket = tickets(page, "Queued").filter({ hasText: "back: not acknowledged; nobody asks for it" });
  await ticket.waitFor();
  await workers(page).getByRole("button", { name: /^Back in the queue: job .*60 s without AcknowledgeJob/ }).waitFor();
  await station(page, "Queued").getByRole("button", { name: /^why\? Job/ }).click();
  const why = page.getByRole("dialog", { name: "Why?" });
  await why.getByText("it was not acknowledged").waitFor();
  await why.getByText("with nonce 1 did not acknowledge it within 60 s").waitFor();
  await why.getByText("J-13").waitFor();
  // The way out stands there: a worker is attached, and does it.
  await why.getByRole("button", { name: "Attach a worker…" }).click();
  const form = page.getByRole("dialog", { name: /^A worker for Test/ });
  await form.getByRole("textbox", { name: "interval" }).fill("20");
  await form.getByRole("textbox", { name: "duration.min" }).fill("40");
  await form.getByRole("textbox", { name: "duration.max" }).fill("40");
  await form.getByRole("button", { name: "Attach", exact: true }).click();
  await form.waitFor({ state: "hidden" });
  await workers(page).getByText("every 20 s, next in 20 s: it gets a job").waitFor();
  await advance(page, 25);
  await tickets(page, "InProgress").filter({ hasText: /on worker \d, reports in/ }).waitFor();
  await advance(page, 40);
  await tickets(page, "Ended").filter({ hasText: "Succeeded" }).waitFor();
  assert.equal(await status(page), "Succeeded");
});

test("a person detaches the worker and plays it by hand to success, with the calls in sight", async (t) => {
  const { page } = await lesson(t);
  await openJobs(page);
  await workers(page).getByRole("button", { name: "Detach worker 2" }).or(workers(page).getByRole("button", { name: /^Detach/ })).first().click();
  await workers(page).getByText("nobody does").waitFor();
  await advance(page, 10);
  await tickets(page, "Queued").waitFor();
  await play(page).getByText("aws codepipeline poll-for-jobs").waitFor();
  await press(page, "Poll");
  await play(page).getByText(/PollForJobs answered: handed out job \w{4}, nonce 2/).waitFor();
  await tickets(page, "Dispatched").filter({ hasText: "handed to you, nonce 2" }).waitFor();
  // The job is selected: its details stand beside, as text and as the API's JSON.
  await details(page).getByText(/^Job \w{4}/).waitFor();
  await details(page).getByText("2, handed out 2 times").waitFor();
  await details(page).getByRole("tab", { name: "JSON" }).click();
  await details(page).getByText('"pipelineName": "firmware"').waitFor();
  await details(page).getByRole("tab", { name: "Overview" }).click();
  // A stale nonce is refused in the service's words and changes nothing.
  await press(page, "Use a stale nonce");
  await play(page).getByText(/AcknowledgeJob refused: InvalidNonceException/).waitFor();
  await press(page, "Acknowledge with nonce 2");
  await tickets(page, "InProgress").filter({ hasText: "Your turn" }).waitFor();
  await play(page).getByRole("textbox", { name: "summary" }).fill("All benches are green");
  await play(page).getByRole("radio", { name: "boto3" }).check();
  const call = play(page).locator(".next-call .call-text");
  await call.filter({ hasText: "put_job_success_result" }).filter({ hasText: "All benches are green" }).waitFor();
  await press(page, "Report success");
  await tickets(page, "Ended").filter({ hasText: "Succeeded" }).waitFor();
  assert.equal(await status(page), "Succeeded");
  // Each call can be opened with its answer.
  const calls = play(page).locator(".job-said > li");
  assert.equal(await calls.count(), 4);
  await calls.nth(3).locator("summary").click();
  await calls.nth(3).getByText('"nonce": "2"').waitFor();
  // From the ticket to its execution.
  await details(page).getByRole("button", { name: "Show execution A" }).click();
  await details(page).getByText(/^Execution A/).waitFor();
});

test("a job goes on in another one, and a failure fails the action", async (t) => {
  // The address of a slide.
  const { page } = await openPage(t, { address: "#world=workers&jobs" });
  await tickets(page, "Dispatched").waitFor();
  await page.evaluate(() => window.codepipeline.detachWorker({ actionType: "Test/Custom/BenchRig/1" }));
  await advance(page, 10);
  await press(page, "Poll");
  await press(page, "Acknowledge with nonce 2");
  await play(page).getByRole("radio", { name: "It goes on" }).check();
  await press(page, "Report that it goes on");
  await tickets(page, "Created").filter({ hasText: /goes on from job \w{4}/ }).waitFor();
  await tickets(page, "Ended").filter({ hasText: /goes on in job \w{4}/ }).waitFor();
  await advance(page, 30);
  await tickets(page, "Queued").click();
  await press(page, "Poll");
  await press(page, "Acknowledge with nonce 1");
  await play(page).getByRole("radio", { name: "Failure" }).check();
  await play(page).getByRole("textbox", { name: "message" }).fill("no power");
  await press(page, "Report failure");
  await tickets(page, "Ended").filter({ hasText: "JobFailed: no power" }).waitFor();
  assert.equal(await status(page), "Failed");
});

test("with the keyboard: to the jobs of a tile, among the tickets, why, and back", async (t) => {
  const { page } = await lesson(t);
  await tile(page, "BenchTest").focus();
  await page.keyboard.press("j");
  await jobs(page).waitFor();
  await details(page).getByText("Action BenchTest").waitFor();
  const first = tickets(page, "Dispatched").first();
  await first.focus();
  await page.keyboard.press("w");
  await page.getByRole("dialog", { name: "Why?" }).getByText("waits for its acknowledgement").waitFor();
  await page.keyboard.press("Escape");
  await first.and(page.locator(":focus")).waitFor();
  await page.keyboard.press("Enter");
  await first.and(page.getByRole("button", { pressed: true })).waitFor();
  // One in the queue and one that has ended: an arrow leads from one to the other, over the empty stations.
  await page.evaluate(async () => {
    const simulator = window.codepipeline;
    await simulator.detachWorker({ actionType: "Test/Custom/BenchRig/1" });
    await simulator.advance({ seconds: 10 });
    const actionTypeId = { category: "Test", owner: "Custom", provider: "BenchRig", version: "1" };
    const { jobs } = await simulator.pollForJobs({ actionTypeId });
    await simulator.acknowledgeJob({ jobId: jobs[0].id, nonce: jobs[0].nonce });
    await simulator.putJobSuccessResult({ jobId: jobs[0].id });
    await simulator.startPipelineExecution({ name: "firmware" });
    await simulator.advance({ seconds: 60 });
  });
  const queued = tickets(page, "Queued").first();
  await queued.focus();
  await page.keyboard.press("ArrowRight");
  await tickets(page, "Ended").first().and(page.locator(":focus")).waitFor();
  await page.keyboard.press("ArrowLeft");
  await queued.and(page.locator(":focus")).waitFor();
  await page.keyboard.press("j");
  await tile(page, "BenchTest").waitFor();
});

test("where nothing has jobs the view says what a job is and opens the world that has some", async (t) => {
  const { page } = await openPage(t);
  await ready(page);
  await page.getByRole("button", { name: "Jobs", exact: true }).click();
  await page.getByRole("heading", { name: "No action here has jobs" }).waitFor();
  await page.getByRole("button", { name: "Open A custom action with workers" }).click();
  await page.waitForFunction(() => window.codepipeline?.world === "workers");
  await tickets(page, "Dispatched").waitFor();
  // The clock runs here as well.
  await clock(page).getByRole("button", { name: "Next fact" }).click();
  await tickets(page, "Queued").waitFor();
});

for (const colorScheme of ["light", "dark"]) {
  for (const [width, height] of [
    [1440, 900],
    [900, 700],
    [360, 740],
  ]) {
    test(`the jobs at ${width}x${height} ${colorScheme} fit, and no tool finds an error`, async (t) => {
      const session = await lesson(t, { browser: { colorScheme, viewport: { width, height } } });
      const { page } = session;
      await bringAxe(page);
      const look = (name) => fits(session, `jobs-${name}-${width}-${colorScheme}`, width);
      await look("tile");
      await openJobs(page);
      await look("first");
      await page.evaluate(() => window.codepipeline.detachWorker({ actionType: "Test/Custom/BenchRig/1" }));
      await advance(page, 10);
      await tickets(page, "Queued").waitFor();
      const tab = async (name) => {
        if (width < 800) await page.getByRole("navigation", { name: "Panes" }).getByRole("button", { name }).click();
      };
      await tab("Play");
      await press(page, "Poll");
      await look("acknowledge");
      await press(page, "Acknowledge with nonce 2");
      await play(page).getByRole("button", { name: "Report success" }).waitFor();
      await look("report");
      await tab("Workers");
      await look("workers");
      await tab("Jobs");
      await station(page, "InProgress").getByRole("button", { name: /^why\?/ }).click();
      await page.getByRole("dialog", { name: "Why?" }).waitFor();
      await look("why");
      await page.keyboard.press("Escape");
      await tab("Workers");
      await workers(page).getByRole("button", { name: /^Attach a worker/ }).first().click();
      await page.getByRole("dialog", { name: /^A worker for/ }).waitFor();
      await look("form");
    });
  }
}
