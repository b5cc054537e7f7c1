;; Answers with the largest block there is.
(func $misbehave (result i32)
  (drop (memory.grow (i32.const 16)))
  (call $block (global.get $RAW) (i32.const 65536) (i32.const 1048576)))
