;; Exits with a block that does not exist, which ends the whole message: exit code 10.
(func $misbehave (result i32)
  (call $exit_with (i32.const 100) (i32.const 77)))
