// Reads pages, one JSON string a line, and answers each with the findings of html-validate, one JSON list a line. The
// first line that it writes says which html-validate this is. The first argument is the folder that holds it.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const here = createRequire(pathToFileURL(process.argv[2] + "/"));
const { HtmlValidate, StaticConfigLoader, version } = here("html-validate");
const config = JSON.parse(process.argv[3]);
const engine = new HtmlValidate(new StaticConfigLoader({ root: true, ...config }));
const rules = [...(await engine.getConfigFor("page.html")).getRules().keys()];
process.stdout.write(JSON.stringify({ version, rules }) + "\n");

for await (const line of createInterface({ input: process.stdin })) {
  const report = await engine.validateString(JSON.parse(line), "page.html");
  const found = report.results.flatMap((one) => one.messages);
  process.stdout.write(JSON.stringify(found.map(({ ruleId, message, selector, line, column }) =>
    ({ rule: ruleId, message, selector, line, column }))) + "\n");
}
