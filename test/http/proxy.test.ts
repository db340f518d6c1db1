import { createServer, request, type IncomingMessage } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { Connection, proxyFor, SetupError } from "../../src/http";
import { json, scriptedServer, type ScriptedServer } from "../support/scripted-server";

const HTTP = new URL("http://gitlab.corp.test:8080/api/v4");
const HTTPS = new URL("https://gitlab.corp.test/api/v4");

test.each([
  [
    "host and port without a scheme",
    { HTTP_PROXY: "proxy.corp:3128" },
    HTTP,
    "http://proxy.corp:3128",
  ],
  [
    "lower case before upper case",
    { http_proxy: "http://a:1", HTTP_PROXY: "http://b:2" },
    HTTP,
    "http://a:1",
  ],
  [
    "the variable of the server's scheme",
    { HTTP_PROXY: "http://a:1", HTTPS_PROXY: "http://b:2" },
    HTTPS,
    "http://b:2",
  ],
  ["a proxy that itself speaks https", { https_proxy: "https://a:1" }, HTTPS, "https://a:1"],
  ["a proxy for everything", { ALL_PROXY: "a:1" }, HTTPS, "http://a:1"],
  ["an empty variable as none", { HTTPS_PROXY: "" }, HTTPS, undefined],
  ["no other scheme's variable", { HTTP_PROXY: "http://a:1" }, HTTPS, undefined],
])("reads %s", (_, environment, server, origin) => {
  expect(proxyFor(server, environment)?.origin).toBe(origin);
});

test.each([
  "socks5://a:1",
  "socks4://a:1",
  "socks5h://a:1",
  "ftp://a:1",
  "http://",
  "http://[",
  "::",
])("refuses %s by the name of its variable, without repeating a password", (value) => {
  const written = value.replace("a:1", "user:open-sesame@a:1");
  const ask = () => proxyFor(HTTPS, { HTTPS_PROXY: written });
  expect(ask).toThrow(SetupError);
  expect(ask).toThrow("HTTPS_PROXY");
  expect(ask).not.toThrow("open-sesame");
});

test("the credentials of a proxy are decoded", () => {
  const proxy = proxyFor(HTTPS, { HTTPS_PROXY: "http://user:p%40ss%@a:1" });
  expect(proxy?.authorization).toBe(`Basic ${Buffer.from("user:p@ss%").toString("base64")}`);
  expect(proxy?.origin).toBe("http://a:1");
});

test.each([
  ["gitlab.corp.test", "https://gitlab.corp.test", true],
  ["corp.test", "https://gitlab.corp.test", true],
  [".corp.test", "https://gitlab.corp.test", true],
  ["*.corp.test", "https://gitlab.corp.test", true],
  [".corp.test", "https://corp.test", false],
  ["corp.test", "https://notcorp.test", false],
  ["GITLAB.corp.TEST", "https://gitlab.CORP.test", true],
  ["other, gitlab.corp.test", "https://gitlab.corp.test", true],
  ["other gitlab.corp.test", "https://gitlab.corp.test", true],
  ["*", "https://gitlab.corp.test", true],
  ["gitlab.corp.test:443", "https://gitlab.corp.test", true],
  ["gitlab.corp.test:8443", "https://gitlab.corp.test", false],
  ["10.0.0.0/8", "https://10.1.2.3", true],
  ["10.0.0.0/8", "https://11.1.2.3", false],
  ["10.0.0.0/8", "https://gitlab.corp.test", false],
  ["10.1.2.3", "https://10.1.2.3", true],
  ["10.1.2.3:443", "https://10.1.2.3", true],
  ["127.0.0.0/8", "http://127.0.0.1:9101", true],
  ["fd00::/8", "https://[fd12::1]", true],
  ["[fd12::1]:8443", "https://[fd12::1]", false],
  ["::1", "http://[::1]:80", true],
  ["10.0.0.0/99, 10.0.0.0/x, /8, ,", "https://10.1.2.3", false],
  ["", "https://gitlab.corp.test", false],
])("NO_PROXY=%j exempts %s: %p", (noProxy, server, isExempt) => {
  const environment = { ALL_PROXY: "http://a:1", NO_PROXY: noProxy };
  expect(proxyFor(new URL(server), environment) === undefined).toBe(isExempt);
});

describe("through a proxy", () => {
  let server: ScriptedServer;
  const passed: string[] = [];
  let refuse = false;
  const proxy = createServer((asked, response) => {
    passed.push(`${asked.method} ${asked.url}`);
    if (refuse) return void response.writeHead(407).end();
    const { method, headers } = asked;
    const forward = (answer: IncomingMessage) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    };
    asked.pipe(request(asked.url ?? "", { method, headers }, forward));
  });
  proxy.on("connect", (asked, socket) => {
    passed.push(`CONNECT ${asked.url}`);
    if (refuse) return void socket.end("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
    const [host = "", port] = (asked.url ?? "").split(":");
    const target = connect(Number(port), host, () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      target.pipe(socket).pipe(target);
    });
    target.on("error", () => socket.destroy());
    socket.on("error", () => target.destroy());
  });

  beforeAll(() => new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve)));
  beforeEach(async () => {
    passed.length = 0;
    refuse = false;
    server = await scriptedServer((_, response) => json(response, 200, { fine: true }));
  });
  afterEach(() => server.close());
  afterAll(() => {
    proxy.closeAllConnections();
    proxy.close();
  });

  const connection = (noProxy = "") =>
    new Connection({
      environment: {
        HTTP_PROXY: `127.0.0.1:${(proxy.address() as AddressInfo).port}`,
        HTTPS_PROXY: `127.0.0.1:${(proxy.address() as AddressInfo).port}`,
        NO_PROXY: noProxy,
      },
    });
  const ask = (over: Connection, url: string) =>
    over.send({ method: "GET", url, headers: {}, body: undefined });

  test("a plain request is passed on as one, several times over", async () => {
    const over = connection();
    for (let count = 0; count < 3; count++) {
      expect((await ask(over, `${server.url}/x%2Fy?z=1`)).status).toBe(200);
    }
    expect(passed).toEqual(Array.from({ length: 3 }, () => `GET ${server.url}/x%2Fy?z=1`));
    expect(server.seen[0]?.headers.host).toBe(new URL(server.url).host);
    await over.close();
  });

  test("an exempt server is asked directly", async () => {
    const over = connection("127.0.0.0/8");
    expect((await ask(over, server.url)).status).toBe(200);
    expect(passed).toEqual([]);
    await over.close();
  });

  test.each(["http", "https"])("a proxy that refuses is told as that (%s)", async (scheme) => {
    refuse = true;
    const over = connection();
    const url = server.url.replace("http:", `${scheme}:`);
    await expect(ask(over, url)).rejects.toMatchObject({
      silence: "not_connected",
      message: "the proxy refuses with 407",
    });
    expect(server.seen).toEqual([]);
    await over.close();
  });
});
