const shortest = 8;
const longest = 128;
const shortestPart = 4;
const weakText = "must not contain commonly used combinations of words and letters";

/** Words that are refused anywhere in a password. */
const forbiddenWords = ["gitlab", "devops"];

/** The best known passwords of GitLab's list of leaked ones, in lower case. */
const leaked: ReadonlySet<string> = new Set([
  ...["password", "password1", "password12", "password123", "passw0rd", "p@ssw0rd", "pa55word"],
  ...["12345678", "123456789", "1234567890", "87654321", "11111111", "00000000", "88888888"],
  ...["qwertyui", "qwertyuiop", "qwerty123", "qwerty12", "1q2w3e4r", "1q2w3e4r5t", "1qaz2wsx"],
  ...["iloveyou", "sunshine", "princess", "football", "baseball", "superman", "starwars"],
  ...["trustno1", "whatever", "computer", "internet", "samantha", "jennifer", "michelle"],
  ...["abcd1234", "abc12345", "asdfghjk", "asdfasdf", "zaq12wsx", "letmein1", "welcome1"],
  ...["changeme", "admin123", "administrator", "dragon12", "monkey12", "master12", "shadow12"],
]);

interface Owner {
  readonly name: string;
  readonly username: string;
  readonly email: string;
}

/** The problems of a password, as messages of its attribute. */
export function passwordProblems(password: string, { name, username, email }: Owner): string[] {
  const text = password.toLowerCase();
  const parts = [name, username, email]
    .flatMap((value) => [value, ...value.split(/[^\p{L}\p{N}]+/u)])
    .map((part) => part.toLowerCase())
    .filter((part) => part.length >= shortestPart);
  const isWeak =
    leaked.has(text) || [...forbiddenWords, ...parts].some((word) => text.includes(word));
  return [
    ...(password.length < shortest ? [`is too short (minimum is ${shortest} characters)`] : []),
    ...(password.length > longest ? [`is too long (maximum is ${longest} characters)`] : []),
    ...(isWeak ? [weakText] : []),
  ];
}
