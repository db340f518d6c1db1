import { join } from "node:path";
import { presentPulumi } from "../../examples/demo/pulumi-engine";
import { glsaProvider, packageVersion } from "../support/glsa";
import { planOfNothing, planOfUnchanged } from "./plan";
import { previewCost } from "./pulumi";
import { startToHandshake } from "./startup";
import { synthCost } from "./synth";

const PULUMI_OBJECTS = 1000;
const ACCOUNTS = Number(process.env["BENCH_ACCOUNTS"] ?? 1000);

function print(what: string, measured: string, budget: string): void {
  process.stdout.write(`${what.padEnd(58)} ${measured.padStart(14)}   budget ${budget}\n`);
}

async function main(): Promise<void> {
  const executable = join(glsaProvider().folder, `terraform-provider-glsa_v${packageVersion()}`);
  const start = await startToHandshake(executable);
  print("start to handshake line, median of 20", `${start.toFixed(0)} ms`, "150 ms");

  const objects = ACCOUNTS * 8;
  const plan = await planOfUnchanged(ACCOUNTS);
  print(
    `plan of ${objects} unchanged objects at 25 ms latency`,
    `${plan.seconds.toFixed(1)} s`,
    "see the ratio",
  );
  print("  requests", String(plan.requests), "pages only");
  print("  peak memory of the provider", `${plan.peakMegabytes.toFixed(0)} MB`, "150 MB");
  const nothing = await planOfNothing(ACCOUNTS);
  if (nothing === undefined) {
    print(
      "  against a Go provider that does nothing",
      "not measured",
      "0.7 (its source is not here)",
    );
  } else {
    print(
      `  against a Go provider that does nothing (${nothing.toFixed(1)} s)`,
      (plan.seconds / nothing).toFixed(2),
      "0.7",
    );
  }

  const synth = synthCost(ACCOUNTS);
  print(
    `synth of ${objects} resources, against bare resources`,
    (synth.words / synth.bare).toFixed(2),
    "1.2",
  );

  await preview();
}

async function preview(): Promise<void> {
  const what = `preview of ${PULUMI_OBJECTS} unchanged objects on Pulumi`;
  const engine = presentPulumi();
  if (engine === undefined) return print(what, "not measured", "1.5 (pulumi is not here)");
  const { seconds, trivialSeconds, requests } = await previewCost(engine, PULUMI_OBJECTS);
  print(what, `${seconds.toFixed(1)} s`, "see the ratio");
  print("  requests", String(requests), "as on Terraform");
  print(
    `  against a resource that costs nothing (${trivialSeconds.toFixed(1)} s)`,
    (seconds / trivialSeconds).toFixed(2),
    "1.5",
  );
}

void main();
