/** Never entered, whatever is asked for: their files are no documents, and a database must not read itself. */
const NEVER_ENTERED: ReadonlySet<string> = new Set(['.git', '.hg', '.svn', '.jj', '.rag']);

/** Installed packages, caches and what systems leave behind, by a name that means nothing else. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  'node_modules',
  'bower_components',
  'jspm_packages',
  '__pycache__',
  '__MACOSX',
  'CVS',
  '$RECYCLE.BIN',
  'System Volume Information',
  'lost+found',
  '@eaDir',
]);

/** Names that are a build's output beside its build file, and an ordinary folder elsewhere. */
const LEFT_OUT_BESIDE: Readonly<Record<string, readonly string[]>> = {
  target: ['Cargo.toml', 'pom.xml', 'build.sbt'],
  build: ['package.json', 'pyproject.toml', 'setup.py', 'build.gradle', 'build.gradle.kts', 'pubspec.yaml'],
  dist: ['package.json', 'pyproject.toml', 'setup.py'],
  out: ['package.json', 'build.gradle', 'build.gradle.kts'],
  coverage: ['package.json', 'pyproject.toml'],
  vendor: ['go.mod', 'composer.json', 'Gemfile'],
  Pods: ['Podfile'],
};

/** A folder that holds one of these is a cache (bford.info/cachedir) or a Python environment. */
export const CACHE_MARKERS: readonly string[] = ['CACHEDIR.TAG', 'pyvenv.cfg'];

export const isNeverEntered = (name: string): boolean => NEVER_ENTERED.has(name);

/** Whether a folder is left out unless asked for, by its name and the names beside it. */
export function isLeftOut(name: string, hasSibling: (sibling: string) => boolean): boolean {
  return LEFT_OUT.has(name) || (Object.hasOwn(LEFT_OUT_BESIDE, name) && LEFT_OUT_BESIDE[name]!.some(hasSibling));
}

const BUILD_FILES: ReadonlySet<string> = new Set(Object.values(LEFT_OUT_BESIDE).flat());

/** Whether a file of this name has a say in which folders beside or around it are left out. */
export const isFolderMarker = (name: string): boolean => BUILD_FILES.has(name) || CACHE_MARKERS.includes(name);
