// Drives the extension in a real VS Code workbench. Usage: node run.mjs ENTRY VSIX OUT [SCENE…]
// ENTRY is code-server's entry.js, VSIX the packed extension, OUT the folder for screenshots, SCENE a scene of those below (all of them without). Prints a line for each thing seen; ends with 1 if
// one of them is not.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { files, settled, situations } from "./situations.mjs";

const [entry, vsix, out, ...chosen] = process.argv.slice(2);
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const axe = readFileSync(path.join(root, "tests/VSCode/node_modules/axe-core/axe.min.js"), "utf8");
const home = mkdtempSync(path.join(tmpdir(), "repave-vscode-"));
const workspace = path.join(home, "shop");
const data = path.join(home, "data");
const extensions = path.join(home, "extensions");
mkdirSync(out, { recursive: true });
mkdirSync(path.join(data, "User"), { recursive: true });
cpSync(path.join(root, "samples/shop"), workspace, { recursive: true });
cpSync(path.join(root, "samples/stack/orders.yaml"), path.join(workspace, "orders.yaml"));
commit(workspace);
writeFileSync(path.join(workspace, "flawed.yaml"), "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: flawed\n  namespace: shop\ndata:\n  open: yes\n");
const settings = {
  "workbench.startupEditor": "none", "editor.minimap.enabled": false, "security.workspace.trust.enabled": true, "security.workspace.trust.startupPrompt": "never", "security.workspace.trust.banner": "never",
  "workbench.tips.enabled": false, "extensions.ignoreRecommendations": true, "window.commandCenter": false, "git.openRepositoryInParentFolders": "never",
};
writeFileSync(path.join(data, "User/settings.json"), JSON.stringify(settings));
execFileSync("node", [entry, "--user-data-dir", data, "--extensions-dir", extensions, "--install-extension", vsix], { stdio: "pipe" });

let failed = 0;
let browser;
const servers = [];
try {
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"] });
  for (const scene of [trusted, tools, environments, containers, terraform, accessibility, reports, still, baselines, linked, sides, doubles, ...(process.env.REPAVE_SITUATIONS ? [oneByOne] : []), ...(process.env.REPAVE_ENGINE ? [engine] : []), themes, untrusted]) {
    if (chosen.length === 0 || chosen.includes(scene.name)) await scene();
  }
} catch (error) {
  console.log(`FAILED  ${error.stack}`);
  failed++;
} finally {
  await browser?.close();
  servers.forEach((server) => server.kill("SIGKILL"));
}
process.exit(failed === 0 ? 0 : 1);

/** Commits what is in a folder, which becomes a repository. */
function commit(folder) {
  const git = (...args) => execFileSync("git", args, { cwd: folder, stdio: "pipe" });
  git("init", "-q");
  git("add", "-A");
  git("-c", "user.email=tests@example.com", "-c", "user.name=tests", "commit", "-qm", "first");
}

async function trusted() {
  const page = await open(["--disable-workspace-trust"]);
  await file(page, "flawed.yaml");
  await see(page, "diagnostics", () => page.waitForSelector(".squiggly-error, .squiggly-warning", { timeout: 60_000 }));
  await page.keyboard.press("Control+Shift+M");
  await see(page, "problems", async () => {
    await page.waitForSelector(".markers-panel >> text=RPV0011");
    // A second copy of a finding would come later than the first.
    await page.waitForTimeout(1500);
    const rows = await page.locator(".markers-panel .monaco-list-row", { hasText: "RPV0011" }).count();
    if (rows !== 1) throw new Error(`the finding is listed ${rows} times`);
  });
  await page.keyboard.press("Control+Shift+M");
  await file(page, "flawed.yaml");
  await cursor(page, 7, 10);
  await see(page, "fix", async () => {
    await page.keyboard.press("Control+.");
    await page.waitForSelector(".action-widget >> text=Put in quotes");
  });
  await page.keyboard.press("Enter");
  await see(page, "fixed", () => page.waitForFunction(() => [...document.querySelectorAll(".view-line")].some((line) => line.textContent.replaceAll("\u00a0", " ").includes('open: "yes"'))));
  await page.keyboard.press("Control+S");

  await file(page, "web.yaml");
  await see(page, "lenses", () => page.waitForSelector(".codelens-decoration >> text=in sync with git:HEAD", { timeout: 60_000 }));
  await cursor(page, 10, 6);
  await see(page, "hover", async () => {
    await command(page, "Repave: Explain this field");
    await page.waitForSelector(".monaco-hover >> text=Changing this");
  });
  await page.keyboard.press("Escape");
  await cursor(page, 10, 99);
  await see(page, "completion", async () => {
    await page.keyboard.press("Enter");
    await page.keyboard.type("pau");
    await page.keyboard.press("Control+Space");
    await page.waitForSelector(".suggest-widget >> text=paused");
  });
  await page.keyboard.press("Enter");
  await page.keyboard.type("true");
  await see(page, "plan-in-place", () => page.waitForSelector(".codelens-decoration >> text=/mutated in place/", { timeout: 30_000 }));
  await cursor(page, 15, 99);
  await page.keyboard.type("-new");
  await see(page, "plan-replace", () => page.waitForSelector(".codelens-decoration >> text=/replaces: spec.selector/", { timeout: 30_000 }));
  await command(page, "Repave: Preview replacement plan");
  await see(page, "plan-view", async () => {
    await page.waitForSelector("[id='workbench.view.extension.repave'] >> text=Deployment/shop-web", { timeout: 30_000 });
    await page.waitForSelector("[id='workbench.view.extension.repave'] >> text=spec.selector.matchLabels");
    await page.waitForSelector(".statusbar-item >> text=/git:HEAD: .*1 replace/");
  });
  await page.click("[id='workbench.view.extension.repave'] >> text=spec.selector.matchLabels");
  await see(page, "forcing-line", () => page.waitForFunction(() => document.querySelector("[id='status.editor.selection']")?.textContent.includes("Ln 15")));
  await page.keyboard.press("Control+Shift+E");

  await file(page, "config.yaml");
  await cursor(page, 6, 12);
  await see(page, "rename", async () => {
    await page.keyboard.press("F2");
    await page.waitForSelector(".rename-box input");
    await page.fill(".rename-box input", "shop-config-new");
    await page.keyboard.press("Enter");
    await file(page, "web.yaml");
    await cursor(page, 39, 1);
    await page.waitForFunction(() => [...document.querySelectorAll(".view-line")].some((line) => line.textContent.replaceAll("\u00a0", " ").includes("name: shop-config-new")));
  });

  await file(page, "orders.yaml");
  await see(page, "template", () => page.waitForSelector(".codelens-decoration >> text=in sync with git:HEAD", { timeout: 30_000 }));
  await cursor(page, 13, 99);
  await page.keyboard.press("Backspace");
  await page.keyboard.type("7");
  await see(page, "template-cascade", async () => {
    await page.waitForSelector(".codelens-decoration >> text=/replaces: Properties.CidrBlock/", { timeout: 30_000 });
    await page.waitForSelector(".codelens-decoration >> text=/replaces: Properties.VpcId, Network changes/");
  });
  await page.close();
}

// A chart with two environments: the matrix, the line that makes a change, what is built, and where a finding comes from.
async function environments() {
  const chart = path.join(home, "chart");
  cpSync(path.join(root, "samples/shop-chart"), chart, { recursive: true });
  commit(chart);
  const page = await open(["--disable-workspace-trust"], chart);
  await file(page, "values.yaml");
  await see(page, "environments-in-sync", () => page.waitForSelector(".codelens-decoration >> text=/prod, staging: in sync/", { timeout: 60_000 }));
  await cursor(page, 13, 99);
  await page.keyboard.press("Backspace");
  await page.keyboard.press("Backspace");
  await page.keyboard.press("Backspace");
  await page.keyboard.type("9Gi");
  await see(page, "environments-lens", () => page.waitForSelector(".codelens-decoration >> text=/line 13: staging: replaces StatefulSet\\/shop-web-db \\(this line\\)/", { timeout: 30_000 }));
  await cursor(page, 12, 99);
  await page.keyboard.press("Backspace");
  await page.keyboard.type("3");
  await see(page, "environments-both", () => page.waitForSelector(".codelens-decoration >> text=/line 12: prod: in place StatefulSet\\/shop-web-db \\(this line\\), staging: replaces \\(this line\\)/", { timeout: 30_000 }));
  await command(page, "Repave: Preview replacement plan");
  await see(page, "environments-matrix", async () => {
    await page.waitForSelector("[id='workbench.view.extension.repave'] >> text=prod", { timeout: 30_000 });
    await page.waitForSelector("[id='workbench.view.extension.repave'] >> text=/1 replace.*git:HEAD/");
    await page.waitForSelector("[id='workbench.view.extension.repave'] >> text=/1 in-place.*git:HEAD/");
  });
  await page.keyboard.press("Control+Shift+E");
  await file(page, "values-prod.yaml");
  await command(page, "Repave: Show what this builds");
  await see(page, "environments-built", async () => {
    await page.waitForSelector(".tab >> text=/prod .built.\\.yaml/", { timeout: 30_000 });
    await page.waitForFunction(() => [...document.querySelectorAll(".view-line")].some((line) => line.textContent.replaceAll("\u00a0", " ").includes("# Source: templates/database.yaml")));
  });
  await page.keyboard.press("Control+F");
  await page.keyboard.type("storage: 64Gi");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await see(page, "environments-origin", () => page.waitForFunction(() => [...document.querySelectorAll(".view-line span")].some((line) => getComputedStyle(line, "::after").content.includes("values-prod.yaml:5")), null, { timeout: 20_000 }));
  await page.keyboard.press("Control+1");
  await file(page, "values.yaml");
  await cursor(page, 5, 1);
  await page.keyboard.press("Control+Shift+K");
  await cursor(page, 4, 99);
  for (let i = 0; i < 5; i++) await page.keyboard.press("Backspace");
  await page.keyboard.type("latest");
  await see(page, "environments-finding", async () => {
    await page.waitForSelector(".squiggly-error, .squiggly-warning", { timeout: 30_000 });
    await page.keyboard.press("Control+Shift+M");
    await page.waitForSelector(".markers-panel >> text=/\\[prod, staging\\]/");
  });
  await page.keyboard.press("Control+Shift+M");
  await file(page, "values.yaml");
  await cursor(page, 5, 3);
  await see(page, "environments-hover", async () => {
    await command(page, "Repave: Explain this field");
    await page.waitForSelector(".monaco-hover >> text=/Used in/");
  });
  await page.close();
}

// A Compose file with its plan, and a Dockerfile whose finding names who is built from it.
async function containers() {
  const folder = path.join(home, "containers");
  mkdirSync(path.join(folder, "api"), { recursive: true });
  writeFileSync(path.join(folder, "api/Dockerfile"), "FROM alpine:latest AS build\nRUN true\nFROM build AS final\nCMD [\"sh\"]\n");
  writeFileSync(path.join(folder, "compose.yaml"), "services:\n  api:\n    build:\n      context: api\n      target: final\n    image: example/api:1.4.2\n    environment:\n      LOG: info\n  worker:\n    image: example/api:1.4.2\n    depends_on: [api]\n  db:\n    image: postgres:17.2\n    volumes: [data:/var/lib/postgresql/data]\nvolumes:\n  data:\n");
  commit(folder);
  const page = await open(["--disable-workspace-trust"], folder);
  await file(page, "compose.yaml");
  await see(page, "compose-lenses", () => page.waitForSelector(".codelens-decoration >> text=in sync with git:HEAD", { timeout: 60_000 }));
  await cursor(page, 8, 99);
  for (let i = 0; i < 4; i++) await page.keyboard.press("Backspace");
  await page.keyboard.type("debug");
  await see(page, "compose-plan", () => page.waitForSelector(".codelens-decoration >> text=/rolls its service containers: environment.LOG/", { timeout: 30_000 }));
  await file(page, "Dockerfile");
  await see(page, "dockerfile-finding", () => page.waitForSelector(".squiggly-info, .squiggly-warning", { timeout: 60_000 }));
  await page.keyboard.press("F8");
  await see(page, "dockerfile-users", () => page.waitForSelector("text=/service 'worker' uses the image/", { timeout: 20_000 }));
  await page.keyboard.press("Escape");
  await file(page, "compose.yaml");
  await cursor(page, 10, 16);
  await see(page, "image-definition", async () => {
    await page.keyboard.press("F12");
    await page.waitForSelector(".tab.active >> text=Dockerfile", { timeout: 20_000 });
    await page.waitForFunction(() => document.querySelector("[id='status.editor.selection']")?.textContent.includes("Ln 3"));
  });
  await page.close();
}

// A Compose project that runs: what is in sync, what was changed in a container by hand, and what an edit does to it.
async function terraform() {
  const folder = path.join(home, "infra");
  cpSync(path.join(root, "samples/infra"), folder, { recursive: true });
  commit(folder);
  const page = await open(["--disable-workspace-trust"], folder);
  await file(page, "main.tf");
  await see(page, "terraform-lenses", () => page.waitForSelector(".codelens-decoration >> text=in sync with git:HEAD", { timeout: 60_000 }));
  await cursor(page, 24, 4);
  await see(page, "terraform-hover", async () => {
    await command(page, "Repave: Explain this field");
    await page.waitForSelector(".monaco-hover >> text=/replaces the resource/");
  });
  await page.keyboard.press("Escape");
  // Another security group description replaces it, and drags nothing along that does not use it.
  await cursor(page, 19, 99);
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.type(" Again");
  await see(page, "terraform-hint", async () => {
    await page.waitForSelector(".codelens-decoration >> text=/replaces: description/", { timeout: 30_000 });
    await page.waitForFunction(() => [...document.querySelectorAll(".view-line")].some((line) => line.textContent.replaceAll("\u00a0", " ").includes("⟵ replaces (was")));
  });
  await cursor(page, 24, 99);
  for (let i = 0; i < 9; i++) await page.keyboard.press("Backspace");
  await page.keyboard.type("\"ami-0ffffffffffffffff\"");
  await command(page, "Repave: Preview replacement plan");
  await see(page, "terraform-cascade", async () => {
    const view = "[id='workbench.view.extension.repave'] >> ";
    await page.waitForSelector(`${view}text=/aws_instance\\/shop/`, { timeout: 30_000 });
    await page.waitForSelector(`${view}text=/aws_lb_target_group_attachment\\/shop/`);
    await page.waitForSelector(".statusbar-item >> text=/git:HEAD: .*3 replace/");
  });
  await page.keyboard.press("Control+Shift+E");
  await file(page, "main.tf");
  await cursor(page, 34, 37);
  for (let i = 0; i < 4; i++) await page.keyboard.press("Backspace");
  await page.keyboard.type("web");
  await see(page, "terraform-renamed", () => page.waitForSelector(".squiggly-warning, .squiggly-info", { timeout: 30_000 }));
  await cursor(page, 34, 34);
  await see(page, "terraform-moved", async () => {
    await page.keyboard.press("Control+.");
    await page.waitForSelector(".action-widget >> text=/moved/", { timeout: 20_000 });
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => [...document.querySelectorAll(".view-line")].some((line) => line.textContent.includes("moved")));
  });
  await page.close();
}

async function engine() {
  const folder = path.join(home, "running");
  mkdirSync(folder);
  writeFileSync(path.join(folder, "compose.yaml"), "name: running\nservices:\n  web:\n    image: app:1\n    mem_limit: 128m\n    environment:\n      LOG: info\n  jobs:\n    image: app:1\n");
  const docker = (...args) => execFileSync("docker", args, { cwd: folder, stdio: "pipe" });
  docker("compose", "--progress", "quiet", "up", "--detach");
  docker("update", "--memory", "96m", "--memory-swap", "192m", "running-web-1");
  writeFileSync(path.join(data, "User/settings.json"), JSON.stringify({ ...settings, "repave.baseline": "live" }));
  const page = await open(["--disable-workspace-trust"], folder);
  await file(page, "compose.yaml");
  await see(page, "engine-lenses", () => page.waitForSelector(".codelens-decoration >> text=/in sync with/", { timeout: 60_000 }));
  await see(page, "engine-drift", async () => {
    await page.waitForSelector(".codelens-decoration >> text=/changed in place: mem_limit/", { timeout: 30_000 });
    await page.keyboard.press("Control+Shift+M");
    await page.waitForSelector(".markers-panel >> text=/Changed behind the manifest's back: mem_limit/", { timeout: 20_000 });
  });
  await page.keyboard.press("Control+Shift+M");
  await file(page, "compose.yaml");
  await cursor(page, 7, 99);
  for (let i = 0; i < 4; i++) await page.keyboard.press("Backspace");
  await page.keyboard.type("debug");
  await see(page, "engine-plan", () => page.waitForSelector(".codelens-decoration >> text=/rolls its service containers/", { timeout: 30_000 }));
  await page.close();
  writeFileSync(path.join(data, "User/settings.json"), JSON.stringify(settings));
  docker("compose", "--progress", "quiet", "down", "--timeout", "1");
}

async function tools() {
  writeFileSync(path.join(workspace, "main.tf"), 'variable region {\n  type="string"\n  description = "where"\n}\n');
  writeFileSync(path.join(workspace, "items.yaml"), "apiVersion: v1\nkind: Pod\nmetadata:\n  name: items\nspec:\n  containers:\n  - name: one\n");
  const page = await open(["--disable-workspace-trust"]);
  await file(page, "main.tf");
  await see(page, "colours", () => page.waitForSelector('.view-line span >> text="variable"', { timeout: 60_000 }));
  await command(page, "Format Document");
  await see(page, "formatted", () => lines(page, (all) => all.includes('variable "region" {') && all.includes("  type        = string")));
  await page.keyboard.press("Control+S");
  await file(page, "items.yaml");
  await cursor(page, 7, 99);
  await page.keyboard.press("Enter");
  await page.keyboard.type("image: example.com/one:1");
  await page.keyboard.press("Escape");
  await see(page, "item-goes-on", () => lines(page, (all) => all.includes("    image: example.com/one:1")));
  await page.keyboard.press("Control+S");
  await page.click("[id='status.languageStatus']");
  await see(page, "language-status", () => page.waitForSelector("text=/kubernetes 1\\.\\d+/i"));
  await page.keyboard.press("Escape");
  await command(page, "Repave: Restart the server");
  await page.waitForTimeout(3000);
  await command(page, "Repave: Show the log");
  await see(page, "log-after-restart", () => page.waitForFunction(() => [...document.querySelectorAll(".panel .view-line")].filter((line) => line.textContent.startsWith("Starting")).length >= 2));
  // The palette would rather restart a running one.
  await page.keyboard.press("Control+P");
  await page.waitForSelector(".quick-input-widget input");
  await page.keyboard.type("task ");
  // The list fills as extensions answer.
  for (const text of ["repave", "repave: check"]) await page.locator(".quick-input-list .monaco-list-row", { hasText: text }).first().click({ timeout: 30_000 }).catch(() => {});
  await see(page, "task", () => page.locator(".single-terminal-tab, .terminal-tabs-entry").filter({ hasText: "check" }).first().waitFor({ timeout: 30_000 }));
  await page.close();
}

// A Deployment whose selector differs from the last commit: a replacement.
function replacing(folder) {
  writeFileSync(path.join(folder, "web.yaml"), execFileSync("git", ["show", "HEAD:web.yaml"], { cwd: folder, encoding: "utf8" }).replace("    matchLabels:\n      app.kubernetes.io/name: shop-web", "    matchLabels:\n      app.kubernetes.io/name: shop"));
}

// The plan's tree and its page: what axe says of them in each kind of theme and at 200 %, and that a keyboard is enough.
async function accessibility() {
  const folder = path.join(home, "accessible");
  cpSync(path.join(root, "samples/shop"), folder, { recursive: true });
  commit(folder);
  replacing(folder);
  writeFileSync(path.join(folder, "config.yaml"), readFileSync(path.join(folder, "config.yaml"), "utf8").replace(/^data:\n/m, "data:\n  ADDED: \"1\"\n"));
  const tree = "[id='workbench.view.extension.repave']";
  for (const [name, theme, zoom] of [["dark", "Default Dark Modern", 1], ["light", "Default Light Modern", 1], ["high-contrast", "Default High Contrast", 1], ["high-contrast-light", "Default High Contrast Light", 1], ["zoom-200", "Default Light Modern", 2]]) {
    writeFileSync(path.join(data, "User/settings.json"), JSON.stringify({ ...settings, "workbench.colorTheme": theme }));
    const page = await open(["--disable-workspace-trust"], folder, zoom);
    await file(page, "web.yaml");
    await command(page, "Repave: Preview replacement plan");
    await page.waitForSelector(`${tree} >> text=Deployment/shop-web`, { timeout: 60_000 });
    // axe runs a row's label and description together into one word and then misses it in the row's name.
    await see(page, `axe-tree-${name}`, () => judge(page.mainFrame(), tree, ["label-content-name-mismatch"]));
    await page.keyboard.press("Control+B");
    await command(page, "Repave: Open the plan as a page");
    const plan = await planPage(page);
    await see(page, `axe-page-${name}`, async () => {
      await judge(plan, "body");
      const { scrollWidth, clientWidth } = await plan.evaluate(() => document.scrollingElement);
      if (scrollWidth > clientWidth) throw new Error(`the page is ${scrollWidth} wide in ${clientWidth}`);
    });
    if (name === "dark") await keyboard(page, plan, tree);
    await page.close();
  }
  writeFileSync(path.join(data, "User/settings.json"), JSON.stringify(settings));
}

async function keyboard(page, plan, tree) {
  const at = () => plan.evaluate(() => { const one = document.activeElement; return one?.type === "checkbox" ? `show ${one.value}` : one?.id || one?.dataset.key || one?.tagName; });
  await see(page, "keyboard-page-tab", async () => {
    await plan.evaluate(() => document.body.focus());
    const reached = new Set();
    for (let i = 0; i < 40; i++) {
      await page.keyboard.press("Tab");
      const one = await at();
      if (reached.has(one)) break;
      reached.add(one);
      const outline = await plan.evaluate(() => document.activeElement === document.body || getComputedStyle(document.activeElement).outlineStyle !== "none");
      if (!outline) throw new Error(`focus cannot be seen on ${one}`);
    }
    const wanted = await plan.evaluate(() => [...document.querySelectorAll("input, button")].map((one) => one.type === "checkbox" ? `show ${one.value}` : one.id || one.dataset.key));
    const missed = wanted.filter((one) => !reached.has(one));
    if (wanted.length < 5 || missed.length > 0) throw new Error(`Tab does not reach ${missed.join(", ")} of ${wanted.length}`);
  });
  await see(page, "keyboard-page-filter", async () => {
    await plan.focus('input[value="replace"]');
    const before = await plan.textContent("#count");
    await page.keyboard.press("Space");
    const after = await plan.textContent("#count");
    if (before === after || !after.includes("shown") || (await plan.getAttribute("#count", "role")) !== "status") throw new Error(`'${before}', then '${after}'`);
    if (await plan.isVisible('.changes > li[data-action="replace"]')) throw new Error("the change is still there");
    await page.keyboard.press("Space");
    await plan.waitForSelector('.changes > li[data-action="replace"]');
  });
  await see(page, "keyboard-page-escape", async () => {
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => document.activeElement?.closest(".monaco-editor"));
  });
  await see(page, "keyboard-page-follows", async () => {
    await cursor(page, 1, 1);
    await page.keyboard.press("Enter");
    await plan.waitForFunction(() => /line 15/.test(document.querySelector('[data-key*="matchLabels"]')?.getAttribute("aria-label")), null, { timeout: 20_000 });
    await page.keyboard.press("Control+Z");
    await plan.waitForFunction(() => /line 14/.test(document.querySelector('[data-key*="matchLabels"]')?.getAttribute("aria-label")), null, { timeout: 20_000 });
  });
  await see(page, "keyboard-page-open", async () => {
    await plan.focus('[data-key*="matchLabels"]');
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.querySelector("[id='status.editor.selection']")?.textContent.includes("Ln 14"));
    await page.waitForFunction(() => document.activeElement?.closest(".monaco-editor"));
  });
  await command(page, "Repave: Preview replacement plan");
  await see(page, "keyboard-tree", async () => {
    await page.waitForFunction(() => document.activeElement?.closest("[id='workbench.view.extension.repave']"));
    await page.keyboard.press("Home");
    const labels = [];
    for (let i = 0; i < 4; i++) {
      labels.push(await page.evaluate(() => { const focused = document.querySelector("[id='workbench.view.extension.repave'] .monaco-list-row.focused"); return `${focused?.getAttribute("role")} ${focused?.getAttribute("aria-label")}`; }));
      await page.keyboard.press("ArrowDown");
    }
    // What is seen of a row is in what is read aloud.
    const silent = await page.evaluate(() => [...document.querySelectorAll("[id='workbench.view.extension.repave'] .monaco-list-row")].filter((row) => !row.getAttribute("aria-label")?.includes(row.querySelector(".label-name")?.textContent)).map((row) => row.textContent));
    if (silent.length > 0) throw new Error(`the names of ${silent.join(" | ")} do not hold their labels`);
    for (const wanted of [/^treeitem Deployment\/shop-web, replace/, /^treeitem spec\.selector.*from .* to .*replaces/]) if (!labels.some((one) => wanted.test(one))) throw new Error(`${wanted} is not among ${labels.join(" | ")}`);
  });
  await see(page, "keyboard-tree-open", async () => {
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement?.closest(".monaco-editor"), null, { timeout: 10_000 });
  });
  await command(page, "Repave: Filter the plan");
  await see(page, "keyboard-tree-filter", async () => {
    await page.waitForSelector(".quick-input-list .monaco-list-row >> text=replace");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Space");
    await page.keyboard.press("Enter");
    await page.waitForSelector(`${tree} .message >> text=/of .* shown/`, { timeout: 10_000 });
  });
}

// The HTML reports of the tool, in light and dark, at 200 % of a small window, and with colours that the system forces.
async function reports() {
  replacing(workspace);
  const folder = path.join(home, "reports");
  mkdirSync(folder);
  const chart = path.join(home, "reported");
  cpSync(path.join(root, "samples/shop-chart"), chart, { recursive: true });
  commit(chart);
  writeFileSync(path.join(chart, "values.yaml"), readFileSync(path.join(chart, "values.yaml"), "utf8").replace(/storage: .*/, "storage: 9Gi"));
  commit(chart);
  const written = { plan: [workspace, "plan", ".", "--from", "git:HEAD"], environments: [chart, "plan", ".", "--from", "git:HEAD~1"], compared: [chart, "compare", "staging", "prod"], chart: [chart, "report", ".", "--since", "HEAD~1"] };
  const page = await browser.newPage();
  for (const [name, [where, ...words]] of Object.entries(written)) {
    writeFileSync(path.join(folder, `${name}.html`), repave([...words, "--format", "html"], where));
    await page.goto(`file://${path.join(folder, name)}.html`);
    for (const [look, media, width] of [["light", { colorScheme: "light" }, 1280], ["dark", { colorScheme: "dark" }, 1280], ["narrow", { colorScheme: "light" }, 320], ["forced-colours", { forcedColors: "active" }, 1280]]) {
      await page.emulateMedia({ colorScheme: null, forcedColors: null, ...media });
      await page.setViewportSize({ width, height: 850 });
      await see(page, `axe-report-${name}-${look}`, async () => {
        await judge(page, "body");
        const { scrollWidth, clientWidth } = await page.evaluate(() => document.scrollingElement);
        if (scrollWidth > clientWidth) throw new Error(`the page is ${scrollWidth} wide in ${clientWidth}`);
      });
    }
  }
  await page.close();
}

// While a person types, no line moves but by what was typed: lenses and hints keep their places until the next ones come. Each drawn frame is measured.
async function still() {
  const folder = path.join(home, "still");
  for (const sample of ["shop", "stack", "infra", "shop-chart"]) cpSync(path.join(root, "samples", sample), path.join(folder, sample), { recursive: true });
  writeFileSync(path.join(folder, "compose.yaml"), "services:\n  api:\n    image: example/api:1.4.2\n    environment:\n      LOG: info\n  worker:\n    image: example/worker:1.4.2\n");
  commit(folder);
  const page = await open(["--disable-workspace-trust"], folder);
  const lens = (text) => page.waitForSelector(`.codelens-decoration >> text=${text}`, { timeout: 60_000 });
  // Each goes on from the edits of those before.
  const cases = [
    { name: "key", file: "shop/web.yaml", lens: "/in sync/", line: 11, below: "  selector:", typed: "\nminReadySeconds: 5", until: "/mutated in place: spec.minReadySeconds/" },
    { name: "name", file: "shop/web.yaml", lens: "/git:HEAD|in place/", line: 4, below: "  namespace: shop", typed: "-next", until: "/replaces: metadata.name/" },
    { name: "kind", file: "shop/web.yaml", lens: "/git:HEAD|in place|replaces/", line: 2, below: "metadata:", typed: "s" },
    { name: "quote", file: "shop/config.yaml", lens: "/in sync/", line: 11, below: "  currency: EUR", typed: "\nx: \"half", until: "/replaces|created|git:HEAD/" },
    { name: "template", file: "stack/orders.yaml", lens: "/in sync/", line: 13, below: "  Subnet:", typed: "\nEnableDnsSupport: true", until: "/mutated in place: Properties.EnableDnsSupport/" },
    { name: "terraform", file: "infra/main.tf", lens: "/in sync/", line: 18, below: "  vpc_id      = var.vpc", typed: "\nrevoke_rules_on_delete = true", until: "/mutated in place|replaces/" },
    { name: "block", file: "infra/main.tf", lens: "/git:HEAD/", line: 22, below: 'resource "aws_instance" "shop" {', typed: '\nresource "aws_eip" "one' },
    { name: "compose", file: "compose.yaml", lens: "/in sync/", line: 5, below: "  worker:", typed: "\nTRACE: on", until: "/rolls its service containers/" },
    { name: "values", file: "shop-chart/values.yaml", lens: "/in sync/", line: 6, below: "settings:", typed: "5", until: "/in place/" },
  ];
  for (const one of cases) {
    await file(page, path.basename(one.file));
    await cursor(page, one.line, 99);
    await see(page, `still-${one.name}`, async () => {
      await lens(one.lens);
      await page.waitForTimeout(1000);
      await page.evaluate(measure, one.below.split("|"));
      const lines = one.typed.split("\n");
      if (lines.length > 1) await page.keyboard.press("Enter");
      for (const key of lines.at(-1)) {
        await page.keyboard.type(key, { delay: 60 });
        if (await page.$(".suggest-widget.visible")) await page.keyboard.press("Escape");
      }
      if (one.until) await lens(one.until);
      await page.waitForTimeout(1500);
      const { frames, tops, height } = await page.evaluate(() => { window.still.stop = true; return window.still; });
      // Enter moves the cursor and what is below it by a line, once.
      const expected = lines.length;
      for (const [what, at] of Object.entries(tops)) {
        const steps = at.slice(1).map((top, i) => top - at[i]);
        if (at.length !== expected || steps.some((step) => step !== height)) throw new Error(`${what} stands at ${at.join(", ")} (lines are ${height} high)`);
      }
      if (frames < 60 || Object.keys(tops).length !== 2) throw new Error(`${frames} frames of ${Object.keys(tops)}`);
      console.log(`        ${frames} frames, ${one.typed.length} characters`);
    });
    await page.keyboard.press("Escape");
  }
  await page.close();
}

/** In the page: where the cursor and a line below it stand in each drawn frame, each place once a stay. */
function measure(texts) {
  const still = (window.still = { frames: 0, tops: {}, height: 0, stop: false });
  const note = (what, top) => {
    const tops = (still.tops[what] ??= []);
    if (tops.at(-1) !== Math.round(top)) tops.push(Math.round(top));
  };
  const look = () => {
    if (still.stop) return;
    const editor = document.querySelector(".editor-instance .monaco-editor");
    const line = [...editor.querySelectorAll(".view-line")].find((one) => texts.includes(one.textContent.replaceAll("\u00a0", " ").replace(/⟵.*/, "").trimEnd()));
    const mark = editor.querySelector(".cursors-layer > .cursor");
    if (line && mark) {
      still.frames++;
      still.height = line.getBoundingClientRect().height;
      note("the line below", line.getBoundingClientRect().top);
      note("the cursor", mark.getBoundingClientRect().top);
    }
    requestAnimationFrame(look);
  };
  look();
}

/** What the server's program, which comes with the extension, writes as a tool. */
function repave(words, cwd) {
  const server = path.join(extensions, readdirSync(extensions).find((one) => one.startsWith("repave.repave")), "server");
  const [program, ...first] = existsSync(path.join(server, "repave.dll")) ? ["dotnet", "exec", path.join(server, "repave.dll")] : [path.join(server, "repave")];
  return spawnSync(program, [...first, ...words], { cwd, encoding: "utf8" }).stdout;
}

/** The document of the plan's page, which lies in frames of its own. */
async function planPage(page) {
  for (let i = 0; i < 60; i++) {
    for (const frame of page.frames()) if (await frame.$("#changes h2").catch(() => null)) return frame;
    await page.waitForTimeout(500);
  }
  throw new Error("the plan's page does not open");
}

/** What axe finds in a part of a document. */
async function judge(frame, part, but = []) {
  await frame.evaluate(axe);
  const rules = Object.fromEntries(but.map((rule) => [rule, { enabled: false }]));
  const found = await frame.evaluate(([selector, rules]) => window.axe.run(document.querySelector(selector), { resultTypes: ["violations"], rules }), [part, rules]);
  if (found.passes.length < 5) throw new Error(`axe found only ${found.passes.length} things to judge`);
  if (found.violations.length > 0) throw new Error(found.violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.html.slice(0, 160)} (${node.any.concat(node.all, node.none)[0]?.message})`)).join("; "));
}

// What one person compares with stays out of the repository until it is saved for the team.
async function baselines() {
  const folder = path.join(home, "baselines");
  cpSync(path.join(root, "samples/shop"), folder, { recursive: true });
  commit(folder);
  execFileSync("git", ["branch", "released"], { cwd: folder });
  const page = await open(["--disable-workspace-trust"], folder);
  await file(page, "web.yaml");
  await page.waitForSelector(".codelens-decoration >> text=in sync with git:HEAD", { timeout: 60_000 });
  await command(page, "Repave: Choose what changes are compared with");
  await see(page, "baseline-branches", () => page.waitForSelector(".quick-input-list .monaco-list-row >> text=git:released", { timeout: 10_000 }));
  await page.click(".quick-input-list .monaco-list-row >> text=git:released");
  await see(page, "baseline-chosen", async () => {
    await page.waitForSelector(".codelens-decoration >> text=in sync with git:released", { timeout: 20_000 });
    const written = execFileSync("git", ["status", "--porcelain"], { cwd: folder, encoding: "utf8" });
    if (written) throw new Error(`the repository has ${written}`);
  });
  await command(page, "Repave: Save the baseline for the team");
  await see(page, "baseline-saved", async () => {
    const saved = () => existsSync(path.join(folder, ".vscode/settings.json")) && readFileSync(path.join(folder, ".vscode/settings.json"), "utf8").includes('"repave.baseline": "git:released"');
    for (let i = 0; !saved(); i++) {
      if (i > 40) throw new Error("nothing is saved");
      await page.waitForTimeout(250);
    }
    await page.waitForSelector(".codelens-decoration >> text=in sync with git:released");
  });
  await page.close();
}

// An anchor's name is typed at its aliases, too, where the editor's linked editing is on.
async function linked() {
  const folder = path.join(home, "linked");
  cpSync(path.join(root, "samples/shop"), folder, { recursive: true });
  commit(folder);
  writeFileSync(path.join(data, "User/settings.json"), JSON.stringify({ ...settings, "editor.linkedEditing": true }));
  const page = await open(["--disable-workspace-trust"], folder);
  await file(page, "web.yaml");
  await page.waitForSelector(".codelens-decoration", { timeout: 60_000 });
  await cursor(page, 6, 99);
  await page.waitForTimeout(1500);
  await page.keyboard.type("Of");
  await see(page, "linked-names", () => lines(page, (all) => all.includes("  labels: &labelsOf") && all.includes("        <<: *labelsOf")));
  await page.close();
  writeFileSync(path.join(data, "User/settings.json"), JSON.stringify(settings));
}

async function sides() {
  const folder = path.join(home, "sides");
  cpSync(path.join(root, "samples/shop"), folder, { recursive: true });
  commit(folder);
  replacing(folder);
  const tree = "[id='workbench.view.extension.repave']";
  const page = await open(["--disable-workspace-trust"], folder);
  await file(page, "web.yaml");
  await command(page, "Repave: Preview replacement plan");
  const row = page.locator(`${tree} .monaco-list-row`, { hasText: "Deployment/shop-web" }).first();
  await row.waitFor({ timeout: 60_000 });
  await row.hover();
  await row.locator("[aria-label='Compare its texts side by side']").first().click();
  await see(page, "texts-side-by-side", async () => {
    await page.waitForSelector(".monaco-diff-editor .line-insert", { timeout: 30_000 });
    await page.waitForSelector(".tab.active >> text=Deployment/shop-web (git:HEAD ↔ now)");
  });
  // The right side is the file itself.
  await see(page, "texts-can-be-edited", async () => {
    await page.locator(".monaco-diff-editor .editor.modified .view-lines").click();
    await page.keyboard.press("Control+Home");
    await page.keyboard.type("# mine\n");
    await page.waitForFunction(() => [...document.querySelectorAll(".editor.modified .view-line")].some((line) => line.textContent.replaceAll("\u00a0", " ") === "# mine"));
  });
  await page.close();
}

async function doubles() {
  const folder = path.join(home, "doubles");
  mkdirSync(folder);
  writeFileSync(path.join(folder, "schema.json"), JSON.stringify({ type: "object", properties: { size: { type: "integer" }, name: { type: "string" } }, required: ["name"], additionalProperties: false }));
  writeFileSync(path.join(folder, "settings.yaml"), "# yaml-language-server: $schema=schema.json\nsize: many\ncolour: red\n");
  const packed = path.join(home, "other-yaml.vsix");
  execFileSync("node", [path.join(root, "vscode-extension/node_modules/@vscode/vsce/vsce"), "package", "--no-dependencies", "--skip-license", "-o", packed], { cwd: path.join(root, "tests/VSCode/other-yaml"), stdio: "pipe" });
  const install = (...words) => execFileSync("node", [entry, "--user-data-dir", data, "--extensions-dir", extensions, ...words], { stdio: "pipe" });
  install("--install-extension", packed);
  process.env.REPAVE_YAML_LANGUAGE_SERVER = path.join(root, "tests/VSCode/node_modules/yaml-language-server/bin/yaml-language-server");
  const said = async (page) => {
    await file(page, "settings.yaml");
    await page.keyboard.press("Control+Shift+M");
    await page.waitForSelector(".markers-panel >> text=yaml-schema", { timeout: 60_000 });
    await page.waitForTimeout(2500);
    return (await page.locator(".markers-panel .monaco-list-row").allTextContents()).slice(1);
  };
  let page = await open(["--disable-workspace-trust"], folder);
  await see(page, "said-once", async () => {
    const rows = await said(page);
    if (rows.length !== 3 || rows.some((row) => row.includes("RPV"))) throw new Error(rows.join(" | "));
  });
  await page.close();
  writeFileSync(path.join(data, "User/settings.json"), JSON.stringify({ ...settings, "repave.otherYaml": "repeat" }));
  page = await open(["--disable-workspace-trust"], folder);
  await see(page, "said-by-both", async () => {
    const rows = await said(page);
    if (rows.length !== 6 || rows.filter((row) => row.includes("RPV00")).length !== 3) throw new Error(rows.join(" | "));
  });
  await page.close();
  writeFileSync(path.join(data, "User/settings.json"), JSON.stringify(settings));
  install("--uninstall-extension", "redhat.vscode-yaml");
}

/** The situations that a file, a place and one thing done there make. */
async function oneByOne() {
  const folder = path.join(home, "situations");
  const put = (name, text) => {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  };
  for (const [name, text] of Object.entries(files)) put(name, text);
  for (const one of [...situations, ...settled]) put(one.file, one.text.replace("¦", ""));
  commit(folder);
  const own = { ...settings, "editor.wordBasedSuggestions": "off", "editor.quickSuggestions": { other: "off", comments: "off", strings: "off" }, "files.autoSave": "off" };
  for (const group of [situations, ...settled.map((one) => [one])]) {
    writeFileSync(path.join(data, "User/settings.json"), JSON.stringify({ ...own, ...group[0].settings }));
    const page = await open(["--disable-workspace-trust"], folder);
    await page.waitForSelector(".statusbar-item >> text=/git:HEAD/", { timeout: 60_000 });
    // What a person would do once more is done once more: a widget may close when something else comes.
    for (const one of group) {
      await see(page, one.see, () => situation(page, one).catch(() => leave(page).then(() => situation(page, one))));
      await leave(page);
    }
    await page.close();
  }
  writeFileSync(path.join(data, "User/settings.json"), JSON.stringify(settings));
}

/** Opens a situation's file at its place, does what is to be done, and looks. Of what is offered, has names a part and not names the whole. */
async function situation(page, { file: name, text, do: what, type, to, has = [], not = [], first, none, refused, becomes, leads, least, link, same }) {
  const [before] = text.split("¦");
  const line = before.split("\n").length;
  await page.keyboard.press("Control+P");
  await page.waitForSelector(".quick-input-widget input");
  await page.keyboard.type(name);
  const own = path.basename(name);
  await page.locator(".quick-input-list .monaco-list-row", { hasText: own }).first().waitFor();
  await page.waitForTimeout(400);
  await page.keyboard.press("Enter");
  await page.locator(".tab.active", { hasText: own }).waitFor();
  await page.waitForSelector(".view-line");
  await page.waitForTimeout(300);
  await cursor(page, line, before.length - before.lastIndexOf("\n"));
  await page.waitForTimeout(900);
  const holds = (all) => {
    for (const word of has) if (!all.some((one) => one.includes(word))) throw new Error(`no ${word} in ${all.slice(0, 12).join(" | ")}`);
    for (const word of not) if (all.some((one) => one.includes(word))) throw new Error(`${word} in ${all.slice(0, 12).join(" | ")}`);
  };
  const texts = (selector) => page.locator(selector).allTextContents();
  switch (what) {
    case "complete": {
      if (type) await page.keyboard.type(type);
      await page.keyboard.press("Control+Space");
      if (none) await page.waitForTimeout(2000);
      else await page.waitForSelector(".suggest-widget.visible .monaco-list-row", { timeout: 15_000 });
      await page.waitForTimeout(300);
      const labels = await texts(".suggest-widget.visible .monaco-list-row .label-name");
      if (none && labels.length > 0) throw new Error(labels.join(" | "));
      if (first && first.some((word, at) => !labels[at]?.includes(word))) throw new Error(labels.join(" | "));
      for (const word of has) if (!labels.some((label) => label.includes(word))) throw new Error(`no ${word} in ${labels.join(" | ")}`);
      for (const word of not) if (labels.includes(word)) throw new Error(`${word} in ${labels.join(" | ")}`);
      break;
    }
    case "hover":
      await page.keyboard.press("Control+K");
      await page.keyboard.press("Control+I");
      await page.waitForFunction((words) => words.every((word) => [...document.querySelectorAll(".monaco-hover:not(.hidden)")].some((one) => one.textContent.includes(word))), has, { timeout: 15_000 });
      if (link && (await page.locator(`.monaco-hover a:has-text("${link}")`).count()) === 0) throw new Error("no link");
      break;
    case "outline":
      await page.keyboard.press("Control+Shift+O");
      await page.waitForSelector(".quick-input-list .monaco-list-row", { timeout: 15_000 });
      await page.waitForTimeout(600);
      holds(await texts(".quick-input-list .monaco-list-row"));
      break;
    case "symbol":
      await page.keyboard.press("Control+T");
      await page.waitForSelector(".quick-input-widget input");
      await page.keyboard.type(type);
      await page.waitForTimeout(1500);
      holds(await texts(".quick-input-list .monaco-list-row"));
      break;
    case "rename":
      await page.keyboard.press("F2");
      await page.waitForSelector(".rename-box input");
      await page.fill(".rename-box input", to);
      await page.keyboard.press("Enter");
      if (refused) await page.waitForSelector(".monaco-editor-overlaymessage, .notification-toast", { timeout: 15_000 });
      else await lines(page, (all) => becomes.every((word) => all.includes(word)));
      break;
    case "definition":
      await page.keyboard.press("F12");
      await page.waitForSelector(`.tab.active >> text=${leads}`, { timeout: 15_000 });
      break;
    case "format":
      await command(page, "Format Document");
      await page.waitForTimeout(1500);
      if (same) await lines(page, (all) => all.join("\n").trimEnd() === text.replace("¦", "").trimEnd());
      break;
    case "highlight":
      await page.waitForFunction((count) => document.querySelectorAll(".wordHighlight, .wordHighlightStrong, .wordHighlightText").length >= count, least, { timeout: 15_000 });
      break;
    case "fix":
      await page.keyboard.press("Control+.");
      await page.waitForSelector(".action-widget, .monaco-editor-overlaymessage", { timeout: 15_000 });
      await page.waitForTimeout(600);
      holds(await texts(".action-widget .monaco-list-row"));
      break;
    case "line":
      await lines(page, (all) => all.some((one) => has.every((word) => one.includes(word))));
      break;
  }
}

/** Closes what is open over a file. What was typed goes with it. */
async function leave(page) {
  for (let i = 0; i < 3; i++) await page.keyboard.press("Escape");
  await command(page, "Revert File");
  await page.waitForTimeout(300);
}

async function themes() {
  replacing(workspace);
  for (const [name, theme] of [["dark", "Default Dark Modern"], ["high-contrast", "Default High Contrast"]]) {
    writeFileSync(path.join(data, "User/settings.json"), JSON.stringify({ ...settings, "workbench.colorTheme": theme }));
    const page = await open(["--disable-workspace-trust"]);
    await file(page, "web.yaml");
    await command(page, "Repave: Preview replacement plan");
    await see(page, `plan-view-${name}`, () => page.waitForSelector("[id='workbench.view.extension.repave'] >> text=Deployment/shop-web", { timeout: 30_000 }));
    await page.close();
  }
  writeFileSync(path.join(data, "User/settings.json"), JSON.stringify(settings));
}

async function untrusted() {
  const page = await open();
  await file(page, "flawed.yaml");
  await cursor(page, 7, 99);
  await page.keyboard.press("Enter");
  await page.keyboard.type("shut: no");
  await see(page, "untrusted", () => page.waitForSelector(".squiggly-error, .squiggly-warning", { timeout: 60_000 }));
  await see(page, "untrusted-no-plan", async () => {
    await page.waitForSelector(".statusbar-item >> text=no baseline");
    await page.waitForTimeout(1000);
    if (await page.$(".codelens-decoration >> text=git:HEAD")) throw new Error("a plan was made in an untrusted workspace");
  });
  await page.close();
}

async function open(more = [], folder = workspace, zoom = 1) {
  const port = await new Promise((done) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
  const server = spawn("node", [entry, "--bind-addr", `127.0.0.1:${port}`, "--auth", "none", "--disable-telemetry", "--disable-update-check", "--user-data-dir", data, "--extensions-dir", extensions, ...more], { stdio: "ignore" });
  servers.push(server);
  const page = await browser.newPage({ viewport: { width: 1360 / zoom, height: 850 / zoom }, deviceScaleFactor: zoom });
  for (let i = 0; ; i++) {
    try {
      await page.goto(`http://127.0.0.1:${port}/?folder=${folder}`, { timeout: 10_000 });
      break;
    } catch (error) {
      if (i > 40) throw error;
      await new Promise((done) => setTimeout(done, 500));
    }
  }
  await page.waitForSelector(".monaco-workbench", { timeout: 180_000 });
  await page.waitForTimeout(3000);
  return page;
}

async function file(page, name) {
  await page.keyboard.press("Control+P");
  await page.waitForSelector(".quick-input-widget input");
  await page.keyboard.type(name);
  await page.waitForSelector(`.quick-input-list .monaco-list-row >> text=${name}`);
  await page.waitForTimeout(300);
  await page.keyboard.press("Enter");
  await page.waitForSelector(`.tab.active >> text=${name}`);
  await page.waitForSelector(".view-line");
  await page.waitForTimeout(400);
}

async function command(page, title) {
  await page.keyboard.press("F1");
  await page.waitForSelector(".quick-input-widget input");
  await page.keyboard.type(title);
  await page.waitForTimeout(500);
  await page.keyboard.press("Enter");
}

async function cursor(page, line, column) {
  await page.keyboard.press("Control+G");
  await page.waitForSelector(".quick-input-widget input");
  await page.keyboard.type(`${line}:${column}`);
  await page.keyboard.press("Enter");
  await page.waitForTimeout(300);
}

async function lines(page, holds) {
  for (let i = 0; i < 40; i++) {
    const all = await page.evaluate(() => [...document.querySelectorAll(".editor-instance .view-line")].map((line) => line.textContent.replaceAll("\u00a0", " ")));
    if (holds(all)) return;
    await page.waitForTimeout(500);
  }
  throw new Error("the lines are others");
}

async function see(page, what, look) {
  try {
    await look();
    await page.waitForTimeout(400);
    console.log(`seen    ${what}`);
  } catch (error) {
    failed++;
    console.log(`FAILED  ${what}: ${String(error.message).split("\n")[0]}`);
  }
  await page.screenshot({ path: path.join(out, `${what}.png`) });
}
