// Bundles the front end: every static/js/*.js and static/css/*.css is an entry point and becomes
// var/bundle/js/NAME.js or var/bundle/css/NAME.css; modules in sub-folders are reached by import.
// A worker is an entry of its own, named static/js/NAME.worker.js.
//
//   node static/build.mjs            once
//   node static/build.mjs --watch    again at every change, until stopped
//
// PYTHON names the interpreter of the portal's environment: the rich-text editor's sources come with
// its Python package, so that the editor and the server's sanitiser are always of one version.

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import * as esbuild from "esbuild";

const root = resolve(import.meta.dirname, "..");
const source = join(root, "static");
const bundle = join(root, "var", "bundle");

function entryPoints() {
  return ["js", "css"].flatMap((kind) => filesIn(join(source, kind), `.${kind}`));
}

function filesIn(folder, ending) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name));
}

/** The editor asks the browser for an import map, which our content security policy forbids: bundle it instead. */
function editorAliases() {
  const folder = join(packageFolder("django_prose_editor"), "static", "django_prose_editor");
  const files = { editor: "editor.js", configurable: "configurable.js" };
  const styles = { "editor.css": "editor.css", "material-icons.css": "material-icons.css" };
  return Object.fromEntries(
    Object.entries({ ...files, ...styles }).map(([name, file]) => [
      `django-prose-editor/${name}`,
      join(folder, file),
    ]),
  );
}

function packageFolder(name) {
  const script =
    "import importlib.util, sys; spec = importlib.util.find_spec(sys.argv[1]);" +
    "sys.stdout.buffer.write((spec.submodule_search_locations[0] if spec else '').encode())";
  const python = process.env.PYTHON ?? "python3";
  const folder = execFileSync(python, ["-c", script, name], { encoding: "utf8" });
  if (folder) return folder;
  console.error(`${python} has no package ${name}: use 'make build', or set PYTHON.`);
  process.exit(1);
}

/** Delete what an earlier build left, but never a file of this one: a running site goes on reading them. */
const sweepOldFiles = {
  name: "sweep-old-files",
  setup(build) {
    build.onEnd((result) => {
      if (!result.metafile) return;
      const fresh = new Set(
        Object.keys(result.metafile.outputs).map((path) => resolve(root, path)),
      );
      for (const entry of readdirSync(bundle, { recursive: true, withFileTypes: true })) {
        const path = join(entry.parentPath, entry.name);
        if (entry.isFile() && !fresh.has(path)) rmSync(path);
      }
    });
  },
};

const options = {
  absWorkingDir: root,
  entryPoints: entryPoints().map((path) => relative(root, path)),
  outbase: source,
  outdir: bundle,
  bundle: true,
  minify: true,
  metafile: true,
  format: "esm",
  target: "es2022",
  legalComments: "linked",
  logLevel: "warning",
  assetNames: "assets/[name]-[hash]",
  loader: { ".woff": "file", ".woff2": "file", ".svg": "file", ".png": "file" },
  external: ["/static/*"],
  alias: editorAliases(),
  plugins: [sweepOldFiles],
};

mkdirSync(bundle, { recursive: true });
if (process.argv.includes("--watch")) {
  const context = await esbuild.context(options);
  await context.watch();
} else {
  await esbuild.build(options).catch(() => process.exit(1)); // esbuild has printed the reason
}
