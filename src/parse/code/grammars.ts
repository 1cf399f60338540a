import type { SourceLanguage } from '../source-languages.ts';
import { bashRules } from './rules/bash.ts';
import { cRules } from './rules/c.ts';
import { cSharpRules } from './rules/c-sharp.ts';
import { dartRules } from './rules/dart.ts';
import { ecmaScriptRules } from './rules/ecmascript.ts';
import { elixirRules } from './rules/elixir.ts';
import { goRules } from './rules/go.ts';
import { javaRules } from './rules/java.ts';
import { kotlinRules } from './rules/kotlin.ts';
import { luaRules } from './rules/lua.ts';
import { objectiveCRules } from './rules/objective-c.ts';
import { ocamlRules } from './rules/ocaml.ts';
import { phpRules } from './rules/php.ts';
import { pythonRules } from './rules/python.ts';
import { rubyRules } from './rules/ruby.ts';
import { rustRules } from './rules/rust.ts';
import { scalaRules } from './rules/scala.ts';
import { solidityRules } from './rules/solidity.ts';
import { swiftRules } from './rules/swift.ts';
import { zigRules } from './rules/zig.ts';
import type { LanguageRules } from './types.ts';

export type Grammar = { readonly name: string; readonly rules: LanguageRules };

/** Languages, named as `sourceLanguage` names them, that are read by a syntax tree. */
const grammars: Readonly<Record<string, Grammar>> = {
  typescript: { name: 'typescript', rules: ecmaScriptRules },
  javascript: { name: 'javascript', rules: ecmaScriptRules },
  python: { name: 'python', rules: pythonRules },
  go: { name: 'go', rules: goRules },
  rust: { name: 'rust', rules: rustRules },
  java: { name: 'java', rules: javaRules },
  c: { name: 'c', rules: cRules },
  'c++': { name: 'cpp', rules: cRules },
  cuda: { name: 'cpp', rules: cRules },
  'c#': { name: 'c_sharp', rules: cSharpRules },
  ruby: { name: 'ruby', rules: rubyRules },
  php: { name: 'php', rules: phpRules },
  shell: { name: 'bash', rules: bashRules },
  kotlin: { name: 'kotlin', rules: kotlinRules },
  swift: { name: 'swift', rules: swiftRules },
  scala: { name: 'scala', rules: scalaRules },
  lua: { name: 'lua', rules: luaRules },
  dart: { name: 'dart', rules: dartRules },
  zig: { name: 'zig', rules: zigRules },
  elixir: { name: 'elixir', rules: elixirRules },
  solidity: { name: 'solidity', rules: solidityRules },
  'objective-c': { name: 'objc', rules: objectiveCRules },
  ocaml: { name: 'ocaml', rules: ocamlRules },
};

/** In a header without any of these, C and C++ are the same. */
const cPlusPlus = /^\s*(?:class|namespace|template|using|public:|private:|protected:)\b|\bstd::/m;

/** The grammar for a file of a language; null when there is none. TSX and C++ headers have the grammars that their content asks for. */
export function grammarFor(language: SourceLanguage, name: string, text: string): Grammar | null {
  const grammar = grammars[language.name];
  if (!grammar) return null;
  if (/\.tsx$/i.test(name)) return { ...grammar, name: 'tsx' };
  if (language.name === 'c' && /\.h$/i.test(name) && cPlusPlus.test(text)) return { ...grammar, name: 'cpp' };
  return grammar;
}
