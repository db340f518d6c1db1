import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import {
  AccountOwner,
  Delivery,
  GlsaAccessToken,
  GlsaMembership,
  GlsaProvider,
  GlsaServiceAccount,
  Role,
  Scope,
  ServiceAccount,
} from "glsa/cdktf";
import { median } from "./startup";

const ROUNDS = 5;

/** Processor seconds to synthesize the same stack from the words and from bare resources: medians of alternating runs. */
export function synthCost(accounts: number): { words: number; bare: number } {
  const words: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    words.push(timed((stack) => declareWithWords(stack, accounts)));
    bare.push(timed((stack) => declareBare(stack, accounts)));
  }
  return { words: median(words), bare: median(bare) };
}

function timed(declare: (stack: TerraformStack) => void): number {
  const outdir = mkdtempSync(join(tmpdir(), "glsa-synth-"));
  const start = process.cpuUsage();
  const app = new App({ outdir });
  const stack = new TerraformStack(app, "bench");
  new GlsaProvider(stack, "glsa");
  declare(stack);
  app.synth();
  const { user, system } = process.cpuUsage(start);
  rmSync(outdir, { recursive: true, force: true });
  return (user + system) / 1e6;
}

function declareWithWords(stack: TerraformStack, accounts: number): void {
  for (let index = 0; index < accounts; index++) {
    const account = new ServiceAccount(stack, `bot-${index}`, {
      owner: AccountOwner.group("platform"),
      purpose: "measures synth",
      contact: "platform-team",
    });
    for (const at of [0, 1]) {
      const deliverTo = [Delivery.ciVariable({ project: "platform/p", key: `T_${index}_${at}` })];
      account.addToken(`t${at}`, { scopes: [Scope.READ_API], expiresAt: "2027-03-31", deliverTo });
    }
    for (const at of [0, 1, 2, 3, 4]) account.joinProject(`platform/p${at}`, Role.DEVELOPER);
  }
}

function declareBare(stack: TerraformStack, accounts: number): void {
  for (let index = 0; index < accounts; index++) {
    const account = new GlsaServiceAccount(stack, `a${index}`, {
      group: "platform",
      username: `platform-bot-${index}`,
    });
    const serviceAccountId = account.id;
    for (const at of [0, 1]) {
      const deliverTo = [{ ciVariable: { project: "platform/p", key: `T_${index}_${at}` } }];
      new GlsaAccessToken(stack, `a${index}t${at}`, {
        serviceAccountId,
        name: `t${at}`,
        description: "measures synth (platform-team)",
        scopes: ["read_api"],
        expiresAt: "2027-03-31",
        deliverTo,
      });
    }
    for (const at of [0, 1, 2, 3, 4]) {
      new GlsaMembership(stack, `a${index}m${at}`, {
        serviceAccountId,
        project: `platform/p${at}`,
        role: "developer",
      });
    }
  }
}
