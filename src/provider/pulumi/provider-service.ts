import type { ProviderType } from "../contract";
import { FunctionHandlers } from "./handlers/function-handlers";
import { ProviderHandlers } from "./handlers/provider-handlers";
import { ResourceHandlers } from "./handlers/resource-handlers";
import { Session } from "./handlers/session";
import type { AttachRequest } from "./protocol/messages";
import { unary, type Implementation } from "./unary";

export interface ProviderService {
  readonly implementation: Implementation;
  /** Where the engine listens to what the provider has to say. */
  attach(engineAddress: string): void;
}

/** The protocol's calls, answered by a provider. */
export function createProviderService<Context>(provider: ProviderType<Context>): ProviderService {
  const session = new Session(provider);
  const about = {
    provider: new ProviderHandlers(session),
    resources: new ResourceHandlers(session),
    functions: new FunctionHandlers(session),
  };
  const attach = (address: string) => session.log.attach(address);
  return {
    attach,
    implementation: {
      Handshake: unary((request) => about.provider.handshake(request)),
      GetSchema: unary(() => about.provider.schema()),
      GetPluginInfo: unary(() => ({ version: provider.version })),
      Attach: unary(({ address }: AttachRequest) => {
        attach(address);
        return {};
      }),
      Cancel: unary(async () => {
        await session.end();
        return {};
      }),

      CheckConfig: unary((request) => about.provider.check(request)),
      DiffConfig: unary((request) => about.provider.diff(request)),
      Configure: unary((request) => about.provider.configure(request)),

      Invoke: unary((request) => about.functions.invoke(request)),

      Check: unary((request) => about.resources.check(request)),
      Diff: unary((request) => about.resources.diff(request)),
      Create: unary((request) => about.resources.create(request)),
      Read: unary((request) => about.resources.read(request)),
      Update: unary((request) => about.resources.update(request)),
      Delete: unary((request) => about.resources.delete(request)),
    },
  };
}
