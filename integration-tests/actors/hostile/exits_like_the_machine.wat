;; Exits with 7, which is reserved: exit code 9.
(func $misbehave (result i32)
  (call $exit_with (i32.const 7) (i32.const 0)))
