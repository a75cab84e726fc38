// What a dashboard does, as functions for the tests to call. The transport and the relative address are those of the Kubeapps dashboard.
import { ConnectError, createPromiseClient } from "@connectrpc/connect";
import { createGrpcWebTransport } from "@connectrpc/connect-web";
import { PackagesService, PluginsService, RepositoriesService, ResourcesService } from "./messages.js";

const transport = createGrpcWebTransport({ baseUrl: "./apis" });
const client = (service) => createPromiseClient(service, transport);
const as = (token) => ({ headers: token ? { Authorization: `Bearer ${token}` } : {} });
const plugin = { name: "fluxv2.packages", version: "v1alpha1" };
const context = (namespace) => ({ cluster: "default", namespace });

window.wego = {
  config: async () => (await fetch("./config.json")).json(),
  plugins: async () => (await client(PluginsService).getConfiguredPlugins({})).plugins.map((p) => p.name),
  namespaceExists: async (token, namespace) => (await client(ResourcesService).checkNamespaceExists({ context: context(namespace) }, as(token))).exists,
  addRepository: async (token, url) => {
    await client(RepositoriesService).addPackageRepository(
      { context: context("team-a"), name: "sample", type: "helm", url, interval: "10m", namespaceScoped: true, plugin },
      as(token),
    );
  },
  catalogue: async (token, pageSize) => {
    const names = [];
    let pageToken = "";
    do {
      const page = await client(PackagesService).getAvailablePackageSummaries({ context: context("team-a"), paginationOptions: { pageSize, pageToken } }, as(token));
      names.push(...page.availablePackageSummaries.map((s) => s.availablePackageRef.identifier));
      pageToken = page.nextPageToken;
    } while (pageToken);
    return names;
  },
  install: async (token, name) => {
    const created = await client(PackagesService).createInstalledPackage(
      {
        availablePackageRef: { context: context("team-a"), identifier: "sample/hello-web", plugin },
        targetContext: context("team-a"),
        name,
        values: "replicas: 2",
        reconciliationOptions: {},
      },
      as(token),
    );
    return created.installedPackageRef.identifier;
  },
  // Follows the objects of a package until the deployment is ready, and gives the kinds seen on the way.
  watch: async (token, name, wanted) => {
    const leave = new AbortController();
    const kinds = new Set();
    let ready = false;
    const request = { installedPackageRef: { context: context("team-a"), identifier: name, plugin }, watch: true };
    for await (const { resourceRef, manifest } of client(ResourcesService).getResources(request, { ...as(token), signal: leave.signal })) {
      kinds.add(resourceRef.kind);
      ready ||= resourceRef.kind === "Deployment" && JSON.parse(manifest).status?.readyReplicas === 2;
      if (ready && wanted.every((kind) => kinds.has(kind))) {
        break;
      }
    }
    leave.abort();
    return [...kinds].sort();
  },
  failure: async (name, ...args) => {
    try {
      await window.wego[name](...args);
      return null;
    } catch (e) {
      return ConnectError.from(e).code;
    }
  },
};
