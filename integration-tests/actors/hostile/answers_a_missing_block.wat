;; Answers with a block that does not exist: exit code 11.
(func $misbehave (result i32)
  (i32.const 77))
