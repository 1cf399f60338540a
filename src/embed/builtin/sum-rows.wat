;; The sum of rows of 4-bit values, each row times its weight.
;;
;; A row is 256 values in 128 bytes: the low nibble of byte j is dimension 2j, the high one dimension 2j + 1, each 8 too
;; large. Eight accumulators hold 32 dimensions while the rows go by, so that no sum passes through memory.
(module
  (import "env" "memory" (memory 1))
  (func (export "sumRows")
    (param $offsets i32)   ;; u32 per row: address of its bytes
    (param $weights i32)   ;; i16 per row
    (param $count i32)     ;; at most 512: 512 * 15 * 32767 fits in 31 bits
    (param $excess i32)    ;; 8 * the sum of the weights
    (param $out i32)       ;; 256 sums, i32
    (local $segment i32) (local $index i32)
    (local $bytes v128) (local $nibbles v128) (local $half v128) (local $weight v128) (local $bias v128)
    (local $sum0 v128) (local $sum1 v128) (local $sum2 v128) (local $sum3 v128)
    (local $sum4 v128) (local $sum5 v128) (local $sum6 v128) (local $sum7 v128)
    (local.set $bias (i32x4.splat (local.get $excess)))
    (loop $segments
      (local.set $sum0 (v128.const i32x4 0 0 0 0))
      (local.set $sum1 (v128.const i32x4 0 0 0 0))
      (local.set $sum2 (v128.const i32x4 0 0 0 0))
      (local.set $sum3 (v128.const i32x4 0 0 0 0))
      (local.set $sum4 (v128.const i32x4 0 0 0 0))
      (local.set $sum5 (v128.const i32x4 0 0 0 0))
      (local.set $sum6 (v128.const i32x4 0 0 0 0))
      (local.set $sum7 (v128.const i32x4 0 0 0 0))
      (local.set $index (i32.const 0))
      (loop $rows
        (local.set $bytes (v128.load (i32.add
          (i32.load (i32.add (local.get $offsets) (i32.shl (local.get $index) (i32.const 2))))
          (i32.shl (local.get $segment) (i32.const 4)))))
        (local.set $weight (i16x8.splat (i32.load16_s (i32.add (local.get $weights) (i32.shl (local.get $index) (i32.const 1))))))
        (local.set $nibbles (v128.and (local.get $bytes) (i8x16.splat (i32.const 15))))
        (local.set $half (i16x8.extend_low_i8x16_u (local.get $nibbles)))
        (local.set $sum0 (i32x4.add (local.get $sum0) (i32x4.extmul_low_i16x8_s (local.get $half) (local.get $weight))))
        (local.set $sum1 (i32x4.add (local.get $sum1) (i32x4.extmul_high_i16x8_s (local.get $half) (local.get $weight))))
        (local.set $half (i16x8.extend_high_i8x16_u (local.get $nibbles)))
        (local.set $sum2 (i32x4.add (local.get $sum2) (i32x4.extmul_low_i16x8_s (local.get $half) (local.get $weight))))
        (local.set $sum3 (i32x4.add (local.get $sum3) (i32x4.extmul_high_i16x8_s (local.get $half) (local.get $weight))))
        (local.set $nibbles (i8x16.shr_u (local.get $bytes) (i32.const 4)))
        (local.set $half (i16x8.extend_low_i8x16_u (local.get $nibbles)))
        (local.set $sum4 (i32x4.add (local.get $sum4) (i32x4.extmul_low_i16x8_s (local.get $half) (local.get $weight))))
        (local.set $sum5 (i32x4.add (local.get $sum5) (i32x4.extmul_high_i16x8_s (local.get $half) (local.get $weight))))
        (local.set $half (i16x8.extend_high_i8x16_u (local.get $nibbles)))
        (local.set $sum6 (i32x4.add (local.get $sum6) (i32x4.extmul_low_i16x8_s (local.get $half) (local.get $weight))))
        (local.set $sum7 (i32x4.add (local.get $sum7) (i32x4.extmul_high_i16x8_s (local.get $half) (local.get $weight))))
        (local.set $index (i32.add (local.get $index) (i32.const 1)))
        (br_if $rows (i32.lt_u (local.get $index) (local.get $count))))
      ;; Even dimensions are in sums 0 to 3, odd ones in 4 to 7.
      (v128.store offset=0 (local.get $out) (i32x4.sub
        (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $sum0) (local.get $sum4))
        (local.get $bias)))
      (v128.store offset=16 (local.get $out) (i32x4.sub
        (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $sum0) (local.get $sum4))
        (local.get $bias)))
      (v128.store offset=32 (local.get $out) (i32x4.sub
        (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $sum1) (local.get $sum5))
        (local.get $bias)))
      (v128.store offset=48 (local.get $out) (i32x4.sub
        (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $sum1) (local.get $sum5))
        (local.get $bias)))
      (v128.store offset=64 (local.get $out) (i32x4.sub
        (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $sum2) (local.get $sum6))
        (local.get $bias)))
      (v128.store offset=80 (local.get $out) (i32x4.sub
        (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $sum2) (local.get $sum6))
        (local.get $bias)))
      (v128.store offset=96 (local.get $out) (i32x4.sub
        (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $sum3) (local.get $sum7))
        (local.get $bias)))
      (v128.store offset=112 (local.get $out) (i32x4.sub
        (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $sum3) (local.get $sum7))
        (local.get $bias)))
      (local.set $out (i32.add (local.get $out) (i32.const 128)))
      (local.set $segment (i32.add (local.get $segment) (i32.const 1)))
      (br_if $segments (i32.lt_u (local.get $segment) (i32.const 8))))))
