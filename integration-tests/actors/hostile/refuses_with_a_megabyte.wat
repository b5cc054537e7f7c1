;; Exits with a code of its own and the largest block there is.
(func $misbehave (result i32)
  (drop (memory.grow (i32.const 16)))
  (call $exit_with (i32.const 100) (call $block (global.get $RAW) (i32.const 65536) (i32.const 1048576))))
