;; Answers with bytes that say they are CBOR and are not.
(func $misbehave (result i32)
  (i64.store (global.get $OUT) (i64.const -2))
  (call $block (global.get $CBOR) (global.get $OUT) (i32.const 8)))
