;; Kernels of linear algebra in SIMD of two doubles: sums of products of columns, and Cholesky.
;;
;; Columns lie in panels of four: a panel holds, row after row, the numbers of its four columns, 32
;; bytes a row. Results lie in tiles of 4 x 4 for the lower half of a matrix: tile (p, q), q <= p, is
;; tile number p (p + 1) / 2 + q, 128 bytes. Every sum of products is taken over rows in order,
;; whatever the place of its columns, so a pair of columns has the same bits wherever it stands. No
;; relaxed SIMD and no fused product: the same bits on every machine.
(module
  (memory (export "memory") 1)

  ;; Adds to a tile the products of two panels, or takes them off with sign -1: row i of the tile
  ;; belongs to column i of $a, its four numbers to the columns of $b. $end is where the rows of $a
  ;; end; their number is even and not 0. The 4 x 4 sums stay in 8 registers.
  (func $products (param $a i32) (param $b i32) (param $end i32) (param $tile i32) (param $sign v128)
    (local $s v128) (local $b0 v128) (local $b1 v128)
    (local $c00 v128) (local $c01 v128) (local $c10 v128) (local $c11 v128)
    (local $c20 v128) (local $c21 v128) (local $c30 v128) (local $c31 v128)
    (loop $rows
      (local.set $b0 (v128.load offset=0 (local.get $b)))
      (local.set $b1 (v128.load offset=16 (local.get $b)))
      (local.set $s (v128.load64_splat offset=0 (local.get $a)))
      (local.set $c00 (f64x2.add (local.get $c00) (f64x2.mul (local.get $s) (local.get $b0))))
      (local.set $c01 (f64x2.add (local.get $c01) (f64x2.mul (local.get $s) (local.get $b1))))
      (local.set $s (v128.load64_splat offset=8 (local.get $a)))
      (local.set $c10 (f64x2.add (local.get $c10) (f64x2.mul (local.get $s) (local.get $b0))))
      (local.set $c11 (f64x2.add (local.get $c11) (f64x2.mul (local.get $s) (local.get $b1))))
      (local.set $s (v128.load64_splat offset=16 (local.get $a)))
      (local.set $c20 (f64x2.add (local.get $c20) (f64x2.mul (local.get $s) (local.get $b0))))
      (local.set $c21 (f64x2.add (local.get $c21) (f64x2.mul (local.get $s) (local.get $b1))))
      (local.set $s (v128.load64_splat offset=24 (local.get $a)))
      (local.set $c30 (f64x2.add (local.get $c30) (f64x2.mul (local.get $s) (local.get $b0))))
      (local.set $c31 (f64x2.add (local.get $c31) (f64x2.mul (local.get $s) (local.get $b1))))
      (local.set $b0 (v128.load offset=32 (local.get $b)))
      (local.set $b1 (v128.load offset=48 (local.get $b)))
      (local.set $s (v128.load64_splat offset=32 (local.get $a)))
      (local.set $c00 (f64x2.add (local.get $c00) (f64x2.mul (local.get $s) (local.get $b0))))
      (local.set $c01 (f64x2.add (local.get $c01) (f64x2.mul (local.get $s) (local.get $b1))))
      (local.set $s (v128.load64_splat offset=40 (local.get $a)))
      (local.set $c10 (f64x2.add (local.get $c10) (f64x2.mul (local.get $s) (local.get $b0))))
      (local.set $c11 (f64x2.add (local.get $c11) (f64x2.mul (local.get $s) (local.get $b1))))
      (local.set $s (v128.load64_splat offset=48 (local.get $a)))
      (local.set $c20 (f64x2.add (local.get $c20) (f64x2.mul (local.get $s) (local.get $b0))))
      (local.set $c21 (f64x2.add (local.get $c21) (f64x2.mul (local.get $s) (local.get $b1))))
      (local.set $s (v128.load64_splat offset=56 (local.get $a)))
      (local.set $c30 (f64x2.add (local.get $c30) (f64x2.mul (local.get $s) (local.get $b0))))
      (local.set $c31 (f64x2.add (local.get $c31) (f64x2.mul (local.get $s) (local.get $b1))))
      (local.set $b (i32.add (local.get $b) (i32.const 64)))
      (br_if $rows
        (i32.lt_u (local.tee $a (i32.add (local.get $a) (i32.const 64))) (local.get $end))))
    (v128.store offset=0 (local.get $tile) (f64x2.add
      (v128.load offset=0 (local.get $tile))
      (f64x2.mul (local.get $sign) (local.get $c00))))
    (v128.store offset=16 (local.get $tile) (f64x2.add
      (v128.load offset=16 (local.get $tile))
      (f64x2.mul (local.get $sign) (local.get $c01))))
    (v128.store offset=32 (local.get $tile) (f64x2.add
      (v128.load offset=32 (local.get $tile))
      (f64x2.mul (local.get $sign) (local.get $c10))))
    (v128.store offset=48 (local.get $tile) (f64x2.add
      (v128.load offset=48 (local.get $tile))
      (f64x2.mul (local.get $sign) (local.get $c11))))
    (v128.store offset=64 (local.get $tile) (f64x2.add
      (v128.load offset=64 (local.get $tile))
      (f64x2.mul (local.get $sign) (local.get $c20))))
    (v128.store offset=80 (local.get $tile) (f64x2.add
      (v128.load offset=80 (local.get $tile))
      (f64x2.mul (local.get $sign) (local.get $c21))))
    (v128.store offset=96 (local.get $tile) (f64x2.add
      (v128.load offset=96 (local.get $tile))
      (f64x2.mul (local.get $sign) (local.get $c30))))
    (v128.store offset=112 (local.get $tile) (f64x2.add
      (v128.load offset=112 (local.get $tile))
      (f64x2.mul (local.get $sign) (local.get $c31)))))

  ;; Where tile (p, q) begins.
  (func $place (param $tiles i32) (param $p i32) (param $q i32) (result i32)
    (i32.add (local.get $tiles) (i32.shl
      (i32.add
        (i32.shr_u (i32.mul (local.get $p) (i32.add (local.get $p) (i32.const 1))) (i32.const 1))
        (local.get $q))
      (i32.const 7))))

  ;; Adds the products of all pairs of panels to their tiles. Panels are taken against blocks of 16
  ;; others that stay in cache. $stride is the size of a panel in bytes.
  (func (export "accumulate")
    (param $packed i32) (param $stride i32) (param $panels i32) (param $tiles i32)
    (local $first i32) (local $last i32) (local $p i32) (local $q i32) (local $from i32)
    (loop $blocks
      (local.set $p (local.get $first))
      (loop $left
        (local.set $from (i32.add (local.get $packed) (i32.mul (local.get $p) (local.get $stride))))
        (local.set $q (local.get $first))
        (local.set $last (i32.add (local.get $first) (i32.const 15)))
        (if (i32.gt_u (local.get $last) (local.get $p))
          (then (local.set $last (local.get $p))))
        (loop $right
          (call $products
            (local.get $from)
            (i32.add (local.get $packed) (i32.mul (local.get $q) (local.get $stride)))
            (i32.add (local.get $from) (local.get $stride))
            (call $place (local.get $tiles) (local.get $p) (local.get $q))
            (v128.const f64x2 1 1))
          (br_if $right
            (i32.le_u (local.tee $q (i32.add (local.get $q) (i32.const 1))) (local.get $last))))
        (br_if $left
          (i32.lt_u (local.tee $p (i32.add (local.get $p) (i32.const 1))) (local.get $panels))))
      (br_if $blocks
        (i32.lt_u
          (local.tee $first (i32.add (local.get $first) (i32.const 16)))
          (local.get $panels)))))

  ;; Columns of tile (p, q), q < p, of the factor: what products have left, solved against the lower
  ;; triangle in $own. Both tiles lie by columns: number r of column c at 32 c + 8 r.
  (func $solve (param $tile i32) (param $own i32)
    (local $c i32) (local $k i32) (local $low v128) (local $high v128) (local $s v128)
    (loop $columns
      (local.set $low (v128.load (i32.add (local.get $tile) (local.get $c))))
      (local.set $high (v128.load offset=16 (i32.add (local.get $tile) (local.get $c))))
      (local.set $k (i32.const 0))
      (block $done
        (loop $before
          (br_if $done (i32.eq (local.get $k) (local.get $c)))
          (local.set $s (v128.load64_splat
            (i32.add (local.get $own)
              (i32.add (local.get $k) (i32.shr_u (local.get $c) (i32.const 2))))))
          (local.set $low (f64x2.sub (local.get $low) (f64x2.mul (local.get $s)
            (v128.load (i32.add (local.get $tile) (local.get $k))))))
          (local.set $high (f64x2.sub (local.get $high) (f64x2.mul (local.get $s)
            (v128.load offset=16 (i32.add (local.get $tile) (local.get $k))))))
          (local.set $k (i32.add (local.get $k) (i32.const 32)))
          (br $before)))
      (local.set $s (v128.load64_splat
        (i32.add (local.get $own)
          (i32.add (local.get $c) (i32.shr_u (local.get $c) (i32.const 2))))))
      (v128.store (i32.add (local.get $tile) (local.get $c))
        (f64x2.div (local.get $low) (local.get $s)))
      (v128.store offset=16 (i32.add (local.get $tile) (local.get $c))
        (f64x2.div (local.get $high) (local.get $s)))
      (br_if $columns
        (i32.lt_u
          (local.tee $c (i32.add (local.get $c) (i32.const 32)))
          (i32.const 128)))))

  ;; Lower triangle of tile (p, p), in place, by columns. Returns the column, 0 to 3, whose pivot is
  ;; not positive, or 4.
  (func $triangle (param $tile i32) (result i32)
    (local $c i32) (local $r i32) (local $k i32) (local $sum f64) (local $pivot f64)
    (loop $columns
      (local.set $r (local.get $c))
      (loop $rows
        (local.set $sum (f64.load
          (i32.add (local.get $tile)
            (i32.add (i32.shl (local.get $c) (i32.const 5)) (i32.shl (local.get $r) (i32.const 3))))))
        (local.set $k (i32.const 0))
        (block $done
          (loop $before
            (br_if $done (i32.eq (local.get $k) (local.get $c)))
            (local.set $sum (f64.sub (local.get $sum) (f64.mul
              (f64.load (i32.add (local.get $tile)
                (i32.add (i32.shl (local.get $k) (i32.const 5)) (i32.shl (local.get $r) (i32.const 3)))))
              (f64.load (i32.add (local.get $tile)
                (i32.add (i32.shl (local.get $k) (i32.const 5)) (i32.shl (local.get $c) (i32.const 3))))))))
            (local.set $k (i32.add (local.get $k) (i32.const 1)))
            (br $before)))
        (if (i32.eq (local.get $r) (local.get $c))
          (then
            (if (i32.eqz (f64.gt (local.get $sum) (f64.const 0)))
              (then (return (local.get $c))))
            (local.set $pivot (f64.sqrt (local.get $sum)))
            (local.set $sum (local.get $pivot)))
          (else (local.set $sum (f64.div (local.get $sum) (local.get $pivot)))))
        (f64.store
          (i32.add (local.get $tile)
            (i32.add (i32.shl (local.get $c) (i32.const 5)) (i32.shl (local.get $r) (i32.const 3))))
          (local.get $sum))
        (br_if $rows
          (i32.lt_u (local.tee $r (i32.add (local.get $r) (i32.const 1))) (i32.const 4))))
      (br_if $columns
        (i32.lt_u (local.tee $c (i32.add (local.get $c) (i32.const 1))) (i32.const 4))))
    (i32.const 4))

  ;; Cholesky factor in place of the lower half of a matrix, tiles by columns, so that the tiles of a
  ;; row are a panel. Returns the first column whose pivot is not positive; 4 x panels when all are.
  (func (export "factorise") (param $tiles i32) (param $panels i32) (result i32)
    (local $p i32) (local $q i32) (local $row i32) (local $other i32) (local $tile i32) (local $c i32)
    (loop $rows
      (local.set $row (call $place (local.get $tiles) (local.get $p) (i32.const 0)))
      (local.set $q (i32.const 0))
      (loop $columns
        (local.set $other (call $place (local.get $tiles) (local.get $q) (i32.const 0)))
        (local.set $tile (call $place (local.get $tiles) (local.get $p) (local.get $q)))
        (if (local.get $q)
          (then (call $products
            (local.get $other)
            (local.get $row)
            (i32.add (local.get $other) (i32.shl (local.get $q) (i32.const 7)))
            (local.get $tile)
            (v128.const f64x2 -1 -1))))
        (if (i32.lt_u (local.get $q) (local.get $p))
          (then (call $solve (local.get $tile)
            (i32.add (local.get $other) (i32.shl (local.get $q) (i32.const 7)))))
          (else
            (local.set $c (call $triangle (local.get $tile)))
            (if (i32.lt_u (local.get $c) (i32.const 4))
              (then (return (i32.add (i32.shl (local.get $p) (i32.const 2)) (local.get $c)))))))
        (br_if $columns
          (i32.le_u (local.tee $q (i32.add (local.get $q) (i32.const 1))) (local.get $p))))
      (br_if $rows
        (i32.lt_u (local.tee $p (i32.add (local.get $p) (i32.const 1))) (local.get $panels))))
    (i32.shl (local.get $panels) (i32.const 2))))
