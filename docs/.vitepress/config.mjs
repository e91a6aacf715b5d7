import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const docs = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const repository = "https://github.com/repave/repave";

/** The pages of rules by what they are about, which their ids say. */
const families = [
  ["Syntax and schema", /^RPV00/], ["Images and artifacts", /^RPV10/], ["Runtime mutability", /^RPV11/], ["Configuration", /^RPV12/],
  ["Rollout and rollback", /^RPV13/], ["Identity", /^RPV14/], ["Data", /^RPV15/], ["Drift", /^RPV16/], ["Plans", /^RPV2/], ["C# code", /^RPV3/],
];

function rules() {
  const pages = readdirSync(path.join(docs, "rules")).filter((name) => /^RPV\d+\.md$/.test(name)).sort().map((name) => ({
    text: readFileSync(path.join(docs, "rules", name), "utf8").split("\n", 1)[0].replace(/^# /, ""),
    link: `/rules/${name.replace(/\.md$/, "")}`,
  }));
  const grouped = families.map(([text, ids]) => ({ text, items: pages.filter((page) => ids.test(page.text)) }));
  const others = pages.filter((page) => !families.some(([, ids]) => ids.test(page.text)));
  return [{ text: "All rules", link: "/rules/" }, { text: "Rules on C#", link: "/rules/csharp" }, ...grouped.filter((g) => g.items.length > 0),
    ...(others.length > 0 ? [{ text: "Others", items: others }] : [])];
}

/** Links that lead out of the pages lead to the sources. */
function outward(md) {
  md.core.ruler.push("outward", (state) => {
    // Relative to the repository's root, whatever page it is that another one takes in.
    const here = path.posix.join("docs", path.posix.dirname(path.relative(docs, state.env.path ?? docs).replaceAll("\\", "/")));
    for (const token of state.tokens.flatMap((t) => t.children ?? [])) {
      const href = token.type === "link_open" ? token.attrGet("href") : null;
      if (!href || /^([a-z]+:|#|\/)/.test(href)) continue;
      const included = path.basename(state.env.path ?? "") === "architecture.md";
      const target = path.posix.join(included ? "." : here, href).replace(/^docs\/rules\/README\.md/, "docs/rules/index.md");
      if (!target.startsWith("docs/")) token.attrSet("href", `${repository}/blob/main/${target}`);
      else if (included) token.attrSet("href", `./${target.slice("docs/".length)}`);
      else if (target.startsWith("docs/rules/index.md")) token.attrSet("href", path.posix.join(path.posix.relative(here, "docs/rules"), target.slice("docs/rules/".length)));
    }
  });
}

/** What stands between double braces is text of templates, in no case an expression of the site's own. */
function literal(md) {
  const { code_inline: code, text } = md.renderer.rules;
  const braces = (html) => html.replaceAll("{{", "&#123;&#123;");
  md.renderer.rules.code_inline = (...all) => braces(code(...all));
  md.renderer.rules.text = (...all) => braces(text(...all));
}

/** Blocks that are set in from the margin are blocks of code like all others: they scroll, and can be copied. */
function indented(md) {
  md.core.ruler.push("indented", (state) => {
    for (const token of state.tokens.filter((t) => t.type === "code_block")) Object.assign(token, { type: "fence", tag: "code", info: "txt" });
  });
}

export default {
  title: "Repave",
  description: "What runs is never modified in place, it is replaced.",
  lang: "en",
  cleanUrls: false,
  rewrites: { "rules/README.md": "rules/index.md" },
  srcExclude: ["node_modules/**"],
  head: [["link", { rel: "icon", href: "data:," }]],
  markdown: { config: (md) => [outward, literal, indented].forEach((change) => change(md)), theme: { light: "github-light-high-contrast", dark: "github-dark-high-contrast" } },
  themeConfig: {
    search: { provider: "local" },
    nav: [{ text: "Start", link: "/" }, { text: "Plans", link: "/plans" }, { text: "Rules", link: "/rules/" }, { text: "Sources", link: repository }],
    outline: [2, 3],
    // Groups that open and close are buttons in buttons, so pages of rules have a list of their own instead.
    sidebar: {
      "/rules/": rules(),
      "/": [
      { text: "Start", items: [{ text: "Get it in a minute", link: "/" }, { text: "Where it runs, and CI", link: "/running" }, { text: "Editors", link: "/editors" },
        { text: "dotnet build", link: "/builds" }, { text: "Beside other tools", link: "/compare" }, { text: "What a release holds", link: "/releases" }, { text: "When something is wrong", link: "/troubleshooting" }] },
      { text: "Plans", items: [{ text: "Plans", link: "/plans" }, { text: "Environments", link: "/environments" }, { text: "The record of a change", link: "/record" }] },
      { text: "Languages", items: [{ text: "Kubernetes", link: "/kubernetes" }, { text: "Helm charts", link: "/charts" }, { text: "Kustomize overlays", link: "/overlays" },
        { text: "CloudFormation", link: "/cloudformation" }, { text: "Terraform", link: "/terraform" },
        { text: "Docker Compose", link: "/compose" }, { text: "Dockerfiles", link: "/dockerfile" }, { text: "cloud-init", link: "/cloud-init" }, { text: "Ignition", link: "/ignition" },
        { text: "Packer", link: "/packer" }, { text: "Talos", link: "/talos" }, { text: "Image Builder", link: "/image-builder" }, { text: "Ansible", link: "/ansible" }] },
      { text: "Reference", items: [{ text: "Settings", link: "/settings" }, { text: "JSON output", link: "/output" }, { text: "Language server", link: "/protocol" }, { text: "What happens in the editor", link: "/editor-situations" }, { text: "Programs and commands", link: "/programs" },
        { text: "Dependencies", link: "/dependencies" }, { text: "Architecture", link: "/architecture" }] },
      { text: "Rules", items: [{ text: "All rules", link: "/rules/" }, { text: "Rules on C#", link: "/rules/csharp" }] },
      ],
    },
  },
};
