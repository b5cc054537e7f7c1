;; Answers with a number in CBOR that says it is raw bytes.
(func $misbehave (result i32)
  (i32.store8 (global.get $OUT) (i32.const 1))
  (call $block (global.get $RAW) (global.get $OUT) (i32.const 1)))
