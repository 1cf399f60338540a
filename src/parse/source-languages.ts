/** How a language marks the start of a definition, which is all that the splitter needs of it. */
export type LanguageFamily = 'braces' | 'indent' | 'end' | 'lisp' | 'plain';

export type SourceLanguage = { readonly name: string; readonly family: LanguageFamily };

const table: ReadonlyArray<readonly [name: string, family: LanguageFamily, extensions: string]> = [
  ['c', 'braces', 'c h'],
  ['c++', 'braces', 'cc cpp cxx c++ hh hpp hxx inl ipp'],
  ['c#', 'braces', 'cs csx'],
  ['java', 'braces', 'java'],
  ['kotlin', 'braces', 'kt kts'],
  ['scala', 'braces', 'scala sc sbt'],
  ['groovy', 'braces', 'groovy gradle'],
  ['javascript', 'braces', 'js jsx mjs cjs'],
  ['typescript', 'braces', 'ts tsx mts cts'],
  ['go', 'braces', 'go'],
  ['rust', 'braces', 'rs'],
  ['swift', 'braces', 'swift'],
  ['dart', 'braces', 'dart'],
  ['php', 'braces', 'php phtml'],
  ['perl', 'braces', 'pl pm t'],
  ['objective-c', 'braces', 'm mm'],
  ['zig', 'braces', 'zig'],
  ['d', 'braces', 'd'],
  ['solidity', 'braces', 'sol'],
  ['powershell', 'braces', 'ps1 psm1 psd1'],
  ['shell', 'braces', 'sh bash zsh ksh fish'],
  ['r', 'braces', 'r'],
  ['awk', 'braces', 'awk'],
  ['protobuf', 'braces', 'proto'],
  ['graphql', 'braces', 'graphql gql'],
  ['terraform', 'braces', 'tf tfvars hcl'],
  ['css', 'braces', 'css scss less'],
  ['cuda', 'braces', 'cu cuh'],
  ['glsl', 'braces', 'glsl vert frag hlsl wgsl'],
  ['python', 'indent', 'py pyi pyx pyw'],
  ['nim', 'indent', 'nim'],
  ['gdscript', 'indent', 'gd'],
  ['coffeescript', 'indent', 'coffee'],
  ['ruby', 'end', 'rb rake gemspec ru'],
  ['lua', 'end', 'lua'],
  ['elixir', 'end', 'ex exs'],
  ['julia', 'end', 'jl'],
  ['crystal', 'end', 'cr'],
  ['matlab', 'end', 'mat'],
  ['ada', 'end', 'ada adb ads'],
  ['clojure', 'lisp', 'clj cljs cljc edn'],
  ['lisp', 'lisp', 'lisp lsp el scm rkt ss'],
  ['haskell', 'plain', 'hs lhs'],
  ['ocaml', 'plain', 'ml mli'],
  ['f#', 'plain', 'fs fsi fsx'],
  ['elm', 'plain', 'elm'],
  ['erlang', 'plain', 'erl hrl'],
  ['sql', 'plain', 'sql psql ddl'],
  ['vb', 'plain', 'vb bas vbs'],
  ['pascal', 'plain', 'pas pp dpr'],
  ['fortran', 'plain', 'f f90 f95 f03 for'],
  ['cobol', 'plain', 'cob cbl'],
  ['assembly', 'plain', 's asm'],
  ['makefile', 'plain', 'mk mak make'],
  ['cmake', 'plain', 'cmake'],
  ['yaml', 'plain', 'yml yaml'],
  ['toml', 'plain', 'toml'],
  ['ini', 'plain', 'ini cfg conf properties editorconfig'],
  ['xml', 'plain', 'xml xsd xsl xslt svg plist wsdl rss atom xul resx csproj vcxproj pom dtd'],
  ['template', 'plain', 'vue svelte astro hbs ejs erb jinja j2 mustache tmpl jsp asp aspx cshtml twig liquid pug haml'],
  ['batch', 'plain', 'bat cmd'],
  ['dockerfile', 'plain', 'dockerfile'],
  ['diff', 'plain', 'diff patch'],
  ['nix', 'plain', 'nix'],
  ['vim', 'plain', 'vim'],
  ['tex', 'plain', 'sty cls bib'],
];

const byExtension = new Map<string, SourceLanguage>(
  table.flatMap(([name, family, extensions]) =>
    extensions.split(' ').map((extension): [string, SourceLanguage] => [extension, { name, family }]),
  ),
);

/** Files that are known by their whole name, lower-case. */
const byName = new Map<string, string>(
  Object.entries({
    dockerfile: 'dockerfile',
    containerfile: 'dockerfile',
    makefile: 'mk',
    gnumakefile: 'mk',
    rakefile: 'rb',
    gemfile: 'rb',
    vagrantfile: 'rb',
    podfile: 'rb',
    brewfile: 'rb',
    jenkinsfile: 'groovy',
    'cmakelists.txt': 'cmake',
    'build.bazel': 'py',
    workspace: 'py',
    sconstruct: 'py',
    justfile: 'mk',
    procfile: 'yml',
    '.gitignore': 'conf',
    '.dockerignore': 'conf',
    '.gitattributes': 'conf',
    '.editorconfig': 'conf',
    '.npmrc': 'conf',
    '.bashrc': 'sh',
    '.zshrc': 'sh',
    '.profile': 'sh',
    '.vimrc': 'vim',
  }),
);

const byInterpreter: ReadonlyArray<readonly [RegExp, string]> = [
  [/python/, 'py'],
  [/node|deno|bun/, 'js'],
  [/ruby/, 'rb'],
  [/perl/, 'pl'],
  [/php/, 'php'],
  [/lua/, 'lua'],
  [/pwsh/, 'ps1'],
  [/Rscript/, 'r'],
  [/sh\b/, 'sh'],
];

export const sourceExtensions: readonly string[] = [...byExtension.keys()];

/** The language of a file, from its name or a `#!` line; null when neither says. */
export function sourceLanguage(name: string, firstLine: string): SourceLanguage | null {
  const lower = name.toLowerCase();
  const known = byName.get(lower) ?? lower.slice(lower.lastIndexOf('.') + 1);
  const byFileName = byExtension.get(known);
  if (byFileName && (byName.has(lower) || lower.includes('.'))) return byFileName;
  if (!firstLine.startsWith('#!')) return null;
  const interpreter = byInterpreter.find(([pattern]) => pattern.test(firstLine.slice(0, 200)));
  return (interpreter && byExtension.get(interpreter[1])) ?? { name: 'script', family: 'plain' };
}
