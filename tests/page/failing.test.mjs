// Making an action fail: the stage and the execution fail, the later stages are untouched.

import { test } from "node:test";

import { openPage } from "./harness.mjs";
import { clock, details, ready, roster, stage, start, tile, untilIdle } from "./person.mjs";

test("an action that is told to fail fails its stage and its execution, and nothing later starts", async (t) => {
  const { page } = await openPage(t);
  await ready(page);
  await tile(page, "UnitTests").click();
  await details(page).getByRole("radio", { name: "Fail" }).check();
  await start(page);
  await clock(page).getByRole("button", { name: "Pause" }).click();
  await untilIdle(page);
  await stage(page, "Build").and(page.getByRole("button", { name: /failed/i })).waitFor();
  await roster(page).getByText("Failed").waitFor();
  await tile(page, "UnitTests, CodeBuild, run order 2: Failed").waitFor();
  // Staging still shows A: B never got there.
  await tile(page, "DeployWeb, ECS, run order 1: Done, .*, for A").first().waitFor();
  const state = await page.evaluate(() => window.codepipeline.getPipelineState({ name: "storefront-release" }));
  const [, build, staging] = state.stageStates;
  if (build.latestExecution.status !== "Failed") throw new Error(JSON.stringify(build));
  if (staging.latestExecution.status !== "Succeeded") throw new Error(JSON.stringify(staging));
});
