import type { ProviderType } from "../contract";
import { DataSourceHandlers } from "./handlers/data-source-handlers";
import { EphemeralHandlers } from "./handlers/ephemeral-handlers";
import { ProviderHandlers } from "./handlers/provider-handlers";
import { ResourceHandlers } from "./handlers/resource-handlers";
import { Session } from "./handlers/session";
import { unary, type Implementation } from "./unary";

/** The protocol's calls, answered by a provider. */
export function createProviderService<Context>(provider: ProviderType<Context>): Implementation {
  const session = new Session(provider);
  const about = {
    provider: new ProviderHandlers(session),
    resources: new ResourceHandlers(session),
    dataSources: new DataSourceHandlers(session),
    ephemeral: new EphemeralHandlers(session),
  };
  return {
    GetProviderSchema: unary(() => about.provider.schema()),
    GetFunctions: unary(() => ({ functions: {} })),
    ValidateProviderConfig: unary((request) => about.provider.validate(request)),
    ConfigureProvider: unary((request) => about.provider.configure(request)),
    StopProvider: unary(() => {
      session.stop();
      return {};
    }),

    ValidateResourceConfig: unary((request) => about.resources.validate(request)),
    UpgradeResourceState: unary((request) => about.resources.upgrade(request)),
    ReadResource: unary((request) => about.resources.read(request)),
    PlanResourceChange: unary((request) => about.resources.plan(request)),
    ApplyResourceChange: unary((request) => about.resources.apply(request)),
    ImportResourceState: unary((request) => about.resources.import(request)),
    MoveResourceState: unary((request) => about.resources.move(request)),

    ValidateDataResourceConfig: unary((request) => about.dataSources.validate(request)),
    ReadDataSource: unary((request) => about.dataSources.read(request)),

    ValidateEphemeralResourceConfig: unary((request) => about.ephemeral.validate(request)),
    OpenEphemeralResource: unary((request) => about.ephemeral.open(request)),
    CloseEphemeralResource: unary((request) => about.ephemeral.close(request)),
  };
}
