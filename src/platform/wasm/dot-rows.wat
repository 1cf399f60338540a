;; Dot products of rows of bytes with one vector of 16-bit values.
(module
  (import "env" "memory" (memory 1))
  (func (export "dotRows")
    (param $row i32)      ;; address of the first row; rows follow each other
    (param $query i32)    ;; address of the vector, i16
    (param $stride i32)   ;; bytes of a row, a multiple of 32
    (param $count i32)    ;; rows, at least 1
    (param $out i32)      ;; a dot product per row, i32
    (local $at i32) (local $end i32)
    (local $first v128) (local $second v128)
    (local.set $end (i32.add (local.get $out) (i32.shl (local.get $count) (i32.const 2))))
    (loop $rows
      (local.set $first (v128.const i32x4 0 0 0 0))
      (local.set $second (v128.const i32x4 0 0 0 0))
      (local.set $at (i32.const 0))
      (loop $values
        (local.set $first (i32x4.add (local.get $first) (i32x4.dot_i16x8_s
          (v128.load8x8_s (i32.add (local.get $row) (local.get $at)))
          (v128.load (i32.add (local.get $query) (i32.shl (local.get $at) (i32.const 1)))))))
        (local.set $second (i32x4.add (local.get $second) (i32x4.dot_i16x8_s
          (v128.load8x8_s offset=8 (i32.add (local.get $row) (local.get $at)))
          (v128.load offset=16 (i32.add (local.get $query) (i32.shl (local.get $at) (i32.const 1)))))))
        (local.set $first (i32x4.add (local.get $first) (i32x4.dot_i16x8_s
          (v128.load8x8_s offset=16 (i32.add (local.get $row) (local.get $at)))
          (v128.load offset=32 (i32.add (local.get $query) (i32.shl (local.get $at) (i32.const 1)))))))
        (local.set $second (i32x4.add (local.get $second) (i32x4.dot_i16x8_s
          (v128.load8x8_s offset=24 (i32.add (local.get $row) (local.get $at)))
          (v128.load offset=48 (i32.add (local.get $query) (i32.shl (local.get $at) (i32.const 1)))))))
        (local.set $at (i32.add (local.get $at) (i32.const 32)))
        (br_if $values (i32.lt_u (local.get $at) (local.get $stride))))
      (local.set $first (i32x4.add (local.get $first) (local.get $second)))
      (i32.store (local.get $out) (i32.add
        (i32.add (i32x4.extract_lane 0 (local.get $first)) (i32x4.extract_lane 1 (local.get $first)))
        (i32.add (i32x4.extract_lane 2 (local.get $first)) (i32x4.extract_lane 3 (local.get $first)))))
      (local.set $row (i32.add (local.get $row) (local.get $stride)))
      (local.set $out (i32.add (local.get $out) (i32.const 4)))
      (br_if $rows (i32.lt_u (local.get $out) (local.get $end))))))
