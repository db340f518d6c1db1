import { ApiError } from "./errors";

/** The longest request line that the proxy in front of GitLab accepts, in bytes. */
const longestLine = 8192;

/** Refuses an address that is too long. */
export function addressTooLong(method: string, url: string): ApiError | undefined {
  const length = `${method} ${url} HTTP/1.1\r\n`.length;
  return length > longestLine ? proxyRefusal(414, "Request-URI Too Large") : undefined;
}

export function bodyTooLarge(): ApiError {
  return proxyRefusal(413, "Request Entity Too Large");
}

/** A page of the proxy, which responds before GitLab receives the request. */
export function proxyRefusal(status: number, reason: string): ApiError {
  const title = `${status} ${reason}`;
  const lines = [
    "<html>",
    `<head><title>${title}</title></head>`,
    "<body>",
    `<center><h1>${title}</h1></center>`,
    "<hr><center>nginx</center>",
    "</body>",
    "</html>",
    "",
  ];
  return new ApiError({
    status,
    text: { type: "text/html", content: lines.join("\r\n") },
    rescued: true,
  });
}
