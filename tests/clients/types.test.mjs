// The declarations of the package, by the eyes of the compiler: what fits is taken, and what does not is refused.

import assert from "node:assert/strict";
import { symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import ts from "typescript";

import { operations } from "./operations.mjs";
import { project } from "./user.mjs";

const START = `
import init, { Simulator, type Fact } from "codepipeline-simulator";
import { CodePipelineClient } from "@aws-sdk/client-codepipeline";
await init();
const simulator = await Simulator.open({ storage: "memory", seed: 1, startTime: 0 });
`;

const GOOD = `${START}
new CodePipelineClient({
  region: "us-east-1",
  credentials: { accessKeyId: "any", secretAccessKey: "any" },
  requestHandler: simulator.requestHandler(),
});
const response: Response = await simulator.fetch(new Request("https://example.org/"));
const stop: () => void = simulator.subscribe((fact: Fact) => fact.sequence);
simulator.subscribe((event) => event.detail.state, { format: "eventbridge" });
const revision = { pipelineName: "a", stageName: "b", actionName: "c" };
await simulator.putActionRevision({ ...revision, actionRevision: { revisionId: "r", revisionChangeId: "c", created: 5 } });
await simulator.putActionRevision({ ...revision, actionRevision: { revisionId: "r", revisionChangeId: "c", created: new Date() } });
const created: Date | undefined = (await simulator.listPipelines()).pipelines?.[0]?.created;
await simulator.advance({ minutes: 5 });
await Simulator.open({ storage: { load: async () => undefined, append: async () => {}, replace: async () => {} } });
`;

const WRONG = [
  "await simulator.getPipeline();",
  "await simulator.getPipeline({ name: 5 });",
  "await simulator.nothing();",
  'await Simulator.open({ storage: "disk" });',
  "new Simulator();",
  "const text: string = (await simulator.listPipelines()).pipelines![0]!.created!;",
  'simulator.subscribe((fact) => fact.sequence, { format: "xml" });',
];

/** What the compiler says of each text. */
async function compile(t, texts) {
  const folder = await project(t);
  const modules = fileURLToPath(new URL("../node_modules/", import.meta.url));
  for (const name of ["@aws-sdk", "@smithy"]) await symlink(join(modules, name), join(folder, "node_modules", name));
  const files = texts.map((_, index) => join(folder, `user${index}.mts`));
  await Promise.all(files.map((file, index) => writeFile(file, texts[index])));
  const program = ts.createProgram(files, {
    strict: true,
    noEmit: true,
    skipLibCheck: false,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    lib: ["lib.es2022.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
    types: [],
  });
  const declarations = program.getSourceFiles().filter((file) => file.fileName.endsWith("codepipeline-simulator/index.d.ts"));
  assert.equal(declarations.length, 1);
  // They are not a library to be skipped here.
  const own = program.getSemanticDiagnostics(declarations[0]).concat(program.getSyntacticDiagnostics(declarations[0]));
  assert.deepEqual(own.map(words), []);
  return files.map((file) => program.getSemanticDiagnostics(program.getSourceFile(file)).map(words));
}

const words = ({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n");

test("the declarations fit what can be called", { timeout: 300_000 }, async (t) => {
  const calls = Object.keys(operations).map((operation) => {
    const method = operation[0].toLowerCase() + operation.slice(1);
    return `const ${method}: (input: any) => Promise<object | void> = simulator.${method};`;
  });
  const [good, all, ...wrong] = await compile(t, [
    GOOD,
    START + calls.join("\n"),
    ...WRONG.map((line) => START + line),
  ]);
  assert.deepEqual(good, []);
  assert.deepEqual(all, []);
  wrong.forEach((problems, index) => assert.equal(problems.length, 1, `${WRONG[index]} ${problems.join("; ")}`));
});
