;; Gram matrix X'X of packed columns, half of it, in SIMD of two doubles.
;;
;; Columns lie in panels of four: panel p holds, row after row, the four numbers of columns 4p to
;; 4p + 3 (32 bytes a row). Results lie in tiles of 4 x 4: tile (p, q), q <= p, is tile number
;; p (p + 1) / 2 + q, 128 bytes, row-major. Every product is summed over rows in order, whatever the
;; place of its columns, so a pair of columns has the same bits wherever it stands. No relaxed SIMD
;; and no fused product: the same bits on every machine.
(module
  (memory (export "memory") 1)

  ;; Adds the products of one pair of panels to its tile: 4 x 4 sums stay in 8 registers.
  (func $tile (param $p i32) (param $q i32) (param $end i32) (param $tile i32)
    (local $a v128) (local $b0 v128) (local $b1 v128)
    (local $c00 v128) (local $c01 v128) (local $c10 v128) (local $c11 v128) (local $c20 v128) (local $c21 v128) (local $c30 v128) (local $c31 v128)
    (loop $rows
        (local.set $b0 (v128.load offset=0 (local.get $q)))
        (local.set $b1 (v128.load offset=16 (local.get $q)))
        (local.set $a (v128.load64_splat offset=0 (local.get $p)))
        (local.set $c00 (f64x2.add (local.get $c00) (f64x2.mul (local.get $a) (local.get $b0))))
        (local.set $c01 (f64x2.add (local.get $c01) (f64x2.mul (local.get $a) (local.get $b1))))
        (local.set $a (v128.load64_splat offset=8 (local.get $p)))
        (local.set $c10 (f64x2.add (local.get $c10) (f64x2.mul (local.get $a) (local.get $b0))))
        (local.set $c11 (f64x2.add (local.get $c11) (f64x2.mul (local.get $a) (local.get $b1))))
        (local.set $a (v128.load64_splat offset=16 (local.get $p)))
        (local.set $c20 (f64x2.add (local.get $c20) (f64x2.mul (local.get $a) (local.get $b0))))
        (local.set $c21 (f64x2.add (local.get $c21) (f64x2.mul (local.get $a) (local.get $b1))))
        (local.set $a (v128.load64_splat offset=24 (local.get $p)))
        (local.set $c30 (f64x2.add (local.get $c30) (f64x2.mul (local.get $a) (local.get $b0))))
        (local.set $c31 (f64x2.add (local.get $c31) (f64x2.mul (local.get $a) (local.get $b1))))
        (local.set $b0 (v128.load offset=32 (local.get $q)))
        (local.set $b1 (v128.load offset=48 (local.get $q)))
        (local.set $a (v128.load64_splat offset=32 (local.get $p)))
        (local.set $c00 (f64x2.add (local.get $c00) (f64x2.mul (local.get $a) (local.get $b0))))
        (local.set $c01 (f64x2.add (local.get $c01) (f64x2.mul (local.get $a) (local.get $b1))))
        (local.set $a (v128.load64_splat offset=40 (local.get $p)))
        (local.set $c10 (f64x2.add (local.get $c10) (f64x2.mul (local.get $a) (local.get $b0))))
        (local.set $c11 (f64x2.add (local.get $c11) (f64x2.mul (local.get $a) (local.get $b1))))
        (local.set $a (v128.load64_splat offset=48 (local.get $p)))
        (local.set $c20 (f64x2.add (local.get $c20) (f64x2.mul (local.get $a) (local.get $b0))))
        (local.set $c21 (f64x2.add (local.get $c21) (f64x2.mul (local.get $a) (local.get $b1))))
        (local.set $a (v128.load64_splat offset=56 (local.get $p)))
        (local.set $c30 (f64x2.add (local.get $c30) (f64x2.mul (local.get $a) (local.get $b0))))
        (local.set $c31 (f64x2.add (local.get $c31) (f64x2.mul (local.get $a) (local.get $b1))))
      (local.set $q (i32.add (local.get $q) (i32.const 64)))
      (br_if $rows (i32.lt_u (local.tee $p (i32.add (local.get $p) (i32.const 64))) (local.get $end))))
    (v128.store offset=0 (local.get $tile)
      (f64x2.add (v128.load offset=0 (local.get $tile)) (local.get $c00)))
    (v128.store offset=16 (local.get $tile)
      (f64x2.add (v128.load offset=16 (local.get $tile)) (local.get $c01)))
    (v128.store offset=32 (local.get $tile)
      (f64x2.add (v128.load offset=32 (local.get $tile)) (local.get $c10)))
    (v128.store offset=48 (local.get $tile)
      (f64x2.add (v128.load offset=48 (local.get $tile)) (local.get $c11)))
    (v128.store offset=64 (local.get $tile)
      (f64x2.add (v128.load offset=64 (local.get $tile)) (local.get $c20)))
    (v128.store offset=80 (local.get $tile)
      (f64x2.add (v128.load offset=80 (local.get $tile)) (local.get $c21)))
    (v128.store offset=96 (local.get $tile)
      (f64x2.add (v128.load offset=96 (local.get $tile)) (local.get $c30)))
    (v128.store offset=112 (local.get $tile)
      (f64x2.add (v128.load offset=112 (local.get $tile)) (local.get $c31))))

  ;; Adds all pairs of panels. Panels are taken against blocks of 16 others that stay in cache.
  ;; $stride is the size of a panel in bytes: rows x 32, rows even and not 0.
  (func (export "accumulate") (param $packed i32) (param $stride i32) (param $panels i32) (param $tiles i32)
    (local $first i32) (local $last i32) (local $p i32) (local $q i32) (local $from i32) (local $into i32)
    (loop $blocks
      (local.set $p (local.get $first))
      (loop $left
        (local.set $from (i32.add (local.get $packed) (i32.mul (local.get $p) (local.get $stride))))
        (local.set $q (local.get $first))
        (local.set $last (i32.add (local.get $first) (i32.const 15)))
        (if (i32.gt_u (local.get $last) (local.get $p)) (then (local.set $last (local.get $p))))
        (loop $right
          (local.set $into (i32.add (local.get $tiles) (i32.shl
            (i32.add
              (i32.shr_u (i32.mul (local.get $p) (i32.add (local.get $p) (i32.const 1))) (i32.const 1))
              (local.get $q))
            (i32.const 7))))
          (call $tile
            (local.get $from)
            (i32.add (local.get $packed) (i32.mul (local.get $q) (local.get $stride)))
            (i32.add (local.get $from) (local.get $stride))
            (local.get $into))
          (br_if $right (i32.le_u (local.tee $q (i32.add (local.get $q) (i32.const 1))) (local.get $last))))
        (br_if $left (i32.lt_u (local.tee $p (i32.add (local.get $p) (i32.const 1))) (local.get $panels))))
      (br_if $blocks (i32.lt_u
        (local.tee $first (i32.add (local.get $first) (i32.const 16)))
        (local.get $panels))))))
