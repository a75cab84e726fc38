// The README's journey with clients of other makes. Started by tests/journey/run.sh, which starts the server.
import assert from "node:assert/strict";
import { test } from "node:test";
import { create, createFileRegistry, fromBinary } from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema, FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { createClient } from "@connectrpc/connect";
import { createConnectTransport, createGrpcTransport, createGrpcWebTransport } from "@connectrpc/connect-node";
import { createGrpcWebTransport as createFetchTransport } from "@connectrpc/connect-web";
import * as grpc from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";

const address = process.env.WEGO_ADDRESS;
const baseUrl = `http://${address}`;
const repositoryUrl = process.env.WEGO_REPOSITORY;
const authorization = "Bearer sandbox-team-a";
const flux = { name: "fluxv2.packages", version: "v1alpha1" };
const context = { cluster: "default", namespace: "team-a" };

const services = {
  plugins: "kubeappsapis.core.plugins.v1alpha1.PluginsService",
  packages: "kubeappsapis.core.packages.v1alpha1.PackagesService",
  repositories: "kubeappsapis.core.packages.v1alpha1.RepositoriesService",
  resources: "kubeappsapis.plugins.resources.v1alpha1.ResourcesService",
  events: "wego.packages.v1.InstalledPackagesService",
};

// The server describes itself; grpc-js alone reads the .proto files, since it takes other field names from descriptors.
async function describe() {
  const loaded = grpc.loadPackageDefinition(loadSync("grpc/reflection/v1/reflection.proto", { includeDirs: [process.env.WEGO_PROTO], defaults: true, oneofs: true }));
  const client = new loaded.grpc.reflection.v1.ServerReflection(address, grpc.credentials.createInsecure());
  const call = client.ServerReflectionInfo();
  const files = new Map();
  for (const symbol of Object.values(services)) {
    const answer = await new Promise((resolve, reject) => {
      call.once("data", resolve).once("error", reject);
      call.write({ fileContainingSymbol: symbol });
    });
    for (const bytes of answer.fileDescriptorResponse.fileDescriptorProto) {
      const file = fromBinary(FileDescriptorProtoSchema, bytes);
      files.set(file.name, file);
    }
  }

  call.end();
  client.close();
  for (const field of [...files.values()].flatMap((f) => f.messageType).flatMap((m) => m.field)) {
    field.jsonName ||= field.name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());
  }

  return create(FileDescriptorSetSchema, { file: sorted(files) });
}

// A descriptor set lists a file after those it imports.
function sorted(files) {
  const done = new Map();
  const visit = (file) => {
    if (file && !done.has(file.name)) {
      file.dependency.forEach((name) => visit(files.get(name)));
      done.set(file.name, file);
    }
  };
  files.forEach(visit);
  return [...done.values()];
}

const set = await describe();
const registry = createFileRegistry(set);

// Each client: call(service, method, request) and stream(service, method, request, signal).
function connectClient(transport) {
  const of = (service) => createClient(registry.getService(services[service]), transport);
  const lower = (method) => method[0].toLowerCase() + method.slice(1);
  return {
    call: (service, method, request) => of(service)[lower(method)](request, { headers: { authorization } }),
    stream: (service, method, request, signal) => of(service)[lower(method)](request, { headers: { authorization }, signal }),
  };
}

function grpcJsClient() {
  const files = [...registry.files].map((file) => `${file.name}.proto`).filter((file) => !file.startsWith("google/"));
  const definition = loadSync(files, { includeDirs: [process.env.WEGO_PROTO], defaults: true });
  const clients = {};
  const of = (service) => clients[service] ??= new (grpc.makeGenericClientConstructor(definition[services[service]], service))(address, grpc.credentials.createInsecure());
  const metadata = () => { const m = new grpc.Metadata(); m.set("authorization", authorization); return m; };
  return {
    call: (service, method, request) => new Promise((resolve, reject) => of(service)[method](request, metadata(), (error, response) => error ? reject(error) : resolve(response))),
    async *stream(service, method, request, signal) {
      const call = of(service)[method](request, metadata());
      signal.addEventListener("abort", () => call.cancel());
      call.on("error", () => {});
      yield* call;
    },
    close: () => Object.values(clients).forEach((client) => client.close()),
  };
}

function restClient() {
  const ref = (r) => `plugin/${r.plugin.name}/${r.plugin.version}/c/${r.context.cluster}/ns/${r.context.namespace}/${r.identifier}`;
  const core = "/core/packages/v1alpha1";
  const routes = {
    GetConfiguredPlugins: () => ["GET", "/core/plugins/v1alpha1/configured-plugins"],
    GetInstalledPackageSummaries: (r) => ["GET", `${core}/installedpackages?context.namespace=${r.context.namespace}`],
    AddPackageRepository: (r) => ["POST", `${core}/repositories`, r],
    DeletePackageRepository: (r) => ["DELETE", `${core}/repositories/${ref(r.packageRepoRef)}`],
    GetAvailablePackageSummaries: (r) => ["GET", `${core}/availablepackages?context.namespace=${r.context.namespace}&${r.filterOptions.repositories.map((n) => `filterOptions.repositories=${n}`).join("&")}&paginationOptions.pageSize=${r.paginationOptions.pageSize}&paginationOptions.pageToken=${r.paginationOptions.pageToken}`],
    GetAvailablePackageDetail: (r) => ["GET", `${core}/availablepackages/${ref(r.availablePackageRef)}`],
    GetAvailablePackageVersions: (r) => ["GET", `${core}/availablepackages/${ref(r.availablePackageRef)}/versions`],
    CreateInstalledPackage: (r) => ["POST", `${core}/installedpackages`, r],
    GetInstalledPackageDetail: (r) => ["GET", `${core}/installedpackages/${ref(r.installedPackageRef)}`],
    UpdateInstalledPackage: (r) => ["PUT", `${core}/installedpackages/${ref(r.installedPackageRef)}`, r],
    DeleteInstalledPackage: (r) => ["DELETE", `${core}/installedpackages/${ref(r.installedPackageRef)}`],
    GetInstalledPackageResourceRefs: (r) => ["GET", `${core}/installedpackages/${ref(r.installedPackageRef)}/resourcerefs`],
    GetResources: (r) => ["GET", `/plugins/resources/v1alpha1/${r.installedPackageRef.plugin.name}/v1alpha1/c/default/ns/team-a/${r.installedPackageRef.identifier}?watch=true`],
    WatchInstalledPackages: (r) => ["GET", `/wego/packages/v1/installedpackages/events?context.namespace=team-a&name=${r.name}`],
  };
  const send = async (method, request, signal) => {
    const [verb, path, body] = routes[method](request);
    const response = await fetch(baseUrl + path, { method: verb, signal, headers: { authorization, "content-type": "application/json" }, body: body && JSON.stringify(body) });
    assert.ok(response.ok, `${verb} ${path}: ${response.status} ${response.ok ? "" : await response.text()}`);
    return response;
  };
  return {
    call: async (_, method, request) => (await send(method, request)).json(),
    async *stream(_, method, request, signal) {
      let text = "";
      for await (const chunk of (await send(method, request, signal)).body) {
        text += Buffer.from(chunk).toString();
        const lines = text.split("\n");
        text = lines.pop();
        yield* lines.filter(Boolean).map((line) => JSON.parse(line).result);
      }
    },
  };
}

// Reads a stream until something has been seen in it.
async function until(stream, seen) {
  const stop = new AbortController();
  for await (const message of stream(stop.signal)) {
    if (seen(message)) {
      // Leaving the loop ends the call, where the client knows how; the signal does so everywhere.
      setImmediate(() => stop.abort());
      return message;
    }
  }

  assert.fail("the stream ended before what was waited for came");
}

// By name, as the server orders them; which there are is for the plugin folder to say.
async function configured(client) {
  const { plugins } = await client.call("plugins", "GetConfiguredPlugins", {});
  const names = plugins.map((p) => p.name);
  assert.deepEqual(names, [...names].sort());
  assert.ok(names.includes("resources"));
  return names;
}

async function journey(client, name) {
  const installedPackageRef = { context, identifier: name, plugin: flux };
  const availablePackageRef = { context, identifier: `${name}/hello-web`, plugin: flux };
  const packageRepoRef = { context, identifier: name, plugin: flux };
  const events = (signal) => client.stream("events", "WatchInstalledPackages", { context, name }, signal);
  const ready = (version) => (m) => m.installedPackageSummary?.status?.ready && m.installedPackageSummary.currentVersion?.pkgVersion === version;

  assert.ok((await configured(client)).includes(flux.name));

  await client.call("repositories", "AddPackageRepository", { context, name, type: "helm", url: repositoryUrl, namespaceScoped: true, plugin: flux });
  const names = [];
  let pageToken = "";
  do {
    const page = await client.call("packages", "GetAvailablePackageSummaries", { context, filterOptions: { repositories: [name] }, paginationOptions: { pageSize: 2, pageToken } });
    names.push(...page.availablePackageSummaries.map((p) => p.name));
    pageToken = page.nextPageToken ?? "";
  } while (pageToken);
  assert.deepEqual(names, ["counter", "hello-web", "nightly-report"]);

  const { availablePackageDetail: detail } = await client.call("packages", "GetAvailablePackageDetail", { availablePackageRef });
  assert.match(detail.readme, /^# hello-web/);
  assert.match(detail.defaultValues, /greeting: Hello/);
  assert.equal(JSON.parse(detail.valuesSchema).properties.replicas.type, "integer");
  const { packageAppVersions } = await client.call("packages", "GetAvailablePackageVersions", { availablePackageRef });
  assert.deepEqual(packageAppVersions.map((v) => v.pkgVersion), ["2.0.0", "1.1.0", "1.0.0"]);

  // Asked for before anything is installed: everything arrives as it is created.
  const arriving = (async () => {
    const kinds = new Set();
    await until((signal) => client.stream("resources", "GetResources", { installedPackageRef, resourceRefs: [], watch: true }, signal), (m) => kinds.add(JSON.parse(m.manifest).kind).size === 3);
  });
  await client.call("packages", "CreateInstalledPackage", { availablePackageRef, targetContext: context, name, pkgVersionReference: { version: "1.0.0" }, values: "replicas: 2\n" });
  await arriving();
  await until(events, ready("1.0.0"));

  const { resourceRefs } = await client.call("packages", "GetInstalledPackageResourceRefs", { installedPackageRef });
  assert.equal(resourceRefs.length, 3);
  const kinds = new Set();
  await until((signal) => client.stream("resources", "GetResources", { installedPackageRef, resourceRefs, watch: true }, signal), (m) => kinds.add(JSON.parse(m.manifest).kind).size === 3);
  assert.deepEqual([...kinds].sort(), ["ConfigMap", "Deployment", "Service"]);

  const { installedPackageDetail } = await client.call("packages", "GetInstalledPackageDetail", { installedPackageRef });
  assert.equal(installedPackageDetail.status.ready, true);
  assert.deepEqual(JSON.parse(installedPackageDetail.valuesApplied), { replicas: 2 });

  await client.call("packages", "UpdateInstalledPackage", { installedPackageRef, pkgVersionReference: { version: "2.0.0" }, values: "replicas: 1\n" });
  await until(events, ready("2.0.0"));

  const gone = until(events, (m) => m.type === 2 || m.type === "TYPE_DELETED" || m.type === "DELETED");
  await client.call("packages", "DeleteInstalledPackage", { installedPackageRef });
  await gone;
  await client.call("repositories", "DeletePackageRepository", { packageRepoRef });
}

const clients = {
  "grpc-js": grpcJsClient(),
  "connect-node gRPC": connectClient(createGrpcTransport({ baseUrl })),
  "connect-node gRPC-Web on HTTP/1.1": connectClient(createGrpcWebTransport({ baseUrl, httpVersion: "1.1" })),
  "connect-node Connect": connectClient(createConnectTransport({ baseUrl, httpVersion: "2" })),
  "connect-web gRPC-Web below /apis, as the dashboard": connectClient(createFetchTransport({ baseUrl: `${baseUrl}/apis` })),
  "REST": restClient(),
};

let number = 0;
for (const [name, client] of Object.entries(clients)) {
  const unique = `journey-${++number}`;
  test(`the journey over ${name}`, async () => {
    await journey(client, unique);
    client.close?.();
  });
}

// What the README does with each format, beside each other.
const formats = {
  "fluxv2.packages": {
    repository: { type: "helm", url: repositoryUrl },
    offered: ["counter", "hello-web", "nightly-report"],
    install: { identifier: "hello-web", pkgVersionReference: { version: "2.0.0" } },
  },
  "helm.packages": {
    repository: { type: "helm", url: repositoryUrl },
    offered: ["counter", "hello-web", "nightly-report"],
    install: { identifier: "counter", pkgVersionReference: { version: "0.3.1" } },
    // It installs with the helm program.
    readsOnly: !process.env.WEGO_HELM && "there is no helm program",
  },
  "kapp_controller.packages": {
    repository: { type: "http", url: new URL("packages.tgz", repositoryUrl).href },
    offered: ["greeter.packages.example.com", "motd.packages.example.com"],
    install: { identifier: "greeter.packages.example.com", pkgVersionReference: { version: "2.0.0" }, reconciliationOptions: { serviceAccountName: "default" } },
  },
};

for (const [name, client] of [["connect-node gRPC", connectClient(createGrpcTransport({ baseUrl }))], ["REST", restClient()]]) {
  test(`all formats in one catalogue and one list over ${name}`, async (t) => {
    const loaded = await configured(client);
    const present = Object.entries(formats).filter(([plugin]) => loaded.includes(plugin));
    assert.ok(present.length > 1);
    const unique = `formats-${++number}`;
    const prefix = (plugin) => `${unique}-${plugin.split(".")[0].replace("_", "-")}`;
    const ref = (plugin, identifier) => ({ context, identifier, plugin: { name: plugin, version: "v1alpha1" } });
    for (const [plugin, { repository }] of present) {
      await client.call("repositories", "AddPackageRepository", { context, name: prefix(plugin), ...repository, namespaceScoped: true, plugin: ref(plugin).plugin });
    }

    // The catalogue of Carvel is made of objects that its controller creates in a moment.
    const wanted = present.flatMap(([plugin, { offered }]) => offered.map((o) => `${plugin} ${prefix(plugin)}/${o}`)).sort();
    let found;
    do {
      const page = await client.call("packages", "GetAvailablePackageSummaries", {
        context, filterOptions: { repositories: present.map(([plugin]) => prefix(plugin)) }, paginationOptions: { pageSize: 0, pageToken: "" },
      });
      found = page.availablePackageSummaries ?? [];
    } while (found.length < wanted.length);
    assert.deepEqual(found.map((p) => p.name), found.map((p) => p.name).sort());
    assert.deepEqual(found.map((p) => `${p.availablePackageRef.plugin.name} ${p.availablePackageRef.identifier}`).sort(), wanted);

    const installing = present.filter(([, { readsOnly }]) => !readsOnly);
    present.filter(([, { readsOnly }]) => readsOnly).forEach(([plugin, { readsOnly }]) => t.diagnostic(`${plugin} installs nothing: ${readsOnly}`));
    for (const [plugin, { install: { identifier, ...rest } }] of installing) {
      const name = prefix(plugin);
      await client.call("packages", "CreateInstalledPackage", { availablePackageRef: ref(plugin, `${name}/${identifier}`), targetContext: context, name, ...rest });
      await until((signal) => client.stream("events", "WatchInstalledPackages", { context, name }, signal), (m) => m.installedPackageSummary?.name === name && m.installedPackageSummary.status?.ready);
    }

    const { installedPackageSummaries } = await client.call("packages", "GetInstalledPackageSummaries", { context });
    const listed = installedPackageSummaries.filter((p) => p.name.startsWith(unique));
    assert.deepEqual(listed.map((p) => p.installedPackageRef.plugin.name).sort(), installing.map(([plugin]) => plugin));
    assert.deepEqual(listed.map((p) => p.currentVersion.pkgVersion).sort(), installing.map(([, { install }]) => install.pkgVersionReference.version).sort());

    for (const [plugin] of installing) {
      await client.call("packages", "DeleteInstalledPackage", { installedPackageRef: ref(plugin, prefix(plugin)) });
    }

    for (const [plugin] of present) {
      await client.call("repositories", "DeletePackageRepository", { packageRepoRef: ref(plugin, prefix(plugin)) });
    }
  });
}

test("without a token, nothing but the plugins is told", async () => {
  const client = createClient(registry.getService(services.packages), createGrpcTransport({ baseUrl }));
  await assert.rejects(client.getInstalledPackageSummaries({ context }), (error) => error.code === 16);
});
