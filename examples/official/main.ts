import { App } from "cdktf";
import { OfficialPlatformStack } from "./platform-stack";

const app = new App();
new OfficialPlatformStack(app, "platform");
app.synth();
