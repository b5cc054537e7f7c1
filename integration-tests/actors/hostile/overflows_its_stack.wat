;; Calls itself until its stack is full: exit code 4.
(func $misbehave (result i32)
  (call $misbehave))
