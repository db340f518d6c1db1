import { verdictOf } from "../../src/prove";
import { PARTS } from "../../src/prove/prove";
import { TIERS, VERSIONS, type GitLabVersion, type Tier } from "../../src/sandbox";
import { TestedInstance } from "./instance";

/** Every release, and every tier with old and new ones; all of both with the long walks. */
const isFull = process.env["GLSA_WALKS"] !== undefined;
const COMBINATIONS = VERSIONS.flatMap((version, at) =>
  TIERS.filter((_, tier) => isFull || tier === at % TIERS.length).map(
    (tier, each) => [version, tier, (at + each) % 2 === 0 ? "administrator" : "owner"] as const,
  ),
);

const SCENARIOS = PARTS.filter((part) => part !== "provider");

async function proved(
  options: { version: GitLabVersion; tier: Tier },
  role: "administrator" | "owner",
  parts: readonly string[],
) {
  const instance = await TestedInstance.start(options, role);
  const before = instance.contents();
  const prover = instance.prover({ parts });
  try {
    const outcome = await prover.run(await prover.look());
    expect(instance.contents()).toEqual(before);
    return outcome;
  } finally {
    await prover.close();
    await instance.close();
  }
}

describe("the stand-in held against itself", () => {
  test.each(COMBINATIONS)(
    "shows no difference as %s, %s, asked by an %s",
    async (...combination) => {
      const [version, tier, role] = combination;
      const outcome = await proved({ version, tier }, role, SCENARIOS);
      expect(outcome.subject).toMatchObject({ tier, isAdministrator: role === "administrator" });
      expect(outcome).toMatchObject({ endedBy: undefined, cleaned: { left: [] } });
      const replayed = outcome.proofs.flatMap((proof) => proof.replayed);
      expect(replayed.flatMap(({ differences }) => differences)).toEqual([]);
      expect(replayed.filter(({ isCompared }) => !isCompared)).toEqual([]);
      expect(replayed.length).toBeGreaterThan(60);
    },
  );

  test.each([
    ["17.11", "premium", "owner"],
    ["18.11", "free", "administrator"],
    ["19.6", "ultimate", "owner"],
  ] as const)(
    "the provider keeps its promises on %s, %s, asked by an %s",
    async (...combination) => {
      const [version, tier, role] = combination;
      const outcome = await proved({ version, tier }, role, ["provider"]);
      expect(outcome.checks.filter(({ isKept }) => !isKept)).toEqual([]);
      expect(outcome.checks).toHaveLength(9);
      expect(verdictOf(outcome)).toBe("alike");
    },
  );

  test("says so where there are no accounts to prove anything with", async () => {
    const outcome = await proved({ version: "17.11", tier: "free" }, "administrator", PARTS);
    expect(outcome.providerNotRun).toContain("Before 18.11 accounts need Premium");
    expect(verdictOf(outcome)).toBe("unfinished");
  });
});
