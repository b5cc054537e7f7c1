;; Exits with a code of its own.
(func $misbehave (result i32)
  (call $exit_with (i32.const 100) (i32.const 0)))
