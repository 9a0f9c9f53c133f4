// Runs the cases of the AWS SDK and says what is wrong, in Node and in a page.
//
// Every case is played in two worlds with the same seed: through the SDK in the one, by the methods of `Simulator` in the
// other. Both have to answer the same, to the last member.

import { CASES, INVALID, NEVER } from "./sdk_cases.mjs";
import { shop } from "./declarations.mjs";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * @param sdk the module @aws-sdk/client-codepipeline
 * @param Simulator of the package, ready
 * @param operations for every operation the errors it declares
 * @returns what is wrong, as sentences, and how much was done
 */
export async function run({ sdk, Simulator, operations }) {
  const problems = [];
  let done = 0;
  const attempt = async (name, work) => {
    try {
      const problem = await work();
      if (problem) problems.push(`${name}: ${problem}`);
      done += 1;
    } catch (error) {
      problems.push(`${name}: ${error.$metadata ? `${error.name}: ${error.message}` : (error?.stack ?? error)}`);
    }
  };
  for (const [operation, declared] of Object.entries(operations)) {
    const given = CASES[operation];
    if (!given) {
      problems.push(`${operation} has no case`);
      continue;
    }
    await attempt(operation, () => succeeds(sdk, Simulator, operation, given));
    for (const name of Object.keys(given.errors)) {
      if (!declared.includes(name)) problems.push(`${operation} does not declare ${name}`);
    }
    for (const name of declared) {
      if (NEVER.some(([of, never]) => of === operation && never === name)) continue;
      const change = name === "ValidationException" ? () => INVALID[operation] ?? {} : given.errors[name];
      if (change) {
        await attempt(`${operation}, ${name}`, () => fails(sdk, Simulator, operation, given, name, change));
      } else {
        // What the world cannot be brought to is told.
        const told = async (input, world) => {
          await world.simulator.failNext({ operation, code: name, message: "as told" });
          return input;
        };
        await attempt(`${operation}, ${name}`, () => fails(sdk, Simulator, operation, given, name, told, 1));
      }
    }
  }
  return { problems, done };
}

/** Two worlds that have seen the same, and how each is called. */
async function worlds(sdk, Simulator) {
  const open = async (call) => {
    const simulator = await Simulator.open({ storage: "memory", seed: 7, startTime: Date.UTC(2026, 2, 2) });
    const world = { simulator, rest: () => simulator.advance({ untilIdle: true }) };
    world.call = call(simulator);
    await world.call("CreatePipeline", { pipeline: shop });
    await world.rest();
    return world;
  };
  const through = await open((simulator) => {
    const client = new sdk.CodePipelineClient({
      region: "us-east-1",
      credentials: { accessKeyId: "any", secretAccessKey: "any" },
      requestHandler: simulator.requestHandler(),
      // A quota is reached as often as it is asked for, and the SDK asks three times.
      maxAttempts: 1,
    });
    return (operation, input) => client.send(new sdk[`${operation}Command`](input));
  });
  const beside = await open((simulator) => (operation, input) => {
    const method = operation[0].toLowerCase() + operation.slice(1);
    return simulator[method](input);
  });
  return [through, beside];
}

async function close(all) {
  for (const world of all) await world.simulator.close();
}

async function succeeds(sdk, Simulator, operation, { input, check }) {
  const both = await worlds(sdk, Simulator);
  const answers = [];
  for (const world of both) answers.push(await world.call(operation, await input(world)));
  const [{ $metadata: metadata, ...answer }, { $metadata: _, ...direct }] = answers;
  const exported = both.map((world) => JSON.parse(world.simulator.exportWorld()).sequence);
  await close(both);
  if (metadata.httpStatusCode !== 200 || !UUID.test(metadata.requestId)) return `metadata ${JSON.stringify(metadata)}`;
  if (exported[0] !== exported[1]) return `the worlds have ${exported[0]} and ${exported[1]} facts`;
  const difference = differs(answer, direct, "answer");
  if (difference) return difference;
  if (check && !check(answer)) return `the answer is ${JSON.stringify(answer)}`;
  return undefined;
}

/** `facts`: how many are recorded; an answer that was told beforehand is one. */
async function fails(sdk, Simulator, operation, { input }, name, change, facts = 0) {
  const both = await worlds(sdk, Simulator);
  const errors = [];
  for (const world of both) {
    const broken = await change(await input(world), world);
    const before = world.simulator.sequence;
    try {
      await world.call(operation, broken);
      return `was answered`;
    } catch (error) {
      errors.push(error);
    }
    if (world.simulator.sequence !== before + facts) return "something happened";
  }
  await close(both);
  const [thrown, direct] = errors;
  if (thrown.name !== name) return `${thrown.name}: ${thrown.message}`;
  if (!(thrown instanceof sdk[name]) || !(thrown instanceof sdk.CodePipelineServiceException)) return "not of its class";
  if (thrown.message === "" || thrown.message === "UnknownError") return "no message";
  const status = name === "ConflictException" ? 409 : 400;
  for (const error of errors) {
    if (error.name !== name) return `beside the SDK it is ${error.name}`;
    if (error.$fault !== "client" || error.$metadata.httpStatusCode !== status) {
      return `${error.$fault}, status ${error.$metadata.httpStatusCode}`;
    }
    if (!UUID.test(error.$metadata.requestId)) return `request id ${error.$metadata.requestId}`;
  }
  if (thrown.message !== direct.message) return `says "${thrown.message}" and beside the SDK "${direct.message}"`;
  return undefined;
}

/** Where two values differ, if they do. */
export function differs(one, other, path) {
  if (one instanceof Date && other instanceof Date) {
    return one.getTime() === other.getTime() ? undefined : `${path} is ${one.toISOString()} and ${other.toISOString()}`;
  }
  const both = [one, other];
  if (both.every((value) => typeof value === "object" && value !== null && !(value instanceof Date))) {
    if (Array.isArray(one) !== Array.isArray(other)) return `${path} is a list on one side`;
    for (const key of new Set([...Object.keys(one), ...Object.keys(other)])) {
      const difference = differs(one[key], other[key], `${path}.${key}`);
      if (difference) return difference;
    }
    return undefined;
  }
  return Object.is(one, other) ? undefined : `${path} is ${String(one)} and ${String(other)}`;
}
