/** A small source of each language, and its definitions in order. One is called `read`, and documented by "Reads". */
export const samples: readonly { readonly name: string; readonly text: string; readonly symbols: readonly string[] }[] =
  [
    {
      name: 'a.ts',
      text: `import { x } from 'x';

/** A gauge. */
export abstract class Gauge<T> extends Base {
  limit = 1;
  /** Reads. */
  @logged()
  async read(x: string): Promise<void> {}
  abstract missing(): void;
  arrow = () => 1;
  static #hidden() {}
  get size() { return 1; }
}

export interface Shape { area(): number }
export type Name = string;
export enum Colour { Red }
export const bar = async () => 1;
namespace N.M { export function inner() {} }
declare module 'q' { function r(): void; }
export default function () {}
const small = 1;
`,
      symbols: [
        'class Gauge',
        'method Gauge > read',
        'method Gauge > missing',
        'method Gauge > arrow',
        'method Gauge > #hidden',
        'method Gauge > size',
        'interface Shape',
        'type Name',
        'enum Colour',
        'function bar',
        'namespace N.M',
        'function N.M > inner',
        'module q',
        'function q > r',
        'function default',
      ],
    },
    {
      name: 'a.tsx',
      text: `/** Reads. */
export const Read = ({ a }: Props) => <p>{a}</p>;

function Other() {
  return <div />;
}
`,
      symbols: ['function Read', 'function Other'],
    },
    {
      name: 'a.js',
      text: `'use strict';

/** Reads. */
exports.read = function (a) {};

Gauge.prototype.size = function () {};

module.exports.b = () => 1;

function* generate() {}

class A extends B {
  static make() {}
}

describe('a gauge', () => {
  test('adds', async () => {});
});
`,
      symbols: [
        'function read',
        'function Gauge.prototype.size',
        'function b',
        'function generate',
        'class A',
        'method A > make',
        'test a gauge',
        'test a gauge > adds',
      ],
    },
    {
      name: 'a.py',
      text: `import os

@cached
def top():
  pass


class Gauge(Base):
  """A gauge."""
  limit = 1

  # why
  async def read(self):
    """Reads."""
    return 1

  class Inner:
    def deep(self): pass
`,
      symbols: [
        'function top',
        'class Gauge',
        'method Gauge > read',
        'class Gauge > Inner',
        'method Gauge > Inner > deep',
      ],
    },
    {
      name: 'a.go',
      text: `package a

// Read Reads.
func (p *Gauge[T]) Read(x int) int {
	return x
}

// Gauge is one.
type Gauge struct {
	a int
}

type (
	// U is another.
	U interface {
		Z()
	}
	V int
)

func New() *Gauge { return nil }
`,
      symbols: ['method Gauge.Read', 'struct Gauge', 'interface U', 'type V', 'function New'],
    },
    {
      name: 'a.rs',
      text: `#[derive(Debug)]
pub struct P<T> { x: T }
impl<T> Display for P<T> where T: X {
  /// Reads.
  #[inline]
  pub fn read(&self) {}
}
mod m { pub fn q() {} }
trait T { fn z(); }
macro_rules! mm { () => {} }
`,
      symbols: [
        'struct P',
        'impl P',
        'method P > read',
        'module m',
        'function m > q',
        'trait T',
        'method T > z',
        'macro mm',
      ],
    },
    {
      name: 'a.java',
      text: `package a;
/** Doc. */
@Ann
public class G extends B {
  int limit;
  /** Reads. */
  @Override public int read(int x) { return x; }
  G() {}
  enum E { A; void q() {} }
  record R(int a) {}
}
`,
      symbols: ['class G', 'method G > read', 'method G > G', 'enum G > E', 'method G > E > q', 'record G > R'],
    },
    {
      name: 'a.c',
      text: `#include <a.h>

struct point {
  int x;
};

/* Reads. */
static const char *read(struct point *p)
{
  return 0;
}

typedef enum { A, B } kind;

int declared(void);
static int (*pointer)(int);
`,
      symbols: ['struct point', 'function read', 'enum kind', 'function declared'],
    },
    {
      name: 'a.cpp',
      text: `#include <a>
#ifdef X
/** Doc. */
template <typename T>
class Gauge : public Base {
 public:
  Gauge();
  ~Gauge() {}
  /** Reads. */
  int read(int x) const { return x; }
  T operator+(T o) { return o; }
};
#endif
namespace a::b {
int Gauge::read2(int x) { return x; }
struct P { int x; };
enum class E { A };
static const int *ptr(void) { return 0; }
}
extern "C" { void q() {} }
typedef struct { int a; } Named;
#define M(x) x
auto lam = [](int a) { return a; };
`,
      symbols: [
        'class Gauge',
        'method Gauge > Gauge',
        'method Gauge > ~Gauge',
        'method Gauge > read',
        'method Gauge > operator+',
        'namespace a::b',
        'function a::b > Gauge::read2',
        'struct a::b > P',
        'enum a::b > E',
        'function a::b > ptr',
        'function q',
        'struct Named',
      ],
    },
    {
      name: 'a.cs',
      text: `using System;
namespace A.B {
  /// <summary>Doc.</summary>
  [Attr]
  public class Gauge : Base {
    int limit = 3;
    public Gauge() {}
    /// Reads.
    [Obsolete]
    public int Read(int x) { return x; }
    public int P { get; set; }
    static Gauge operator +(Gauge a, Gauge b) => a;
  }
  interface I { void Z(); }
  record R(int a);
  enum E { A }
  struct S {}
}
`,
      symbols: [
        'namespace A.B',
        'class A.B > Gauge',
        'method A.B > Gauge > Gauge',
        'method A.B > Gauge > Read',
        'method A.B > Gauge > operator +',
        'interface A.B > I',
        'method A.B > I > Z',
        'record A.B > R',
        'enum A.B > E',
        'struct A.B > S',
      ],
    },
    {
      name: 'a.rb',
      text: `module A
  # Doc.
  class Gauge < Base
    LIMIT = 3
    # Reads.
    def read(x)
      x
    end
    def self.make; end
    class << self
      def q; end
    end
  end
end
`,
      symbols: [
        'module A',
        'class A > Gauge',
        'method A > Gauge > read',
        'method A > Gauge > make',
        'method A > Gauge > q',
      ],
    },
    {
      name: 'a.php',
      text: `<?php
namespace A\\B;
use X;
/** Doc. */
#[Attr]
class Gauge extends Base {
  const LIMIT = 3;
  /** Reads. */
  public function read($x) { return $x; }
}
interface I { function z(); }
trait T { function t() {} }
function top() {}
enum E { case A; }
`,
      symbols: [
        'class Gauge',
        'method Gauge > read',
        'interface I',
        'method I > z',
        'trait T',
        'method T > t',
        'function top',
        'enum E',
      ],
    },
    {
      name: 'a.sh',
      text: `#!/bin/bash

LIMIT=1

# Reads.
read() {
  echo 1
}

function bar {
  echo 2
}
`,
      symbols: ['function read', 'function bar'],
    },
    {
      name: 'a.kt',
      text: `package a.b
import x.y
/** Doc. */
class Gauge(val a: Int) : Base() {
  val limit = 3
  /** Reads. */
  fun read(x: Int): Int { return x }
  companion object { fun make() = 1 }
}
interface Q { fun z() }
object Single { fun f() {} }
enum class E { A, B }
fun top() = 1
fun String.ext() = 2
`,
      symbols: [
        'class Gauge',
        'method Gauge > read',
        'method Gauge > make',
        'interface Q',
        'method Q > z',
        'object Single',
        'method Single > f',
        'enum E',
        'function top',
        'function ext',
      ],
    },
    {
      name: 'a.swift',
      text: `/// Doc.
class Gauge: Base {
  var limit = 3
  init(a: Int) { }
  /// Reads.
  func read(x: Int) -> Int { return x }
}
struct P { func a() {} }
extension P { func b() {} }
protocol Q { func z() }
enum E { case a }
func top() {}
`,
      symbols: [
        'class Gauge',
        'method Gauge > init',
        'method Gauge > read',
        'struct P',
        'method P > a',
        'extension P',
        'method P > b',
        'protocol Q',
        'method Q > z',
        'enum E',
        'function top',
      ],
    },
    {
      name: 'a.scala',
      text: `package a.b
/** Doc. */
class Gauge(a: Int) extends Base {
  val limit = 3
  /** Reads. */
  def read(x: Int): Int = { x }
}
object Single { def f() = 1 }
trait T { def z: Int }
case class C(x: Int)
`,
      symbols: [
        'class Gauge',
        'method Gauge > read',
        'object Single',
        'method Single > f',
        'trait T',
        'method T > z',
        'class C',
      ],
    },
    {
      name: 'a.lua',
      text: `-- Reads.
local function read(x)
  return x
end
function M.b() end
function M:c() end
M.d = function() end
local e = function() end
function g() end
`,
      symbols: ['function read', 'function M.b', 'function M:c', 'function M.d', 'function e', 'function g'],
    },
    {
      name: 'a.dart',
      text: `import 'x';
/// Doc.
class Gauge extends Base {
  int limit = 3;
  Gauge(this.limit);
  /// Reads.
  int read(int x) { return x; }
  int get y => 1;
  static void s() {}
}
int top(int a) { return a; }
mixin M { void m() {} }
extension X on int { void n() {} }
enum E { a, b }
void arrow() => print(1);
`,
      symbols: [
        'class Gauge',
        'method Gauge > read',
        'method Gauge > y',
        'method Gauge > s',
        'function top',
        'class M',
        'method M > m',
        'extension X',
        'method X > n',
        'enum E',
        'function arrow',
      ],
    },
    {
      name: 'a.zig',
      text: `const std = @import("std");
/// Doc.
pub fn add(a: i32, b: i32) i32 {
  return a + b;
}
const Point = struct {
  x: i32,
  /// Reads.
  pub fn read(self: Point) i32 { return self.x; }
};
test "adds" { }
`,
      symbols: ['function add', 'struct Point', 'method Point > read', 'test adds'],
    },
    {
      name: 'a.ex',
      text: `defmodule A.Gauge do
  @moduledoc "Doc"
  @doc """
  Reads.
  """
  @spec read(integer) :: integer
  def read(x) do
    x
  end
  defp priv(x), do: x
  def guard(x) when x > 1 do
    x
  end
  defmacro m(x) do
 x
 end
end
`,
      symbols: [
        'module A.Gauge',
        'function A.Gauge > read',
        'function A.Gauge > priv',
        'function A.Gauge > guard',
        'macro A.Gauge > m',
      ],
    },
    {
      name: 'a.sol',
      text: `pragma solidity ^0.8.0;
/// Doc.
contract Gauge is Base {
  uint limit;
  event E(uint a);
  modifier only() { _; }
  constructor() {}
  /// Reads.
  function read(uint x) public returns (uint) { return x; }
  struct S { uint a; }
}
interface I { function z() external; }
library L { function q() internal {} }
`,
      symbols: [
        'contract Gauge',
        'event Gauge > E',
        'modifier Gauge > only',
        'method Gauge > constructor',
        'method Gauge > read',
        'struct Gauge > S',
        'interface I',
        'method I > z',
        'library L',
        'function L > q',
      ],
    },
    {
      name: 'a.m',
      text: `#import <a.h>
/** Doc. */
@interface Gauge : NSObject
- (int)read:(int)x;
@end
@implementation Gauge
/** Reads. */
- (int)read:(int)x with:(int)y { return x; }
+ (void)make {}
@end
int top(int a) { return a; }
`,
      symbols: ['interface Gauge', 'class Gauge', 'method Gauge > read:with:', 'method Gauge > make', 'function top'],
    },
    {
      name: 'a.ml',
      text: `(** Reads. *)
let read x = x
module M = struct
  let f y = y
end
type t = A | B
`,
      symbols: ['function read', 'module M', 'function M > f', 'type t'],
    },
  ];
