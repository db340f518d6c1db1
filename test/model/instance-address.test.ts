import { instanceAddress, isSameInstance } from "../../src/model";

const HOME = "https://gitlab.example.com";

test.each([
  "https://gitlab.example.com/",
  "https://gitlab.example.com//",
  "https://gitlab.example.com:443",
  "https://gitlab.example.com/api/v4",
  "https://gitlab.example.com/api/v4/",
  "https://gitlab.example.com//api/v4",
  "https://gitlab.example.com/./api/v4",
  "https://gitlab.example.com/API/V4",
  "HTTPS://GitLab.Example.COM",
  "http://gitlab.example.com",
  "http://gitlab.example.com:80/",
  "https://gitlab.example.com.",
  "  https://gitlab.example.com  ",
])("%p is the same server", (spelling) => {
  expect(isSameInstance(spelling, HOME)).toBe(true);
  expect(isSameInstance(`${spelling.trim()}`, spelling)).toBe(true);
});

test.each([
  "https://gitlab.example.org",
  "https://example.com",
  "https://gitlab.example.com:8443",
  "https://gitlab.example.com/other",
  "https://gitlab.example.com/api",
])("%p is another server", (address) => {
  expect(isSameInstance(address, HOME)).toBe(false);
});

test("a path is part of the address, however it is spelt", () => {
  expect(isSameInstance("https://example.com/git/api/v4/", "http://EXAMPLE.com//Git")).toBe(true);
  expect(isSameInstance("https://example.com/git", "https://example.com/old")).toBe(false);
  expect(isSameInstance("http://127.0.0.1:8080", "https://127.0.0.1:8080/")).toBe(true);
});

test("users are shown the address as they would write it", () => {
  expect(instanceAddress("https://GitLab.example.com:443/git/api/v4/")).toBe(
    "https://gitlab.example.com/git",
  );
});
