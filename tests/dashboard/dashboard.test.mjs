import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";

const { WEGO_ADDRESS: address, WEGO_REPOSITORY: repository, WEGO_CHROMIUM: executablePath } = process.env;
const [admin, teamA, unauthenticated, permissionDenied] = ["sandbox-admin", "sandbox-team-a", 16, 7];
let browser;
let page;
const problems = [];

before(async () => {
  // Inside a container there is no other sandbox to be had.
  browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  page = await browser.newPage();
  page.on("pageerror", (e) => problems.push(e.message));
  page.on("console", (m) => m.type() === "error" && problems.push(m.text()));
  await page.goto(`${address}/`);
});

after(() => browser?.close());

const call = (name, ...args) => page.evaluate(([n, a]) => window.wego[n](...a), [name, args]);

test("the page and its script are served", async () => {
  assert.equal(await page.title(), "Wego from a browser");
  assert.equal(await page.evaluate(() => typeof window.wego), "object");
});

test("config.json is Wego's own", async () => {
  const config = await call("config");
  assert.equal(config.kubeappsCluster, "default");
  assert.deepEqual(config.clusters, ["default"]);
  assert.equal(config.featureFlags.operators, false);
});

test("plugins are told before anybody logs in", async () => {
  const plugins = await call("plugins");
  assert.ok(plugins.includes("fluxv2.packages") && plugins.includes("resources"), plugins.join());
});

test("a good token is told from a bad one and from none", async () => {
  assert.equal(await call("namespaceExists", admin, "default"), true);
  assert.equal(await call("failure", "namespaceExists", "no-such-token", "default"), unauthenticated);
  assert.equal(await call("failure", "namespaceExists", null, "default"), unauthenticated);
  assert.equal(await call("failure", "namespaceExists", teamA, "default"), permissionDenied);
});

test("a repository is added, and its catalogue read page by page", async () => {
  await call("addRepository", teamA, repository);
  const names = await call("catalogue", teamA, 2);
  assert.deepEqual(names, ["sample/counter", "sample/hello-web", "sample/nightly-report"]);
});

test("a package is installed, and its objects are followed until they are ready", async () => {
  assert.equal(await call("install", teamA, "web"), "web");
  const kinds = ["ConfigMap", "Deployment", "Service"];
  assert.deepEqual(await call("watch", teamA, "web", kinds), kinds);
});

test("below a path prefix the same page works", async () => {
  const prefixed = await browser.newPage();
  await prefixed.goto(`${address}/kubeapps`);
  assert.equal(new URL(prefixed.url()).pathname, "/kubeapps/");
  const plugins = await prefixed.evaluate(() => window.wego.plugins());
  assert.ok(plugins.includes("resources"), plugins.join());
  await prefixed.close();
});

test("the browser had nothing to complain about", () => {
  assert.deepEqual(problems, []);
});
