import { App } from "cdktf";
import { PlatformStack } from "./platform-stack";
import { endOfNextHalfYear } from "./token-expiry";

const app = new App();
new PlatformStack(app, "platform", {
  tokensExpireAt: process.env.TOKEN_EXPIRES_AT ?? endOfNextHalfYear(new Date()),
});
app.synth();
