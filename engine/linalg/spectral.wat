;; Kernels of the symmetric eigenvalue problem in SIMD of two doubles. Rows are padded to multiples
;; of four numbers, so lengths are rounded up: what stands in the padding is zero in one factor of
;; every product that counts. All places and lengths are in bytes. No relaxed SIMD and no fused
;; product: the same bits on every machine.
(module
  (memory (export "memory") 1)

  ;; For each row: row -= v_r w + w_r v, then y_r = row . u. One pass over the matrix makes the
  ;; last reflection's update and the next one's product.
  (func (export "update")
    (param $row i32) (param $stride i32) (param $rows i32) (param $length i32)
    (param $v i32) (param $w i32) (param $u i32) (param $y i32)
    (local $r i32) (local $j i32) (local $vr v128) (local $wr v128)
    (local $a v128) (local $b v128) (local $s v128) (local $t v128)
    (loop $next
      (local.set $vr (v128.load64_splat (i32.add (local.get $v) (local.get $r))))
      (local.set $wr (v128.load64_splat (i32.add (local.get $w) (local.get $r))))
      (local.set $s (v128.const f64x2 0 0))
      (local.set $t (v128.const f64x2 0 0))
      (local.set $j (i32.const 0))
      (loop $along
        (local.set $a (f64x2.sub
          (f64x2.sub (v128.load (i32.add (local.get $row) (local.get $j)))
            (f64x2.mul (local.get $vr) (v128.load (i32.add (local.get $w) (local.get $j)))))
          (f64x2.mul (local.get $wr) (v128.load (i32.add (local.get $v) (local.get $j))))))
        (local.set $b (f64x2.sub
          (f64x2.sub (v128.load offset=16 (i32.add (local.get $row) (local.get $j)))
            (f64x2.mul (local.get $vr) (v128.load offset=16 (i32.add (local.get $w) (local.get $j)))))
          (f64x2.mul (local.get $wr) (v128.load offset=16 (i32.add (local.get $v) (local.get $j))))))
        (v128.store (i32.add (local.get $row) (local.get $j)) (local.get $a))
        (v128.store offset=16 (i32.add (local.get $row) (local.get $j)) (local.get $b))
        (local.set $s (f64x2.add (local.get $s) (f64x2.mul (local.get $a)
          (v128.load (i32.add (local.get $u) (local.get $j))))))
        (local.set $t (f64x2.add (local.get $t) (f64x2.mul (local.get $b)
          (v128.load offset=16 (i32.add (local.get $u) (local.get $j))))))
        (br_if $along
          (i32.lt_u
            (local.tee $j (i32.add (local.get $j) (i32.const 32)))
            (local.get $length))))
      (local.set $s (f64x2.add (local.get $s) (local.get $t)))
      (f64.store (i32.add (local.get $y) (local.get $r))
        (f64.add (f64x2.extract_lane 0 (local.get $s)) (f64x2.extract_lane 1 (local.get $s))))
      (local.set $row (i32.add (local.get $row) (local.get $stride)))
      (br_if $next
        (i32.lt_u
          (local.tee $r (i32.add (local.get $r) (i32.const 8)))
          (local.get $rows)))))

  ;; For each row: row -= beta (row . v) v.
  (func (export "reflect")
    (param $row i32) (param $stride i32) (param $rows i32) (param $length i32)
    (param $v i32) (param $beta f64)
    (local $r i32) (local $j i32) (local $s v128) (local $t v128)
    (loop $next
      (local.set $s (v128.const f64x2 0 0))
      (local.set $t (v128.const f64x2 0 0))
      (local.set $j (i32.const 0))
      (loop $along
        (local.set $s (f64x2.add (local.get $s) (f64x2.mul
          (v128.load (i32.add (local.get $row) (local.get $j)))
          (v128.load (i32.add (local.get $v) (local.get $j))))))
        (local.set $t (f64x2.add (local.get $t) (f64x2.mul
          (v128.load offset=16 (i32.add (local.get $row) (local.get $j)))
          (v128.load offset=16 (i32.add (local.get $v) (local.get $j))))))
        (br_if $along
          (i32.lt_u
            (local.tee $j (i32.add (local.get $j) (i32.const 32)))
            (local.get $length))))
      (local.set $s (f64x2.add (local.get $s) (local.get $t)))
      (local.set $s (f64x2.splat (f64.mul (local.get $beta)
        (f64.add (f64x2.extract_lane 0 (local.get $s)) (f64x2.extract_lane 1 (local.get $s))))))
      (local.set $j (i32.const 0))
      (loop $along
        (v128.store (i32.add (local.get $row) (local.get $j)) (f64x2.sub
          (v128.load (i32.add (local.get $row) (local.get $j)))
          (f64x2.mul (local.get $s) (v128.load (i32.add (local.get $v) (local.get $j))))))
        (v128.store offset=16 (i32.add (local.get $row) (local.get $j)) (f64x2.sub
          (v128.load offset=16 (i32.add (local.get $row) (local.get $j)))
          (f64x2.mul (local.get $s) (v128.load offset=16 (i32.add (local.get $v) (local.get $j))))))
        (br_if $along
          (i32.lt_u
            (local.tee $j (i32.add (local.get $j) (i32.const 32)))
            (local.get $length))))
      (local.set $row (i32.add (local.get $row) (local.get $stride)))
      (br_if $next
        (i32.lt_u
          (local.tee $r (i32.add (local.get $r) (i32.const 1)))
          (local.get $rows)))))

  ;; Rotations of neighbouring rows, one after the other, upwards from $row: with cosine and sine
  ;; (16 bytes each) below = s above + c below, above = c above - s below. Columns are taken 128 at a
  ;; time, so that they stay in cache for all rotations.
  (func (export "rotate")
    (param $row i32) (param $stride i32) (param $count i32) (param $turns i32) (param $length i32)
    (local $from i32) (local $to i32) (local $i i32) (local $j i32) (local $above i32) (local $below i32)
    (local $c v128) (local $s v128) (local $a v128) (local $b v128)
    (loop $blocks
      (local.set $to (i32.add (local.get $from) (i32.const 1024)))
      (if (i32.gt_u (local.get $to) (local.get $length))
        (then (local.set $to (local.get $length))))
      (local.set $i (i32.const 0))
      (local.set $above (local.get $row))
      (loop $next
        (local.set $below (i32.add (local.get $above) (local.get $stride)))
        (local.set $c (v128.load64_splat
          (i32.add (local.get $turns) (i32.shl (local.get $i) (i32.const 4)))))
        (local.set $s (v128.load64_splat offset=8
          (i32.add (local.get $turns) (i32.shl (local.get $i) (i32.const 4)))))
        (local.set $j (local.get $from))
        (loop $along
          (local.set $a (v128.load (i32.add (local.get $above) (local.get $j))))
          (local.set $b (v128.load (i32.add (local.get $below) (local.get $j))))
          (v128.store (i32.add (local.get $below) (local.get $j)) (f64x2.add
            (f64x2.mul (local.get $s) (local.get $a)) (f64x2.mul (local.get $c) (local.get $b))))
          (v128.store (i32.add (local.get $above) (local.get $j)) (f64x2.sub
            (f64x2.mul (local.get $c) (local.get $a)) (f64x2.mul (local.get $s) (local.get $b))))
          (local.set $a (v128.load offset=16 (i32.add (local.get $above) (local.get $j))))
          (local.set $b (v128.load offset=16 (i32.add (local.get $below) (local.get $j))))
          (v128.store offset=16 (i32.add (local.get $below) (local.get $j)) (f64x2.add
            (f64x2.mul (local.get $s) (local.get $a)) (f64x2.mul (local.get $c) (local.get $b))))
          (v128.store offset=16 (i32.add (local.get $above) (local.get $j)) (f64x2.sub
            (f64x2.mul (local.get $c) (local.get $a)) (f64x2.mul (local.get $s) (local.get $b))))
          (br_if $along
            (i32.lt_u
              (local.tee $j (i32.add (local.get $j) (i32.const 32)))
              (local.get $to))))
        (local.set $above (i32.sub (local.get $above) (local.get $stride)))
        (br_if $next
          (i32.lt_u
            (local.tee $i (i32.add (local.get $i) (i32.const 1)))
            (local.get $count))))
      (br_if $blocks
        (i32.lt_u
          (local.tee $from (local.get $to))
          (local.get $length))))))
