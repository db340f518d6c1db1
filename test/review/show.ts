import { readFileSync } from "node:fs";
import { readPlan } from "../../src/review";
for (const f of process.argv.slice(2)) {
  const r = readPlan(readFileSync(f, "utf8"), { today: "2026-06-01" });
  console.log(
    `### ${f.split("/").at(-1)} ${r.engine} ${JSON.stringify(r.others)} ${r.remarks} TARGETS ${r.rotationTargets}`,
  );
  for (const a of r.accounts) {
    console.log(`${a.account} [${a.owner}]`);
    for (const c of a.changes)
      console.log(
        `   ${c.effect} ${c.kind} | ${c.object} | ${c.summary} | ${c.from ?? ""} → ${c.to ?? ""} | ${c.details.join(" // ")} @${c.address}`,
      );
  }
  for (const g of r.findings)
    console.log(`  FINDING ${g.severity} ${g.rule} ${g.object} ${g.detail}`);
}
