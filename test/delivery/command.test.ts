import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { inspect } from "node:util";
import {
  DeliveryCommand,
  type CommandOptions,
} from "../../src/destinations/command/implementation";
import { DeliveryError } from "../../src/destinations/errors";

const VALUE = "glpat-Xk29_aZbQ-77pLmN0vRt";
const NEW_VALUE = {
  value: VALUE,
  tokenId: 42,
  marker: { key: "0123456789abcdef0123", generation: 3 },
};
const OURS = { key: "0123456789abcdef0123", deliveredBefore: false };
const OWN_TOKEN = "glpat-the-owner-token-of-the-provider";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "glsa-command-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const file = (name: string) => join(folder, name);
const written = (name: string) => readFileSync(file(name), "utf8");

/** A command whose program is a shell script of the test's own; glsa itself asks no shell. */
function script(body: string, options: Partial<CommandOptions> = {}): DeliveryCommand {
  const program = file("deliver.sh");
  writeFileSync(program, `#!/bin/sh\n${body}\n`);
  chmodSync(program, 0o755);
  return command([program, folder], options);
}

function command(argv: readonly string[], options: Partial<CommandOptions> = {}): DeliveryCommand {
  const environment = {
    PATH: process.env["PATH"],
    TF_VAR_gitlab_token: OWN_TOKEN,
    TF_VAR_headers: JSON.stringify({ "PRIVATE-TOKEN": OWN_TOKEN }),
    GIT_REMOTE: `https://oauth2:${OWN_TOKEN}@gitlab.example.com/a.git`,
    DOCKER_AUTH: Buffer.from(`oauth2:${OWN_TOKEN}`).toString("base64"),
    GLSA_TOKEN_ID: "of an outer run",
    KEPT: "kept",
  };
  const all = { argv, checkArgv: undefined, removeArgv: undefined, timeoutMilliseconds: undefined };
  return new DeliveryCommand({ ...all, ...options }, OWN_TOKEN, environment);
}

async function failureOf(work: Promise<unknown>): Promise<DeliveryError> {
  const failure: unknown = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(DeliveryError);
  return failure as DeliveryError;
}

function variables(name: string): Record<string, string> {
  const lines = written(name).trim().split("\n");
  return Object.fromEntries(
    lines.map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]),
  );
}

describe("a delivery", () => {
  test("hands over exactly the value on standard input", async () => {
    await script('cat > "$1/value"').deliver(NEW_VALUE);
    expect(written("value")).toBe(VALUE);
  });

  test("tells which token it is, and keeps the value out of arguments and environment", async () => {
    await script('env > "$1/env"; echo "$0" "$@" > "$1/argv"').deliver(NEW_VALUE);
    expect(variables("env")).toMatchObject({
      GLSA_ACTION: "deliver",
      GLSA_TOKEN_ID: "42",
      GLSA_GENERATION: "3",
      GLSA_KEY: "0123456789abcdef0123",
      KEPT: "kept",
    });
    expect(written("env") + written("argv")).not.toContain(VALUE);
  });

  test("keeps the provider's own token to itself, whatever variable it is in", async () => {
    await script('env > "$1/env"').deliver(NEW_VALUE);
    expect(written("env")).not.toContain(OWN_TOKEN);
    expect(Object.keys(variables("env"))).not.toContain("DOCKER_AUTH");
    expect(variables("env")).toMatchObject({ KEPT: "kept" });
  });

  test("that prints the provider's own token is told without it", async () => {
    const one = script(
      `echo "Basic $(printf 'oauth2:${OWN_TOKEN}' | base64 -w0) ${OWN_TOKEN}" >&2; exit 1`,
    );
    const failure = await failureOf(one.deliver(NEW_VALUE));
    expect(failure.message).toContain("Basic ");
    expect(failure.message).not.toContain("owner-token");
    expect(failure.message).not.toContain(
      Buffer.from("owner-token").toString("base64").slice(2, 12),
    );
  });

  test("asks no shell", async () => {
    await command([
      "node",
      "-e",
      "require('fs').writeFileSync(process.argv[1], process.argv[2])",
      file("argument"),
      "$HOME; `id` *",
    ]).deliver(NEW_VALUE);
    expect(written("argument")).toBe("$HOME; `id` *");
  });

  test.each(["exit 0", "exec <&-; sleep 0.1; exit 0"])(
    "to a program that does not read it succeeds with its exit: %s",
    async (body) => {
      const large = { ...NEW_VALUE, value: "x".repeat(2_000_000) };
      await script(body).deliver(large);
    },
  );

  test("does not wait for what the program leaves running", async () => {
    const begun = Date.now();
    await script("sleep 20 & exit 0").deliver(NEW_VALUE);
    expect(Date.now() - begun).toBeLessThan(5000);
  });

  test("cannot be put back, and nothing can be said of it later", async () => {
    const one = script("exit 0");
    expect(one.canRestore).toBe(false);
    expect(await one.deliver(NEW_VALUE)).toBeUndefined();
    expect(await one.observe()).toEqual({ kind: "not_comparable" });
  });
});

describe("a program that fails", () => {
  test("is told with its exit code, its last words and what to do", async () => {
    const one = script("echo first; echo 'cannot reach the store' >&2; exit 7");
    const failure = await failureOf(one.deliver(NEW_VALUE));
    expect(failure.message).toBe(
      `command "${file("deliver.sh")} ${folder}": deliver: it exited with 7. It said:\ncannot reach the store`,
    );
    expect(failure.remedy).toContain("apply again");
    expect(failure.mayHoldValue).toBe(true);
  });

  test("and is silent on standard error is told with its output", async () => {
    const failure = await failureOf(script("seq 1 30; exit 1").deliver(NEW_VALUE));
    expect(failure.message.split("\n").slice(1)).toEqual(
      Array.from({ length: 10 }, (_, at) => String(21 + at)),
    );
  });

  test("by a signal is told", async () => {
    const failure = await failureOf(script("kill -KILL $$").deliver(NEW_VALUE));
    expect(failure.message).toContain("it was ended by SIGKILL");
  });

  test("to end in time is ended with all that it started", async () => {
    const one = script(`trap '' TERM; (trap '' TERM; sleep 4; echo late > "$1/late") & sleep 30`, {
      timeoutMilliseconds: 300,
    });
    const begun = Date.now();
    const failure = await failureOf(one.deliver(NEW_VALUE));
    expect(failure.message).toContain("it took longer than 0.3 s and was ended");
    expect(Date.now() - begun).toBeLessThan(4000);
    await sleep(2500);
    expect(existsSync(file("late"))).toBe(false);
  });

  test("to start is told, and holds nothing", async () => {
    const failure = await failureOf(command([file("missing")]).deliver(NEW_VALUE));
    expect(failure.message).toContain("it could not be started");
    expect(failure.mayHoldValue).toBe(false);
  });

  test.each([
    ["plain", "cat"],
    ["in a sentence", 'printf "got <%s>" "$(cat)"'],
    ["one character a line", "fold -w 1"],
    ["in short lines", "fold -w 9"],
    ["in part", "head -c 20"],
    ["with colours inside", `sed 's/Xk29/Xk29\\x1b[31m/'`],
    ["in base64", "base64"],
    ["in base64 behind a name", '(printf "oauth2:"; cat) | base64'],
    ["in base64 behind a longer name", '(printf "oauth2::"; cat) | base64'],
    ["in base64 for URLs", "base64 | tr '+/' '-_'"],
    ["in hexadecimal", "od -An -v -tx1"],
    ["at the end of much else", "yes x | head -c 200000; cat"],
    ["behind a line without an end", "head -c 200000 /dev/zero | tr '\\0' x; cat"],
  ])("and prints the value %s is told without it", async (_, body) => {
    const failure = await failureOf(script(`(${body}) >&2; exit 1`).deliver(NEW_VALUE));
    expect(failure.message).toContain("[secret]");
    const shown = inspect(failure, { depth: 9 }).replace(/\s/g, "");
    const encodings = [
      VALUE,
      Buffer.from(VALUE).toString("base64"),
      Buffer.from(VALUE).toString("hex"),
    ];
    for (const encoded of encodings) {
      for (let at = 0; at + 10 <= encoded.length; at++) {
        expect(shown).not.toContain(encoded.slice(at, at + 10));
      }
    }
  });
});

describe("the check before a token is made", () => {
  test("finds a program in PATH, and one by its path", async () => {
    await command(["sh"]).check(OURS);
    await script("exit 1").check(OURS);
    expect(existsSync(file("value"))).toBe(false);
  });

  test.each([
    ["missing in PATH", () => ["no-such-program-of-glsa"]],
    ["missing", () => [file("missing")]],
    ["a folder", () => [folder]],
    ["empty", () => []],
    [
      "not executable",
      () => {
        writeFileSync(file("plain"), "text");
        return [file("plain")];
      },
    ],
  ])("refuses a program that is %s", async (_, argv) => {
    const failure = await failureOf(command(argv()).check(OURS));
    expect(failure.remedy).toContain("executable");
  });

  test("runs check_argv with nothing on standard input, and heeds its exit", async () => {
    const one = script(
      '[ "$GLSA_ACTION" = deliver ] || { cat > "$1/input"; env > "$1/env"; exit $2; }',
    );
    const program = file("deliver.sh");
    const checked = (code: string) =>
      command([program, folder], { checkArgv: [program, folder, code] });
    await one.check(OURS);
    expect(existsSync(file("env"))).toBe(false);
    await checked("0").check(OURS);
    expect(written("input")).toBe("");
    expect(variables("env")).toMatchObject({ GLSA_ACTION: "check", GLSA_KEY: OURS.key });
    expect(variables("env")).not.toHaveProperty("GLSA_TOKEN_ID");
    const failure = await failureOf(checked("4").check(OURS));
    expect(failure.message).toContain("check: it exited with 4");
    expect(failure.remedy).toContain("no token was created");
  });
});

describe("removing a value", () => {
  const delivered = { tokenId: 42, fingerprint: "sha256:x" };

  test("runs remove_argv with the token's number", async () => {
    script('env > "$1/env"');
    await command(["sh"], { removeArgv: [file("deliver.sh"), folder] }).remove(delivered);
    expect(variables("env")).toMatchObject({ GLSA_ACTION: "remove", GLSA_TOKEN_ID: "42" });
  });

  test("without remove_argv does nothing", async () => {
    await script('touch "$1/env"').remove(delivered);
    expect(existsSync(file("env"))).toBe(false);
  });

  test("that fails is told", async () => {
    const failure = await failureOf(script("", { removeArgv: ["false"] }).remove(delivered));
    expect(failure.message).toContain("remove: it exited with 1");
    expect(failure.remedy).toContain("by hand");
  });
});

test("the address is the same for the same arguments only", () => {
  expect(command(["a", "b c"]).address).toBe(command(["a", "b c"], { checkArgv: ["x"] }).address);
  expect(command(["a", "b c"]).address).not.toBe(command(["a", "b", "c"]).address);
});
