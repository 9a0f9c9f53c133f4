// What a person does on the page, by the names that a person sees or hears.

/** The picture of the pipeline. */
export const picture = (page) => page.getByRole("main");

/** The tile of an action; `name` may be followed by more of what the tile says. */
export const tile = (page, name) => picture(page).getByRole("button", { name: new RegExp(`^${name}`) });

/** A stage's header. */
export const stage = (page, name) => picture(page).getByRole("button", { name: new RegExp(`^${name}, stage `) });

export const details = (page) => page.getByRole("region", { name: "Details" });
export const facts = (page) => page.getByRole("region", { name: "Facts" });
export const timeline = (page) => page.getByRole("region", { name: "Timeline" });
export const clock = (page) => page.getByRole("region", { name: "Clock" });
export const roster = (page) => page.getByRole("region", { name: "Executions now" });

/** Waits until something holds that is measured rather than seen, and fails with what was measured last. */
export async function comes(measure, holds, words) {
  const patience = Date.now() + 10_000;
  for (;;) {
    const measured = await measure();
    if (holds(measured)) return measured;
    if (Date.now() > patience) throw new Error(`${words}: ${measured}`);
    await new Promise((later) => setTimeout(later, 20));
  }
}

/** Waits until what is measured is the same for a while, and answers it. */
export function rests(measure, words) {
  let [last, times] = [undefined, 0];
  const same = (measured) => {
    times = measured === last ? times + 1 : 0;
    last = measured;
    return times >= 12;
  };
  return comes(measure, same, words);
}

/** Waits until the first world stands there. */
export async function ready(page) {
  await page.getByRole("button", { name: "Start execution" }).waitFor();
}

export async function start(page) {
  await page.getByRole("button", { name: "Start execution" }).click();
}

export async function jump(page, where) {
  await page.getByRole("button", { name: "Jump to" }).click();
  await page.getByRole("menuitem", { name: where }).click();
}

export const untilIdle = (page) => jump(page, "When nothing is under way");

/** Opens the import dialog with a text in it. */
export async function paste(page, text) {
  await page.getByRole("button", { name: "Import…" }).first().click();
  const dialog = page.getByRole("dialog", { name: "Import a pipeline" });
  await dialog.getByRole("textbox", { name: "JSON of a pipeline" }).fill(text);
  return dialog;
}

/** A declaration of the form that `aws codepipeline get-pipeline` answers. */
export function declaration(name, change = (pipeline) => pipeline) {
  const action = (name, category, provider, configuration, more = {}) => ({
    name,
    actionTypeId: { category, owner: "AWS", provider, version: "1" },
    runOrder: 1,
    configuration,
    inputArtifacts: [],
    outputArtifacts: [],
    ...more,
  });
  const pipeline = {
    name,
    version: 4,
    roleArn: "arn:aws:iam::111122223333:role/service",
    artifactStore: { type: "S3", location: "artifacts-of-the-test" },
    stages: [
      {
        name: "Source",
        actions: [
          action("Fetch", "Source", "CodeCommit", { RepositoryName: "shop", BranchName: "main" }, {
            outputArtifacts: [{ name: "Code" }],
          }),
        ],
      },
      {
        name: "Build",
        actions: [action("Make", "Build", "CodeBuild", { ProjectName: "make" }, { inputArtifacts: [{ name: "Code" }] })],
      },
      {
        name: "Deploy",
        actions: [
          action("Ship", "Deploy", "CodeDeploy", { ApplicationName: "shop", DeploymentGroupName: "all" }, {
            inputArtifacts: [{ name: "Code" }],
          }),
        ],
      },
    ],
  };
  return change(pipeline);
}
