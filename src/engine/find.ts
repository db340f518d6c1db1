import { accessSync, constants, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { CodedError } from "../model/code";
import type { Engine, EngineName, EngineSettings } from "./engine";
import { PulumiEngine } from "./pulumi";
import { TerraformEngine } from "./terraform";

export interface Wanted extends EngineSettings {
  /** Without it, the folder and PATH say which. */
  readonly engine: EngineName | undefined;
}

/** The engine of a folder: what is written there says which kind, and PATH which program. */
export function findEngine({ engine, ...wanted }: Wanted): Engine {
  const root = resolve(wanted.folder);
  if (!isFolder(root)) throw new CodedError("missing-folder", `${root} is no folder.`);
  const name = engine ?? engineOf(root);
  const settings = { ...wanted, folder: root };
  if (name === "pulumi") return new PulumiEngine(settings);
  const synthesized = synthesizedStack(root, wanted.stack);
  if (synthesized === undefined) return new TerraformEngine(name, settings);
  return new TerraformEngine(name, { ...settings, folder: synthesized, stack: undefined });
}

/** The program of that name that would be started. */
export function onPath(program: string): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.map((folder) => join(folder, program)).find(isProgram);
}

function isOnPath(program: string): boolean {
  return onPath(program) !== undefined;
}

function engineOf(root: string): EngineName {
  const isPulumi = ["Pulumi.yaml", "Pulumi.yml"].some((name) => existsSync(join(root, name)));
  const isTerraform = holdsConfiguration(root) || existsSync(join(root, SYNTHESIZED));
  if (isPulumi && isTerraform) {
    throw new CodedError(
      "engine-unclear",
      `${root} holds a Pulumi project and a configuration of Terraform or OpenTofu. Say which is meant: --engine.`,
    );
  }
  if (isPulumi) return "pulumi";
  if (isTerraform) return terraformOrTofu(root);
  throw new CodedError(
    "configuration-not-found",
    `${root} holds neither *.tf, *.tofu or *.tf.json, nor cdktf.out, nor Pulumi.yaml. Say where the configuration is: --folder.`,
  );
}

function terraformOrTofu(root: string): "terraform" | "tofu" {
  const has = { terraform: isOnPath("terraform"), tofu: isOnPath("tofu") };
  if (!has.terraform && !has.tofu) {
    throw new CodedError(
      "engine-not-found",
      "Neither terraform nor tofu is on PATH. Install the one that this configuration is applied with.",
    );
  }
  if (has.terraform && has.tofu) return isOfTofu(root) ? "tofu" : "terraform";
  return has.tofu ? "tofu" : "terraform";
}

/** What only OpenTofu reads or writes. */
function isOfTofu(root: string): boolean {
  if (namesIn(root).some((name) => /\.tofu(\.json)?$/.test(name) || name === ".opentofu-version")) {
    return true;
  }
  const lock = join(root, ".terraform.lock.hcl");
  return existsSync(lock) && readFileSync(lock, "utf8").includes('"registry.opentofu.org/');
}

function holdsConfiguration(folder: string): boolean {
  return namesIn(folder).some((name) => /\.(tf|tofu)(\.json)?$/.test(name));
}

const SYNTHESIZED = "cdktf.out/stacks";

/** What CDKTF wrote of a stack, where the folder is a program's and no configuration itself. */
function synthesizedStack(root: string, stack: string | undefined): string | undefined {
  const stacks = join(root, SYNTHESIZED);
  if (holdsConfiguration(root) || !isFolder(stacks)) return undefined;
  const names = namesIn(stacks).filter((name) => isFolder(join(stacks, name)));
  const chosen = stack ?? (names.length === 1 ? names[0] : undefined);
  if (chosen !== undefined && names.includes(chosen)) return join(stacks, chosen);
  throw new CodedError(
    "stack-unclear",
    `${stacks} holds ${names.length === 0 ? "no stack" : `the stacks ${names.join(", ")}`}. Say which is meant, as it is called there: --stack.`,
  );
}

function namesIn(folder: string): string[] {
  return readdirSync(folder);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

export function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
