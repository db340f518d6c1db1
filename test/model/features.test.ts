import { featureProblem, isAtLeast } from "../../src/model";

test.each([
  ["18.11.5-ee", "18.11", true],
  ["19.0.2-ee", "18.11", true],
  ["18.5.0", "18.11", false],
  ["17.11.7-ee", "18.2", false],
])("%s is at least %s: %s", (version, needed, expected) => {
  expect(isAtLeast(version, needed)).toBe(expected);
});

test("a server that is too old is told with both versions, and that nothing was changed", () => {
  expect(featureProblem("service accounts of a project", "17.11.7-ee")).toEqual({
    code: "gitlab-too-old",
    summary: "This GitLab is too old for service accounts of a project",
    detail: expect.stringMatching(
      /needs GitLab 18\.11; the server is 17\.11\.7-ee.*nothing was changed/,
    ) as string,
  });
  expect(featureProblem("service accounts of a project", "19.1.1-ee")).toBeUndefined();
});
