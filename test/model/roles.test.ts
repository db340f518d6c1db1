import {
  ACCESS_LEVELS,
  parseRole,
  ROLE_NAMES,
  roleInProjectProblem,
  roleOfAccessLevel,
  roleProblem,
} from "../../src/model";

test.each(["developer", "DEVELOPER", "Developer", " developer "])(
  "%j is the developer role",
  (spelling) => {
    expect(parseRole(spelling)).toBe("developer");
  },
);

test.each(["security manager", "SECURITY-MANAGER", "security_manager"])(
  "%j is the security manager role",
  (spelling) => {
    expect(parseRole(spelling)).toBe("security_manager");
  },
);

test("roles and access levels name each other", () => {
  for (const role of ROLE_NAMES) expect(roleOfAccessLevel(ACCESS_LEVELS[role])).toBe(role);
  expect(roleOfAccessLevel(7)).toBeUndefined();
});

test("an unknown role is refused with the nearest known one", () => {
  expect(roleProblem("developr")).toEqual({
    code: "unknown-role",
    summary: 'Unknown role "developr"',
    detail: expect.stringContaining('Did you mean "developer"?') as string,
  });
});

test("minimal access is refused in a project", () => {
  expect(roleInProjectProblem("minimal_access")?.detail).toContain("guest");
  expect(roleInProjectProblem("guest")).toBeUndefined();
});
