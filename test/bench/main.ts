import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { presentPulumi } from "../../examples/demo/pulumi-engine";
import { installZip } from "../support/engine";
import { glsaProvider, packageVersion } from "../support/glsa";
import { canRunReleases, TestRelease } from "../support/release";
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

  await onExecutable(start);

  const synth = synthCost(ACCOUNTS);
  print(
    `synth of ${objects} resources, against bare resources`,
    (synth.words / synth.bare).toFixed(2),
    "1.2",
  );

  await preview();
}

/** The same on the executable of a release, against the script for Node in this run. */
async function onExecutable(startOfScript: number): Promise<void> {
  if (!canRunReleases) return print("the executable", "not measured", "(none is built here)");
  const release = new TestRelease("--only", "terraform");
  const mirror = mkdtempSync(join(tmpdir(), "glsa-mirror-"));
  try {
    const provider = installZip(release.zip, { ...release.provider, mirror });
    const executable = join(provider.folder, `terraform-provider-glsa_v${packageVersion()}`);
    const start = await startToHandshake(executable);
    print("start to handshake line, executable", `${start.toFixed(0)} ms`, "see the ratio");
    print("  against Node", (start / startOfScript).toFixed(2), "0.9");
    const plan = await planOfUnchanged(ACCOUNTS, provider);
    print("  the plan as above", `${plan.seconds.toFixed(1)} s`, "as on Node");
    print("  peak memory of the provider", `${plan.peakMegabytes.toFixed(0)} MB`, "150 MB");
  } finally {
    rmSync(mirror, { recursive: true, force: true });
    release.remove();
  }
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
