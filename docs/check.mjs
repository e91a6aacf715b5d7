// Looks at the built site in a real browser: every page opens, no link is broken, nothing is said on the console, axe finds nothing, search finds without a network.
// Usage, after `npm run build`: node check.mjs [SCREENSHOTS]. CHROMIUM names another browser, ONLY the one page to open. Prints a line a problem; ends with 1 if there is one.
import { createServer } from "node:http";
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const docs = path.dirname(fileURLToPath(import.meta.url));
const root = path.join(docs, ".vitepress/dist");
const screenshots = process.argv[2];
const axe = readFileSync(path.join(docs, "node_modules/axe-core/axe.min.js"), "utf8");
const kinds = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".json": "application/json", ".woff2": "font/woff2", ".png": "image/png" };
const server = createServer((request, response) => {
  const wanted = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
  let file = path.join(root, wanted);
  if (existsSync(file) && statSync(file).isDirectory()) file = path.join(file, "index.html");
  if (!file.startsWith(root) || !existsSync(file)) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { "content-type": kinds[path.extname(file)] ?? "application/octet-stream" }).end(readFileSync(file));
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const origin = `http://127.0.0.1:${server.address().port}`;
const problems = [];
const pages = readdirSync(root, { recursive: true }).map(String).filter((n) => n.endsWith(".html") && n !== "404.html").map((n) => n.replaceAll("\\", "/")).sort();

// Links, from the texts of all pages: that is fast, and the browser has the same texts.
const texts = new Map(pages.map((n) => [n, readFileSync(path.join(root, n), "utf8")]));
const ids = new Map([...texts].map(([n, text]) => [n, new Set([...text.matchAll(/ id="([^"]+)"/g)].map((m) => m[1]))]));
let links = 0;
for (const [name, text] of texts) {
  for (const [, written] of text.matchAll(/ (?:href|src)="([^"]+)"/g)) {
    const address = new URL(written.replaceAll("&amp;", "&"), `${origin}/${name}`);
    if (address.origin !== origin) continue;
    links++;
    let target = decodeURIComponent(address.pathname).slice(1);
    if (target === "" || target.endsWith("/")) target += "index.html";
    if (!existsSync(path.join(root, target))) problems.push(`${name}: nothing is at ${written}`);
    else if (address.hash && ids.has(target) && !ids.get(target).has(decodeURIComponent(address.hash.slice(1)))) problems.push(`${name}: ${written} has no such heading`);
  }
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"] });
let judged = 0;
try {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  // Nothing but the site is to be had.
  await context.route("**/*", (route) => (route.request().url().startsWith(origin) || route.request().url().startsWith("data:") ? route.continue() : (problems.push(`${route.request().url()} was asked for`), route.abort())));
  const page = await context.newPage();
  let at = "";
  page.on("console", (message) => { if (["error", "warning"].includes(message.type())) problems.push(`${at}: console: ${message.text()}`); });
  page.on("pageerror", (error) => problems.push(`${at}: ${error.message}`));
  // Pages of rules are made alike: each is opened, every tenth is judged.
  for (const [index, name] of pages.entries()) {
    at = name;
    const alike = /^rules\/RPV/.test(name);
    if (process.env.ONLY ? name !== process.env.ONLY : alike && index % 10 !== 0) continue;
    await page.goto(`${origin}/${name}`, { waitUntil: "networkidle" });
    await judge(page, name, "light");
    if (!alike) {
      await page.evaluate(() => document.documentElement.classList.add("dark"));
      await judge(page, name, "dark");
      await page.evaluate(() => document.documentElement.classList.remove("dark"));
    }
    if (screenshots && !alike) {
      mkdirSync(screenshots, { recursive: true });
      await page.screenshot({ path: path.join(screenshots, `${name.replaceAll("/", "-").replace(".html", "")}.png`) });
    }
  }
  at = "search";
  await page.goto(`${origin}/index.html`, { waitUntil: "networkidle" });
  for (const [words, expected] of [["tag that moves", "RPV1001"], ["eglot", "editors"], ["stop-first", "compose"]]) {
    await page.click(".VPNavBarSearch button");
    await page.waitForSelector(".VPLocalSearchBox", { timeout: 60_000 });
    await page.fill(".VPLocalSearchBox input", words);
    try {
      await page.waitForSelector(`.VPLocalSearchBox .results a[href*="${expected}"]`, { timeout: 20_000 });
    } catch {
      problems.push(`search: '${words}' does not find ${expected}`);
    }
    if (screenshots) await page.screenshot({ path: path.join(screenshots, "search.png") });
    await page.keyboard.press("Escape");
  }
} catch (error) {
  problems.push(error.stack);
} finally {
  await browser.close();
  server.close();
}
problems.forEach((problem) => console.log(problem));
console.log(`${pages.length} pages, ${links} links, ${judged} judged by axe`);
process.exit(problems.length === 0 ? 0 : 1);

async function judge(page, name, theme) {
  // Colours are judged as they stay, not as they pass into each other.
  await page.addStyleTag({ content: "*, *::before, *::after { transition: none !important; }" });
  await page.evaluate(axe);
  const result = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  judged++;
  // What is wider than its column scrolls there, and lies over nothing.
  for (const wide of await page.evaluate(() => {
    const column = document.querySelector("main .vp-doc");
    const right = column?.getBoundingClientRect().right ?? innerWidth;
    const scrolls = (e) => e !== column && e !== null && (getComputedStyle(e).overflowX !== "visible" || scrolls(e.parentElement));
    return [...(column?.querySelectorAll("pre, code, table, img, p") ?? [])].filter((e) => e.getBoundingClientRect().left + e.scrollWidth > right + 1 && !scrolls(e)).map((e) => e.textContent.trim().slice(0, 60));
  })) problems.push(`${name}: wider than its column: ${wide}`);
  for (const violation of result.violations) {
    problems.push(`${name} (${theme}): axe ${violation.id}: ${violation.help}: ${violation.nodes.slice(0, 2).map((n) => n.html.slice(0, 160)).join(" | ")}`);
  }
}
