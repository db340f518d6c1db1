import { readPlan, type Change, type Review } from "../../src/review";
import { recordedPlan, recordedPlans, recordedReview, TODAY } from "./recorded";

function review(name: string): Review {
  return readPlan(recordedPlan(name), { today: TODAY });
}

/** Changes without what engines call things. */
function told({ accounts }: Review): object[] {
  const withoutAddress = ({ kind, effect, object, summary, from, to }: Change) => ({
    kind,
    effect,
    object,
    summary,
    from,
    to,
  });
  return accounts.map(({ account, changes }) => ({
    account,
    changes: changes.map(withoutAddress),
  }));
}

describe("a plan that an engine wrote", () => {
  test.each(recordedPlans())("%s is reviewed as somebody read it", (name) => {
    expect(JSON.parse(JSON.stringify(review(name)))).toEqual(recordedReview(name));
  });

  test.each(["created", "changed"])("is told the same on Terraform and OpenTofu (%s)", (name) => {
    const [terraform, tofu] = [review(`terraform-${name}`), review(`tofu-${name}`)];
    expect([terraform.engine, tofu.engine]).toEqual(["terraform", "opentofu"]);
    expect({ ...tofu, engine: "" }).toEqual({ ...terraform, engine: "" });
  });

  test.each(recordedPlans())("%s shows nothing that was marked as secret", (name) => {
    expect(JSON.stringify(review(name))).not.toMatch(
      /a-secret-reason|another-secret-reason|glpat-/,
    );
  });

  test("of one declaration is told the same on Terraform and Pulumi", () => {
    const ours = told(review("pulumi-created"));
    expect(told(review("terraform-created"))).toEqual(expect.arrayContaining(ours));
  });
});
